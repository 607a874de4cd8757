"""Lower case without moving any offset, and patterns made of a language's phrases."""

import re
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"\S+")
_REACH: Final = 64
"""How many code points before a number or a date are looked at for the words that belong to it."""


def fold(text: str) -> str:
    """Give the text in lower case, code point by code point: the result is as long as the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def words_before(folded: str, position: int) -> list[tuple[str, int]]:
    """Give the words that end right before the position, nearest first, each with its offset.

    At most six, from the last 64 code points; none where no white space stands before the position.
    """
    if position == 0 or not folded[position - 1].isspace():
        return []
    floor = max(0, position - _REACH)
    found = [(match[0], floor + match.start()) for match in _WORD.finditer(folded[floor:position])]
    return found[:-7:-1]


def one_of(phrases: Iterable[str]) -> str:
    """Give a pattern for any of the phrases, longest first; a space in a phrase also matches a hyphen."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(_spell(phrase) for phrase in ordered) + ")" if ordered else "(?!)"


def _spell(phrase: str) -> str:
    return r"[\s-]{1,2}".join(re.escape(word) for word in phrase.split())
