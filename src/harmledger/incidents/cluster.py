"""Tellings to attacks: links of enough weight, taken strongest first, with a guard against chains."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from harmledger.incidents.candidates import pair_candidates
from harmledger.incidents.compare import THRESHOLD, contradict, score_pair
from harmledger.incidents.folding import Telling

RUNNING_SLACK_DAYS: Final = 7
"""Two quotations of one running total may date its period this many days apart."""
RUNNING_WINDOW: Final = 8
"""How many running totals that share a figure or a voice a quotation is held against: the latest."""


class Link(NamedTuple):
    """Two tellings, by number, taken for one attack with this score; `later` comes after `earlier` in order."""

    later: int
    earlier: int
    score: float


def _sign(telling: Telling) -> Hashable:
    """Give what bears on contradiction, so that a hundred tellings of one town and day are looked at once."""
    place, days = telling.place, telling.days
    if place is None:
        return None, days
    return (place.id, place.name, place.admin1, place.lat, place.lon, place.precision), days


class _Cluster:
    """Tellings taken for one attack, with the different places, days and documents they name."""

    __slots__ = ("documents", "numbers", "signatures")

    def __init__(self, telling: Telling, number: int):
        self.numbers = [number]
        self.documents = set(telling.documents)
        self.signatures = {_sign(telling): telling}

    def refuses(self, other: "_Cluster") -> bool:
        """Tell whether any two tellings contradict, or one document tells both as different attacks."""
        if not self.documents.isdisjoint(other.documents):
            return True
        return any(contradict(a, b) for a in self.signatures.values() for b in other.signatures.values())

    def absorb(self, other: "_Cluster") -> None:
        self.numbers.extend(other.numbers)
        self.documents |= other.documents
        self.signatures.update(other.signatures)


def score_link(one: Telling, other: Telling) -> float | None:
    """Give the score of two tellings that may be linked; None where they are not, and for one document's."""
    if one.document == other.document:
        return None
    score = score_pair(one, other)
    return score if score is not None and score >= THRESHOLD else None


def find_links(tellings: Sequence[Telling]) -> Iterator[Link]:
    """Give the links among tellings in their order, by position."""
    for earlier, later in pair_candidates(tellings):
        score = score_link(tellings[earlier], tellings[later])
        if score is not None:
            yield Link(later, earlier, score)


def merge_links(tellings: Sequence[Telling], links: Iterable[Link]) -> list[list[int]]:
    """Give the positions of the tellings of each attack, for tellings in their order and links by position.

    Links are taken strongest first; a link that would bring together two tellings that contradict each other
    in place or days, or that one document tells as two attacks, is not taken: a chain of neighbours never
    glues two towns together. Ties are settled by the order of the tellings. Tellings that no chain of links
    joins do not bear on each other: the result for a part that is closed under links stands for the whole.
    """
    owner = [_Cluster(telling, number) for number, telling in enumerate(tellings)]
    for later, earlier, _ in sorted(links, key=lambda link: (-link.score, link.earlier, link.later)):
        first, second = owner[earlier], owner[later]
        if first is second or first.refuses(second):
            continue
        if len(first.numbers) < len(second.numbers):
            first, second = second, first
        first.absorb(second)
        for number in second.numbers:
            owner[number] = first
    return [sorted(cluster.numbers) for cluster in dict.fromkeys(owner)]


def cluster_attacks(tellings: Sequence[Telling]) -> list[list[int]]:
    """Give the positions of the tellings of each attack; tellings come in their order."""
    return merge_links(tellings, find_links(tellings))


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


CLUSTERERS: Final = {
    "attack": cluster_attacks,
    "area_day": cluster_area_days,
    "since_date": cluster_running,
}
"""How the tellings of each scope are brought together."""
