"""Words and numbers of a text, folded so that spelling, script forms and what cannot be seen hide nothing."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"(?<![\d.])[-−]?\d{1,3}(?:\.\d{1,17}|,\d{4,17})(?![\d]|\.\d)")
_DEGREES: Final = re.compile(
    r"(\d{1,3})\s*°\s*(\d{1,2})\s*['′’]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|''|′′))?\s*([NSEW])"
)
_UNSEEN: Final = "\u00ad"
_WORD_MARKED: Final = re.compile(r"(?:[^\W_]|\u00ad)+")
_HEX: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{16,128}(?![0-9a-f])")
_MOST_BETWEEN: Final = 48
"""Characters that may stand between the two numbers of a point: a key, a column's end, a tag."""


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a text, each with its offset."""

    words: Sequence[str]
    offsets: Sequence[int]


@dataclass(frozen=True, slots=True)
class Number:
    """A number with a fraction, the digits behind its point, and where it begins and ends."""

    value: float
    digits: int
    start: int
    end: int


def fold_text(text: str) -> str:
    """Fold a text character by character: its length and its lines stay.

    Case, accents, Arabic vowel marks, full-width forms and other scripts' digits fall together; what cannot be seen
    becomes the mark that `split_words` joins over.
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text))


@cache
def _fold_character(character: str) -> str:
    """Give the one character that stands for a character."""
    if character.isascii():
        return character.lower()
    if unicodedata.category(character) in ("Cf", "Mn", "Me") or character == "ـ":
        return _UNSEEN
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character in "٫":
        return "."
    if character in "″”":
        return '"'
    base = unicodedata.normalize("NFKD", character)
    kept = [part for part in base.casefold() if not unicodedata.combining(part)]
    return kept[0] if kept else _UNSEEN


def split_words(folded: str) -> Words:
    """Give the words of a folded text; what cannot be seen parts none."""
    words, offsets = [], []
    is_marked = _UNSEEN in folded
    for found in (_WORD_MARKED if is_marked else _WORD).finditer(folded):
        told = found[0].replace(_UNSEEN, "") if is_marked else found[0]
        if told:
            words.append(told)
            offsets.append(found.start())
    return Words(words, offsets)


def find_numbers(folded: str) -> list[Number]:
    """Give the numbers with a fraction, and degrees, minutes and seconds, in order."""
    told = folded.replace("−", "-")
    found = [
        Number(float(one[0].replace(",", ".")), len(re.split("[.,]", one[0])[1]), one.start(), one.end())
        for one in _NUMBER.finditer(told)
    ]
    for one in _DEGREES.finditer(folded.upper() if folded.isascii() else _raise_points(folded)):
        value = int(one[1]) + int(one[2]) / 60 + float(one[3] or 0) / 3600
        found.append(Number(-value if one[4] in "SW" else value, 4, one.start(), one.end()))
    return sorted(found, key=lambda number: number.start)


def _raise_points(folded: str) -> str:
    return "".join(c.upper() if c in "nsew" else c for c in folded)


def pair_numbers(numbers: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """Give the numbers that stand side by side, as the two of a point do."""
    for first, second in pairwise(numbers):
        if second.start - first.end <= _MOST_BETWEEN:
            yield first, second


def find_hexes(folded: str) -> Iterator[re.Match[str]]:
    """Give what may be a digest, or the beginning of one."""
    return _HEX.finditer(folded)


class LineFinder:
    """Tells on which line of a text an offset lies."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def find(self, offset: int) -> int:
        """Give the line, counted from 1."""
        return bisect_right(self._starts, offset)
