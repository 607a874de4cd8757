"""Outcomes: who was shot, and what became of them, told in different sentences."""

from collections.abc import Sequence, Set
from dataclasses import replace

from harmledger.claims.carrying import WIDE
from harmledger.claims.drafts import Draft
from harmledger.lexicon.numbers import load_number_words
from harmledger.records.claim import Claim
from harmledger.records.identity import identify_claim

_ANYONE = frozenset({"people", "civilians"})
_RULE = "harm.outcome-told"


def settle_outcomes(
    pairs: Sequence[tuple[Draft, Claim]], language: str, digest: str | None
) -> list[tuple[Draft, Claim]]:
    """Give the claims, those of one person shot, of whom the document tells that he or she died, as killed.

    "A driver was shot … The driver was pronounced dead" speaks of one person twice. A word that tells the
    outcome itself ("wounded"), a number, or "another" tells of somebody else.
    """
    others = load_number_words(language).additional_before
    single = [(draft, claim) for draft, claim in pairs if _is_single(draft, others)]
    dead = [claim for _, claim in single if claim.harm == "killed"]
    if not dead:
        return list(pairs)
    shot = {claim.id for draft, claim in single if claim.harm == "injured" and _leaves_open(draft)}
    return [(draft, _settle(claim, dead, digest) if claim.id in shot else claim) for draft, claim in pairs]


def _settle(claim: Claim, dead: Sequence[Claim], digest: str | None) -> Claim:
    if not any(_may_be_one(claim, other) for other in dead):
        return claim
    cue = claim.cue
    identity = identify_claim(claim.document, digest, claim.kind, "killed", claim.group, cue.start, cue.end)
    return replace(claim, id=identity, harm="killed", because=(*claim.because, _RULE))


def _is_single(draft: Draft, others: Set[str]) -> bool:
    count = draft.count
    if draft.kind != "toll" or count is None or count.value != 1 or draft.stance == "denied":
        return False
    return others.isdisjoint(count.wording.lower().split()[:2])


def _leaves_open(draft: Draft) -> bool:
    chunks = draft.parsed.chunks[draft.first : draft.last + 1]
    return any("OPEN_HARM" in chunk.readings for chunk in chunks)


def _may_be_one(hurt: Claim, dead: Claim) -> bool:
    """Tell whether nothing that both tell differs: the group, the place, the day."""
    if hurt.scope != dead.scope:
        return False
    if hurt.group != dead.group and not {hurt.group, dead.group} & _ANYONE:
        return False
    if hurt.time and dead.time and (hurt.time.end < dead.time.start or dead.time.end < hurt.time.start):
        return False
    here, there = hurt.place, dead.place
    return (
        here is None
        or there is None
        or here.id == there.id
        or not {here.precision, there.precision}.isdisjoint(WIDE)
    )
