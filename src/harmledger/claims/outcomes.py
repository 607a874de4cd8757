"""Outcomes: who was shot, and what became of them, told in different sentences."""

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Final

from harmledger.claims.carrying import WIDE
from harmledger.claims.categories import join_bits
from harmledger.claims.drafts import Draft
from harmledger.lexicon.numbers import load_number_words
from harmledger.records.claim import Claim
from harmledger.records.identity import identify_claim
from harmledger.records.vocabulary import Harm

_OPEN: Final = join_bits("OPEN_HARM")
_CLOSED: Final = join_bits("HARM_ED", "UNDERGO", "DEATHS")
_ANYONE: Final = frozenset({"people", "civilians"})
_ONE_OF: Final = "toll.one-fatally"
_RULE: Final = "harm.outcome-told"


def settle_outcomes(
    pairs: Sequence[tuple[Draft, Claim]], language: str, digest: str | None
) -> list[tuple[Draft, Claim]]:
    """Give the claims, those of people shot, of whom the document tells that some died, with what became of them.

    "A driver was shot … The driver was pronounced dead" speaks of one person twice: killed, and counted once.
    "Two men were shot … One of them died": two were killed or injured. A word that tells the outcome itself
    ("wounded") or "another" tells of somebody else, and so does a person of whose kind one is told to live.
    """
    others = load_number_words(language).additional_before
    dead = [
        claim
        for draft, claim in pairs
        if claim.harm == "killed" and _is_exact(draft, others) and not _counts_all(draft)
    ]
    if not dead:
        return list(pairs)
    living = [c for d, c in pairs if c.harm == "injured" and not _leaves_open(d) and _is_exact(d, others)]
    shot = {
        claim.id
        for draft, claim in pairs
        if claim.harm == "injured" and _is_exact(draft, others) and _leaves_open(draft)
    }
    return [
        (draft, _settle(claim, dead, living, digest) if claim.id in shot else claim) for draft, claim in pairs
    ]


def _settle(claim: Claim, dead: Sequence[Claim], living: Sequence[Claim], digest: str | None) -> Claim:
    number = _count(claim)
    same = [other for other in dead if _count(other) <= number and _may_be_one(claim, other)]
    if not same or (number == 1 and _is_told_to_live(claim, dead, living)):
        return claim
    if number == 1:
        return _restate(claim, "killed", digest, same[0].id)
    is_divided = any(_count(other) < number and _divides(claim, other) for other in same)
    return _restate(claim, "killed_or_injured", digest, None) if is_divided else claim


def _divides(claim: Claim, dead: Claim) -> bool:
    """Tell whether the death is told after those shot, in another sentence, or as that of one of them."""
    return claim.evidence.end <= dead.evidence.start or _ONE_OF in dead.because


def _restate(claim: Claim, harm: Harm, digest: str | None, whole: str | None) -> Claim:
    cue = claim.cue
    identity = identify_claim(claim.document, digest, claim.kind, harm, claim.group, cue.start, cue.end)
    because = (*claim.because, _RULE)
    return replace(claim, id=identity, harm=harm, because=because, part_of=claim.part_of or whole)


def _is_told_to_live(claim: Claim, dead: Sequence[Claim], living: Sequence[Claim]) -> bool:
    """ "One man was killed and a woman wounded": the woman taken to hospital is no other than she."""
    if claim.group in _ANYONE or any(other.group == claim.group for other in dead):
        return False
    return any(other.group == claim.group for other in living)


def _count(claim: Claim) -> int:
    return claim.count.value or 0 if claim.count is not None else 0


def _is_exact(draft: Draft, others: Set[str]) -> bool:
    count = draft.count
    if draft.kind != "toll" or count is None or not count.value or draft.stance == "denied":
        return False
    if count.quantifier != "exact":
        return False
    return others.isdisjoint(count.wording.lower().split()[:2])


def _counts_all(draft: Draft) -> bool:
    """A death toll counts all who died, and need count none of those told of before."""
    return any(chunk.kind == "TOLL" for chunk in draft.parsed.chunks[draft.first : draft.last + 1])


def _leaves_open(draft: Draft) -> bool:
    after = draft.parsed.chunks[draft.last + 1 : draft.last + 2]
    if after and after[0].kind == "CONDITION":  # who is in a stable condition lives
        return False
    chunks = draft.parsed.chunks[draft.first : draft.last + 1]
    is_open = [chunk.bits & _OPEN != 0 for chunk in chunks if chunk.bits & (_OPEN | _CLOSED)]
    return bool(is_open) and all(is_open)


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
