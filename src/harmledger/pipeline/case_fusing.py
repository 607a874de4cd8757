"""Fusing for a case: what changed among the readings goes through families, tellings and links to incidents.

Each stage is handed what changed in the one before, and gives what changes in its own; what is left alone is what
would have come out again. A view built from nothing is one in which everything is new.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Final, NamedTuple

from harmledger.incidents.ambiguity import Leaf, Link
from harmledger.incidents.components import (
    NO_CORES,
    Core,
    LinkList,
    cluster_joined,
    cluster_linked,
    find_cores,
    list_ruled,
    place_all,
)
from harmledger.incidents.folding import Telling, slim_telling
from harmledger.incidents.rulings import NO_RULINGS, Rulings
from harmledger.incidents.source import Sources
from harmledger.pipeline.case_leaves import relink_attacks
from harmledger.pipeline.case_work import FamilyBatch, cut_batches, pick_sources, share_work, tell_families
from harmledger.pipeline.linking import link_tellings
from harmledger.records.vocabulary import IncidentScope
from harmledger.store.view_readings import Readings
from harmledger.store.view_tellings import Tellings, unpack_telling

_BATCH: Final = 200
"""Families told at a time."""

_LINKS: Final = 10_000
"""Links recorded at a time."""

Cluster = tuple[IncidentScope, tuple[int, ...]]
"""The numbers of the tellings that make up an incident, in their order."""


@dataclass(slots=True)
class Retold:
    """What changed among the tellings: those that went, those that came (slim, in their order), and those that say the
    same of documents that changed otherwise."""

    removed: dict[int, Telling] = field(default_factory=dict)
    added: dict[int, Telling] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Regrouped:
    """What changed among the incidents: `gone` by number, `made` with the number each gets and its tellings. One that is made
    anew has the number of one that goes, where they share tellings: most of what is recorded of it is the same then."""

    gone: set[int] = field(default_factory=set)
    made: dict[int, Cluster] = field(default_factory=dict)


def retell(
    readings: Readings,
    tellings: Tellings,
    sources: Sources,
    families: Mapping[str, Sequence[str]],
    jobs: int,
    forced: AbstractSet[str] = frozenset(),
) -> Retold:
    """Tell anew what families tell, given with their documents, and say what changed. New tellings are added, and
    stand in no block yet. Those that hold a claim in `forced` count as changed though they say the same: a judgement on it
    came or went."""
    old = tellings.load_families(families)
    known: dict[str, list[int]] = defaultdict(list)
    for number, telling in old.items():
        known[telling.order].append(number)
    numbers = count(tellings.find_last() + 1)
    found = Retold()
    pool: dict[Any, Any] = {}
    grouped = sources.rulings.list_grouped()
    for told in share_work(tell_families, _batch_families(readings, sources, families), jobs):
        fresh: list[tuple[int, Telling, bytes]] = []
        for packed in told:
            telling = unpack_telling(packed)
            same = next((number for number in known.get(telling.order, ()) if old[number] == telling), None)
            if same is None or any(claim in forced for _, claim in telling.claims):
                fresh.append((next(numbers), slim_telling(telling, pool, grouped), packed))
            else:
                found.touched.add(same)
        tellings.put(fresh)
        found.added.update((number, telling) for number, telling, _ in fresh)
    found.removed = {number: telling for number, telling in old.items() if number not in found.touched}
    found.added = dict(sorted(found.added.items(), key=lambda item: item[1].order))
    return found


def _batch_families(
    readings: Readings, sources: Sources, families: Mapping[str, Sequence[str]]
) -> Iterator[FamilyBatch]:
    for heads in cut_batches(sorted(families), _BATCH):
        documents = [id for head in heads for id in sorted(families[head])]
        packed = dict(readings.fetch_packed(documents))
        yield FamilyBatch(
            tuple(tuple((id, packed[id]) for id in sorted(families[head])) for head in heads),
            pick_sources(sources, documents),
            sources.rulings,
        )


def regroup(
    tellings: Tellings,
    retold: Retold,
    numbers: Iterator[int],
    is_fresh: bool,
    rulings: Rulings = NO_RULINGS,
    jobs: int = 1,
) -> Regrouped:
    """Record the tellings that changed, link and cluster what that bears on, and give what changes among the
    incidents. `numbers` gives those that new incidents get."""
    changed = _split_scopes(retold)
    losing = tellings.find_incidents(retold.removed)
    if is_fresh:
        attacks = changed["attack"][1]
        links = LinkList(_record_links(tellings, _number_links(attacks, jobs)))
        cores = find_cores(attacks, links, rulings)
        leaves = place_all(attacks, links, cores)
        tellings.put_leaves(leaves)
        members = retold.added
        clusters = _cluster_members(
            members, lambda _: _Bonds(links, leaves, NO_CORES if rulings.joined else cores), rulings
        )
        del links, leaves, cores
    else:
        relinked = relink_attacks(tellings, *changed["attack"], rulings)
        stale = relinked.components | _find_joined(tellings, retold)
        tellings.drop(retold.removed)
        found = {**tellings.load_components(stale), **retold.added}
        members = dict(sorted(found.items(), key=lambda item: item[1].order))
        clusters = _cluster_members(members, partial(_load_bonds, tellings, relinked.cores, rulings), rulings)
    homes = tellings.list_homes(members.keys() - retold.added.keys())
    clusters.sort(key=lambda cluster: members[cluster[1][1][0]].order)
    return _settle(tellings, retold, _Grouping(clusters, homes, losing), numbers)


class _Bonds(NamedTuple):
    """What may hold tellings of attacks together: links, where the loose ones belong, and what the pinned ones are known to
    be part of."""

    links: Iterable[Link]
    leaves: Mapping[int, Leaf]
    cores: Mapping[int, Core]


def _load_bonds(
    tellings: Tellings, cores: Mapping[int, Core], rulings: Rulings, members: Mapping[int, Telling]
) -> _Bonds:
    """Give what may hold tellings together. Pinned ones need no links, for those that are not in `cores` are of one attack
    with those that they were of one with; nor do loose ones that hang on another. What people joined is put together anew,
    in the order of their judgements."""
    leaves = tellings.load_leaves(members)
    if list_ruled(members, rulings):
        bonded = [one for one in members if one not in leaves or leaves[one].holder is None]
        return _Bonds(tellings.load_links(bonded), leaves, NO_CORES)
    known = tellings.list_cores(members.keys() - leaves.keys() - cores.keys())
    open_leaves = [number for number, leaf in leaves.items() if leaf.holder is None]
    return _Bonds(tellings.load_links(open_leaves), leaves, {**known, **cores})


def _split_scopes(
    retold: Retold,
) -> dict[IncidentScope, tuple[dict[int, Telling], dict[int, Telling]]]:
    """Give what was removed and what was added, by scope."""
    found: dict[IncidentScope, tuple[dict[int, Telling], dict[int, Telling]]] = {
        "attack": ({}, {}),
        "area_day": ({}, {}),
        "since_date": ({}, {}),
    }
    for place, tellings in enumerate((retold.removed, retold.added)):
        for number, telling in tellings.items():
            found[telling.scope][place][number] = telling
    return found


def _number_links(tellings: Mapping[int, Telling], jobs: int) -> Iterator[Link]:
    """Give the links among all tellings, which stand in their order, by number."""
    numbers = list(tellings)
    for later, earlier, score in link_tellings(list(tellings.values()), jobs):
        yield Link(numbers[later], numbers[earlier], score)


def _record_links(tellings: Tellings, links: Iterable[Link]) -> Iterator[Link]:
    """Record links while they are being used."""
    for batch in cut_batches(links, _LINKS):
        tellings.put_links(batch)
        yield from batch


def _find_joined(tellings: Tellings, retold: Retold) -> set[int]:
    """Give the components of the totals that share something with one that went or came."""
    numbers = {
        number
        for telling in (*retold.removed.values(), *retold.added.values())
        for join in telling.joins
        for _, number in tellings.blocks.list_all((telling.scope, join))
    }
    return tellings.find_components(numbers)


def _cluster_members(
    members: Mapping[int, Telling], load: Callable[[Mapping[int, Telling]], _Bonds], rulings: Rulings
) -> list[tuple[int, Cluster]]:
    """Cluster tellings that are whole components and stand in their order; gives each cluster's component too. `load` gives
    what may hold tellings of attacks together."""
    by_scope: dict[IncidentScope, dict[int, Telling]] = defaultdict(dict)
    for number, telling in members.items():
        by_scope[telling.scope][number] = telling
    found: list[tuple[int, Cluster]] = []
    for scope, told in by_scope.items():
        if scope == "attack":
            links, leaves, cores = load(told)
            by_component = cluster_linked(told, links, leaves, rulings, cores)
        else:
            by_component = cluster_joined(told, rulings)
        for component, clusters in by_component.items():
            found.extend((component, (scope, tuple(cluster))) for cluster in clusters)
    return found


class _Grouping(NamedTuple):
    """Clusters in order of time, whatever their scope, with their components; the incidents that their tellings made up
    before; and those that have lost one."""

    clusters: Sequence[tuple[int, Cluster]]
    homes: Mapping[int, int]
    losing: set[int]


def _settle(tellings: Tellings, retold: Retold, grouping: _Grouping, numbers: Iterator[int]) -> Regrouped:
    """Record which tellings make up which incident. An incident whose tellings are the same stays, unless a
    document of them changed."""
    before: dict[int, set[int]] = defaultdict(set)
    for number, incident in grouping.homes.items():
        before[incident].add(number)
    found = Regrouped(gone=before.keys() | grouping.losing)
    homes: dict[int, tuple[int, int]] = {}
    for component, (scope, cluster) in grouping.clusters:
        incident = grouping.homes.get(cluster[0], 0)
        is_same = before.get(incident) == set(cluster) and incident not in grouping.losing
        if is_same and retold.touched.isdisjoint(cluster):
            found.gone.discard(incident)
        else:
            incident = _choose_number(cluster, grouping.homes, found.made) or next(numbers)
            found.made[incident] = scope, cluster
        homes.update((number, (component, incident)) for number in cluster)
    tellings.blocks.put(retold.added)
    tellings.settle((*home, number) for number, home in homes.items())
    _move_touched(tellings, retold.touched - homes.keys(), found)
    return found


def _choose_number(
    cluster: Iterable[int], homes: Mapping[int, int], taken: Mapping[int, Cluster]
) -> int | None:
    """Give the number of the incident that most of these tellings made up; None where all of theirs are taken."""
    shares = Counter(homes[number] for number in cluster if number in homes)
    return max((one for one in shares if one not in taken), key=lambda one: (shares[one], -one), default=None)


def _move_touched(tellings: Tellings, touched: set[int], found: Regrouped) -> None:
    """Have the incidents of tellings made again that say the same of documents that changed."""
    incidents = tellings.find_incidents(touched)
    for incident, members in tellings.load_incidents(sorted(incidents)).items():
        cluster = sorted(members, key=lambda one: members[one].order)
        found.gone.add(incident)
        found.made[incident] = members[cluster[0]].scope, tuple(cluster)
