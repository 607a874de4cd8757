"""Which entries answer: a byte for each, 1 or 0, in the order of the list. Held against each other as numbers are, counted
and cut into pages without a look at the catalogue."""

from collections.abc import Iterable
from itertools import compress, count, islice
from typing import Final

_STRIDE: Final = 4096
"""Entries that are passed over at once on the way to a page far back."""


class Mask:
    """Some entries of a list, by position from 1, and how many they are."""

    __slots__ = ("_told", "count")

    def __init__(self, told: bytes) -> None:
        self._told = told
        self.count = told.count(1)

    @property
    def size(self) -> int:
        """Bytes that it takes: one for each entry of the whole list."""
        return len(self._told)

    def __and__(self, other: "Mask") -> "Mask":
        """Give those that are in both."""
        both = int.from_bytes(self._told, "little") & int.from_bytes(other._told, "little")
        return Mask(both.to_bytes(len(self._told), "little"))

    def __or__(self, other: "Mask") -> "Mask":
        """Give those that are in one of them."""
        either = int.from_bytes(self._told, "little") | int.from_bytes(other._told, "little")
        return Mask(either.to_bytes(len(self._told), "little"))

    def cut(self, start: int, end: int) -> list[int]:
        """Give the positions of the entries from the `start`-th, counted from 0, to before the `end`-th."""
        before, passed = 0, 0
        while before < len(self._told):
            here = self._told.count(1, before, before + _STRIDE)
            if passed + here > start:
                break
            before, passed = before + _STRIDE, passed + here
        there = compress(count(before + 1), memoryview(self._told)[before:])
        return list(islice(there, max(0, start - passed), max(0, end - passed)))

    def count_until(self, position: int) -> int:
        """Give how many stand at a position or before it."""
        return self._told.count(1, 0, max(0, position))


def mask_positions(positions: Iterable[int], size: int) -> Mask:
    """Give a mask of the entries at some positions, of a list of `size` entries."""
    told = bytearray(size)
    for position in positions:
        told[position - 1] = 1
    return Mask(bytes(told))


def mask_range(first: int, last: int, size: int) -> Mask:
    """Give a mask of the entries from one position to another, both included, of a list of `size` entries."""
    start = min(max(first - 1, 0), size)
    end = min(max(last, start), size)
    return Mask(bytes(start) + b"\1" * (end - start) + bytes(size - end))
