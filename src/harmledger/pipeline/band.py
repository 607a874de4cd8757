"""What the band of a total is found from: files, or the view of a case."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import list_tellings
from harmledger.incidents.source import Sources
from harmledger.pipeline.why import CaseGround, open_files
from harmledger.records.problem import Problem
from harmledger.store.view_tellings import Tellings
from harmledger.tallies.bands import Ground, index_homes

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView

_BATCH: Final = 2000
"""Tellings read at a time."""


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


def open_case_ground(view: "CaseView") -> Ground:
    """Give the ground of a case as it was built."""
    case = CaseGround(view)
    sources: Sources = case.load_sources()
    tellings = sorted(_list_attacks(Tellings(view.connection)), key=lambda telling: telling.order)
    held = tuple(view.incidents.list_counted())
    return Ground(tellings, held, view.incidents.find_home, case.tell, sources)


def _list_attacks(tellings: Tellings) -> Iterator[Telling]:
    last = tellings.find_last()
    for start in range(1, last + 1, _BATCH):
        found = tellings.load(range(start, min(last + 1, start + _BATCH)))
        yield from (telling for telling in found.values() if telling.scope == "attack")
