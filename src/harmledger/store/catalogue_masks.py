"""Which entries answer: a byte for each, 1 or 0, in the order of the list. Held against each other as numbers are, counted
and cut into pages without a look at the catalogue."""

import zlib
from collections.abc import Iterable
from itertools import compress, count, islice
from typing import Final

_STRIDE: Final = 4096
"""Entries that are passed over at once on the way to a page far back."""


class Mask:
    """Some entries of a list, by position from 1, and how many they are."""

    __slots__ = ("count", "told")

    def __init__(self, told: bytes) -> None:
        self.told = told
        self.count = told.count(1)

    @property
    def size(self) -> int:
        """Bytes that it takes: one for each entry of the whole list."""
        return len(self.told)

    def __and__(self, other: "Mask") -> "Mask":
        """Give those that are in both."""
        both = int.from_bytes(self.told, "little") & int.from_bytes(other.told, "little")
        return Mask(both.to_bytes(len(self.told), "little"))

    def __or__(self, other: "Mask") -> "Mask":
        """Give those that are in one of them."""
        either = int.from_bytes(self.told, "little") | int.from_bytes(other.told, "little")
        return Mask(either.to_bytes(len(self.told), "little"))

    def cut(self, start: int, end: int) -> list[int]:
        """Give the positions of the entries from the `start`-th, counted from 0, to before the `end`-th."""
        before, passed = 0, 0
        while before < len(self.told):
            here = self.told.count(1, before, before + _STRIDE)
            if passed + here > start:
                break
            before, passed = before + _STRIDE, passed + here
        there = compress(count(before + 1), memoryview(self.told)[before:])
        return list(islice(there, max(0, start - passed), max(0, end - passed)))

    def count_until(self, position: int) -> int:
        """Give how many stand at a position or before it."""
        return self.told.count(1, 0, max(0, position))


def unpack_mask(packed: bytes) -> Mask:
    """Give a mask that was packed."""
    return Mask(zlib.decompress(packed))


def pack_mask(mask: Mask) -> bytes:
    """Give a mask packed."""
    return zlib.compress(mask.told, 1)


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
