"""Doubtful links: what was taken for one attack, or for two, by a small margin.

Scores are in bits, and the threshold stands at even odds: a score two bits above it is four to one. What lies nearer to
the threshold than that is doubtful, whichever way it was decided.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2
from typing import Final

from harmledger.incidents.ambiguity import (
    Leaf,
    Link,
    is_pinned,
    list_holds,
    list_open,
    place_leaves,
    weigh_link,
)
from harmledger.incidents.cluster import find_joined, merge_parts
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.components import Components
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import NO_RULINGS, Rulings
from harmledger.incidents.slips import weigh_slips

MARGIN: Final = 2.0
"""A link is doubtful where its score is less than so many bits from the threshold: odds of four to one either way."""

PASSED_OVER: Final = 1.0
"""A link above the threshold that was not taken, because of other attacks that a loose telling may tell of or since its clusters
do not fit as wholes, counts as so many bits below it."""


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
    tellings: Sequence[Telling],
    clusters: Sequence[Sequence[int]],
    links: Iterable[Link],
    rulings: Rulings = NO_RULINGS,
) -> Doubts:
    """Give the doubtful links among tellings of attacks, which stand in their order and were clustered (by position). `links` are
    all that `find_links` gives.

    Inside a cluster the strongest links that hold it together count (a maximum spanning tree); what a person judged, or what
    no score explains, is beyond doubt. Between clusters the strongest link of each two cores counts, unless a document tells
    both, or place, days or a person rule it out; less what slips speak against the two (`incidents.slips`).
    """
    homes = {position: number for number, cluster in enumerate(clusters) for position in cluster}
    inner, outer = _weigh_links(tellings, links, homes)
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


def _weigh_links(
    tellings: Sequence[Telling], links: Iterable[Link], homes: Mapping[int, int]
) -> tuple[list[Link], list[Link]]:
    """Give the links inside clusters, and those between clusters that are near the threshold or above it; with what is left of
    those of loose tellings."""
    pinned = [is_pinned(telling) for telling in tellings]
    inner: list[Link] = []
    outer: list[Link] = []
    loose: list[Link] = []
    for link in links:
        if not (pinned[link.later] and pinned[link.earlier]):
            loose.append(link)
        else:
            (inner if homes[link.later] == homes[link.earlier] else outer).append(link)
    leaves = place_leaves((n for n, one in enumerate(pinned) if not one), loose, homes.__getitem__, int)
    held = (*(link for link, _ in list_holds(leaves, int)), *list_open(leaves, loose))
    inner.extend(link for link in held if homes[link.earlier] == homes[link.later])
    outer.extend(_weigh_loose(loose, leaves, homes))
    apart = (link._replace(score=min(link.score, THRESHOLD - PASSED_OVER)) for link in outer)
    return inner, [link for link in apart if link.score >= THRESHOLD - MARGIN]


def _weigh_loose(
    loose: Sequence[Link], leaves: Mapping[int, Leaf], homes: Mapping[int, int]
) -> Iterator[Link]:
    """Give the links of loose tellings between clusters, with what is left of each when its alternatives are weighed."""
    best: dict[int, dict[int, float]] = defaultdict(dict)
    for later, earlier, score in loose:
        for one, other in ((later, earlier), (earlier, later)):
            if one in leaves and other not in leaves:
                best[one][homes[other]] = max(score, best[one].get(homes[other], score))
    odds = {leaf: log2(fsum(2.0**score for score in told.values())) for leaf, told in best.items()}
    for link in loose:
        if homes[link.later] == homes[link.earlier]:
            continue
        mine, theirs = leaves.get(link.later), leaves.get(link.earlier)
        if mine is not None and theirs is not None:
            yield link._replace(score=weigh_link(link.score, mine, theirs))
        else:
            leaf = link.earlier if mine is None else link.later
            yield link._replace(score=round(2 * link.score - odds[leaf], 4))


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
    told = {core: tuple(_list_told(tellings, cores[core])) for pair in best for core in pair}
    for (one, other), linked in sorted(best.items()):
        score = linked - weigh_slips(told[one], told[other])
        if score < THRESHOLD - MARGIN:
            continue
        met = merge_parts(tellings, [cores[one], cores[other]], [Link(1, 0, score)], rulings)
        if len(met) == 1:
            yield Doubt(one, other, score, measure_chance(score), False)


def _list_told(tellings: Sequence[Telling], core: Sequence[int]) -> Iterator[tuple[Telling, int]]:
    """Give the pinned tellings of a core, one by one."""
    return ((tellings[place], 1) for place in core if is_pinned(tellings[place]))
