"""An incident as the catalogue keeps it: its row, and what the next catalogue asks of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec

from harmledger.pipeline.case_work import cut_batches
from harmledger.pipeline.catalogue_pages import Tongue
from harmledger.publication.catalogue import Listing, make_listing, write_moment
from harmledger.publication.disclosure.fields import reduce_incident
from harmledger.publication.material import Material, Settings
from harmledger.publication.site.ledger import make_row
from harmledger.publication.site.lines import open_lines
from harmledger.publication.site.sheets import Around, tell_around
from harmledger.publication.site.survey import Survey, make_thin
from harmledger.publication.view.entry import Entry, EntryTexts, list_texts
from harmledger.publication.view.sources import SourceGatherer, Telling, list_tellings
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.wording import load_wording
from harmledger.records.document import Document
from harmledger.records.incident import Incident
from harmledger.store.catalogue import NEVER, CatalogueRow, Found, Kept
from harmledger.store.catalogue_rows import Surroundings
from harmledger.store.mercator import project
from harmledger.store.view_packing import pack_bytes, unpack_bytes

_STEM: Final = 16
_BATCH: Final = 300
"""Incidents whose reports are fetched at once."""

_TOLD: Final = "contradictions"
"""What of `extra` a page tells beside its parts and wholes."""

_NOTHING_AROUND: Final = Around()


@dataclass(frozen=True, slots=True)
class KeptBody:
    """What looking over the whole case asks of an incident: its thin form, what of its `extra` its page tells beside others,
    its texts by language, who tells of it, and the text by which it is found. Texts are None where the name of its place is
    hidden: how, is told anew."""

    thin: Incident
    extra: Mapping[str, Any]
    texts: tuple[EntryTexts, ...] | None
    tellings: tuple[Telling, ...]
    text: str

    @property
    def told(self) -> Incident:
        """The incident with all that its page tells of others."""
        return replace(self.thin, extra=self.extra) if self.extra else self.thin


_BODIES: Final = msgspec.json.Decoder(KeptBody)


def unpack_body(packed: bytes) -> KeptBody:
    """Give what was kept of an incident."""
    return _BODIES.decode(unpack_bytes(packed))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident stands in the list, under which number, and what its page is called."""

    number: int
    position: int
    stem: str
    mark: int = 0


class RowMaker:
    """Makes rows of incidents that stand in the survey of the case, and takes in who tells of those that are shown."""

    def __init__(self, material: Material, settings: Settings, tongues: Sequence[Tongue]) -> None:
        self._material = material
        self._rules = settings.rules
        self._tongues = tongues
        self._survey = tongues[0].survey
        self._words = load_wording()
        self._mask = NameMask((), (), self._words, naming=settings.naming)
        self._printers = [open_lines(tongue.words) for tongue in tongues]
        self.sources = SourceGatherer()

    def make_rows(self, incidents: Iterable[tuple[Incident, Place]]) -> Iterator[CatalogueRow]:
        """Give the rows of incidents, whose reports are fetched for many at once."""
        for batch in cut_batches(incidents, _BATCH):
            wanted = dict.fromkeys(name for incident, _ in batch for name in incident.documents)
            documents = self._material.fetch_documents(tuple(wanted))
            for incident, place in batch:
                known = [documents[name] for name in incident.documents if name in documents]
                yield self._make(incident, place, known)

    def _make(self, incident: Incident, place: Place, documents: Sequence[Document]) -> CatalogueRow:
        shown = reduce_incident(incident, self._rules)
        listing = make_listing(shown, place.stem, self._mask, self._words)
        release = tell_release(self._survey, incident.id)
        entries = self._list_entries(listing)
        body = KeptBody(
            thin=make_thin(shown),
            extra={_TOLD: shown.extra[_TOLD]} if _TOLD in shown.extra else {},
            texts=None if listing.is_place_hidden else tuple(map(list_texts, entries)),
            tellings=tuple(list_tellings(shown, documents)),
            text=listing.text,
        )
        if not release:
            self.sources.take(incident.id, body.tellings)
        lines = zip(self._tongues, self._printers, entries, strict=True)
        return CatalogueRow(
            entry=_compose_found(listing, place, incident.id, release),
            text=listing.text,
            tags=listing.tags,
            wholes=tuple(dict.fromkeys(incident.part_of)),
            documents=tuple(dict.fromkeys(incident.documents)),
            kept=Kept(place.mark, pack_bytes(msgspec.json.encode(body))),
            lines=tuple(
                (tongue.words.language, print_line(make_row(entry, tongue.words)))
                for tongue, print_line, entry in lines
            ),
            surroundings=() if release else tell_surroundings(shown, self._tongues),
        )

    def _list_entries(self, listing: Listing) -> list[Entry]:
        """Give the entry in every language: what is shown and hides no name stands in the surveys already."""
        known = (
            None if listing.is_place_hidden else tongue.survey.by_id.get(listing.entry.id)
            for tongue in self._tongues
        )
        return [one or listing.read(tongue.words) for one, tongue in zip(known, self._tongues, strict=True)]


def _compose_found(listing: Listing, place: Place, id: str, release: str) -> Found:
    entry = listing.entry
    where = entry.place
    x, y = project(*listing.position) if listing.position else (None, None)
    return Found(
        number=place.number,
        position=place.position,
        id=id,
        stem=entry.stem,
        scope=entry.scope,
        first=entry.start,
        last=entry.end,
        release=release,
        name=where.name if where else None,
        province=where.admin1 if where else None,
        grade=entry.grade,
        killed=entry.best_killed,
        x=x,
        y=y,
        radius=where.radius_km if where else None,
        is_area=int(listing.is_area),
        is_place_hidden=int(listing.is_place_hidden),
        body=msgspec.json.encode(listing.public),
    )


def tell_release(survey: Survey, id: str) -> str:
    """Give the moment from which an incident may be shown, as the catalogue writes it; empty where it may now."""
    held = survey.held.get(id)
    if held is None:
        return ""
    return NEVER if held[1] is None else write_moment(held[1])


def tell_surroundings(told: Incident, tongues: Sequence[Tongue]) -> Surroundings:
    """Give what the page of an incident tells of others, in each language; nothing where there is nothing to tell."""
    found = []
    for tongue in tongues:
        around = tell_around(told, tongue.survey, tongue.frame)
        if around == _NOTHING_AROUND:
            return ()
        found.append((tongue.words.language, msgspec.json.encode(around)))
    return tuple(found)


def list_formerly(incidents: Iterable[Incident], numbers: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Give the page names that incidents had earlier, with their numbers."""
    for incident in sorted(incidents, key=lambda one: one.id):
        for name in incident.formerly:
            yield hide_id(name)[:_STEM], numbers[incident.id]
