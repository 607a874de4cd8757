"""The day on which a report says that it is written: "today, Thursday 2 September"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from harmledger.lexicon.prose import OwnDay as OwnDayPattern
from harmledger.lexicon.prose import load_layout

_NAMED_YEAR: Final = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_PATH_YEAR: Final = re.compile(r"/(20[0-4]\d)(?=/)")
_YEARS_AHEAD: Final = 4
"""How long after the last year it names a report may be written. A date falls on the same weekday again after five years
at the soonest, so that one year at most fits."""
_MOST_READ: Final = 50


@dataclass(frozen=True, slots=True)
class OwnDay:
    """An ISO date; `is_inferred` where the words lack the year."""

    day: str
    is_inferred: bool


def find_own_day(reading: str, url: str, stamped: Sequence[str]) -> OwnDay | None:
    """Give the day on which the report says that it is written; None where its words leave the day or the year open.

    `stamped` are the days of stamps that do not agree on one, in their order. A day of the month without a year is of the
    year that its weekday fits: one that the text or its address names, else the first after those. A weekday alone tells
    that the first stamp is the report's own, where they agree.
    """
    for pattern in load_layout().own_days:
        if pattern.cue not in reading:
            continue
        for count, match in enumerate(pattern.pattern.finditer(reading)):
            found = _read_match(pattern, match, stamped, reading, url)
            if found is not None:
                return found
            if count == _MOST_READ:
                break
    return None


def _read_match(
    pattern: OwnDayPattern, match: re.Match[str], stamped: Sequence[str], reading: str, url: str
) -> OwnDay | None:
    weekday = pattern.weekdays.get(match["weekday"].lower())
    if weekday is None:
        return None
    if match["day"] is None:
        return _take_stamp(weekday, pattern.shift, stamped)
    month, day = pattern.months.get(match["month"].lower(), 0), int(match["day"])
    years = [int(match["year"])] if match["year"] else _list_years(reading, url)
    named = _find_year(years, month, day, weekday)
    if named is None:
        return None
    return OwnDay((named + timedelta(days=pattern.shift)).isoformat(), match["year"] is None)


def _take_stamp(weekday: int, shift: int, stamped: Sequence[str]) -> OwnDay | None:
    if not stamped:
        return None
    is_own = (date.fromisoformat(stamped[0]) - timedelta(days=shift)).weekday() == weekday
    return OwnDay(stamped[0], False) if is_own else None


def _list_years(reading: str, url: str) -> list[int]:
    """Give the years that the text and its address name, the latest first."""
    named = {int(year) for year in (*_NAMED_YEAR.findall(reading), *_PATH_YEAR.findall(url))}
    return sorted(named, reverse=True)


def _find_year(years: Sequence[int], month: int, day: int, weekday: int) -> date | None:
    ahead = range(years[0] + 1, years[0] + 1 + _YEARS_AHEAD) if years else ()
    for year in (*years, *ahead):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found.weekday() == weekday:
            return found
    return None
