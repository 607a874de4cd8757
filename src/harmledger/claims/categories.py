"""Categories as bits: one number says all that a word or a token can be, so that any of several is one test."""

from collections.abc import Iterable
from typing import Final

_BITS: Final[dict[str, int]] = {}


def join_bits(*categories: str) -> int:
    """Give the categories as one number, a bit each; bits are given out in the order of first use."""
    return collect_bits(categories)


def collect_bits(categories: Iterable[str]) -> int:
    """Give the categories as one number (see `join_bits`)."""
    bits = 0
    for category in categories:
        bits |= _BITS.setdefault(category, 1 << len(_BITS))
    return bits
