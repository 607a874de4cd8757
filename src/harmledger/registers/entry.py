"""One entry of another recorder's register, in the terms of this record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harmledger.incidents.days import Days, read_days
from harmledger.incidents.mentions import Figure
from harmledger.records.place import Place
from harmledger.records.time import Time

COUNTED = ("killed", "injured")
"""The harms whose figures registers give."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A register's figure: low and high, and the best where it names one; any may be missing."""

    low: int | None = None
    high: int | None = None
    best: int | None = None

    @property
    def figure(self) -> Figure | None:
        """The smallest and the largest number it allows; None where it gives none."""
        told = [number for number in (self.low, self.best, self.high) if number is not None]
        return (min(told), max(told)) if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a register. `row` is its place in the file, `blamed` the party as it names it, `actors` the same by the
    folded names of this record; `children` are those among the killed."""

    register: str
    code: str
    row: str
    time: Time | None
    place: Place | None
    toll: Mapping[str, Bounds] = field(default_factory=dict)
    children: Bounds | None = None
    blamed: str | None = None
    actors: frozenset[str] = frozenset()
    grade: str | None = None

    @property
    def days(self) -> Days | None:
        """Its first and last day; None where it has none."""
        return read_days(self.time)

    @property
    def figures(self) -> Mapping[str, frozenset[Figure]]:
        """Its figures by harm, as they are compared."""
        told = {harm: bounds.figure for harm, bounds in self.toll.items()}
        return {harm: frozenset({figure}) for harm, figure in told.items() if figure is not None}
