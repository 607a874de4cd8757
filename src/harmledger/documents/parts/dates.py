"""Dates as tables write them."""

import re
from datetime import date, datetime
from functools import cache
from typing import Final

from harmledger.documents.parts.mapping import DateOrder
from harmledger.lexicon.prose import load_layout

_CLOCK: Final = r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?)?"
_FIGURES: Final = re.compile(r"(?P<first>\d{1,2})([./-])(?P<second>\d{1,2})\2(?P<year>\d{4})" + _CLOCK)
_BACKWARD: Final = re.compile(r"(?P<year>\d{4})([./-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _CLOCK)
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .-]+(?P<month>[^\W\d_]+)|(?P<month2>[^\W\d_]+)\.? (?P<day2>\d{1,2}))"
    r"\.?,?[ -]+(?P<year>\d{4})" + _CLOCK
)


def read_date(cell: str, order: DateOrder | None = None) -> tuple[str | None, bool]:
    """Give a cell's date or date-time in ISO 8601, None where it is neither, and whether its order was plain.

    03/04/2018 is read day first unless `order` says otherwise; without it the order counts as not plain.
    """
    text = "".join(str(int(char)) if char.isdecimal() else char for char in cell.strip()[:60])
    try:
        datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return text.replace(" ", "T"), True
    if found := _FIGURES.fullmatch(text):
        return _order(found, order)
    if found := _BACKWARD.fullmatch(text):
        return _spell(found, int(found["month"]), int(found["day"])), True
    if found := _NAMED.fullmatch(text):
        month = _load_months().get((found["month"] or found["month2"]).lower(), 0)
        return _spell(found, month, int(found["day"] or found["day2"])), True
    return None, True


def _order(found: re.Match[str], order: DateOrder | None) -> tuple[str | None, bool]:
    first, second = int(found["first"]), int(found["second"])
    is_plain = order is not None or max(first, second) > 12 or first == second
    month_first = second > 12 or (order == "month-day" and first <= 12)
    month, day = (first, second) if month_first else (second, first)
    return _spell(found, month, day), is_plain


def _spell(found: re.Match[str], month: int, day: int) -> str | None:
    try:
        day_of_year = date(int(found["year"]), month, day).isoformat()
        if found["hour"] is None:
            return day_of_year
        return datetime.fromisoformat(f"{day_of_year}T{int(found['hour']):02}:{found['minute']}").isoformat()
    except ValueError:
        return None


@cache
def _load_months() -> dict[str, int]:
    """Give the months by name in lower case, in every language that has a table of them."""
    return {name: number for stamp in load_layout().stamps for name, number in stamp.words.months.items()}
