"""Rows of a catalogue: all of them from nothing, or those that changed since the one before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from sqlite3 import Connection
from typing import Protocol

from harmledger.pipeline.catalogue_pages import (
    Tongue,
    finish_catalogue,
    keep_pages,
    open_tongues,
    place_entries,
)
from harmledger.pipeline.catalogue_rows import (
    KeptBody,
    Place,
    RowMaker,
    list_formerly,
    tell_release,
    tell_surroundings,
    unpack_body,
)
from harmledger.publication.catalogue import read_moment, write_moment
from harmledger.publication.material import Material, Settings
from harmledger.publication.site.survey import (
    EntryMaker,
    Survey,
    assemble_survey,
    survey_material,
    take_incidents,
)
from harmledger.publication.view.entry import Entry, choose_stems, compose_entry
from harmledger.publication.view.sources import SourceGatherer
from harmledger.publication.wording import list_languages, load_wording
from harmledger.records.incident import Incident
from harmledger.store.catalogue import NEVER
from harmledger.store.catalogue_rows import (
    KeptRow,
    change_surroundings,
    check_surroundings,
    find_told_of,
    list_kept,
    move_rows,
    put_formerly,
    put_left_out,
    put_rows,
    read_left_out,
    release_rows,
    remove_rows,
)


class LookedUp(Material, Protocol):
    """Material in which an incident can be looked up."""

    def fetch_incident(self, id: str) -> Incident | None:
        """Give one incident; None where it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class Changed:
    """What may have changed and no mark tells: incidents that people signed, and documents."""

    incidents: frozenset[str]
    documents: frozenset[str]


def fill_catalogue(
    connection: Connection,
    material: Material,
    settings: Settings,
    as_of: datetime,
    marks: Mapping[str, int] | None = None,
) -> None:
    """Write everything that a catalogue holds of some material. `marks` change with its incidents."""
    known = marks or {}
    survey = survey_material(material, settings, as_of, load_wording(), learns_names=False)
    tongues = open_tongues(survey, settings, as_of)
    keep_pages(connection, material, tongues, settings.description)
    placed = place_entries(survey, settings)
    places = {
        id: Place(position, position, stem, known.get(id, 0)) for id, (position, stem) in placed.items()
    }
    maker = RowMaker(material, settings, tongues)
    wanted = ((one, places[one.id]) for one in material.list_incidents() if one.id in places)
    put_rows(connection, maker.make_rows(wanted))
    _put_others(connection, survey, {id: place.number for id, place in places.items()}, known)
    finish_catalogue(connection, tongues, maker.sources, as_of)


def _put_others(
    connection: Connection, survey: Survey, numbers: dict[str, int], marks: Mapping[str, int]
) -> None:
    """Write earlier names of pages, and which incidents are left out."""
    everything = (*survey.thin, *(one for one, _ in survey.held.values()))
    put_formerly(connection, list_formerly(everything, numbers))
    put_left_out(connection, {id: mark for id, mark in marks.items() if id not in numbers})


