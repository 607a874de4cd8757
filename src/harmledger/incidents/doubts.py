"""Doubtful links: what was taken for one attack, or for two, by a small margin.

Scores are in bits, and the threshold stands at even odds: a score two bits above it is four to one. What lies nearer to
the threshold than that is doubtful, whichever way it was decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from harmledger.incidents.ambiguity import Link, is_pinned, list_holds, list_open, place_leaves
from harmledger.incidents.candidates import pair_candidates
from harmledger.incidents.cluster import find_joined, merge_parts
from harmledger.incidents.compare import THRESHOLD, score_pair
from harmledger.incidents.components import Components
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import NO_RULINGS, Rulings

MARGIN: Final = 2.0
"""A link is doubtful where its score is less than so many bits from the threshold: odds of four to one either way."""

PASSED_OVER: Final = 1.0
"""A link above the threshold that was not taken, because of other attacks that a loose telling may tell of, counts as so
many bits below it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A link between two cores that could as well have been decided otherwise. `chance` is how likely it holds, from 0 to 1;
    `is_joined` whether the two are one now."""

    one: int
    other: int
    score: float
    chance: float
    is_joined: bool


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is one beyond doubt (`cores`: positions of tellings), which cluster each core is in, and the doubtful links between
    cores, in their order."""

    cores: tuple[tuple[int, ...], ...]
    homes: tuple[int, ...]
    links: tuple[Doubt, ...]


def measure_chance(score: float) -> float:
    """Give how likely a link of this score holds."""
    return 1 / (1 + 2 ** (THRESHOLD - score))


def find_doubts(
    tellings: Sequence[Telling], clusters: Sequence[Sequence[int]], rulings: Rulings = NO_RULINGS
) -> Doubts:
    """Give the doubtful links among tellings of attacks, which stand in their order and were clustered (by position).

    Inside a cluster the strongest links that hold it together count (a maximum spanning tree); what a person judged, or what
    no score explains, is beyond doubt. Between clusters the strongest link of each two cores counts, unless a document tells
    both, or place, days or a person rule it out.
    """
    homes = {position: number for number, cluster in enumerate(clusters) for position in cluster}
    inner, outer = _score_pairs(tellings, homes, [cluster[0] for cluster in clusters])
    firm = Components(range(len(tellings)))
    for one, other in find_joined(tellings, rulings):
        firm.join(one, other)
    whole = Components(range(len(tellings)))
    for one, other in find_joined(tellings, rulings):
        whole.join(one, other)
    tree: list[Link] = []
    for link in sorted(inner, key=lambda link: (-link.score, link.earlier, link.later)):
        if whole.find(link.earlier) == whole.find(link.later):
            continue
        whole.join(link.earlier, link.later)
        if link.score >= THRESHOLD + MARGIN:
            firm.join(link.earlier, link.later)
        else:
            tree.append(link)
    for cluster in clusters:
        for position in cluster[1:]:
            if whole.find(position) != whole.find(cluster[0]):
                whole.join(position, cluster[0])
                firm.join(position, cluster[0])
    cores = sorted(firm.list_all().values())
    numbers = {position: number for number, core in enumerate(cores) for position in core}
    joined = [Doubt(*_order(link, numbers), link.score, measure_chance(link.score), True) for link in tree]
    apart = _find_apart(tellings, cores, _keep_strongest(outer, numbers), rulings)
    return Doubts(
        tuple(tuple(core) for core in cores),
        tuple(homes[core[0]] for core in cores),
        tuple(sorted((*joined, *apart), key=lambda one: (one.one, one.other))),
    )


def _score_pairs(
    tellings: Sequence[Telling], homes: dict[int, int], heads: Sequence[int]
) -> tuple[list[Link], list[Link]]:
    """Give the links inside clusters, and those between clusters that are near the threshold or above it."""
    pinned = [is_pinned(telling) for telling in tellings]
    inner: list[Link] = []
    loose: list[Link] = []
    outer: list[Link] = []
    for earlier, later in pair_candidates(tellings):
        if tellings[earlier].document == tellings[later].document:
            continue
        score = score_pair(tellings[earlier], tellings[later])
        if score is None or score < THRESHOLD - MARGIN:
            continue
        link = Link(later, earlier, score)
        is_loose = not (pinned[earlier] and pinned[later])
        if is_loose:
            loose.append(link)
        if homes[earlier] != homes[later]:
            outer.append(link._replace(score=min(score, THRESHOLD - PASSED_OVER)))
        elif not is_loose:
            inner.append(link)
    leaves = place_leaves(
        (n for n, one in enumerate(pinned) if not one), loose, lambda n: heads[homes[n]], int
    )
    held = (*(link for link, _ in list_holds(leaves, int)), *list_open(leaves, loose))
    return [*inner, *(link for link in held if homes[link.earlier] == homes[link.later])], outer


def _order(link: Link, numbers: dict[int, int]) -> tuple[int, int]:
    first, second = sorted((numbers[link.earlier], numbers[link.later]))
    return first, second


def _keep_strongest(links: Iterable[Link], numbers: dict[int, int]) -> dict[tuple[int, int], float]:
    best: dict[tuple[int, int], float] = {}
    for link in links:
        key = _order(link, numbers)
        best[key] = max(link.score, best.get(key, link.score))
    return best


def _find_apart(
    tellings: Sequence[Telling],
    cores: Sequence[Sequence[int]],
    best: dict[tuple[int, int], float],
    rulings: Rulings,
) -> Iterable[Doubt]:
    for (one, other), score in sorted(best.items()):
        met = merge_parts(tellings, [cores[one], cores[other]], [Link(1, 0, score)], rulings)
        if len(met) == 1:
            yield Doubt(one, other, score, measure_chance(score), False)
