"""Offsets: a map from each offset of one text to an offset of the text it was made from."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import overload


class Offsets(Sequence[int]):
    """A sequence that never falls, kept as its runs: looked up in log(runs), built in their number.

    A run starts at an offset (`marks`) with a value (`sources`); through it the value either keeps step
    with the offset or stands still (`steps`). `base` maps the values on, where the text was changed twice.
    """

    __slots__ = ("_base", "_length", "_marks", "_sources", "_steps")

    def __init__(
        self,
        marks: Sequence[int],
        sources: Sequence[int],
        steps: Sequence[bool],
        length: int,
        base: Sequence[int] | None = None,
    ) -> None:
        """Take the runs, of which the first starts at 0, and the number of offsets mapped."""
        self._marks, self._sources, self._steps = marks, sources, steps
        self._length, self._base = length, base

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return tuple(self[n] for n in range(*index.indices(self._length)))
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(f"offset {index} outside 0 … {self._length - 1}")
        run = bisect_right(self._marks, index) - 1
        value = self._sources[run] + (index - self._marks[run] if self._steps[run] else 0)
        return value if self._base is None else self._base[value]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))
