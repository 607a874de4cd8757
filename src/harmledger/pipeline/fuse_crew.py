"""Fusing files by several processes: links, and what each incident comes to. The result is the same, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import msgspec

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import Crew, Order
from harmledger.incidents.identity import Named
from harmledger.incidents.making import make_incident
from harmledger.incidents.rulings import Rulings
from harmledger.incidents.source import Source, Sources
from harmledger.incidents.weights import Weights
from harmledger.pipeline.case_work import cut_batches, pick_sources, share_work
from harmledger.pipeline.linking import link_tellings
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.vocabulary import IncidentScope

_BATCH: Final = 250
"""Incidents made at a time."""
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[Claim])


@dataclass(frozen=True, slots=True)
class _Batch:
    """Incidents to be made, each with the ids of its claims, and of their documents the claims, packed, and what is known."""

    orders: tuple[tuple[IncidentScope, tuple[str, ...], Named], ...]
    documents: tuple[tuple[str, bytes], ...]
    sources: Mapping[str, Source]
    rulings: Rulings


class Processes(Crew):
    """Does the work of fusing in so many processes. What is given raises concurrent.futures.BrokenExecutor when the system
    kills one of them."""

    def __init__(self, jobs: int, weights: Weights | None = None) -> None:
        super().__init__(weights)
        self._jobs = jobs

    def link(self, tellings: Sequence[Telling]) -> Iterable[Link]:
        """Give the links among tellings in their order, by position."""
        return link_tellings(tellings, self._jobs, self.weights)

    def make(
        self, orders: Iterable[Order], told: Mapping[str, Sequence[Claim]], sources: Sources
    ) -> Iterable[Incident]:
        """Make incidents, in the order in which they are asked for."""
        if self._jobs <= 1:
            return super().make(orders, told, sources)
        batches = (_pack(batch, told, sources) for batch in cut_batches(orders, _BATCH))
        return chain.from_iterable(share_work(_make, batches, self._jobs))


def _pack(orders: Sequence[Order], told: Mapping[str, Sequence[Claim]], sources: Sources) -> _Batch:
    documents = sorted({claim.document for order in orders for claim in order.claims})
    return _Batch(
        tuple((order.scope, tuple(claim.id for claim in order.claims), order.named) for order in orders),
        tuple((id, _ENCODER.encode(told[id])) for id in documents),
        pick_sources(sources, documents),
        sources.rulings,
    )


def _make(batch: _Batch) -> list[Incident]:
    sources = Sources(batch.sources, batch.rulings)
    told = {id: _DECODER.decode(packed) for id, packed in batch.documents}
    claims = {claim.id: claim for own in told.values() for claim in own}
    return [
        make_incident(scope, [claims[id] for id in ids], told, named, sources)
        for scope, ids, named in batch.orders
    ]
