"""Tellings that a chain of links joins: what has to be looked at together, and nothing else."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from harmledger.incidents.ambiguity import Leaf, Link, is_pinned, list_open, place_leaves
from harmledger.incidents.cluster import cluster_totals, find_joined, merge_component
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import NO_RULINGS, Rulings


class Components:
    """Numbers joined into components; each goes by its smallest number."""

    def __init__(self, numbers: Iterable[int]):
        self._parents = {number: number for number in numbers}

    def find(self, number: int) -> int:
        """Give the component that the number is in."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one component of those that the two numbers are in."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parents[second] = first

    def list_all(self) -> dict[int, list[int]]:
        """Give the numbers of each component, in the order in which they were given."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in self._parents:
            found[self.find(number)].append(number)
        return found


def _join_ruled(tellings: Mapping[int, Telling], rulings: Rulings) -> Components:
    """Give the tellings, each a component of its own but where a person joined claims of them."""
    numbers = list(tellings)
    components = Components(numbers)
    for one, another in find_joined(list(tellings.values()), rulings):
        components.join(numbers[one], numbers[another])
    return components


NO_CORES: Final[Mapping[int, "Core"]] = MappingProxyType({})


def list_ruled(tellings: Mapping[int, Telling], rulings: Rulings) -> set[int]:
    """Give the tellings of which a person joined claims."""
    joined = rulings.joined_claims
    if not joined:
        return set()
    return {
        number for number, telling in tellings.items() if any(claim in joined for _, claim in telling.claims)
    }


class LinkList:
    """Links in little memory, in the order in which they were put in."""

    def __init__(self, links: Iterable[Link] = ()) -> None:
        self._later, self._earlier, self._scores = array("q"), array("q"), array("d")
        for link in links:
            self.append(link)

    def append(self, link: Link) -> None:
        """Put a link in."""
        self._later.append(link.later)
        self._earlier.append(link.earlier)
        self._scores.append(link.score)

    def __len__(self) -> int:
        return len(self._later)

    def __getitem__(self, place: int) -> Link:
        return Link(self._later[place], self._earlier[place], self._scores[place])

    def __iter__(self) -> Iterator[Link]:
        return map(Link, self._later, self._earlier, self._scores)


class Core(NamedTuple):
    """What a pinned telling is part of: the component, and the attack, each by the number of a pinned telling of it."""

    component: int
    attack: int


def cluster_linked(
    tellings: Mapping[int, Telling],
    links: Iterable[Link],
    leaves: Mapping[int, Leaf],
    rulings: Rulings = NO_RULINGS,
    cores: Mapping[int, Core] = NO_CORES,
) -> dict[int, list[list[int]]]:
    """Give the tellings of each attack by component. `tellings` are whole components, and stand in their order; `links` are
    all links among them (others are passed over), and `leaves` tells where each loose one belongs. Pinned tellings of which
    `cores` tells what they are part of need no links, nor do loose ones that hang on something.

    What makes a component: links of pinned tellings, what each leaf hangs on, links that hold among leaves that hang on
    nothing, and what people joined.
    """
    components = _join_ruled(tellings, rulings)
    kept = LinkList()
    for link in links:
        if link.later in tellings and link.earlier in tellings and _holds(link, leaves):
            components.join(link.later, link.earlier)
            kept.append(link)
    for number, leaf in leaves.items():
        if leaf.holder is not None:
            components.join(number, leaf.holder)
    for number, core in cores.items():
        components.join(number, core.component)
    told: dict[int, array[int]] = defaultdict(lambda: array("q"))
    for place, link in enumerate(kept):
        told[components.find(link.later)].append(place)
    found: dict[int, list[list[int]]] = {}
    for component, numbers in components.list_all().items():
        if len(numbers) == 1:
            found[component] = [numbers]
            continue
        places = {number: place for place, number in enumerate(numbers)}
        merged = merge_component(
            [tellings[number] for number in numbers],
            (Link(places[later], places[earlier], score) for later, earlier, score in map(kept.__getitem__, told[component])),
            {places[number]: _move_leaf(leaves[number], places) for number in numbers if number in leaves},
            rulings,
            _list_attacks(numbers, cores),
        )  # fmt: skip
        found[component] = [[numbers[place] for place in cluster] for cluster in merged]
    return found


def _list_attacks(numbers: Iterable[int], cores: Mapping[int, Core]) -> Iterable[list[int]]:
    """Give the places of those numbers that are known to be of one attack."""
    if not cores:
        return ()
    attacks: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        if number in cores:
            attacks[cores[number].attack].append(place)
    return attacks.values()


def find_cores(
    tellings: Mapping[int, Telling], links: Iterable[Link], rulings: Rulings = NO_RULINGS
) -> dict[int, Core]:
    """Give for each pinned telling what it is part of. `tellings` are whole components, and stand in their order; no leaf
    bears on it but by what people joined."""
    leaves = {number: Leaf(0) for number, telling in tellings.items() if not is_pinned(telling)}
    ruled = list_ruled(tellings, rulings)
    pinned = {
        number: telling for number, telling in tellings.items() if number not in leaves or number in ruled
    }
    firm = (link for link in links if link.later not in leaves and link.earlier not in leaves)
    found: dict[int, Core] = {}
    for clusters in cluster_linked(pinned, firm, leaves, rulings).values():
        own = [[number for number in cluster if number not in leaves] for cluster in clusters]
        first = next((cluster[0] for cluster in own if cluster), 0)
        found.update((number, Core(first, cluster[0])) for cluster in own for number in cluster)
    return found


def place_all(tellings: Mapping[int, Telling], links: LinkList, cores: Mapping[int, Core]) -> dict[int, Leaf]:
    """Give where each loose telling belongs, of all tellings in their order and all links among them; `cores` tells of each
    pinned one what it is part of."""
    ranks = {number: rank for rank, number in enumerate(tellings)}
    loose = (link for link in links if link.later not in cores or link.earlier not in cores)
    return place_leaves(
        tellings.keys() - cores.keys(), loose, lambda number: cores[number].attack, ranks.__getitem__
    )


def _holds(link: Link, leaves: Mapping[int, Leaf]) -> bool:
    """Tell whether a link is one of two pinned tellings that reaches the threshold, or holds among leaves that hang on nothing."""
    if link.later in leaves or link.earlier in leaves:
        return next(list_open(leaves, (link,)), None) is not None
    return link.score >= THRESHOLD


def _move_leaf(leaf: Leaf, places: Mapping[int, int]) -> Leaf:
    return leaf if leaf.holder is None else replace(leaf, holder=places[leaf.holder])


def cluster_joined(
    tellings: Mapping[int, Telling], rulings: Rulings = NO_RULINGS
) -> dict[int, list[list[int]]]:
    """Give the tellings of each total by component: those that share what joins totals, of one scope. `tellings` are
    whole components of one scope, and stand in their order."""
    components = _join_ruled(tellings, rulings)
    first: dict[str, int] = {}
    for number, telling in tellings.items():
        for join in telling.joins:
            components.join(first.setdefault(join, number), number)
    found: dict[int, list[list[int]]] = {}
    for component, numbers in components.list_all().items():
        members = [tellings[number] for number in numbers]
        clusters = cluster_totals(members[0].scope, members, rulings)
        found[component] = [[numbers[place] for place in cluster] for cluster in clusters]
    return found
