"""A register's rows to entries, each with its day, place, figures and party."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from harmledger.documents.parts.dates import read_date
from harmledger.incidents.geography import SAME_NAME_KM, measure_km
from harmledger.records.place import Place
from harmledger.records.problem import Problem
from harmledger.records.time import Time
from harmledger.records.vocabulary import PlacePrecision
from harmledger.registers.entry import Bounds, Entry
from harmledger.registers.layout import Layout, recognise_layout
from harmledger.registers.parties import name_parties
from harmledger.registers.table import Row, read_rows

FindPlace = Callable[[str, str | None], Place | None]
"""Gives the place of a name, in a country where one is told, or None."""

_DAY: Final = len("2019-07-22")
_MOST: Final = 10_000_000
"""No register counts more people than this in one event: beyond it a cell holds something else."""
_RADIUS_KM: Final[Mapping[str, float]] = {
    "settlement": 3.0,
    "district": 25.0,
    "province": 80.0,
    "country": 400.0,
}


def read_register(
    path: Path, find_place: FindPlace, layout: Layout | None = None
) -> Iterator[tuple[Entry | None, Problem | None]]:
    """Give the entries of a file in its order, and what could not be read.

    Without a `layout` each row's is recognised by its headings. `find_place` is asked where a row has no
    coordinates.
    """
    known: dict[tuple[str, ...], Layout | None] = {}
    told = False
    for row, problem in read_rows(path):
        if row is None:
            yield None, problem
            continue
        headings = tuple(row[1])
        if headings not in known:
            known[headings] = layout or recognise_layout(headings)
        chosen = known[headings]
        if chosen is not None:
            yield _read_entry(path, row, chosen, find_place)
        elif not told:
            told = True
            yield None, _report_unknown(path, row)


def _read_entry(
    path: Path, row: Row, layout: Layout, find_place: FindPlace
) -> tuple[Entry | None, Problem | None]:
    where, cells = row
    code = layout.find(cells, "code")
    if not code:
        return None, _report(path, where, "has no code", "an entry needs the register's own number")
    time, reason = _read_time(cells, layout)
    if reason:
        return None, _report(path, where, reason, "write dates as YYYY-MM-DD")
    toll, reason = _read_toll(cells, layout)
    blamed = layout.find(cells, "blamed") or None
    entry = Entry(
        register=layout.register,
        code=code,
        row=where,
        time=time,
        place=_read_place(cells, layout, find_place),
        toll=toll,
        children=_read_bounds(cells, layout, "children")[0],
        blamed=blamed,
        grade=layout.find(cells, "grade") or None,
        actors=name_parties(blamed) if blamed else frozenset(),
    )
    problem = _report(path, where, reason, "write a number; the entry is compared without it", "warning")
    return entry, problem if reason else None


def _read_time(cells: Mapping[str, str], layout: Layout) -> tuple[Time | None, str]:
    days = []
    for field in ("start", "end"):
        told = layout.find(cells, field)
        if not told:
            continue
        day, _ = read_date(told)
        if day is None:
            return None, f"has a date that cannot be read: {told!r:.40}"
        days.append(date.fromisoformat(day[:_DAY]))
    if not days:
        return None, ""
    has_end = bool(layout.find(cells, "end"))  # told outright: nothing is to be allowed for
    margin = timedelta(days=0 if has_end else layout.day_codes.get(layout.find(cells, "day_code"), 0))
    start, end = min(days) - margin, max(days) + margin
    return Time(start.isoformat(), end.isoformat(), "day" if start == end else "period"), ""


def _read_place(cells: Mapping[str, str], layout: Layout, find_place: FindPlace) -> Place | None:
    name = layout.find(cells, "place") or None
    country = layout.find(cells, "country") or None
    lat, lon = _read_degrees(layout.find(cells, "lat"), 90), _read_degrees(layout.find(cells, "lon"), 180)
    found = find_place(name, country) if name else None
    if lat is None or lon is None:
        return found
    precision: PlacePrecision = layout.place_codes.get(layout.find(cells, "place_code"), "settlement")
    told = Place(name, name, lat=lat, lon=lon, precision=precision, radius_km=_RADIUS_KM[precision])
    if found is None:
        return told
    km = measure_km(told, found)
    if precision == "settlement" and km is not None and km <= SAME_NAME_KM:
        return found
    # Their spelling of a province would part the entry from ours: the gazetteer's is taken.
    return replace(told, country=found.country, admin1=found.admin1)


def _read_degrees(told: str, limit: float) -> float | None:
    try:
        degrees = float(told)
    except ValueError:
        return None
    return degrees if -limit <= degrees <= limit else None


def _read_toll(cells: Mapping[str, str], layout: Layout) -> tuple[dict[str, Bounds], str]:
    toll: dict[str, Bounds] = {}
    reason = ""
    for harm in ("killed", "injured"):
        bounds, wrong = _read_bounds(cells, layout, harm)
        reason = reason or wrong
        if bounds is not None:
            toll[harm] = bounds
    return toll, reason


def _read_bounds(cells: Mapping[str, str], layout: Layout, harm: str) -> tuple[Bounds | None, str]:
    """Give the figures of one harm, None where there are none, and what of them cannot be read."""
    numbers: dict[str, int | None] = {}
    reason = ""
    for name in ("low", "high", "best"):
        told = layout.find(cells, f"{harm}_{name}")
        numbers[name] = _read_number(told)
        if told and numbers[name] is None:
            reason = f"has a number that cannot be read: {told!r:.40}"
    if all(number is None for number in numbers.values()):
        return None, reason
    return Bounds(numbers["low"], numbers["high"], numbers["best"]), reason


def _read_number(told: str) -> int | None:
    try:
        number = float(told)
    except ValueError:
        return None
    return int(number) if 0 <= number <= _MOST and number.is_integer() else None


def _report(path: Path, where: str, reason: str, remedy: str, severity: str = "error") -> Problem:
    return Problem("registers.entry", reason, severity, f"{path.name}, {where}", remedy=remedy)  # type: ignore[arg-type]


def _report_unknown(path: Path, row: Row) -> Problem:
    headings = ", ".join(list(row[1])[:8])
    return Problem(
        "registers.unknown",
        f"is no register that is known by its columns ({headings[:200]} …)",
        "error",
        f"{path.name}, {row[0]}",
        remedy="name its columns with --layout FILE (docs/registers.md, A layout of your own)",
    )
