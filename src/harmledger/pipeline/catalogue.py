"""A case to its catalogue: what the public may find and list of it, kept up with the view."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Final

import msgspec

from harmledger import __version__
from harmledger.pipeline.case_changes import FactHeads, find_changes
from harmledger.pipeline.case_rulings import rule
from harmledger.pipeline.case_view import CaseView, NoView, read_view
from harmledger.pipeline.editions import find_edition, read_secret
from harmledger.pipeline.publish import CaseMaterial
from harmledger.publication.catalogue import make_listing, write_moment
from harmledger.publication.data.rows import make_tally_row
from harmledger.publication.disclosure.fields import reduce_incident
from harmledger.publication.disclosure.rules import pack_disclosure
from harmledger.publication.drawing.atlas import load_outlines
from harmledger.publication.material import Material, Settings
from harmledger.publication.site.facilities import make_facilities
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.index import make_index
from harmledger.publication.site.ledger import make_row
from harmledger.publication.site.lines import open_lines
from harmledger.publication.site.sheets import Around, tell_around
from harmledger.publication.site.survey import Survey, survey_material, translate_survey
from harmledger.publication.site.totals import list_tallies, make_totals
from harmledger.publication.view.entry import Entry, choose_stems, make_entry, order_entry
from harmledger.publication.view.sources import SourceGatherer
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.wording import Wording, list_languages, load_wording
from harmledger.records.incident import Incident
from harmledger.store.catalogue import (
    NEVER,
    CatalogueError,
    CatalogueRow,
    Found,
    build_catalogue,
    digest_catalogue,
    find_catalogue,
    name_catalogue,
    open_catalogue,
    put_meta,
    put_page,
    put_rows,
)
from harmledger.store.catalogue_kept import keep_cells, keep_masks, measure_shown
from harmledger.store.catalogue_search import Catalogue
from harmledger.store.mercator import project
from harmledger.store.rulings import list_rulings
from harmledger.store.settings import CaseSettings, load_settings
from harmledger.store.view_marks import read_signing_mark
from harmledger.store.views import read_meta, read_stamp

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

_MOST_MARKS: Final = 400
"""Marks of a drawn map; a page with more would be heavier than all the rest of it."""

_STEM: Final = 16
HIDING: Final = ("set_aside", "reopen")
"""Steps that take an entry out of the record, or bring it back."""

_BATCH: Final = 300
"""Incidents whose reports are fetched at once."""

_NOTHING_AROUND: Final = Around()


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """Where the present catalogue is, None where there is none, and whether it is what the view and settings give."""

    path: Path | None
    is_current: bool


def describe_public(folder: Path, given: CaseSettings) -> Settings:
    """Give what a public page is told of a case, by its policy of editions. Raises EditionError."""
    rules = find_edition(folder, given.delay_hours, "public")
    return Settings(
        name=given.name or folder.resolve().name,
        delay_hours=given.delay_hours,
        description=given.description,
        contact=given.contact,
        disclosure=rules,
        secret=read_secret(folder) if rules.names == "hash" else None,
    )


def check_catalogue(folder: Path, now: datetime, next_release: str | None = None) -> CatalogueState:
    """Tell whether the catalogue is up to date. `next_release` is what the open one says of itself: sums are made
    anew when an entry that was held back may be shown."""
    present = find_catalogue(folder)
    digest = digest_present(folder)
    is_current = (
        digest is not None
        and present == name_catalogue(folder, digest)
        and not (next_release and next_release <= write_moment(now))
    )
    return CatalogueState(present, is_current)


def read_next_release(folder: Path) -> str | None:
    """Give when the present catalogue's sums must be made anew, by what it says of itself; None where there is none."""
    path = find_catalogue(folder)
    if path is None:
        return None
    try:
        with closing(open_catalogue(path)) as connection:
            return Catalogue(connection, "").read_meta().get("next_release")
    except CatalogueError:
        return None


