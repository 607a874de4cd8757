"""Tellings to attacks: links of enough weight, taken strongest first, with a guard against chains."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from harmledger.incidents.ambiguity import (
    Leaf,
    Link,
    is_pinned,
    list_holds,
    list_open,
    place_leaves,
)
from harmledger.incidents.compare import SCALE, THRESHOLD, Scale, contradict, score_pair
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import NO_RULINGS, Rulings
from harmledger.incidents.slips import weigh_slips
from harmledger.incidents.ties import UNLINKED, Ties
from harmledger.records.vocabulary import IncidentScope

LARGE: Final = 12
"""In clusters of up to so many tellings all pairs were compared, as good as."""
SAMPLE: Final = 8
"""So many tellings of a larger cluster stand for it."""
RUNNING_SLACK_DAYS: Final = 7
"""Two quotations of one running total may date its period this many days apart."""
RUNNING_WINDOW: Final = 8
"""How many running totals that share a figure or a voice a quotation is held against: the latest."""


def _sign(telling: Telling) -> Hashable:
    """Give what bears on contradiction, so that a hundred tellings of one town and day are looked at once."""
    place, days = telling.place, telling.days
    if place is None:
        return None, days
    return (place.id, place.name, place.admin1, place.lat, place.lon, place.precision), days


class _Cluster:
    """Tellings taken for one attack, with the different places, days and documents they name."""

    __slots__ = ("barred", "claims", "counts", "documents", "is_anchored", "numbers", "sides")

    def __init__(self, telling: Telling, number: int, rulings: Rulings):
        self.numbers = [number]
        self.documents = set(telling.documents)
        self.sides: list[dict[Hashable, Telling]] = [{_sign(telling): telling}]
        self.claims = {claim for _, claim in telling.claims} if rulings.apart else set()
        self.barred = rulings.list_barred(self.claims)
        self.is_anchored = is_pinned(telling)
        self.counts: dict[Hashable, int] | None = (
            None  # of one telling nothing is counted: there are many such
        )

    def refuses(self, other: "_Cluster") -> bool:
        """Tell whether any two tellings contradict, or one document tells both as different attacks.

        What a person joined may contradict itself: there it is enough that one side agrees.
        """
        if not self.documents.isdisjoint(other.documents) or self.bars(other):
            return True
        return all(_contradict(one, another) for one in self.sides for another in other.sides)

    def bars(self, other: "_Cluster") -> bool:
        """Tell whether a person judged that claims of the two are of different incidents."""
        return not self.barred.isdisjoint(other.claims)

    def absorb(self, other: "_Cluster") -> None:
        """Take in another of which nothing speaks against it."""
        self._take(other)
        if len(self.sides) == len(other.sides) == 1:  # as most: the two sides agree, else it would be refused
            self.sides[0].update(other.sides[0])
            return
        for side in other.sides:
            alike = next((own for own in self.sides if not _contradict(own, side)), None)
            if alike is None:
                self.sides.append(side)
            else:
                alike.update(side)

    def join(self, other: "_Cluster") -> None:
        """Take in another because a person says so."""
        self._take(other)
        self.sides.extend(other.sides)

    def list_told(self) -> Iterator[tuple[Telling, int]]:
        """Give the pinned tellings that differ in place or days, each with how many tell the same."""
        counts = self._count_alike()
        return (
            (telling, counts[sign])
            for side in self.sides
            for sign, telling in side.items()
            if is_pinned(telling)
        )

    def _count_alike(self) -> dict[Hashable, int]:
        if self.counts is not None:
            return self.counts
        return {sign: 1 for side in self.sides for sign in side}

    def _take(self, other: "_Cluster") -> None:
        counts = self._count_alike()
        for sign, number in other._count_alike().items():
            counts[sign] = counts.get(sign, 0) + number
        self.counts = counts
        self.numbers.extend(other.numbers)
        self.documents |= other.documents
        self.claims |= other.claims
        self.barred |= other.barred
        self.is_anchored |= other.is_anchored


def _contradict(one: Mapping[Hashable, Telling], other: Mapping[Hashable, Telling]) -> bool:
    return any(contradict(a, b) for a in one.values() for b in other.values())


def merge_links(
    tellings: Sequence[Telling],
    links: Iterable[Link],
    rulings: Rulings = NO_RULINGS,
    scale: Scale = SCALE,
) -> list[list[int]]:
    """Give the positions of the tellings of each attack, for tellings in their order and links by position.

    Links of tellings that name a town and a day come first, the strongest of them first; a link that would bring together two
    tellings that contradict each other in place or days, or that one document tells as two attacks, is not taken, nor one between two
    clusters that do not fit as wholes: a chain of neighbours never glues two towns together. Then each loose telling hangs on the attack that it fits best, with what else
    it may tell of weighed (`incidents.ambiguity`), and brings no two attacks together. Ties are settled by the order of the
    tellings.

    What a person joined comes first, and what a person told apart never meets; where two judgements contradict each other the
    telling apart holds.
    """
    owner = _start_clusters(tellings, rulings)
    firm, loose = _part_links(links, [is_pinned(telling) for telling in tellings].__getitem__)
    _take_firm(owner, firm, tellings, scale)
    homes = [cluster.numbers[0] for cluster in owner]
    leaves = (number for number, telling in enumerate(tellings) if not is_pinned(telling))
    _hang_leaves(owner, place_leaves(leaves, loose, homes.__getitem__, int), loose)
    return [sorted(cluster.numbers) for cluster in dict.fromkeys(owner)]


def merge_component(
    tellings: Sequence[Telling],
    links: Iterable[Link],
    leaves: Mapping[int, Leaf],
    rulings: Rulings = NO_RULINGS,
    attacks: Iterable[Sequence[int]] = (),
) -> list[list[int]]:
    """Give the same for a part of the tellings of which it is known where each loose one belongs (`leaves`, by position): one
    that is closed under links of pinned tellings, under what leaves hang on, and under what a person joined. `attacks` are
    pinned ones of which it is known that they are of one attack: these need no links."""
    owner = _start_clusters(tellings, rulings)
    for first, *others in attacks:
        for other in others:
            _unite(owner, first, other, _Cluster.absorb)
    firm, loose = _part_links(links, lambda number: number not in leaves)
    _take_firm(owner, firm, tellings)
    _hang_leaves(owner, leaves, loose)
    return [sorted(cluster.numbers) for cluster in dict.fromkeys(owner)]


def _start_clusters(tellings: Sequence[Telling], rulings: Rulings) -> list[_Cluster]:
    """Give each telling a cluster of its own, but what a person joined one."""
    owner = [_Cluster(telling, number, rulings) for number, telling in enumerate(tellings)]
    for one, another in find_joined(tellings, rulings):
        if owner[one] is not owner[another] and not owner[one].bars(owner[another]):
            _unite(owner, one, another, _Cluster.join)
    return owner


def _part_links(
    links: Iterable[Link], is_firm: Callable[[int], bool]
) -> tuple[Sequence[Link], Sequence[Link]]:
    """Part the links of two pinned tellings, those that reach the threshold, from those with a loose one."""
    firm: list[Link] = []
    loose: list[Link] = []
    for link in links:
        if not (is_firm(link.later) and is_firm(link.earlier)):
            loose.append(link)
        elif link.score >= THRESHOLD:
            firm.append(link)
    return firm, loose


def _hang_leaves(owner: list[_Cluster], leaves: Mapping[int, Leaf], loose: Iterable[Link]) -> None:
    """Take the links by which leaves belong to attacks, then those among leaves; none of them joins two attacks."""
    held = list(list_holds(leaves, int))
    _take_links(owner, (link for link, is_direct in held if is_direct), is_bridging=False)
    indirect = (link for link, is_direct in held if not is_direct)
    _take_links(owner, (*indirect, *list_open(leaves, loose)), is_bridging=False)


def _take_firm(
    owner: list[_Cluster], links: Sequence[Link], tellings: Sequence[Telling], scale: Scale = SCALE
) -> None:
    """Take links of pinned tellings, the strongest first, unless something speaks against them or the clusters as wholes do not
    fit (`incidents.ties`). What a person joined may contradict itself, and is held to no average."""
    ties = Ties(links, lambda number: owner[number].numbers[0])
    refused: set[tuple[int, int, int, int]] = set()
    for later, earlier, _ in _rank(links):
        one, other = owner[earlier], owner[later]
        key = one.numbers[0], len(one.numbers), other.numbers[0], len(other.numbers)
        if one is other or key in refused:
            continue
        if one.refuses(other) or not _fit(ties, one, other, tellings, scale):
            refused.add(key)
            continue
        _unite(owner, earlier, later, _Cluster.absorb)
        kept, gone = (one, other) if owner[earlier] is one else (other, one)
        ties.merge(kept.numbers[0], gone.numbers[0])


def _fit(ties: Ties, one: _Cluster, other: _Cluster, tellings: Sequence[Telling], scale: Scale) -> bool:
    """Tell whether two clusters fit as wholes, the more so the more of their tellings would have slipped (`incidents.slips`). Of
    large ones, whose tellings were not all compared, a few are."""
    if len(one.sides) > 1 or len(other.sides) > 1:
        return True
    size, other_size = len(one.numbers), len(other.numbers)
    if max(size, other_size) <= LARGE:
        sizes = one.numbers[0], size, other.numbers[0], other_size
        return ties.bear(*sizes) and ties.bear(
            *sizes, against=weigh_slips(one.list_told(), other.list_told())
        )
    scores = [
        score_pair(tellings[first], tellings[second], scale)
        for first in pick_some(one.numbers)
        for second in pick_some(other.numbers)
    ]
    total = sum(UNLINKED if score is None else score for score in scores)
    if total < THRESHOLD * len(scores):
        return False
    return total >= (THRESHOLD + weigh_slips(one.list_told(), other.list_told())) * len(scores)


def pick_some(numbers: Sequence[int]) -> Sequence[int]:
    """Give a few tellings of a cluster, evenly from its order."""
    ordered = sorted(numbers)
    return ordered[:: 1 + (len(ordered) - 1) // SAMPLE]


def _rank(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (-link.score, link.earlier, link.later))


def _take_links(owner: list[_Cluster], links: Iterable[Link], is_bridging: bool = True) -> None:
    """Take links, the strongest first, unless something speaks against them; without `is_bridging` none between two clusters
    that both hold a pinned telling."""
    for later, earlier, _ in _rank(links):
        one, other = owner[earlier], owner[later]
        if one is other or (one.is_anchored and other.is_anchored and not is_bridging):
            continue
        if not one.refuses(other):
            _unite(owner, earlier, later, _Cluster.absorb)


def _unite(owner: list[_Cluster], one: int, another: int, take: Callable[[_Cluster, _Cluster], None]) -> None:
    first, second = owner[one], owner[another]
    if len(first.numbers) < len(second.numbers):
        first, second = second, first
    take(first, second)
    for number in second.numbers:
        owner[number] = first


def find_joined(tellings: Sequence[Telling], rulings: Rulings) -> list[tuple[int, int]]:
    """Give the pairs of tellings, by position, whose claims a person joined, in the order of the judgements."""
    wanted = rulings.joined_claims
    if not wanted:
        return []
    home = {
        claim: number for number, one in enumerate(tellings) for _, claim in one.claims if claim in wanted
    }
    if not home:
        return []
    pairs = ((home.get(first), home.get(second)) for first, second in (one.claims for one in rulings.joined))
    return [
        (one, another) for one, another in pairs if one is not None and another is not None and one != another
    ]


def settle_totals(
    tellings: Sequence[Telling], clusters: Sequence[Sequence[int]], rulings: Rulings
) -> list[list[int]]:
    """Give the clusters of totals as people judged them: what they told apart parted, what they joined brought together."""
    owner: dict[int, _Cluster] = {}
    for cluster in clusters:
        parts: list[_Cluster] = []
        for number in cluster:
            single = _Cluster(tellings[number], number, rulings)
            home = next((part for part in parts if not part.bars(single)), None)
            if home is None:
                parts.append(single)
            else:
                home.join(single)
            owner[number] = home or single
    owners = [owner[number] for number in range(len(tellings))]
    for one, another in find_joined(tellings, rulings):
        if owners[one] is not owners[another] and not owners[one].bars(owners[another]):
            _unite(owners, one, another, _Cluster.join)
    return [sorted(cluster.numbers) for cluster in dict.fromkeys(owners)]


def cluster_totals(
    scope: IncidentScope, tellings: Sequence[Telling], rulings: Rulings = NO_RULINGS
) -> list[list[int]]:
    """Give the positions of the tellings of each total, of area-days or of running totals; tellings come in their order."""
    clusters = cluster_area_days(tellings) if scope == "area_day" else cluster_running(tellings)
    return settle_totals(tellings, clusters, rulings) if rulings else clusters


def cluster_area_days(tellings: Sequence[Telling]) -> list[list[int]]:
    """Give the tellings of one area's total of the same days together, whoever says it.

    A total without a place or without days is joined only with the copies of its own document.
    """
    clusters: dict[tuple[str, ...], list[int]] = {}
    for position, telling in enumerate(tellings):
        clusters.setdefault(telling.joins, []).append(position)
    return list(clusters.values())


def _is_one_period(a: Telling, b: Telling) -> bool:
    if a.days is None or b.days is None:
        return a.days == b.days and a.family == b.family
    return all(abs(x - y) <= RUNNING_SLACK_DAYS for x, y in zip(a.days, b.days, strict=True))


def cluster_running(tellings: Sequence[Telling]) -> list[list[int]]:
    """Give the quotations of one published running total together: the same area and period, and the same
    voice or the same figures. Tellings come in their order."""
    clusters: list[list[int]] = []
    index: dict[str, list[int]] = defaultdict(list)
    for position, telling in enumerate(tellings):
        near = (
            number
            for join in telling.joins
            for number in index[join][-RUNNING_WINDOW:]
            if _is_one_period(tellings[clusters[number][0]], telling)
        )
        home = min(near, default=None)
        if home is None:
            home = len(clusters)
            clusters.append([])
        clusters[home].append(position)
        for join in telling.joins:
            if home not in index[join]:
                index[join].append(home)
    return clusters


def merge_parts(
    tellings: Sequence[Telling],
    parts: Sequence[Sequence[int]],
    links: Iterable[Link],
    rulings: Rulings = NO_RULINGS,
) -> list[list[int]]:
    """Give the numbers of the parts that come together when links between them are taken, the strongest first, none against
    what speaks against it. `parts` are tellings that are one in any case, by position; `links` name parts by number."""
    owner: list[_Cluster] = []
    for number, part in enumerate(parts):
        first, *others = (_Cluster(tellings[position], number, rulings) for position in part)
        for other in others:
            first.join(other)
        owner.append(first)
    _take_links(owner, links)
    return [sorted(set(cluster.numbers)) for cluster in dict.fromkeys(owner)]
