"""Tellings that leave open which attack they tell of: each goes to one, and what else it may tell of counts against that.

A telling with a town and a day is pinned to them. One without a day, or with no more than a province, is loose: it agrees
with every attack that it does not contradict. By Bayes' rule the odds of one of them fall with the odds of all the
others: of two that fit alike, each loses a point.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from math import fsum, log2
from typing import Final, NamedTuple

from harmledger.incidents.compare import THRESHOLD, Told
from harmledger.incidents.days import is_short
from harmledger.incidents.geography import is_area

ALTERNATIVE: Final = 2.0
"""So many points below the threshold an attack still counts as one that a loose telling may tell of."""


class Link(NamedTuple):
    """Two tellings, by number, that may be of one attack, with their score; `later` comes after `earlier` in order."""

    later: int
    earlier: int
    score: float


def is_pinned(told: Told) -> bool:
    """Tell whether a telling names a town, or a spot in one, and a day or a night."""
    place, days = told.place, told.days
    return days is not None and is_short(days) and place is not None and not is_area(place)


def find_least(one: Told, other: Told) -> float:
    """Give the score from which two tellings bear on each other: from `THRESHOLD` on they may be one; a little less bears
    on where the loose one of the two belongs."""
    return THRESHOLD if is_pinned(one) == is_pinned(other) else THRESHOLD - ALTERNATIVE


def weigh_alternatives(
    tellings: Sequence[Told], links: Iterable[Link], homes: Sequence[Hashable]
) -> Iterator[Link]:
    """Give the links of loose tellings that hold when what else these may tell of is weighed, with what is left of the score.

    `links` are those with at least one loose telling, by position; `homes` tells for each position which attack a pinned
    telling is of. A link to a pinned telling loses log2 of the sum of the odds of all attacks that the loose one may tell of,
    over the odds of this one. A link of two loose ones loses log2 of how many attacks either may tell of. The order of the
    links changes nothing.
    """
    links = list(links)
    pinned = [is_pinned(telling) for telling in tellings]
    best = _find_best(pinned, links, homes)
    for later, earlier, score in links:
        loose = [number for number in (later, earlier) if not pinned[number]]
        if len(loose) == 1:
            cost = log2(fsum(sorted(2.0 ** (other - score) for other in best[loose[0]].values())))
        else:
            cost = log2(max(1, len(best.get(later, {}).keys() | best.get(earlier, {}).keys())))
        left = round(score - cost, 4)
        if left >= THRESHOLD:
            yield Link(later, earlier, left)


def _find_best(
    pinned: Sequence[bool], links: Iterable[Link], homes: Sequence[Hashable]
) -> Mapping[int, Mapping[Hashable, float]]:
    """Give for each loose telling the attacks that it may tell of, with the best score of each."""
    best: dict[int, dict[Hashable, float]] = defaultdict(dict)
    for later, earlier, score in links:
        for one, other in ((later, earlier), (earlier, later)):
            if not pinned[one] and pinned[other]:
                known = best[one]
                known[homes[other]] = max(score, known.get(homes[other], score))
    return best