def digest_present(folder: Path) -> str | None:
    """Give the digest of the catalogue that the present view makes; None without a view or settings.

    Raises EditionError."""
    stamp = read_stamp(folder)
    settings, _ = load_settings(folder)
    if stamp is None or settings is None:
        return None
    public = describe_public(folder, settings)
    told = repr(replace(public, secret=None, disclosure=None)) + repr(pack_disclosure(public.rules))
    steps = (*HIDING, "publish") if public.rules.needs == "published" else HIDING
    signed = str(read_signing_mark(folder, steps))
    return digest_catalogue((stamp, told, signed, __version__))


def list_departed(facts: "Facts", view: CaseView, mark: tuple[int, ...] | None = None) -> frozenset[str]:
    """Give the documents of the view that were changed or taken out of the case since it was built, or a claim of
    which was excluded: what rests on them is not shown until the case is built again. Quick where `mark` tells how far
    the facts have come."""
    changed = find_changes(FactHeads(facts, mark), view.readings, read_meta(view.connection).get("mark", ""))
    departed = {id for id in (*changed.stale, *changed.gone) if view.readings.list_fingerprints((id,))}
    before = {one.id for one in view.ruled.judgements}
    fresh = [one for one in rule(list_rulings(facts)).judgements if one.id not in before]
    excluded = {claim for one in fresh if one.kind == "exclude" for claim in one.claims}
    return frozenset(departed.union(view.readings.find_documents(excluded)))


def make_catalogue(facts: "Facts", folder: Path, settings: CaseSettings, as_of: datetime) -> Path:
    """Make the catalogue of the present view, and put it in place of the one before.

    In memory stay a thin line for each incident, as when the case is published. Raises NoView where there is no view.
    """
    digest = digest_present(folder)
    if digest is None:
        raise NoView("the case has not been built yet")
    public = describe_public(folder, settings)
    with read_view(folder) as view, build_catalogue(folder, digest) as connection:
        material = CaseMaterial(facts, view, False, public.rules.needs)
        fill_catalogue(connection, material, public, as_of)
        put_meta(connection, {"mark": read_meta(view.connection).get("mark", "")})
    return name_catalogue(folder, digest)


def fill_catalogue(connection: Connection, material: Material, settings: Settings, as_of: datetime) -> None:
    """Write everything that a catalogue holds of some material."""
    tongues = _keep_pages(connection, material, settings, as_of)
    survey = tongues[0][1]
    tellers = _Tellers(material)
    put_rows(connection, _list_rows(material, tongues, settings, tellers))
    for frame, _ in tongues:
        told = msgspec.json.encode(tellers.finish().list_sources(frame.words))
        put_page(connection, "sources", frame.words.language, told)
    now = write_moment(as_of)
    keep_cells(connection, now)
    keep_masks(connection)
    box = measure_shown(connection, now)
    releases = [release for _, release in survey.held.values() if release is not None]
    put_meta(
        connection,
        {
            "as_of": now,
            "bounds": ",".join(map(str, box)) if box else "",
            "next_release": write_moment(min(releases)) if releases else "",
            "makers": "; ".join(sorted(survey.makers - {""})),
            "entries": str(len(survey.entries)),
        },
    )


def _keep_pages(
    connection: Connection, material: Material, settings: Settings, as_of: datetime
) -> "list[tuple[Frame, Survey]]":
    """Keep what looks over the whole case in each language; give the frame and the survey of each."""
    tongues: list[tuple[Frame, Survey]] = []
    for language in list_languages():
        words = load_wording(language)
        survey = (
            translate_survey(tongues[0][1], settings, words)
            if tongues
            else survey_material(material, settings, as_of, words, learns_names=False)
        )
        frame = Frame(settings.name, 0, write_moment(as_of), "", words, settings.rules, settings.naming)
        countries, _ = load_outlines()
        index = make_index(survey, frame, countries, settings.description)
        drawn = index.map
        if drawn is not None and len(drawn.points) + len(drawn.areas) > _MOST_MARKS:
            index = replace(index, map=None)
        put_page(connection, "index", language, msgspec.json.encode(replace(index, months=())))
        running = [name for one in survey.thin if one.scope == "since_date" for name in one.documents]
        documents = material.fetch_documents(tuple(dict.fromkeys(running)))
        totals = make_totals(survey, frame, documents)
        put_page(connection, "totals", language, msgspec.json.encode(totals))
        facilities = make_facilities(survey, frame)
        put_page(connection, "facilities", language, msgspec.json.encode(facilities))
        tongues.append((frame, survey))
    rows = [make_tally_row(tally) for tally in list_tallies(tongues[0][1])]
    put_page(connection, "tallies", "", msgspec.json.encode(rows))
    return tongues


