"""Lower case without moving any offset, and patterns made of a language's phrases."""

import re
from collections.abc import Iterable
from typing import Any, Final

from harmledger.lexicon.letters import EXCHANGED, JOINT

_REACH: Final = 64
"""How many code points before a number or a date are looked at for the words that belong to it."""
_MOST_WORDS: Final = 8
_OPENING: Final = "\"'“‘„«‹([{"
"""Marks that open a quotation or an aside; what stands before them is another phrase."""

_EXCHANGED: Final = EXCHANGED | {ord(JOINT): " "}
_ARABIC: Final = re.compile(r"[\u0620-\u064a\u0671-\u06d5]")


def fold(text: str) -> str:
    """Give the text in lower case and with exchanged letters made one: the result is as long as the text."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_EXCHANGED) if not text.isascii() and _ARABIC.search(text) else lowered


def words_before(folded: str, position: int) -> list[str]:
    """Give the words that end right before the position, nearest first.

    At most eight, from the last 64 code points, and none from before an opening mark (`"at least six`); none at
    all where no white space stands before the position.
    """
    if position == 0 or not folded[position - 1].isspace():
        return []
    words = folded[max(0, position - _REACH) : position].split()[: -_MOST_WORDS - 1 : -1]
    for index, word in enumerate(words):
        if word[0] in _OPENING:
            opened = word.lstrip(_OPENING)
            return [*words[:index], opened] if opened else words[:index]
    return words


def step_over(folded: str, position: int, words: Iterable[str]) -> int:
    """Give the offset of the farthest of the words that stand right before the position, nearest first."""
    for word in words:
        position = folded.rindex(word, 0, position)
    return position


def one_of(phrases: Iterable[str]) -> str:
    """Give a pattern for any of the phrases, longest first; a space in a phrase also matches a hyphen.

    Common beginnings are shared, so that a long list costs no more to try than its first letters.
    """
    tree: dict[str, Any] = {}
    for phrase in sorted(set(phrases)):
        node = tree
        for char in " ".join(phrase.split()):
            node = node.setdefault(char, {})
        node[""] = {}
    return _spell_tree(tree) if tree else "(?!)"


def _spell_tree(node: dict[str, Any]) -> str:
    branches = [_spell_char(char) + _spell_tree(rest) for char, rest in node.items() if char]
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{pattern}?" if "" in node else pattern


def _spell_char(char: str) -> str:
    return r"[\s-]{1,2}" if char == " " else re.escape(char)
