"""Read a number written in digits: 1,234 · 300 000 · 1.2 million · 1st · $30m · 13:15 · F-16 · +963 …"""

import re
from typing import Final

from harmledger.lexicon.numbers import NumberWords
from harmledger.ranges.figures import LARGEST, PLAIN_GAPS, Figure, Token

_MICRO: Final = 10**6
"""A decimal is kept in millionths until a scale word makes it whole: "1.2 million"."""
_FEW_DIGITS: Final = 10
"""From so many digits in a row it is a telephone number or a code."""
_MOST_DIGITS: Final = 15
_URL_MARK: Final = re.compile(r"://|www\.|[@#=?&%~]")
_TO_SPACE: Final = re.compile(r"\S*")
_NAME_REST: Final = re.compile(r"\w+(?:[-./,]\w+)*")
_TELEPHONE: Final = re.compile(r"\d[\d() -]{5,18}\d")


class NumeralReader:
    """Reads numerals of one language. Built once per language; holds no state of any text."""

    def __init__(self, words: NumberWords) -> None:
        """Compile the numerals of the language."""
        self._attached = words.attached
        self._year_glued = words.year_glued
        self._symbols = "".join(words.currency_symbols)
        self._money_scales = words.money_scales
        self._ordinal_endings = frozenset(words.ordinal_endings)
        self._thousands = re.compile("[" + re.escape("".join(words.thousands)) + " ]")
        self._numeral = _compile_numeral(words)

    def read(self, folded: str, text: str, tokens: list[Token], index: int, floor: int) -> tuple[Figure, int]:
        """Read the numeral at tokens[index], with the scale words after it; nothing before `floor` is touched.

        `text` is the same stretch as `folded`, in its own case. Gives the index of the next token to read.
        """
        figure = self._read_digits(folded, text, tokens[index], floor)
        while index < len(tokens) and tokens[index].start < figure.end:
            index += 1
        if figure.shape in ("numeral", "grouped", "decimal"):
            index = self._multiply(folded, tokens, index, figure)
        if figure.shape == "decimal" or (figure.value is not None and figure.value > LARGEST):
            figure.devalue()
        return figure, index

    def _read_digits(self, folded: str, text: str, token: Token, floor: int) -> Figure:
        start = token.start
        before = folded[start - 1] if start > floor else " "
        is_money = before in self._symbols
        if not is_money and not before.isspace() and (before.isalnum() or before in "-_+/@#=&?%~"):
            glued = self._read_glued(folded, text, start, floor)
            if glued is not None:
                return glued
        figure = self._value_digits(folded, start, token.end)
        if is_money:
            figure.start -= 1
            while figure.start > floor and folded[figure.start - 1].isalpha():
                figure.start -= 1
            figure.is_money = True
        self._read_ending(folded, figure)
        return figure

    def _value_digits(self, folded: str, start: int, end: int) -> Figure:
        if end - start < _FEW_DIGITS and not folded[end + 1 : end + 2].isdecimal():
            # the common case: nothing follows that could join more digits to these
            return Figure(start, end, "numeral", int(folded[start:end]))
        match = self._numeral.match(folded, start)
        return Figure(start, end, "name") if match is None else self._value_numeral(match)

    def _read_glued(self, folded: str, text: str, start: int, floor: int) -> Figure | None:
        """Read digits that are part of a longer token: F-16, x2, an address, +963 …; None if they are not."""
        left = start
        while left > floor and not folded[left - 1].isspace() and folded[left - 1] not in "([\"'":
            left -= 1
        prefix = folded[left:start]
        if _URL_MARK.search(prefix) or ("/" in prefix and "." in prefix):
            end = _TO_SPACE.match(folded, start).end()  # type: ignore[union-attr]
            while end > start + 1 and not folded[end - 1].isalnum() and folded[end - 1] != "/":
                end -= 1
            return Figure(left, end, "url")
        if prefix in self._attached:
            return None
        last = prefix[-1]
        if last == "+":
            match = _TELEPHONE.match(folded, start)
            return Figure(start - 1, match.end(), "telephone") if match else None
        is_name = last.isalpha() or last == "_"
        if last == "-" and len(prefix) > 1:
            word = prefix[:-1]
            if word in self._year_glued:
                return None
            is_name = word[-1].isdecimal() or (
                word[-1].isalpha() and _looks_like_code(text[left : start - 1])
            )
        elif last == "/" and len(prefix) > 1:
            is_name = prefix[-2].isdecimal()
        elif last.isdecimal():
            is_name = True
        if not is_name:
            return None
        end = _NAME_REST.match(folded, start).end()  # type: ignore[union-attr]
        return Figure(left, end, "name")

    def _value_numeral(self, match: re.Match[str]) -> Figure:
        kind, digits = match.lastgroup, match[0]
        figure = Figure(match.start(), match.end(), "numeral")
        if kind in ("date", "clock", "telephone"):
            figure.shape = kind  # type: ignore[assignment]
        elif kind == "ratio" or len(digits) > _MOST_DIGITS:
            figure.shape = "name"
        elif kind == "grouped":
            whole = self._thousands.sub("", digits)
            figure.shape, figure.value = ("grouped", int(whole)) if whole.isdecimal() else ("decimal", None)
        elif kind == "dotted":
            figure.shape, figure.value = "grouped", int("".join(filter(str.isdecimal, digits)))
        elif kind == "decimal":
            figure.shape = "decimal"
            whole, mark, rest = digits.replace("٫", ".").partition(".")
            figure.value = int(whole + rest[:6].ljust(6, "0")) if mark and rest.isdecimal() else None
        else:
            figure.value = int(digits)
        return figure

    def _read_ending(self, folded: str, figure: Figure) -> None:
        """Read the letters glued to a numeral that belong to the numeral itself: 1st, $30m."""
        end = figure.end
        while end < len(folded) and end - figure.end < 4 and folded[end].isalpha():
            end += 1
        ending = folded[figure.end : end]
        if not ending:
            return
        if ending in self._ordinal_endings and figure.shape in ("numeral", "grouped"):
            figure.shape, figure.end = "ordinal", end
        elif figure.is_money and ending in self._money_scales and figure.value is not None:
            parts = _MICRO if figure.shape == "decimal" else 1
            figure.value, figure.shape, figure.end = (
                figure.value * self._money_scales[ending] // parts,
                "numeral",
                end,
            )

    def _multiply(self, folded: str, tokens: list[Token], index: int, figure: Figure) -> int:
        """Take the scale words that follow a numeral: "1.2 million", "3 dozen"."""
        parts = _MICRO if figure.shape == "decimal" else 1
        while index < len(tokens) and figure.value is not None and figure.value < LARGEST:
            atom = tokens[index].atom
            if (
                atom is None
                or atom.role not in ("scale", "collective")
                or atom.value is None
                or folded[figure.end : tokens[index].start] not in PLAIN_GAPS
            ):
                break
            figure.multiplier = figure.value if parts == 1 else None
            figure.value = figure.value * atom.value // parts
            parts = 1
            figure.scale *= atom.value
            figure.end = tokens[index].end
            if figure.shape == "decimal":
                figure.shape = "numeral"
            index += 1
        return index


