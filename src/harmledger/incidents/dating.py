"""What a report without a day still says of it: the weekday, or the date without its year."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

from harmledger.incidents.days import Days, find_date, is_short
from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.tables import list_languages
from harmledger.lexicon.times import load_time_words

WEEK: Final = 7
SHORTEST_NAME: Final = 5
"""Shorter names of weekdays are abbreviations, and other words as well ("sat", "sun")."""
SHORTEST_MONTH: Final = 3
LAST_DAY: Final = 31


class Dating(NamedTuple):
    """The weekday that a text names, Monday 0, and the month and day of the date that it names; None where it names none,
    or several."""

    weekday: int | None = None
    date: tuple[int, int] | None = None


class _Names(NamedTuple):
    weekday: re.Pattern[str]
    date: re.Pattern[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]


NO_DATING: Final = Dating()


def _list_choices(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


@cache
def _load_names() -> _Names:
    """Give what finds weekdays and dates in any language that is read. An article or a particle may be written onto a
    weekday, and a short word may stand between a day and its month ("the 3rd of May")."""
    words = [load_time_words(language) for language in list_languages()]
    weekdays = {
        name: number
        for known in words
        for name, number in known.weekdays.items()
        if len(name) >= SHORTEST_NAME
    }
    months = {
        name: number
        for known in words
        for name, number in known.months.items()
        if len(name) >= SHORTEST_MONTH
    }
    month = _list_choices(months)
    return _Names(
        re.compile(rf"(?<!\w)\w{{0,2}}?({_list_choices(weekdays)})(?!\w)"),
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? (?:\w{{2,3}} )?({month})(?!\w)"
            rf"|(?<!\w)({month}) (\d{{1,2}})(?![\d:])"
        ),
        weekdays,
        months,
    )


def find_dating(texts: Iterable[str]) -> Dating:
    """Give what the sentences say of the day of what they tell."""
    names = _load_names()
    folded = [fold_letters(text.casefold()) for text in texts]
    weekdays = {names.weekdays[name] for text in folded for name in names.weekday.findall(text)}
    dates = {
        (names.months[first or second], int(day or after))
        for text in folded
        for day, first, second, after in names.date.findall(text)
    }
    known = [(month, day) for month, day in sorted(dates) if 0 < day <= LAST_DAY]
    return Dating(weekdays.pop() if len(weekdays) == 1 else None, known[0] if len(known) == 1 else None)


def list_weekdays(days: Days | None, dating: Dating) -> frozenset[int]:
    """Give the weekdays that something may have happened on: of its day or night, else the one named; empty where neither
    is known."""
    if days is None:
        return frozenset() if dating.weekday is None else frozenset({dating.weekday})
    if not is_short(days):
        return frozenset()
    # the first of January of the year 1, ordinal 1, was a Monday
    return frozenset((day - 1) % WEEK for day in range(days[0], days[1] + 1))


def list_dates(days: Days | None, dating: Dating) -> frozenset[tuple[int, int]]:
    """Give the dates, as month and day, that something may have happened on, as `list_weekdays` gives its weekdays."""
    if days is None:
        return frozenset() if dating.date is None else frozenset({dating.date})
    return frozenset(map(find_date, range(days[0], days[1] + 1))) if is_short(days) else frozenset()
