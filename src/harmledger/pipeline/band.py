"""What the band of a total is found from: files, or the view of a case."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import list_tellings
from harmledger.incidents.source import Sources
from harmledger.pipeline.why import CaseGround, open_files
from harmledger.records.problem import Problem
from harmledger.store.view_tellings import Tellings
from harmledger.tallies.bands import Ground, Linked, index_homes
from harmledger.tallies.selection import Counted

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView


def open_file_ground(
    incidents: Sequence[str], claims: Sequence[str], documents: Sequence[str]
) -> tuple[Ground, tuple[Problem, ...]]:
    """Read incidents with the claims and documents that they were made from."""
    files, problems = open_files(incidents, claims, documents)
    sources = files.load_sources()
    homes = index_homes(files.incidents.values())
    tellings = list_tellings(files.told, sources).get("attack", [])
    held = tuple(files.incidents[id] for id in sorted(files.incidents))
    return Ground(tellings, held, homes.get, files.tell, sources), problems


def open_case_ground(view: "CaseView", held: Sequence[Counted]) -> Ground:
    """Give the ground of a case as it was built, for what of it is counted: nothing is linked anew."""
    case = CaseGround(view)
    sources: Sources = case.load_sources()
    tellings, linked = load_linked(Tellings(view.connection))
    if len(held) < sum(view.incidents.count().values()):
        counted = {one.id for one in held}
        first = [tellings[cluster[0]].claims[0][1] for cluster in linked.clusters]
        homes = view.incidents.find_homes(first)
        kept = [
            cluster
            for cluster, claim in zip(linked.clusters, first, strict=True)
            if homes.get(claim) in counted
        ]
        tellings, linked = _keep_clusters(tellings, linked, kept)
    return Ground(tellings, held, view.incidents.find_home, case.tell, sources, linked)


def _keep_clusters(
    tellings: Sequence[Telling], linked: Linked, kept: Sequence[Sequence[int]]
) -> tuple[list[Telling], Linked]:
    """Give the tellings of some clusters, with the links among them: what is not counted does not make a total doubtful."""
    places = {old: new for new, old in enumerate(sorted(place for cluster in kept for place in cluster))}
    links = [
        Link(places[link.later], places[link.earlier], link.score)
        for link in linked.links
        if link.later in places and link.earlier in places
    ]
    clusters = sorted([places[place] for place in cluster] for cluster in kept)
    return [tellings[place] for place in places], Linked(links, clusters)


def load_linked(held: Tellings) -> tuple[list[Telling], Linked]:
    """Give the tellings of attacks in a view, in their order, with their links and clusters."""
    tellings: list[Telling] = []
    places: dict[int, int] = {}
    clusters: dict[int, list[int]] = defaultdict(list)
    for place, (number, incident, telling) in enumerate(held.list_attacks()):
        places[number] = place
        clusters[incident].append(place)
        tellings.append(telling)
    links = [Link(places[later], places[earlier], score) for later, earlier, score in held.list_links()]
    return tellings, Linked(links, sorted(clusters.values()))
