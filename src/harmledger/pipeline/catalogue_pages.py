"""What a catalogue keeps that looks over the whole case, in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection
from typing import Final

import msgspec

from harmledger.publication.catalogue import write_moment
from harmledger.publication.data.rows import make_tally_row
from harmledger.publication.drawing.atlas import load_outlines
from harmledger.publication.material import Material, Settings
from harmledger.publication.site.facilities import make_facilities
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.index import make_index
from harmledger.publication.site.survey import EntryMaker, Survey, translate_survey
from harmledger.publication.site.totals import list_tallies, make_totals
from harmledger.publication.view.entry import Entry, choose_stems, order_entry
from harmledger.publication.view.sources import SourceGatherer
from harmledger.publication.wording import Wording, list_languages, load_wording
from harmledger.store.catalogue import put_meta, put_page
from harmledger.store.catalogue_kept import keep_cells, keep_masks, measure_shown

_MOST_MARKS: Final = 400
"""Marks of a drawn map; a page with more would be heavier than all the rest of it."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """The survey of a case in the words of a language, and the frame of its pages."""

    frame: Frame
    survey: Survey

    @property
    def words(self) -> Wording:
        """The words of the language."""
        return self.frame.words


def open_tongues(
    survey: Survey, settings: Settings, as_of: datetime, entries: Mapping[str, Sequence[Entry]] | None = None
) -> list[Tongue]:
    """Give the survey, which is in the first language, in every language; `entries` are known by language."""
    tongues: list[Tongue] = []
    for language in list_languages():
        words = load_wording(language)
        known = entries[language] if entries is not None else None
        told = translate_survey(survey, settings, words, known) if tongues else survey
        frame = Frame(settings.name, 0, write_moment(as_of), "", words, settings.rules, settings.naming)
        tongues.append(Tongue(frame, told))
    return tongues


def keep_pages(
    connection: Connection, material: Material, tongues: Sequence[Tongue], description: str
) -> None:
    """Keep what looks over the whole case in each language."""
    running = [name for one in tongues[0].survey.thin if one.scope == "since_date" for name in one.documents]
    documents = material.fetch_documents(tuple(dict.fromkeys(running)))
    countries, _ = load_outlines()
    for tongue in tongues:
        survey, frame, language = tongue.survey, tongue.frame, tongue.words.language
        index = make_index(survey, frame, countries, description)
        drawn = index.map
        if drawn is not None and len(drawn.points) + len(drawn.areas) > _MOST_MARKS:
            index = replace(index, map=None)
        put_page(connection, "index", language, msgspec.json.encode(replace(index, months=())))
        totals = make_totals(survey, frame, documents)
        put_page(connection, "totals", language, msgspec.json.encode(totals))
        facilities = make_facilities(survey, frame)
        put_page(connection, "facilities", language, msgspec.json.encode(facilities))
    rows = [make_tally_row(tally) for tally in list_tallies(tongues[0].survey)]
    put_page(connection, "tallies", "", msgspec.json.encode(rows))


def finish_catalogue(
    connection: Connection, tongues: Sequence[Tongue], sources: SourceGatherer, as_of: datetime
) -> None:
    """Keep what is gathered of all rows, when they are written, and what the catalogue says of itself."""
    for tongue in tongues:
        told = msgspec.json.encode(sources.list_sources(tongue.words))
        put_page(connection, "sources", tongue.words.language, told)
    now = write_moment(as_of)
    keep_cells(connection, now)
    keep_masks(connection)
    box = measure_shown(connection, now)
    survey = tongues[0].survey
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


def place_entries(survey: Survey, settings: Settings) -> dict[str, tuple[int, str]]:
    """Give position and page name of every incident by id, those held back among them, the latest first."""
    waiting = _list_waiting(survey, settings)
    entries = sorted((*survey.entries, *waiting), key=order_entry, reverse=True)
    stems = choose_stems([entry.id for entry in entries])
    return {entry.id: (position, stems[entry.id]) for position, entry in enumerate(entries, start=1)}


def _list_waiting(survey: Survey, settings: Settings) -> list[Entry]:
    maker = EntryMaker(settings, load_wording())
    return [maker.make(one, "") for one, _ in survey.held.values()]
