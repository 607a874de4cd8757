"""Totals with an honest band: what they are if everything that might be one attack is one, and if nothing doubtful is joined.

Accounts differ, which gives a total its low and high. Which reports tell of one attack is doubtful too, and that moves the
total as a whole. The band spans both; a Monte Carlo over the doubtful links alone tells how likely its middle is.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.cluster import merge_links, merge_parts
from harmledger.incidents.components import Components
from harmledger.incidents.containment import Located, find_containers
from harmledger.incidents.days import read_days
from harmledger.incidents.doubts import Doubt, Doubts, find_doubts
from harmledger.incidents.folding import Telling
from harmledger.incidents.links import find_links
from harmledger.incidents.making import count_incident, sort_claims
from harmledger.incidents.mentions import LINKING_HARMS
from harmledger.incidents.rulings import Rulings
from harmledger.incidents.source import Sources
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.tallies.figures import Bounds
from harmledger.tallies.nesting import nest_incidents
from harmledger.tallies.selection import Counted, Question, select_incidents

DRAWS: Final = 1000
"""So many worlds are drawn."""
SEED: Final = 1
"""The draws are the same in every run."""
TAIL: Final = 0.05
"""The share of draws that lies below the sampled low, and above the sampled high."""
MOST_PARTITIONS: Final = 200
"""So many ways in which one group of attacks can fall are counted out; a further one counts as the nearest of the two ends."""

_MADE: Final = "doubtful:"
"""How the ids of incidents begin that stand in a drawn world alone."""
_NOTHING: Final = Bounds(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Band:
    """A total with what is doubtful about it.

    `low`, `best`, `high` are the total as it stands. `merged` is the total if everything that might be one attack is one,
    `split` if nothing doubtful is joined; `least` and `most` span all of them. `sampled_low`, `sampled_mid` and `sampled_high`
    are the 5th, 50th and 95th percentile of the best figure over the `draws`. `doubtful` counts the links that are near the
    threshold, `joined` those of them that hold now.
    """

    harm: str
    group: str | None
    low: int
    best: int
    high: int
    open_ended: bool
    merged: Bounds
    split: Bounds
    least: int
    most: int
    sampled_low: int
    sampled_mid: int
    sampled_high: int
    doubtful: int
    joined: int
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Ground:
    """What a band is found from: the attacks' tellings in their order; the incidents as they stand; the incident that a claim
    is in; and the claims of documents. `linked` saves linking anew."""

    tellings: Sequence[Telling]
    incidents: Sequence[Counted]
    find_home: Callable[[str], str | None]
    tell: Callable[[Sequence[str]], Mapping[str, Sequence[Claim]]]
    sources: Sources
    linked: "Linked | None" = None


@dataclass(frozen=True, slots=True)
class Linked:
    """How tellings were linked and brought together, where that is known: all links that `find_links` gives, and the clusters,
    by position."""

    links: Sequence[Link]
    clusters: Sequence[Sequence[int]]


def find_band(
    ground: Ground, harm: str = "killed", group: str | None = None, question: Question | None = None
) -> Band:
    """Give the band of a total: of one harm, of everybody or of one group, in the area and period of the question."""
    asked = question or Question()
    rulings = ground.sources.rulings
    linked = ground.linked or _link(ground.tellings, rulings)
    doubts = find_doubts(ground.tellings, linked.clusters, linked.links, rulings)
    stands = nest_incidents(select_incidents(ground.incidents, asked)).count(harm, group) or _NOTHING
    around = _Around(ground)
    worlds = [
        _World(around, doubts, cores, links, (harm, group, asked))
        for cores, links in _list_groups(around, doubts)
        if _tells_of([ground.tellings[n] for core in cores for n in doubts.cores[core]], harm)
    ]
    merged, split = stands, stands
    for world in worlds:
        now = world.count(tuple(link.is_joined for link in world.links))
        merged = _shift(merged, now, world.count((True,) * len(world.links)))
        split = _shift(split, now, world.count((False,) * len(world.links)))
    sampled = _sample(stands.best, worlds)
    return Band(
        harm=harm,
        group=group,
        low=stands.low,
        best=stands.best,
        high=stands.high,
        open_ended=stands.is_open,
        merged=merged,
        split=split,
        least=min(stands.low, merged.low, split.low),
        most=max(stands.high, merged.high, split.high),
        sampled_low=_pick(sampled, TAIL),
        sampled_mid=_pick(sampled, 0.5),
        sampled_high=_pick(sampled, 1 - TAIL),
        doubtful=len(doubts.links),
        joined=sum(link.is_joined for link in doubts.links),
    )


def _link(tellings: Sequence[Telling], rulings: Rulings) -> Linked:
    links = list(find_links(tellings))
    return Linked(links, merge_links(tellings, links, rulings))


def _tells_of(tellings: Iterable[Telling], harm: str) -> bool:
    """Tell whether any may count somebody: where none does, no way to join them moves the total."""
    return harm not in LINKING_HARMS or any(harm in telling.figures for telling in tellings)


def _shift(total: Bounds, before: Bounds, after: Bounds) -> Bounds:
    return Bounds(
        total.low - before.low + after.low,
        total.best - before.best + after.best,
        total.high - before.high + after.high,
        total.is_open,
    )


def _sample(best: int, worlds: Sequence["_World"]) -> list[int]:
    """Give the best figure of each draw, sorted."""
    chance = random.Random(SEED)  # noqa: S311 - a fixed seed: the same in every run
    totals = [best] * DRAWS
    for world in worlds:
        now = world.count(tuple(link.is_joined for link in world.links)).best
        chances = [link.chance for link in world.links]
        for draw in range(DRAWS):
            totals[draw] += world.count(tuple([chance.random() < one for one in chances])).best - now
    return sorted(totals)


def _pick(totals: Sequence[int], share: float) -> int:
    return totals[min(len(totals) - 1, round(share * (len(totals) - 1)))]


def _list_groups(around: "_Around", doubts: Doubts) -> list[tuple[tuple[int, ...], tuple[Doubt, ...]]]:
    """Give the cores that bear on each other, and the doubtful links among them: those that links connect, and those whose
    attacks lie in one published total."""
    touched = sorted({number for link in doubts.links for number in (link.one, link.other)})
    clusters = {doubts.homes[number] for number in touched}
    members = [number for number, home in enumerate(doubts.homes) if home in clusters]
    joined = Components(members)
    for link in doubts.links:
        joined.join(link.one, link.other)
    first: dict[object, int] = {}
    for number in members:
        wholes = around.list_wholes(doubts.cores[number])
        for key in (("cluster", doubts.homes[number]), *(("whole", one) for one in wholes)):
            joined.join(first.setdefault(key, number), number)
    links: dict[int, list[Doubt]] = defaultdict(list)
    for link in doubts.links:
        links[joined.find(link.one)].append(link)
    return [(tuple(cores), tuple(links[key])) for key, cores in joined.list_all().items() if links[key]]


class _Around:
    """The incidents as they stand, asked for what lies beside some of them."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._by_id = {one.id: one for one in ground.incidents}
        self._inside: dict[str, list[str]] = defaultdict(list)
        for one in ground.incidents:
            for whole in one.part_of:
                self._inside[whole].append(one.id)

    def find_home(self, part: Sequence[int]) -> str | None:
        """Give the incident that a core is in as things stand."""
        claims = self.ground.tellings[part[0]].claims
        return self.ground.find_home(claims[0][1]) if claims else None

    def list_wholes(self, part: Sequence[int]) -> Sequence[str]:
        """Give the totals that a core's incident lies in."""
        incident = self._by_id.get(self.find_home(part) or "")
        return () if incident is None else [one for one in incident.part_of if one in self._by_id]

    def list_beside(self, parts: Sequence[Sequence[int]]) -> list[Counted]:
        """Give the totals that the incidents of the cores lie in, and what else lies in these, by id."""
        own = {self.find_home(part) for part in parts}
        wholes = {whole for part in parts for whole in self.list_wholes(part)}
        found = wholes | {one for whole in wholes for one in self._inside[whole]}
        return [self._by_id[id] for id in sorted(found - own) if id in self._by_id]


