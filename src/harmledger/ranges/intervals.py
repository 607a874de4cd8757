"""Calendar arithmetic: what week, month, season or part of them a day lies in. ISO weeks, from Monday."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from harmledger.lexicon.times import Edge, Unit
from harmledger.records.vocabulary import TimePrecision

Interval = tuple[date, date, TimePrecision]

_PRECISION: Final[dict[Unit, TimePrecision]] = {
    "minute": "day",
    "hour": "day",
    "day": "day",
    "night": "day",
    "weekend": "period",
    "week": "week",
    "month": "month",
    "year": "year",
    "decade": "period",
}


def month_of(year: int, month: int) -> Interval:
    """Give a calendar month. `month` may lie outside 1–12: it counts on into the years beside."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def year_of(year: int) -> Interval:
    """Give a calendar year."""
    return date(year, 1, 1), date(year, 12, 31), "year"


def season_of(year: int, season: tuple[int, int]) -> Interval:
    """Give the season that begins in the year; a season of December ends in the next."""
    first, last = season
    start, _, _ = month_of(year, first)
    _, end, _ = month_of(year if last >= first else year + 1, last)
    return start, end, "period"


_THIRDS: Final = 3
"""Stretches of fewer months than this have no early, middle and late part of their own."""


def unit_of(anchor: date, unit: Unit, shift: int = 0) -> Interval:
    """Give the day, week, month … that the anchor lies in, or the one `shift` units later.

    A weekend is the latest one that began by the anchor. Raises OverflowError beyond the calendar.
    """
    match unit:
        case "week":
            start = anchor - timedelta(anchor.weekday()) + timedelta(weeks=shift)
            return start, start + timedelta(6), "week"
        case "weekend":
            start = anchor - timedelta((anchor.weekday() - 5) % 7) + timedelta(weeks=shift)
            return start, start + timedelta(1), "period"
        case "month":
            return month_of(anchor.year, anchor.month + shift)
        case "year":
            return year_of(anchor.year + shift)
        case "decade":
            first = anchor.year // 10 * 10 + 10 * shift
            return date(first, 1, 1), date(first + 9, 12, 31), "period"
        case "night":
            start = anchor + timedelta(shift)
            return start, start + timedelta(1), "day"
        case "day":
            day = anchor + timedelta(shift)
            return day, day, "day"
        case _:
            return anchor, anchor, "day"


def step_back(anchor: date, unit: Unit, n: int) -> date:
    """Give the day n units before the anchor; hours round up to days, months keep the day where they can."""
    match unit:
        case "minute":
            return anchor
        case "hour":
            return anchor - timedelta(-(-n // 24))
        case "day" | "night":
            return anchor - timedelta(n)
        case "week" | "weekend":
            return anchor - timedelta(weeks=n)
        case _:
            months = n * {"month": 1, "year": 12, "decade": 120}[unit]
            start, end, _ = month_of(anchor.year, anchor.month - months)
            return min(start.replace(day=1) + timedelta(anchor.day - 1), end)


def cut_edge(interval: Interval, edge: Edge | None, anchor: date | None) -> Interval:
    """Give the early, middle or late part of an interval (docs/ranges.md has the table).

    "Earlier this month" runs up to the anchor, "later this month" from it. A day stays whole, and so does a
    weekend.
    """
    start, end, precision = interval
    if edge is None or precision == "day":
        return interval
    if edge in ("earlier", "later"):
        if anchor is None or not start <= anchor <= end:
            return interval
        return (start, anchor, "period") if edge == "earlier" else (anchor, end, "period")
    if precision == "week":
        first, last = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}[edge]
        return start + timedelta(first), start + timedelta(last), "period"
    if precision == "month":
        first, last = {"early": (1, 10), "mid": (10, 20), "late": (20, end.day)}[edge]
        return start.replace(day=first), start.replace(day=last), "period"
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return interval if months < _THIRDS else _cut_third(start, end, edge, months)


def precision_of(unit: Unit) -> TimePrecision:
    """Give how vague a time is that is counted in the unit."""
    return _PRECISION[unit]


def _cut_third(start: date, end: date, edge: Edge, months: int) -> Interval:
    """Cut a longer stretch into three of equally many months (a year: January to April is early)."""
    third = months // _THIRDS
    skip = {"early": 0, "mid": third, "late": 2 * third}[edge]
    first, _, _ = month_of(start.year, start.month + skip)
    _, last, _ = month_of(start.year, start.month + skip + third - 1)
    return first, (end if edge == "late" else min(last, end)), "period"
