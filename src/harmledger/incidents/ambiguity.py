"""Tellings that leave open which attack they tell of: each hangs on one, and what else it may tell of counts against that.

A telling with a town and a day is pinned to them. One without a day, or with no more than a province, is loose: it agrees
with every attack that it does not contradict. By Bayes' rule the odds of one of them fall with the odds of all the
others: of two that fit alike, each loses a point.

A loose telling is a leaf: it hangs on the one attack that it fits best, or else on a leaf that hangs on one, and never
brings two attacks together. So what bears on an attack stays small, however many undated reports of its town there are.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import fsum, log2
from typing import Any, Final, NamedTuple

from harmledger.incidents.compare import THRESHOLD, Told
from harmledger.incidents.days import is_short
from harmledger.incidents.geography import is_area

LEAST: Final = THRESHOLD - 2.0
"""From this score on a pair is kept as a link: an attack counts as one that a loose telling may tell of, and what is between
this and the threshold is doubtful."""


class Link(NamedTuple):
    """Two tellings, by number, that may be of one attack, with their score; `later` comes after `earlier` in order."""

    later: int
    earlier: int
    score: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a loose telling belongs.

    `alternatives` is the number of attacks that it may tell of. `holder` is the telling on which it hangs, by number, and
    `left` what is left of the score of the two when the alternatives are weighed; None where it hangs on none.
    `is_direct` tells whether the holder is pinned; else the holder is another leaf, which hangs on a pinned telling.
    """

    alternatives: int
    holder: int | None = None
    left: float = 0.0
    is_direct: bool = False


def is_pinned(told: Told) -> bool:
    """Tell whether a telling names a town, or a spot in one, and a day or a night."""
    place, days = told.place, told.days
    return days is not None and is_short(days) and place is not None and not is_area(place)


def choose_attack(offers: Iterable[tuple[int, Hashable, float]]) -> Leaf:
    """Give where a loose telling belongs by its links to pinned tellings: each with the telling's number, its attack and the
    score, in the order of the tellings.

    The attack with the best link is taken; of equals, the one told first. The link loses log2 of the sum of the odds of
    all attacks that the loose telling may tell of, over the odds of this one; what is left must reach `THRESHOLD`.
    """
    best: dict[Hashable, tuple[float, int]] = {}
    for number, attack, score in offers:
        known = best.get(attack)
        if known is None or score > known[0]:
            best[attack] = score, number
    if not best:
        return Leaf(0)
    score, holder = max(best.values(), key=lambda one: one[0])
    left = round(score - log2(fsum(2.0 ** (other - score) for other, _ in best.values())), 4)
    return Leaf(len(best), holder, left, is_direct=True) if left >= THRESHOLD else Leaf(len(best))


def choose_leaf(leaf: Leaf, offers: Iterable[tuple[int, Leaf, float]]) -> Leaf:
    """Give where a loose telling belongs that hangs on no pinned one: on the leaf that it fits best, of those that do. `offers`
    are its links to other loose tellings, each with number, leaf and score, in the order of the tellings."""
    found = replace(leaf, holder=None, left=0.0, is_direct=False)
    for number, other, score in offers:
        left = weigh_link(score, leaf, other) if other.is_direct else 0.0
        if left >= THRESHOLD and left > found.left:
            found = replace(found, holder=number, left=left)
    return found


def weigh_link(score: float, one: Leaf, other: Leaf) -> float:
    """Give what is left of the score of two loose tellings: it loses log2 of how many attacks the one that leaves more open
    may tell of."""
    return round(score - log2(max(1, one.alternatives, other.alternatives)), 4)


def place_leaves(
    leaves: Iterable[int],
    loose: Iterable[Link],
    find_attack: Callable[[int], Hashable],
    find_rank: Callable[[int], Any],
) -> dict[int, Leaf]:
    """Give where each loose telling belongs. `loose` are all links with at least one of them; `find_attack` tells which attack a
    pinned telling is of, by number, and `find_rank` its place in the order of the tellings. The order of the links changes
    nothing."""
    near = list_near({number: [] for number in leaves}, loose, find_rank)
    first = {
        number: choose_attack(
            (other, find_attack(other), score) for other, score in links if other not in near
        )
        for number, links in near.items()
    }
    return {
        number: leaf
        if leaf.is_direct
        else choose_leaf(
            leaf, ((other, first[other], score) for other, score in near[number] if other in near)
        )
        for number, leaf in first.items()
    }


def list_near(
    near: dict[int, list[tuple[int, float]]], links: Iterable[Link], find_rank: Callable[[int], Any]
) -> dict[int, list[tuple[int, float]]]:
    """Give for each number in `near` the tellings that it is linked with, in their order, each with the score."""
    for later, earlier, score in links:
        for one, other in ((later, earlier), (earlier, later)):
            if one in near:
                near[one].append((other, score))
    for linked in near.values():
        linked.sort(key=lambda link: find_rank(link[0]))
    return near


def list_holds(leaves: Mapping[int, Leaf], find_rank: Callable[[int], Any]) -> Iterator[tuple[Link, bool]]:
    """Give the links on which leaves hang, with what is left of each, and whether to a pinned telling."""
    for number, leaf in leaves.items():
        if leaf.holder is not None:
            earlier, later = sorted((number, leaf.holder), key=find_rank)
            yield Link(later, earlier, leaf.left), leaf.is_direct


def list_open(leaves: Mapping[int, Leaf], loose: Iterable[Link]) -> Iterator[Link]:
    """Give the links that hold among leaves that hang on nothing: neither of the two has a better home."""
    for later, earlier, score in loose:
        one, other = leaves.get(later), leaves.get(earlier)
        if one is not None and other is not None and one.holder is None and other.holder is None:
            left = weigh_link(score, one, other)
            if left >= THRESHOLD:
                yield Link(later, earlier, left)
