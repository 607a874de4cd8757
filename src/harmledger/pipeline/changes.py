"""What changed between two versions of a text, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
_CONTEXT: Final = 8
_WORDS_LIMIT: Final = 20_000
"""Longer texts are compared line by line: comparing words costs their number squared."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the texts differ: the words before it, those taken out, those put in, the words after it."""

    before: str
    removed: str
    added: str
    after: str


def compare_words(old: str, new: str) -> Iterator[Change]:
    """Give each place where the new text differs from the old, with a few words around it."""
    if len(old) + len(new) > _WORDS_LIMIT * 6:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    else:
        left, right = _split_words(old), _split_words(new)
    for kind, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(
                "".join(left[max(0, start - 2 * _CONTEXT) : start]),
                "".join(left[start:end]),
                "".join(right[first:last]),
                "".join(left[end : end + 2 * _CONTEXT]),
            )


def _split_words(text: str) -> list[str]:
    return _TOKEN.findall(text)
