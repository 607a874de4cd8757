"""What a number is a number of: people or things, or a year, an age, a distance, part of a name …"""

import re
from typing import Literal

from harmledger.lexicon.numbers import NumberWords
from harmledger.ranges.figures import Figure
from harmledger.ranges.folding import one_of, step_over, words_before

QuantityKind = Literal[
    "count", "ordinal", "year", "age", "clock", "date_part", "money", "percent", "measure", "name",
    "telephone", "url", "idiom",
]  # fmt: skip

_FIRST_YEAR = 1900
_LAST_YEAR = 2100
_OLDEST = 110


class KindTeller:
    """Tells kinds in one language, from the shape of a number and the words right beside it."""

    def __init__(self, words: NumberWords) -> None:
        """Compile what may follow a number."""
        self._words = words
        after = words.after
        units = (
            rf"(?P<percent>\s{{0,2}}{one_of(after['percent'])}(?!\w)|[\s-]{{1,2}}{one_of(words.shares)}\b)"
        )
        units += rf"|(?P<age>[\s-]{{1,2}}{one_of(after['age'])}\b)"
        units += rf"|(?P<clock>\s{{0,2}}{one_of(after['clock'])}\b\.?)"
        units += (
            rf"|(?P<money>\s{{1,2}}{one_of(after['money'])}\b|\s?[{''.join(words.currency_symbols)}](?!\d))"
        )
        units += rf"|(?P<measure>[\s-]{{0,2}}{one_of(after['measure'])}\b)"
        self._units = re.compile(units)
        months = one_of(words.months)
        self._month_after = re.compile(rf"(?:\s(?:of\s)?|-)({months})\b")
        self._month_before = frozenset(words.months)
        self._counted_after = re.compile(rf"\s{{1,2}}{one_of(words.counted)}\b")
        self._year_end = re.compile(rf"{one_of(words.year_endings)}\b")

    def tell(
        self, folded: str, text: str, figure: Figure, start: int, end: int, qualified: bool
    ) -> QuantityKind:
        """Give the kind of the number at [start, end), qualifiers included; the figure is its last number."""
        shape = figure.shape
        if shape in ("name", "telephone", "url", "clock"):
            return shape
        if shape == "date":
            return "date_part"
        if shape == "none":
            return "count"
        if figure.is_money:
            return "money"
        before = words_before(folded, start)
        if self._is_date_part(folded, text, figure, before, start, end):
            return "date_part"
        if shape == "ordinal":
            return "ordinal"
        unit = self._units.match(folded, end)
        if unit is not None and not (unit["measure"] and self._is_word_start(folded, unit.end())):
            return unit.lastgroup  # type: ignore[return-value]
        if shape == "half":
            return "percent"
        return self._tell_by_place(folded, text, figure, start, end, qualified, before)

    def _tell_by_place(
        self,
        folded: str,
        text: str,
        figure: Figure,
        start: int,
        end: int,
        qualified: bool,
        before: list[str],
    ) -> QuantityKind:
        previous = before[0] if before else ""
        pair = f"{before[1]} {previous}" if len(before) > 1 else previous
        if previous in self._words.before["age"] or pair in self._words.before["age"]:
            return "age"
        if previous in self._words.before["money"]:
            return "money"
        if figure.shape == "numeral" and figure.value is not None:
            if not qualified and self._is_year(folded, figure, before, end):
                return "year"
            if not qualified and self._is_apposed_age(folded, text, figure, start, end, before):
                return "age"
            if self._is_glued(folded, end):
                return "age" if previous in self._words.decade_owners else "name"
            if folded[start - 1 : start] == "[" and folded[end : end + 1] == "]":
                return "name"
        if figure.shape == "decimal":
            return "measure"
        named = self._words.before["name"]
        if (
            not qualified
            and (previous in named or pair in named)
            and _is_capital(folded, text, start, previous)
        ):
            return "name"
        return "count"

    def _is_date_part(
        self, folded: str, text: str, figure: Figure, before: list[str], start: int, end: int
    ) -> bool:
        if figure.value is None or not 1 <= figure.value <= 31 or figure.shape not in ("numeral", "ordinal"):
            return False
        after = self._month_after.match(folded, end)
        if after is not None and not text[after.start(1)].islower():
            return True
        if not before or self._counted_after.match(folded, end):
            return False
        word = before[0]
        return word in self._month_before and _is_capital(folded, text, start, word)

    def _is_year(self, folded: str, figure: Figure, before: list[str], end: int) -> bool:
        value = figure.value
        if value is None or not _FIRST_YEAR <= value <= _LAST_YEAR or figure.end - figure.start != 4:
            return False
        if self._year_end.match(folded, end):
            return True
        if self._counted_after.match(folded, end):
            previous = before[0] if before else ""
            return previous in self._words.year_sure or previous in self._month_before
        if before and (before[0] in self._words.before["year"] or before[0] in self._month_before):
            return True
        return value % 100 != 0

    def _is_apposed_age(
        self, folded: str, text: str, figure: Figure, start: int, end: int, before: list[str]
    ) -> bool:
        """Tell ", 19," after a name: an age between commas."""
        if figure.value is None or not 0 < figure.value <= _OLDEST or not before:
            return False
        word = before[0]
        return (
            word[-1] == ","
            and _is_capital(folded, text, start, word)
            and word[:-1] not in self._month_before
            and folded[end : end + 1] in (",", ")", ";", ".")
            and not word[0].isdecimal()
        )

    def _is_glued(self, folded: str, end: int) -> bool:
        return end < len(folded) and (folded[end].isalpha() or folded[end] == "_")

    def _is_word_start(self, folded: str, end: int) -> bool:
        """Tell whether the unit found is only the beginning of a longer hyphenated name ("5 m-16")."""
        return folded[end : end + 1] == "-" and folded[end + 1 : end + 2].isdecimal()


def _is_capital(folded: str, text: str, position: int, word: str) -> bool:
    """Tell whether the word right before the position is written with a capital."""
    return text[step_over(folded, position, (word,))].isupper()