def _looks_like_code(word: str) -> bool:
    """Tell whether the word before a hyphen makes a name with the digits: F-16, Su-24; not "homes-12"."""
    return len(word) <= 3 or not word.islower()


def _compile_numeral(words: NumberWords) -> re.Pattern[str]:
    group = re.escape("".join(words.thousands))
    point = re.escape("".join(words.decimals))
    clock_time = r"\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
    parts = {
        "date": (
            rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}(?:[t ]{clock_time}(?:z|[+-]\d{{2}}:?\d{{2}})?)?(?!\d)"
            r"|\d{1,2}(?P<_a>[-/.])\d{1,2}(?P=_a)\d{2,4}(?![\d])"
            r"|\d{4}(?P<_b>[/.])\d{1,2}(?P=_b)\d{1,2}(?!\d)"
        ),
        "clock": r"\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}\.\d{2}(?=\s?[ap]\.?m\b)",
        "telephone": r"\d{3}[-.]\d{3}[-.]\d{4}(?!\d)|\d{10,}",
        "ratio": r"\d+/\d+",
        "grouped": rf"\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:[{point}]\d+)?|\d{{1,3}}(?:[ ]\d{{3}})+(?!\d)",
        "dotted": r"\d{1,3}(?:\.\d{3})*\.000(?![\d.])",
        "decimal": rf"\d+(?:[{point}]\d+)+",
        "plain": r"\d+",
    }
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items()))
