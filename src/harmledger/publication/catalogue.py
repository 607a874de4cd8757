"""Incidents as a catalogue lists them: the public form, thin, with what searching, sorting and drawing ask for."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from harmledger.publication.view.entry import Entry, make_entry
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.wording import Wording
from harmledger.records.incident import Attribution, Grade, Incident
from harmledger.records.place import Place

_AREAS: Final = frozenset({"district", "province"})


@dataclass(frozen=True, slots=True)
class Listing:
    """An incident in its thin public form.

    `position` is where its mark stands, longitude and latitude in degrees; None where nothing finer than a country is
    known.
    """

    public: Incident
    entry: Entry
    position: tuple[float, float] | None
    is_area: bool
    is_place_hidden: bool
    text: str
    tags: tuple[tuple[str, str], ...]
    words: Wording

    def read(self, words: Wording) -> Entry:
        """Give its entry in the words of a language."""
        if words is self.words and not self.is_place_hidden:
            return self.entry
        return read_listing(self.public, self.entry.stem, self.is_place_hidden, words)


def make_listing(shown: Incident, stem: str, mask: NameMask, words: Wording) -> Listing:
    """Give the thin public form of an incident that the policy has reduced: without voices, reasons, and ids of claims and
    documents."""
    place = mask.hide_place(shown.place)
    is_hidden = place != shown.place
    if place is not None and is_hidden:
        place = replace(place, name=None, wording=None)
    public = replace(
        shown,
        place=place,
        accounts=(),
        attribution=tuple(Attribution(alleged.actor) for alleged in shown.attribution),
        grade=shown.grade and Grade(shown.grade.value),
        formerly=(),
        documents=(),
        claims=(),
        made_by=None,
        extra={},
    )
    entry = make_entry(public, stem, words)
    return Listing(
        public=public,
        entry=entry,
        position=_find_position(place),
        is_area=place is not None and place.precision in _AREAS,
        is_place_hidden=is_hidden,
        text=_gather_text(entry),
        tags=(
            *(("means", one) for one in entry.means),
            *(("target", one) for one in entry.targets),
            *(("group", one) for one in entry.groups),
            *(("party", one) for one in entry.actors),
        ),
        words=words,
    )


def read_listing(public: Incident, stem: str, is_place_hidden: bool, words: Wording) -> Entry:
    """Give the entry of an incident in its thin public form, in the words of a language."""
    if is_place_hidden and public.place is not None:
        public = replace(public, place=replace(public.place, name=words.phrase("place_unknown")))
    return make_entry(public, stem, words)


def write_moment(moment: datetime) -> str:
    """Give a moment as text that sorts by time: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(told: str) -> datetime:
    """Give a moment that was written so."""
    return datetime.fromisoformat(told.replace("Z", "+00:00"))


def _find_position(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.lat is None or place.lon is None or place.precision == "country":
        return None
    return place.lon, place.lat


def _gather_text(entry: Entry) -> str:
    place = entry.place
    told = (place.name, place.wording, place.admin1, place.admin2) if place is not None else ()
    return " ".join(part for part in (*told, *entry.parties) if part)
