"""What holds an incident together: its tellings, the strongest links between them, and the weakest of these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from harmledger.incidents.compare import Comparison, compare_mentions
from harmledger.incidents.components import Components
from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import list_tellings
from harmledger.incidents.scoring import Scorer
from harmledger.incidents.source import Sources
from harmledger.records.claim import Claim

MOST_COMPARED: Final = 400
"""All pairs of so many tellings are scored; of an incident with more, the first by publication."""


@dataclass(frozen=True, slots=True)
class Bond:
    """Two tellings of one incident, by position, and the comparisons that link them."""

    first: int
    second: int
    score: float
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The tellings of an incident in the order of publication, and the bonds that hold them together.

    The bonds are the strongest that join all tellings without a circle (a maximum spanning tree): each is the
    only tie between two halves, so the weakest is where the incident would part first. Tellings that no bond
    reaches stand in `loose`: they were joined by something else, such as one total quoted twice.
    """

    tellings: tuple[Telling, ...]
    bonds: tuple[Bond, ...]
    loose: tuple[int, ...]

    @property
    def weakest(self) -> Bond | None:
        """The bond with the smallest score, the latest of equals; None for a single telling."""
        return min(self.bonds, key=lambda bond: (bond.score, -bond.second, -bond.first), default=None)

    def part(self, bond: Bond) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Give the two halves into which the tellings fall without a bond: the one of its first telling first."""
        halves = Components(range(len(self.tellings)))
        for other in self.bonds:
            if other is not bond:
                halves.join(other.first, other.second)
        near = halves.find(bond.first)
        far = halves.find(bond.second)
        members = range(len(self.tellings))
        return (
            tuple(one for one in members if halves.find(one) == near),
            tuple(one for one in members if halves.find(one) == far),
        )

    def find_path(self, start: int, end: int) -> tuple[Bond, ...]:
        """Give the bonds that lead from one telling to another; none where it is the same or no bond leads there."""
        came: dict[int, tuple[int, Bond]] = {}
        open_ends = [start]
        while open_ends and end not in came:
            here = open_ends.pop(0)
            for bond in self.bonds:
                if here not in (bond.first, bond.second):
                    continue
                there = bond.second if here == bond.first else bond.first
                if there != start and there not in came:
                    came[there] = here, bond
                    open_ends.append(there)
        path: list[Bond] = []
        here = end
        while here in came:
            here, bond = came[here]
            path.append(bond)
        return tuple(reversed(path))

    def find_telling(self, claim: str) -> int | None:
        """Give the telling that a claim is in, by position."""
        return next(
            (number for number, one in enumerate(self.tellings) if any(claim == id for _, id in one.claims)),
            None,
        )


def find_chain(members: Iterable[str], told: Mapping[str, Sequence[Claim]], sources: Sources) -> Chain:
    """Give what holds an incident together, of the ids of its claims and all admitted claims of its documents."""
    wanted = set(members)
    tellings = [
        one
        for group in list_tellings(told, sources).values()
        for one in group
        if not wanted.isdisjoint(id for _, id in one.claims)
    ]
    return bind_tellings(tellings)


def bind_tellings(tellings: Iterable[Telling], most: int = MOST_COMPARED) -> Chain:
    """Give what holds the tellings of an incident together; of more than `most` the first by publication alone."""
    ordered = sorted(tellings, key=lambda one: one.order)[:most]
    bonds = tuple(_span(ordered))
    bound = {end for bond in bonds for end in (bond.first, bond.second)}
    loose = tuple(number for number in range(len(ordered)) if number not in bound) if len(ordered) > 1 else ()
    return Chain(tuple(ordered), bonds, loose)


def _span(tellings: Sequence[Telling]) -> Iterable[Bond]:
    """Give the bonds of a maximum spanning tree (Kruskal), in the order of the tellings."""
    scorer = Scorer()
    traits = [scorer.describe(one, one.document) for one in tellings]
    scored = []
    for first, second in combinations(range(len(tellings)), 2):
        is_possible, score = scorer.weigh(traits[first], traits[second])
        if is_possible:
            scored.append((-round(score, 4), first, second))
    joined = Components(range(len(tellings)))
    taken = []
    for score, first, second in sorted(scored):
        if joined.find(first) != joined.find(second):
            joined.join(first, second)
            comparisons = tuple(compare_mentions(tellings[first], tellings[second]))
            taken.append(Bond(first, second, -score, comparisons))
    return sorted(taken, key=lambda bond: (bond.second, bond.first))


class Finder:
    """Finds of tellings those that come nearest to being one with any of a few others, which it holds."""

    def __init__(self, own: Sequence[Telling]) -> None:
        self._own = own[:MOST_COMPARED]
        self._scorer = Scorer()
        self._traits = [self._scorer.describe(one, one.document) for one in self._own]

    def find(self, others: Sequence[Telling]) -> tuple[int, int, tuple[Comparison, ...]] | None:
        """Give the two tellings, its own and one of the others, that come nearest to being one, with their comparisons.

        A pair that nothing rules out comes before any that a veto does, then the larger sum counts, ties by order; None
        where a side is empty.
        """
        theirs = [self._scorer.describe(one, one.document) for one in others[:MOST_COMPARED]]
        pairs = product(range(len(self._traits)), range(len(theirs)))
        found = max(
            pairs, key=lambda pair: self._scorer.weigh(self._traits[pair[0]], theirs[pair[1]]), default=None
        )
        if found is None:
            return None
        one, other = found
        return one, other, tuple(compare_mentions(self._own[one], others[other]))


def find_closest(
    first: Sequence[Telling], second: Sequence[Telling]
) -> tuple[int, int, tuple[Comparison, ...]] | None:
    """Give the two tellings, one of each side, that come nearest to being one, as `Finder.find` does."""
    return Finder(first).find(second)
