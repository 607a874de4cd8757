"""Tellings that a chain of links joins: what has to be looked at together, and nothing else."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.cluster import cluster_tellings, find_joined, merge_links
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


def cluster_linked(
    tellings: Mapping[int, Telling], links: Iterable[Link], rulings: Rulings = NO_RULINGS
) -> dict[int, list[list[int]]]:
    """Give the tellings of each attack by component. `tellings` are whole components, and stand in their order;
    `links` are all links among them."""
    components = _join_ruled(tellings, rulings)
    later, earlier, scores = array("q"), array("q"), array("d")
    for link in links:
        components.join(link.later, link.earlier)
        later.append(link.later)
        earlier.append(link.earlier)
        scores.append(link.score)
    told: dict[int, array[int]] = defaultdict(lambda: array("q"))
    for place, number in enumerate(later):
        told[components.find(number)].append(place)
    found: dict[int, list[list[int]]] = {}
    for component, numbers in components.list_all().items():
        if len(numbers) == 1:
            found[component] = [numbers]
            continue
        places = {number: place for place, number in enumerate(numbers)}
        inner = (Link(places[later[one]], places[earlier[one]], scores[one]) for one in told[component])
        merged = merge_links([tellings[number] for number in numbers], inner, rulings)
        found[component] = [[numbers[place] for place in cluster] for cluster in merged]
    return found


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
        clusters = cluster_tellings(members[0].scope, members, rulings)
        found[component] = [[numbers[place] for place in cluster] for cluster in clusters]
    return found
