"""Calendar days as numbers, and how two stretches of days stand to each other."""

from datetime import date
from functools import lru_cache
from typing import Literal

from harmledger.records.time import Time

Days = tuple[int, int]
"""First and last day, both included, as proleptic Gregorian ordinals (datetime.date.toordinal)."""

DayRelation = Literal["same", "week", "month", "long", "adjacent", "year", "apart", "unknown"]

NIGHT = 2
"""A stretch of at most this many days counts as one day: a night has two dates."""
MONTH = 31
ALMOST_A_YEAR = 360
"""Days so far apart may have one date in different years."""


@lru_cache(maxsize=65536)
def _read(start: str, end: str) -> Days | None:
    try:
        days = date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal()
    except ValueError:
        return None
    return days if days[0] <= days[1] else None


def read_days(time: Time | None) -> Days | None:
    """Give the days of a time; None where there is no time, or its dates are not dates in order."""
    return None if time is None else _read(time.start, time.end)


def is_short(days: Days) -> bool:
    """Tell whether the stretch is one day or one night."""
    return days[1] - days[0] < NIGHT


@lru_cache(maxsize=4096)
def find_date(day: int) -> tuple[int, int]:
    """Give the month and the day in it: what a text names that leaves the year to its page."""
    found = date.fromordinal(day)
    return found.month, found.day


@lru_cache(maxsize=65536)
def _share_date(a: Days, b: Days) -> bool:
    """Tell whether a date of the one, a day or a night, is a date of the other, up to a month, in another year."""
    short, long = sorted((a, b), key=lambda days: days[1] - days[0])
    if not is_short(short) or long[1] - long[0] > MONTH:
        return False
    ours, theirs = ({find_date(day) for day in range(days[0], days[1] + 1)} for days in (short, long))
    return not ours.isdisjoint(theirs)


def relate_days(a: Days | None, b: Days | None) -> DayRelation:
    """Tell how two stretches of days stand to each other.

    `same`: they share a day and both are one day or night. `week`, `month`, `long`: they share a day, and the
    longer of them is at most 7, at most 31 or more days long. `adjacent`: both short and neighbours, as when
    a night or a time zone falls between them. `year`: a day or night and at most a month, with a date in common in different
    years. `apart`: they share no day. `unknown`: one is not given.
    """
    if a is None or b is None:
        return "unknown"
    gap = max(a[0], b[0]) - min(a[1], b[1])
    if gap > 0:
        if gap == 1 and is_short(a) and is_short(b):
            return "adjacent"
        return "year" if gap >= ALMOST_A_YEAR and _share_date(a, b) else "apart"
    length = max(a[1] - a[0], b[1] - b[0]) + 1
    if length <= NIGHT:
        return "same"
    return "week" if length <= 7 else "month" if length <= MONTH else "long"