@dataclass(slots=True)
class _Taken:
    """What is taken over of the catalogue before, by id, and the incidents that must be looked at again."""

    rows: dict[str, KeptRow] = field(default_factory=dict)
    bodies: dict[str, KeptBody] = field(default_factory=dict)
    leaving: dict[int, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    last: int = 0


def renew_rows(
    connection: Connection,
    material: LookedUp,
    settings: Settings,
    as_of: datetime,
    marks: Mapping[str, int],
    changed: Changed,
) -> None:
    """Bring a copy of the catalogue before up to date: incidents whose mark is another, that were signed, or that rest on
    changed documents are written anew, the others only where they stand elsewhere or others around them changed."""
    taken = _take_over(connection, marks, changed)
    fresh = {id: one for id in taken.fresh if (one := material.fetch_incident(id)) is not None}
    survey = _survey(taken, fresh, material, settings, as_of)
    tongues = _translate(taken, survey, settings, as_of)
    keep_pages(connection, material, tongues, settings.description)
    places = _place(taken, survey, settings, marks)
    remove_rows(connection, taken.leaving)
    maker = RowMaker(material, settings, tongues)
    put_rows(connection, maker.make_rows((one, places[id]) for id, one in fresh.items() if id in places))
    _move(connection, taken, places, tongues, maker.sources)
    _put_others(connection, survey, {id: place.number for id, place in places.items()}, marks)
    finish_catalogue(connection, tongues, maker.sources, as_of)


def _take_over(connection: Connection, marks: Mapping[str, int], changed: Changed) -> _Taken:
    told_of = find_told_of(connection, changed.documents)
    stems = choose_stems(list(marks))
    taken = _Taken()
    known = set()
    for row in list_kept(connection):
        known.add(row.id)
        taken.last = max(taken.last, row.number)
        is_same = (
            marks.get(row.id) == row.mark
            and row.id not in changed.incidents
            and row.number not in told_of
            and stems[row.id] == row.stem
        )
        body = unpack_body(row.body)
        if is_same:
            taken.rows[row.id] = row._replace(body=b"")
            taken.bodies[row.id] = body
        else:
            taken.leaving[row.number] = body.text
    left_out = read_left_out(connection)
    taken.fresh = [
        id
        for id in sorted(marks)
        if id not in taken.rows and (id in known or id in changed.incidents or left_out.get(id) != marks[id])
    ]
    return taken


def _survey(
    taken: _Taken, fresh: Mapping[str, Incident], material: LookedUp, settings: Settings, as_of: datetime
) -> Survey:
    """Look over the case: what is taken over is not looked at again."""
    survey = Survey()
    now = write_moment(as_of)
    take_incidents(tuple(fresh.values()), material, settings, as_of, survey)
    for id, row in taken.rows.items():
        if row.release > now:
            survey.held[id] = taken.bodies[id].thin, _read_release(row.release)
        else:
            survey.thin.append(taken.bodies[id].thin)
    survey.thin.sort(key=lambda one: one.id)
    words = load_wording()
    survey.stems = choose_stems([one.id for one in survey.thin])
    return assemble_survey(survey, settings, words, _list_entries(taken, survey, settings, 0))


def _read_release(told: str) -> datetime | None:
    return None if told == NEVER else read_moment(told)


def _list_entries(taken: _Taken, survey: Survey, settings: Settings, language: int) -> list[Entry]:
    """Give the entries of all that is shown in a language, by its place among all, those taken over from their texts."""
    words = load_wording(list_languages()[language])
    maker = EntryMaker(settings, words)
    entries = []
    for thin in survey.thin:
        stem = survey.stems[thin.id]
        body = taken.bodies.get(thin.id)
        if body is None or body.texts is None:
            entries.append(maker.make(thin, stem))
        else:
            entries.append(compose_entry(thin, stem, body.texts[language], words))
    return entries


def _translate(taken: _Taken, survey: Survey, settings: Settings, as_of: datetime) -> list[Tongue]:
    languages = list_languages()
    entries = {
        language: _list_entries(taken, survey, settings, at) for at, language in enumerate(languages) if at
    }
    return open_tongues(survey, settings, as_of, {languages[0]: survey.entries, **entries})


def _place(taken: _Taken, survey: Survey, settings: Settings, marks: Mapping[str, int]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    number = taken.last
    for id, (position, stem) in place_entries(survey, settings).items():
        row = taken.rows.get(id)
        if row is None:
            number += 1
        places[id] = Place(number if row is None else row.number, position, stem, marks.get(id, 0))
    return places


def _move(
    connection: Connection,
    taken: _Taken,
    places: Mapping[str, Place],
    tongues: list[Tongue],
    sources: SourceGatherer,
) -> None:
    """Bring what is taken over to its present place, with what its page tells of others now."""
    moved: dict[int, int] = {}
    released: dict[int, str] = {}
    for id, row in taken.rows.items():
        if places[id].position != row.position:
            moved[row.number] = places[id].position
        release = tell_release(tongues[0].survey, id)
        if release != row.release:
            released[row.number] = release
        body = taken.bodies[id]
        if not release:
            sources.take(id, body.tellings)
        around = () if release else tell_surroundings(body.told, tongues)
        if check_surroundings(around) != row.around:
            change_surroundings(connection, row.number, around)
    move_rows(connection, moved)
    release_rows(connection, released)