def _list_rows(
    material: Material, tongues: Sequence[tuple[Frame, Survey]], settings: Settings, tellers: "_Tellers"
) -> Iterator[CatalogueRow]:
    """Give the rows of every incident that is shown, or will be; withdrawn ones are left out. Who tells of those that are
    shown is gathered as they pass."""
    words, survey = load_wording(), tongues[0][1]
    mask = NameMask((), (), words, naming=settings.naming)
    printers = [(frame.words, open_lines(frame.words)) for frame, _ in tongues]
    numbers = _number_entries(survey, words)
    stems = choose_stems(list(numbers))
    for incident in material.list_incidents():
        number = numbers.get(incident.id)
        if number is None:
            continue
        shown = reduce_incident(incident, settings.rules)
        listing = make_listing(shown, stems[incident.id], mask, words)
        held = survey.held.get(incident.id)
        if held is None:
            tellers.add(shown, incident.documents)
        release = "" if held is None else NEVER if held[1] is None else write_moment(held[1])
        entry = listing.entry
        x, y = project(*listing.position) if listing.position else (None, None)
        place = entry.place
        found = Found(
            number=number,
            position=number,
            id=incident.id,
            stem=entry.stem,
            scope=entry.scope,
            first=entry.start,
            last=entry.end,
            release=release,
            name=place.name if place else None,
            province=place.admin1 if place else None,
            grade=entry.grade,
            killed=entry.best_killed,
            x=x,
            y=y,
            radius=place.radius_km if place else None,
            is_area=int(listing.is_area),
            is_place_hidden=int(listing.is_place_hidden),
            body=msgspec.json.encode(listing.public),
        )
        yield CatalogueRow(
            entry=found,
            text=listing.text,
            tags=listing.tags,
            wholes=tuple(dict.fromkeys(incident.part_of)),
            formerly=tuple(hide_id(name)[:_STEM] for name in incident.formerly),
            documents=tuple(dict.fromkeys(incident.documents)),
            lines=tuple(
                (told.language, print_line(make_row(listing.read(told), told)))
                for told, print_line in printers
            ),
            surroundings=() if held is not None else tuple(_tell_around(shown, tongues)),
        )


class _Tellers:
    """Who tells of the incidents that pass; their reports are fetched for many incidents at once."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._gatherer = SourceGatherer()
        self._waiting: list[tuple[Incident, Sequence[str]]] = []

    def add(self, shown: Incident, documents: Sequence[str]) -> None:
        """Take in an incident in the form in which it may be shown, with the ids of its reports."""
        self._waiting.append((shown, documents))
        if len(self._waiting) >= _BATCH:
            self.finish()

    def finish(self) -> SourceGatherer:
        """Give who told of all that were taken in."""
        wanted = dict.fromkeys(name for _, names in self._waiting for name in names)
        found = self._material.fetch_documents(tuple(wanted))
        for shown, names in self._waiting:
            self._gatherer.add(shown, [found[name] for name in names if name in found])
        self._waiting.clear()
        return self._gatherer


def _tell_around(shown: Incident, tongues: Sequence[tuple[Frame, Survey]]) -> Iterator[tuple[str, bytes]]:
    """Give what the page of an incident tells of others, in each language; nothing where there is nothing to tell."""
    for frame, survey in tongues:
        told = tell_around(shown, survey, frame)
        if told == _NOTHING_AROUND:
            return
        yield frame.words.language, msgspec.json.encode(told)


def _number_entries(survey: Survey, words: Wording) -> dict[str, int]:
    """Number the entries, those held back among them, the latest first."""
    waiting: list[Entry] = [make_entry(one, "", words) for one, _ in survey.held.values()]
    entries = sorted((*survey.entries, *waiting), key=order_entry, reverse=True)
    return {entry.id: number for number, entry in enumerate(entries, start=1)}
