"""Work of a build that needs nothing but what it is handed: shared out among processes, in the order it was given."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypeVar

from harmledger.incidents.admission import admit_document
from harmledger.incidents.contradictions import report_contradictions
from harmledger.incidents.folding import fold_family
from harmledger.incidents.identity import Named
from harmledger.incidents.making import make_incident, sort_claims
from harmledger.incidents.mentions import Mention
from harmledger.incidents.rulings import Rulings
from harmledger.incidents.source import Source, Sources
from harmledger.incidents.telling import group_document
from harmledger.pipeline.forking import fork_work
from harmledger.pipeline.formats import encode_records
from harmledger.pipeline.processes import begin_process
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import IncidentScope
from harmledger.store.view_incidents import Row, compose_row
from harmledger.store.view_readings import unpack_claims
from harmledger.store.view_tellings import pack_telling

if TYPE_CHECKING:
    from concurrent.futures import Future

B = TypeVar("B")
R = TypeVar("R")

FEW: Final = 4
"""So few batches are worked on in this process: starting others would take longer."""


@dataclass(frozen=True, slots=True)
class FamilyBatch:
    """Families of near-copies: the claims of their documents, packed, and what is known of these."""

    families: tuple[tuple[tuple[str, bytes], ...], ...]
    sources: Mapping[str, Source]
    rulings: Rulings


@dataclass(frozen=True, slots=True)
class Order:
    """An incident to be made: its number, its claims, its name, and what is kept with it."""

    number: int
    scope: IncidentScope
    claims: tuple[str, ...]
    named: Named
    anchors: tuple[str, ...]
    age: str


@dataclass(frozen=True, slots=True)
class IncidentBatch:
    """Incidents to be made, with the claims of their documents, packed, and what is known of these."""

    orders: tuple[Order, ...]
    documents: tuple[tuple[str, bytes], ...]
    sources: Mapping[str, Source]
    rulings: Rulings
    made_by: str


def tell_families(batch: FamilyBatch) -> list[bytes]:
    """Tell what families tell; gives tellings packed."""
    sources = Sources(batch.sources, batch.rulings)
    told: list[bytes] = []
    for family in batch.families:
        mentions: list[Mention] = []
        for _, packed in family:
            mentions.extend(group_document(admit_document(unpack_claims(packed), batch.rulings), sources))
        told.extend(pack_telling(telling) for telling in fold_family(mentions, sources))
    return told


def make_incidents(batch: IncidentBatch) -> tuple[list[Row], list[Problem]]:
    """Make incidents; gives them as they are kept, and what could not be written."""
    sources = Sources(batch.sources, batch.rulings)
    told = {
        document: admit_document(unpack_claims(packed), batch.rulings) for document, packed in batch.documents
    }
    claims = {claim.id: claim for document in told.values() for claim in document}
    rows: list[Row] = []
    problems: list[Problem] = []
    for order in batch.orders:
        own = sort_claims((claims[claim] for claim in order.claims), sources)
        made = make_incident(order.scope, own, told, order.named, sources)
        incident = replace(made, made_by=batch.made_by)
        lines, broken = encode_records([incident])
        problems.extend((*broken, *report_contradictions(incident, claims)))
        rows.extend(compose_row(order.number, incident, line, order.anchors, order.age) for line in lines)
    return rows, problems


def share_work(work: Callable[[B], R], batches: Iterable[B], jobs: int) -> Iterator[R]:
    """Give what `work` makes of each batch, in their order, in so many processes; few are worked on in this one, or where they
    are no more than the processes in some that are forked from it.

    Raises concurrent.futures.BrokenExecutor when the system kills a process.
    """
    given = iter(batches)
    first = list(islice(given, FEW + 1))
    if 1 < len(first) <= min(jobs, FEW):
        yield from fork_work(work, first)
        return
    if jobs <= 1 or len(first) <= FEW:
        yield from map(work, chain(first, given))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=begin_process)
    try:
        waiting: deque[Future[R]] = deque()
        for batch in chain(first, given):
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def pick_sources(sources: Sources, documents: Iterable[str]) -> dict[str, Source]:
    """Give what is known of documents, and of the heads of their families."""
    found: dict[str, Source] = {}
    for id in documents:
        found[id] = sources.get(id)
        head = sources.family(id)
        found[head] = sources.get(head)
    return found


def cut_batches(items: Iterable[B], size: int) -> Iterator[Sequence[B]]:
    """Give items so many at a time."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
