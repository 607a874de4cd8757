"""Letters that writers of a script exchange freely, each folded to one, code point for code point."""

import re
from typing import Final

EXCHANGED: Final = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه", "ک": "ك"}
)
"""The Arabic script: the carriers of hamza, final ya and ta marbuta, and the letters of Persian keyboards."""

JOINT: Final = "\u200a"
"""Parts a particle from the word it is written onto, in the parted copy of a text (a hair space, which no reading
copy holds: there every space is plain)."""


_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG: Final = re.compile(r"[^\W\d_]")


def is_right_to_left(text: str) -> bool:
    """Tell whether a text runs from right to left: by its first letter, as the Unicode algorithm has it (UAX 9, P2)."""
    first = None if text.isascii() else _STRONG.search(text)
    return first is not None and _RIGHT_TO_LEFT.match(first.group()) is not None


def fold_letters(text: str) -> str:
    """Give the text with exchanged letters made one; the result is as long as the text."""
    return text if text.isascii() else text.translate(EXCHANGED)
