"""Registers compared with incidents: files opened, places found, each register by itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from harmledger.incidents.days import read_days
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.records.problem import Problem
from harmledger.registers.comparison import RegisterComparison, compare_register, measure_extent
from harmledger.registers.entry import Entry
from harmledger.registers.layout import Layout
from harmledger.registers.reading import read_register

MOST_ENTRIES: Final = 500_000
"""Entries that are kept in memory; those outside the days and area of the record are not."""
_LEAST_SCORE: Final = 0.8
"""Below it the gazetteer's best is another place with a name a little like the one told."""


def compare_registers(
    paths: Sequence[Path], incidents: Sequence[Incident], layout: Layout | None = None
) -> tuple[tuple[RegisterComparison, ...], tuple[Problem, ...]]:
    """Compare the registers in the files with the incidents; gives each register by name, and what could not be read.

    Entries of one register may stand in several files.
    """
    countries = {one.place.country for one in incidents if one.place is not None and one.place.country}
    find_place = open_place_finder(sorted(countries))
    ours = measure_extent((read_days(one.time), one.place) for one in incidents if one.scope != "since_date")
    kept: dict[str, list[Entry]] = {}
    outside: dict[str, int] = {}
    problems: list[Problem] = []
    for path in paths:
        for entry, problem in read_register(path, find_place, layout):
            if problem is not None:
                problems.append(problem)
            if entry is None:
                continue
            entries = kept.setdefault(entry.register, [])
            if (ours is not None and not ours.covers(entry.days, entry.place)) or len(
                entries
            ) >= MOST_ENTRIES:
                outside[entry.register] = outside.get(entry.register, 0) + 1
            else:
                entries.append(entry)
    compared = (
        compare_register(name, entries, incidents, outside.get(name, 0))
        for name, entries in sorted(kept.items())
    )
    return tuple(compared), tuple(problems)


def open_place_finder(countries: Sequence[str]) -> Callable[[str, str | None], Place | None]:
    """Give how a place is found by its name: in the country told with it, else in these (ISO 3166-1 alpha-2)."""
    from harmledger.places.candidate import PlaceContext
    from harmledger.places.gazetteer import open_gazetteer

    gazetteer, _ = open_gazetteer(layers=("overlay", "packs", "base"))

    @cache
    def find_place(name: str, country: str | None) -> Place | None:
        told = gazetteer.names_country(country) if country else None
        for code in (told,) if told else tuple(countries) or (None,):
            found = gazetteer.find(name, PlaceContext(country=code, is_leading=True))
            if found and code in (None, found[0].place.country) and found[0].score >= _LEAST_SCORE:
                return replace(found[0].place, wording=name)
        return None

    return find_place