class _World:
    """One group of cores with its doubtful links: how many people it counts, link by link taken or not."""

    def __init__(
        self,
        around: "_Around",
        doubts: Doubts,
        cores: Sequence[int],
        links: Sequence[Doubt],
        asked: tuple[str, str | None, Question],
    ) -> None:
        ground = around.ground
        self.links = tuple(links)
        self._ground = ground
        self._parts = [doubts.cores[core] for core in cores]
        self._places = {core: place for place, core in enumerate(cores)}
        self._harm, self._group, self._question = asked
        self._counts: dict[tuple[bool, ...], Bounds] = {}
        self._made: dict[tuple[int, ...], Incident] = {}
        self._alone: dict[tuple[int, ...], Bounds] = {}
        self._refused: dict[tuple[int, int], bool] = {}
        self._beside = around.list_beside(self._parts)
        documents = {
            id for part in self._parts for position in part for id in ground.tellings[position].documents
        }
        told = ground.tell(sorted(documents)).values()
        self._claims = {claim.id: claim for claims in told for claim in claims}

    def count(self, taken: tuple[bool, ...]) -> Bounds:
        """Give the total of the group where these of its links are taken."""
        found = self._counts.get(taken)
        if found is None:
            if len(self._counts) >= MOST_PARTITIONS:
                return self._counts[(2 * sum(taken) > len(taken),) * len(taken)]
            found = self._counts[taken] = self._count(taken)
        return found

    def _count(self, taken: tuple[bool, ...]) -> Bounds:
        merged = self._merge(taken)
        if not self._beside:  # then no attack lies in another total, and the total is the sum of its parts
            return _add(self._count_one(parts) for parts in merged)
        incidents = _contain([*map(self._make, merged), *self._beside])
        total = nest_incidents(select_incidents(incidents, self._question)).count(self._harm, self._group)
        return total or _NOTHING

    def _count_one(self, parts: tuple[int, ...]) -> Bounds:
        known = self._alone.get(parts)
        if known is None:
            told = nest_incidents(select_incidents([self._make(parts)], self._question))
            known = self._alone[parts] = told.count(self._harm, self._group) or _NOTHING
        return known

    def _merge(self, taken: tuple[bool, ...]) -> list[tuple[int, ...]]:
        """Give the parts that come together when these links are taken, the strongest first, none against what speaks
        against it."""
        home = {part: [part] for part in range(len(self._parts))}
        chosen = (link for link, is_taken in zip(self.links, taken, strict=True) if is_taken)
        for link in sorted(chosen, key=lambda link: (-link.score, link.one, link.other)):
            one, other = home[self._places[link.one]], home[self._places[link.other]]
            if one is not other and not any(self._refuses(a, b) for a in one for b in other):
                one.extend(other)
                home.update((part, one) for part in other)
        whole = {id(parts): parts for parts in home.values()}
        return [tuple(sorted(parts)) for parts in whole.values()]

    def _refuses(self, one: int, other: int) -> bool:
        """Tell whether two parts may not be one attack."""
        pair = min(one, other), max(one, other)
        known = self._refused.get(pair)
        if known is None:
            parts = [self._parts[part] for part in pair]
            rulings = self._ground.sources.rulings
            met = merge_parts(self._ground.tellings, parts, [Link(1, 0, 0.0)], rulings)
            known = self._refused[pair] = len(met) > 1
        return known

    def _make(self, parts: tuple[int, ...]) -> Incident:
        known = self._made.get(parts)
        if known is None:
            ids = [
                claim
                for part in parts
                for position in self._parts[part]
                for _, claim in self._ground.tellings[position].claims
            ]
            claims = sort_claims((self._claims[id] for id in ids), self._ground.sources)
            name = f"{_MADE}{'-'.join(map(str, parts))}:{ids[0]}"
            known = self._made[parts] = count_incident("attack", claims, name, self._ground.sources)
        return known


def _add(told: Iterable[Bounds]) -> Bounds:
    """Give the sum of totals."""
    low, best, high, is_open = 0, 0, 0, False
    for one in told:
        low, best, high, is_open = low + one.low, best + one.best, high + one.high, is_open or one.is_open
    return Bounds(low, best, high, is_open)


def _contain(incidents: Sequence[Counted]) -> list[Counted]:
    """Give the incidents with the attacks among them put into the totals that contain them."""
    located = [Located(n, one.scope, one.place, read_days(one.time)) for n, one in enumerate(incidents)]
    containers = find_containers(located, (), lambda _: None)
    return [
        replace(one, part_of=tuple(sorted(incidents[outer].id for outer in containers.get(number, ()))))
        if isinstance(one, Incident) and one.id.startswith(_MADE)
        else one
        for number, one in enumerate(incidents)
    ]


def index_homes(incidents: Iterable[Incident]) -> dict[str, str]:
    """Give the incident that each claim is in, by id."""
    return {claim: incident.id for incident in incidents for claim in incident.claims}
