"""Letters that writers of a script exchange freely, each folded to one, code point for code point."""

from typing import Final

EXCHANGED: Final = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه", "ک": "ك"}
)
"""The Arabic script: the carriers of hamza, final ya and ta marbuta, and the letters of Persian keyboards."""

JOINT: Final = "\u200a"
"""Parts a particle from the word it is written onto, in the parted copy of a text (a hair space, which no reading
copy holds: there every space is plain)."""


def fold_letters(text: str) -> str:
    """Give the text with exchanged letters made one; the result is as long as the text."""
    return text if text.isascii() else text.translate(EXCHANGED)
