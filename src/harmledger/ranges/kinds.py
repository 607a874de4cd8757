"""What a number is a number of: people or things, or a year, an age, a distance, part of a name …"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from harmledger.lexicon.numbers import NumberWords
from harmledger.ranges.figures import Figure
from harmledger.ranges.folding import one_of, step_over

QuantityKind = Literal[
    "count", "ordinal", "year", "age", "clock", "date_part", "money", "percent", "measure", "name",
    "telephone", "url", "idiom",
]  # fmt: skip

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100
_OLDEST: Final = 110


_UNITS: Final = frozenset({"percent", "age", "clock", "money", "measure"})
_COUNTED: Final = frozenset({"counted", "additional"})


@dataclass(slots=True)
class Surroundings:
    """Where a number stands: [start, end) with its qualifiers, the words before (nearest first), what is after."""

    start: int
    end: int
    before: list[str]
    after: str | None
    is_qualified: bool


class KindTeller:
    """Tells kinds in one language, from the shape of a number and the words right beside it."""

    def __init__(self, words: NumberWords) -> None:
        """Compile what may follow a number."""
        self._words = words
        after = words.after
        symbols = "".join(words.currency_symbols)
        parts = {
            "month": rf"(?:\s(?:of\s)?|-){one_of(words.months)}\b",
            "postfix": rf"\+(?!\d)|[\s-]{{1,2}}{one_of(words.postfixes)}\b(?!\sthan\b)",
            "percent": rf"\s{{0,2}}{one_of(after['percent'])}(?!\w)|[\s-]{{1,2}}{one_of(words.shares)}\b",
            "age": rf"[\s-]{{1,2}}{one_of(after['age'])}\b",
            "clock": rf"\s{{0,2}}{one_of(after['clock'])}\b\.?",
            "money": rf"\s{{1,2}}{one_of(after['money'])}\b|\s?[{symbols}](?!\d)",
            "measure": rf"[\s-]{{0,2}}{one_of(after['measure'])}\b(?!-\d)",
            "additional": (
                rf"\s{{1,2}}(?!{one_of(words.not_additional_after)}\b){one_of(words.additional_after)}\b"
            ),
            "counted": rf"\s{{1,2}}{one_of(words.counted)}\b",
            "decade": rf"{one_of(words.year_endings)}\b",
        }
        self._after = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items()))
        self._months = frozenset(words.months)

    def look_after(self, folded: str, text: str, end: int) -> tuple[str | None, int]:
        """Give what stands right after a number, as a group of the words above, and where it ends."""
        match = self._after.match(folded, end)
        if match is None or (match.lastgroup == "month" and match[0] == text[end : match.end()]):
            return None, end  # "30 may have been": a month has a capital
        return match.lastgroup, match.end()

    def tell(self, folded: str, text: str, place: Surroundings, figure: Figure) -> QuantityKind:
        """Give the kind of the number that stands there; of a range, the figure is its last number."""
        shape = figure.shape
        if shape in ("name", "telephone", "url", "clock"):
            return shape
        if shape == "date":
            return "date_part"
        if figure.is_money:
            return "money"
        if self._is_date_part(folded, text, place, figure):
            return "date_part"
        if shape == "ordinal":
            return "ordinal"
        if place.after in _UNITS:
            return place.after  # type: ignore[return-value]
        if shape == "half":
            return "percent"
        return self._tell_by_place(folded, text, place, figure)

    def _tell_by_place(self, folded: str, text: str, place: Surroundings, figure: Figure) -> QuantityKind:
        start, end = place.start, place.end
        previous = place.before[0] if place.before else ""
        pair = f"{place.before[1]} {previous}" if len(place.before) > 1 else previous
        led_by = self._words.before
        if previous in led_by["age"] or pair in led_by["age"]:
            return "age"
        if previous in led_by["money"]:
            return "money"
        if figure.shape == "numeral" and figure.value is not None:
            if not place.is_qualified and self._is_year(place, figure):
                return "year"
            if not place.is_qualified and self._is_apposed_age(folded, text, place, figure):
                return "age"
            if end < len(folded) and (folded[end].isalpha() or folded[end] == "_"):
                return "age" if previous in self._words.decade_owners else "name"
            if folded[start - 1 : start] == "[" and folded[end : end + 1] == "]":
                return "name"
        if figure.shape == "decimal":
            return "measure"
        is_led = not place.is_qualified and (previous in led_by["name"] or pair in led_by["name"])
        return "name" if is_led and _is_capital(folded, text, start, previous) else "count"

    def _is_date_part(self, folded: str, text: str, place: Surroundings, figure: Figure) -> bool:
        if figure.value is None or not 1 <= figure.value <= 31 or figure.shape not in ("numeral", "ordinal"):
            return False
        if place.after == "month":
            return True
        if not place.before or place.after in _COUNTED:
            return False
        word = place.before[0]
        return word in self._months and _is_capital(folded, text, place.start, word)

    def _is_year(self, place: Surroundings, figure: Figure) -> bool:
        value = figure.value
        if value is None or not _FIRST_YEAR <= value <= _LAST_YEAR or figure.end - figure.start != 4:
            return False
        if place.after == "decade":
            return True
        previous = place.before[0] if place.before else ""
        if place.after in _COUNTED:
            return previous in self._words.year_sure or previous in self._months
        return previous in self._words.before["year"] or previous in self._months or value % 100 != 0

    def _is_apposed_age(self, folded: str, text: str, place: Surroundings, figure: Figure) -> bool:
        """Tell ", 19," after a name or a person: an age between commas."""
        if figure.value is None or not 0 < figure.value <= _OLDEST or not place.before:
            return False
        word = place.before[0]
        return (
            word[-1] == ","
            and folded[place.end : place.end + 1] in (",", ")", ";", ".")
            and word[:-1] not in self._months
            and not word[0].isdecimal()
            and (word[:-1] in self._words.aged_people or _is_capital(folded, text, place.start, word))
        )


def _is_capital(folded: str, text: str, position: int, word: str) -> bool:
    """Tell whether the word right before the position is written with a capital."""
    return text[step_over(folded, position, (word,))].isupper()
