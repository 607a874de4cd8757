"""Clusters weighed as wholes: two that grow together must fit on the average of their pairs, not in their luckiest one.

Strongest link first alone is single linkage: of two attacks told by ten each, one pair of a hundred that is alike by
chance would make them one. So the mean over all pairs counts (average linkage, Sokal and Michener 1958).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.compare import THRESHOLD

UNLINKED: Final = 2.0
"""A pair below the threshold, whose score nobody kept, counts for so many points."""
_UNITS: Final = 10_000
"""In one point: scores have four decimals."""
_UNLINKED: Final = round(UNLINKED * _UNITS)
_LEAST: Final = round(THRESHOLD * _UNITS)


class Ties:
    """The links between clusters, added up; a cluster goes by a number of its own. Points are counted in whole units, so that the
    order of adding changes nothing."""

    def __init__(self, links: Iterable[Link], find_cluster: Callable[[int], int]) -> None:
        self._near: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        for later, earlier, score in links:
            one, other = find_cluster(later), find_cluster(earlier)
            if one != other:
                self._add(one, other, 1, round(score * _UNITS))

    def bear(self, one: int, size: int, other: int, other_size: int, against: float = 0.0) -> bool:
        """Tell whether two clusters of these sizes fit on the average, with so many points against them; they must be so small
        that all their pairs were compared."""
        count, total = self._near[one].get(other, (0, 0))
        pairs = size * other_size
        return total + (pairs - count) * _UNLINKED >= (_LEAST + round(against * _UNITS)) * pairs

    def merge(self, kept: int, gone: int) -> None:
        """Let one cluster take over the links of another."""
        for other, (count, total) in self._near.pop(gone, {}).items():
            self._near[other].pop(gone, None)
            if other != kept:
                self._add(kept, other, count, total)

    def _add(self, one: int, other: int, count: int, total: int) -> None:
        for here, there in ((one, other), (other, one)):
            known = self._near[here].get(there, (0, 0))
            self._near[here][there] = known[0] + count, known[1] + total
