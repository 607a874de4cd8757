"""Nearness: how near a chunk of a sentence stands to the words of a claim, and whether it is of the same event."""

from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft

BOUNDARIES: Final = frozenset({"SEMI", "BUT", "REL", "QUOTE", "DASH"})
"""Kinds that part one clause from the next."""
BOUNDARY_COST: Final = 6.0
LEFT_FACTOR: Final = 1.5
FAR: Final = 1e6


def measure_path(chunks: list[Chunk], draft: Draft, index: int, left: float = LEFT_FACTOR) -> float:
    """Give the cost of the way from a draft's cue to a chunk: nearer, to the right, and in its clause is cheaper."""
    first, last = (draft.last, draft.last) if draft.kind == "damage" else (draft.first, draft.last)
    if first <= index <= last:
        return 0.0
    if index > last:
        between, factor = chunks[last + 1 : index], 1.0
    else:
        between, factor = chunks[index + 1 : first], left
    boundaries = sum(chunk.kind in BOUNDARIES for chunk in between)
    return (len(between) + 1) * factor + boundaries * BOUNDARY_COST


def is_beyond(draft: Draft, index: int, aftermath: int | None) -> bool:
    """Tell whether a chunk belongs to the other of two events, the later and the earlier, than the draft."""
    return aftermath is not None and (index > aftermath) != (draft.first > aftermath)


def speaks(draft: Draft, index: int, roles: frozenset[str] | None = None) -> bool:
    """Tell whether a chunk lies inside the words that name a speaker ("an activist based in Idlib"): it tells who speaks, and
    nothing of the event. With `roles`, a speaker of one of these."""
    chunk = draft.parsed.chunks[index]
    return any(
        frame.speaker is not None
        and frame.speaker.start <= chunk.start < frame.speaker.end
        and (roles is None or frame.speaker.role in roles)
        for frame in draft.parsed.frames
    )


def leads_speech(draft: Draft, index: int) -> bool:
    """Tell whether a chunk stands between a speaker and the verb of what he says: "medics in Douma said" tells where they
    are, and perhaps no more."""
    chunk = draft.parsed.chunks[index]
    return any(
        frame.prefix
        and frame.speaker is not None
        and frame.speaker.start <= chunk.start
        and index < frame.index
        for frame in draft.parsed.frames
    )
