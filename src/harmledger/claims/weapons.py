"""Weapons: by which means a sentence says that people were harmed."""

from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.nearness import FAR, is_beyond, measure_path

_SUBJECT_FACTOR: Final = 0.5
"""What strikes is the subject, and stands before what it does."""
_NO_MEANS: Final = frozenset({"attack", "drop", "other"})
_STRIKING: Final = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "EXPLODE"})
_ARMED: Final = _STRIKING | {"MEANS"}
_PEOPLE: Final = frozenset({"PEOPLE", "HARMED_PEOPLE"})
_MEANS_ALONE: Final = join_bits("MEANS_ALONE")
_MEANS_OF: Final = join_bits("MEANS_OF")


def find_means(draft: Draft) -> str | None:
    """Give the means that the sentence tells for the draft, or None."""
    chunks = draft.parsed.chunks
    aftermath = draft.parsed.aftermath
    best: str | None = None
    least = FAR
    for index, chunk in enumerate(chunks):
        if chunk.kind not in _ARMED and not chunk.bits & _MEANS_OF:
            continue
        if chunk.kind in _PEOPLE and draft.victims is not None and chunk.start == draft.victims.start:
            continue  # gunmen who were killed struck nobody
        means, extra = _tell_means(chunk)
        if means is None or is_beyond(draft, index, aftermath):
            continue
        cost = measure_path(chunks, draft, index, _SUBJECT_FACTOR) + extra
        if cost < least:
            best, least = means, cost
    return best


def find_means_alone(draft: Draft) -> str | None:
    """Give what the attack of the sentence was made with as a rule, for want of anything that tells: "bombardment"."""
    return next((c.readings["MEANS_ALONE"] for c in draft.parsed.chunks if c.bits & _MEANS_ALONE), None)


def _tell_means(chunk: Chunk) -> tuple[str | None, float]:
    """Give the means a chunk tells and what it costs to take it: a weapon before a verb, a verb before a bearer."""
    if chunk.kind == "MEANS" and chunk.value not in _NO_MEANS:
        return chunk.value, 0.0
    if "MEANS_OF" in chunk.readings:
        return chunk.readings["MEANS_OF"], 1.0
    if chunk.kind in _STRIKING and chunk.value not in _NO_MEANS:
        return chunk.value, 1.0
    return None, 0.0
