"""From a clue to an interval of local calendar days: one function a form."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from harmledger.lexicon.times import Form
from harmledger.ranges.intervals import (
    Interval,
    cut_edge,
    month_of,
    precision_of,
    season_of,
    step_back,
    unit_of,
    year_of,
)
from harmledger.ranges.mentions import Clue

_DAY: Final = timedelta(1)
_MOST_UNITS: Final = 400
"""No wording counts back further than this many units; a larger number is a misreading."""


def resolve_clue(clue: Clue, anchor: date | None, antecedent: tuple[date, date] | None) -> Interval | None:
    """Give the interval, or None where it cannot be told from what is given.

    Raises ValueError or OverflowError where the words name no day of the calendar (31 June).
    """
    if clue.form in _ABSOLUTE:
        return _ABSOLUTE[clue.form](clue, anchor)
    if clue.form == "relative":
        return _resolve_relative(clue, antecedent)
    if clue.form == "then":
        return (*antecedent, "period") if antecedent else None
    if anchor is None or clue.form not in _ANCHORED:
        return None
    return _ANCHORED[clue.form](clue, anchor)


# Forms that may carry their own year


def _resolve_date(clue: Clue, anchor: date | None) -> Interval | None:
    if clue.day is None or clue.month is None:
        return None
    last_day, last_month = clue.day2 or clue.day, clue.month2 or clue.month
    last_year = clue.year2 or clue.year
    if last_year is None:
        if anchor is None:
            return None
        last_year = _latest_year(last_month, last_day, clue.weekday, anchor)
    end = date(last_year, last_month, last_day)
    first_year = clue.year or last_year
    start = date(first_year, clue.month, clue.day)
    if start > end and clue.year is None:
        start = date(first_year - 1, clue.month, clue.day)
    if start > end:
        return None
    return start, end, "day" if start == end else "period"


def _latest_year(month: int, day: int, weekday: int | None, anchor: date) -> int:
    """Give the latest year in which the day is not after the anchor and, if it can, falls on the weekday."""
    fitting = []
    for year in range(anchor.year, max(anchor.year - 9, 0), -1):
        try:
            candidate = date(year, month, day)
        except ValueError:  # 29 February
            continue
        if candidate <= anchor:
            fitting.append(candidate)
    if not fitting:
        raise ValueError("no such day before the anchor")
    on_weekday = [candidate for candidate in fitting[:2] if candidate.weekday() == weekday]
    return (on_weekday or fitting)[0].year


def _resolve_month(clue: Clue, anchor: date | None) -> Interval | None:
    if clue.month is None:
        return None
    last_month = clue.month2 or clue.month
    year = clue.year2 or clue.year
    if year is None:
        if anchor is None:
            return None
        year = _choose_year(clue, last_month, anchor)
    start, whole_end, precision = cut_edge(month_of(year, last_month), clue.edge2 or clue.edge, anchor)
    if clue.month2 is None:
        return start, whole_end, precision
    first_year = clue.year or (year if clue.month <= last_month else year - 1)
    first, _, _ = cut_edge(month_of(first_year, clue.month), clue.edge, anchor)
    return (first, whole_end, "period") if first <= whole_end else None


def _choose_year(clue: Clue, month: int, anchor: date) -> int:
    """Give the year of a month said without one: the latest that has begun, unless a turn says otherwise."""
    if clue.offset is not None:  # "in May last year"
        return anchor.year + clue.offset
    if clue.turn is not None and clue.turn < 0:
        return anchor.year if month < anchor.month else anchor.year - 1
    if clue.turn is not None and clue.turn > 0:
        return anchor.year if month > anchor.month else anchor.year + 1
    start, _, _ = cut_edge(month_of(anchor.year, month), clue.edge, anchor)
    return anchor.year if start <= anchor else anchor.year - 1


def _resolve_season(clue: Clue, anchor: date | None) -> Interval | None:
    if clue.season is None:
        return None
    year = clue.year
    if year is None:
        if anchor is None:
            return None
        year = _season_year(clue.season2 or clue.season, clue, anchor)
    interval = cut_edge(season_of(year, clue.season), clue.edge, anchor)
    if clue.season2 is None:
        return interval
    second = season_of(year, clue.season2)
    return (interval[0], second[1], "period") if interval[0] <= second[1] else None


def _season_year(season: tuple[int, int], clue: Clue, anchor: date) -> int:
    """Give the year the season began in: "last" is over, "this" and "this past" may still last."""
    if clue.turn is not None and clue.turn > 0:
        return anchor.year if season_of(anchor.year, season)[0] > anchor else anchor.year + 1
    is_over = clue.turn is not None and clue.turn < 0
    for year in (anchor.year, anchor.year - 1):
        start, end, _ = season_of(year, season)
        if (end < anchor) if is_over else (start <= anchor):
            return year
    return anchor.year - 2


def _resolve_year(clue: Clue, anchor: date | None) -> Interval | None:
    if clue.year is None:
        return None
    start, end, precision = cut_edge(year_of(clue.year), clue.edge, anchor)
    if clue.year2 is not None:
        end, precision = year_of(clue.year2)[1], "period"
    return (start, end, precision) if start <= end else None


def _resolve_decade(clue: Clue, anchor: date | None) -> Interval | None:
    if clue.year is None:
        return None
    decade: Interval = (date(clue.year, 1, 1), date(clue.year + 9, 12, 31), "period")
    return cut_edge(decade, clue.edge, anchor)


# Forms counted from the day of publication


def _resolve_weekday(clue: Clue, anchor: date) -> Interval | None:
    if clue.weekday is None:
        return None
    if clue.weekday2 is not None:
        end = _latest_weekday(clue.weekday2, anchor)
        start = _latest_weekday(clue.weekday, end)
        return start, end, "day" if start == end else "period"
    day = _turn_weekday(clue, anchor)
    return day, day, "day"


def _turn_weekday(clue: Clue, anchor: date) -> date:
    weekday, turn = clue.weekday or 0, clue.turn or 0
    if clue.unit == "week":
        return unit_of(anchor, "week", turn)[0] + timedelta(weekday)
    if turn > 0:
        return anchor + timedelta((weekday - anchor.weekday() - 1) % 7 + 1)
    return _latest_weekday(weekday, anchor - _DAY if turn < 0 else anchor)


def _latest_weekday(weekday: int, anchor: date) -> date:
    return anchor - timedelta((anchor.weekday() - weekday) % 7)


def _resolve_night_of(clue: Clue, anchor: date) -> Interval | None:
    if clue.weekday is None:
        return None
    day = _latest_weekday(clue.weekday, anchor)
    return day, min(day + _DAY, max(anchor, day)), "day"


def _resolve_night_into(clue: Clue, anchor: date) -> Interval | None:
    if clue.weekday is None:
        return None
    day = _latest_weekday(clue.weekday, anchor)
    return day - _DAY, day, "day"


def _resolve_offset(clue: Clue, anchor: date) -> Interval | None:
    day = anchor + timedelta(clue.offset or 0)
    return day, day, "day"


def _resolve_ago(clue: Clue, anchor: date) -> Interval | None:
    if clue.unit is None:
        return None
    if clue.is_vague:
        recent = timedelta(clue.recent_days or 0)
        return anchor - recent, max(step_back(anchor, clue.unit, 2), anchor - recent), "period"
    if clue.n is None or clue.n > _MOST_UNITS:
        return None
    day = step_back(anchor, clue.unit, clue.n)
    if clue.unit in ("week", "weekend"):
        return day - 3 * _DAY, day + 3 * _DAY, "week"
    if clue.unit in ("month", "year"):
        return unit_of(day, clue.unit)
    return day, day, precision_of(clue.unit)


def _resolve_past(clue: Clue, anchor: date) -> Interval | None:
    if clue.unit is None:
        return None
    if clue.is_vague:
        return anchor - timedelta(clue.recent_days or 0), anchor, "period"
    n = 1 if clue.n is None else clue.n
    return (step_back(anchor, clue.unit, n), anchor, "period") if n <= _MOST_UNITS else None


def _resolve_so_far(clue: Clue, anchor: date) -> Interval | None:
    if clue.year is not None:
        start, end, _ = year_of(clue.year)
    elif clue.unit is not None:
        start, end, _ = unit_of(anchor, clue.unit, clue.turn or 0)
    else:
        return None
    return (start, min(end, anchor), "period") if start <= anchor else None


def _resolve_recent(clue: Clue, anchor: date) -> Interval | None:
    return anchor - timedelta(clue.recent_days or 0), anchor, "period"


def _resolve_run(clue: Clue, anchor: date) -> Interval | None:
    """Resolve "for a third straight day": the anchor is the third."""
    if clue.unit is None or clue.n is None or not 1 <= clue.n <= _MOST_UNITS:
        return None
    first = unit_of(step_back(anchor, clue.unit, clue.n - 1), clue.unit)[0]
    return min(first, anchor), anchor, "day" if clue.n == 1 and clue.unit == "day" else "period"


def _resolve_unit(clue: Clue, anchor: date) -> Interval | None:
    if clue.unit is None:
        return None
    turn = clue.turn or 0
    if clue.unit == "weekend" and turn == -1 and unit_of(anchor, "weekend")[1] < anchor:
        turn = 0  # on a Monday, "last weekend" is the one that has just ended
    return cut_edge(unit_of(anchor, clue.unit, turn), clue.edge, anchor)


# Forms counted from the time spoken of before


def _resolve_relative(clue: Clue, antecedent: tuple[date, date] | None) -> Interval | None:
    if antecedent is None or clue.is_vague:
        return None
    unit = clue.unit or "day"  # "the following morning": a part of a day is its day
    n = (1 if clue.n is None else clue.n) * (clue.offset or 0)
    if abs(n) > _MOST_UNITS:
        return None
    if unit in ("day", "night", "hour", "minute"):
        days = n if unit in ("day", "night") else 0
        return antecedent[0] + timedelta(days), antecedent[1] + timedelta(days), "day"
    return unit_of(antecedent[0], unit, n)


_ABSOLUTE: Final[dict[Form, Callable[[Clue, date | None], Interval | None]]] = {
    "date": _resolve_date,
    "month": _resolve_month,
    "season": _resolve_season,
    "year": _resolve_year,
    "decade": _resolve_decade,
}
_ANCHORED: Final[dict[Form, Callable[[Clue, date], Interval | None]]] = {
    "weekday": _resolve_weekday,
    "night": lambda _, anchor: (anchor - _DAY, anchor, "day"),
    "night_of": _resolve_night_of,
    "night_into": _resolve_night_into,
    "today": lambda _, anchor: (anchor, anchor, "day"),
    "offset": _resolve_offset,
    "ago": _resolve_ago,
    "past": _resolve_past,
    "so_far": _resolve_so_far,
    "recent": _resolve_recent,
    "run": _resolve_run,
    "unit": _resolve_unit,
}
