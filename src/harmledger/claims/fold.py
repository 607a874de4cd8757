"""The key of a text: the same length, small and folded letters, and a space for every mark of punctuation."""

from functools import cache
from typing import Final

from harmledger.lexicon.letters import EXCHANGED, JOINT

_PUNCTUATION: Final = "!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~\n\r\t\x0b\x0c«»…،؛؟“”‘’–—•·"
_SYMBOLS: Final = [*range(0x2190, 0x2C00), 0x200D, 0xFE0F, *range(0x1F000, 0x1FB00)]
"""Arrows, shapes and pictographs, which posts write onto words."""
_SPACES: Final = (
    dict.fromkeys(_SYMBOLS, " ") | EXCHANGED | str.maketrans(dict.fromkeys(_PUNCTUATION + JOINT, " "))
)


def fold_text(reading: str) -> str:
    """Give the key of a reading copy: one code point for each, so that offsets stay true.

    Letters whose small form is longer than one code point (İ) keep their capital form.
    """
    lowered = reading.lower()
    if len(lowered) != len(reading):
        lowered = "".join(_lower_letter(letter) for letter in reading)
    return lowered.translate(_SPACES)


@cache
def _lower_letter(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def fold_phrase(phrase: str) -> str:
    """Give the key of a word or phrase of the lexicon: as `fold_text`, with single spaces."""
    return " ".join(fold_text(phrase).split())
