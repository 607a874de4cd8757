"""Fusing files by several processes: links, and what each incident comes to. The result is the same, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from harmledger.incidents.admission import admit_document
from harmledger.incidents.ambiguity import Link
from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import Crew, Order, Told
from harmledger.incidents.making import Made, make_told
from harmledger.incidents.rulings import Rulings
from harmledger.incidents.source import Source, Sources
from harmledger.incidents.weights import Weights
from harmledger.pipeline.case_work import cut_batches, pick_sources, share_work
from harmledger.pipeline.linking import link_tellings
from harmledger.pipeline.packed_claims import AdmittedClaims, Packs, unpack_claims

_BATCH: Final = 250
"""Incidents made at a time."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Incidents to be made, and of their documents the claims, packed as they were read, and what is known."""

    orders: tuple[Order, ...]
    documents: tuple[tuple[str, Packs], ...]
    sources: Mapping[str, Source]
    rulings: Rulings


class Processes(Crew):
    """Does the work of fusing in so many processes, and gives what it makes packed. What is given raises
    concurrent.futures.BrokenExecutor when the system kills one of them."""

    def __init__(self, jobs: int, weights: Weights | None = None) -> None:
        super().__init__(weights)
        self._jobs = jobs

    def link(self, tellings: Sequence[Telling]) -> Iterable[Link]:
        """Give the links among tellings in their order, by position."""
        return link_tellings(tellings, self._jobs, self.weights)

    def make(self, orders: Iterable[Order], told: Told, sources: Sources) -> Iterable[Made]:
        """Make incidents, in the order in which they are asked for. Claims that are not held packed stay where they are."""
        if not isinstance(told, AdmittedClaims):
            return super().make(orders, told, sources)
        batches = (_pack(batch, told, sources) for batch in cut_batches(orders, _BATCH))
        return chain.from_iterable(share_work(_make, batches, self._jobs))


def _pack(orders: Sequence[Order], told: AdmittedClaims, sources: Sources) -> _Batch:
    documents = sorted({document for order in orders for document in order.documents})
    return _Batch(tuple(orders), told.list_packs(documents), pick_sources(sources, documents), told.rulings)


def _make(batch: _Batch) -> list[Made]:
    sources = Sources(batch.sources, batch.rulings)
    told = {id: admit_document(unpack_claims(packs), batch.rulings) for id, packs in batch.documents}
    return [
        make_told(scope, claims, {id: told[id] for id in documents}, named, sources).pack()
        for scope, claims, documents, named in batch.orders
    ]
