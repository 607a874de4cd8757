"""Claims that people added, put among those that were read in their documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harmledger.incidents.rulings import gather_rulings, list_standing
from harmledger.pipeline.case_reading import Packed
from harmledger.pipeline.formats import encode_records
from harmledger.pipeline.read import order_claim
from harmledger.records.claim import Claim
from harmledger.records.judgement import Judgement
from harmledger.store.view_readings import pack_reading, unpack_claims

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView

Additions = Mapping[str, tuple[Claim, ...]]
"""The claims that people added, by document."""


def put_additions(studied: Iterator[Packed], added: Additions, made_by: str) -> Iterator[Packed]:
    """Give readings with the claims that were added to their documents, signed; the rest as they come."""
    for packed in studied:
        claims = added.get(packed[0].id, ())
        yield _merge(packed, claims, made_by) if claims else packed


def _merge(packed: Packed, added: Sequence[Claim], made_by: str) -> Packed:
    """A claim that was read at the same place, of the same, gives way to what the person says."""
    reading, claims, problems = packed
    told = {claim.id: claim for claim in unpack_claims(claims)}
    told.update((claim.id, replace(claim, made_by=made_by)) for claim in added)
    ordered = sorted(told.values(), key=order_claim)
    lines, broken = encode_records(ordered)
    merged = replace(
        reading,
        lines=tuple(lines),
        claims=tuple(claim.id for claim in ordered),
        parts=tuple((claim.id, claim.part_of) for claim in ordered if claim.part_of),
        problems=(*reading.problems, *broken),
    )
    claims, problems = pack_reading(merged)
    return replace(merged, lines=()), claims, problems


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was decided of a document since the view was built: how many judgements came or went, and claims added."""

    count: int
    added: tuple[Claim, ...]


def find_waiting(view: "CaseView", judgements: Iterable[Judgement]) -> Waiting:
    """Give what is not built yet of the judgements that were ever made on a document's claims."""
    made = list(judgements)
    standing = list_standing(made)
    own = {one.id for one in made}
    built = {one.id for one in view.ruled.judgements if one.id in own}
    moved = {one.id for one in standing if one.kind != "note"} ^ {
        one.id for one in view.ruled.judgements if one.id in built and one.kind != "note"
    }
    fresh = [one for one in standing if one.id not in built]
    rulings, _ = gather_rulings(fresh)
    return Waiting(len(moved), tuple(claim for claims in rulings.added.values() for claim in claims))


def list_moved(now: Additions, before: Additions) -> set[str]:
    """Give the documents to which other claims are added than before."""
    return {id for id in now.keys() | before.keys() if now.get(id, ()) != before.get(id, ())}
