"""No number left unread: each number of a sentence about harm is claimed, set aside with a reason, or reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.ranges.quantities import Quantity

_REASONS_BY_HEAD: Final = {
    "MEANS": "counts attacks or munitions",
    "ACTOR": "counts forces or aircraft",
    "THING": "counts things that are neither people nor places hit",
    "SPEAKER": "counts those who speak",
    "MEDIA": "counts photos or videos",
    "TARGET": "counts places that are not said to have been hit",
    "PEOPLE": "counts people of whom no harm is said",
    "TIME": "part of a time expression",
    "PLACE": "part of a place name",
    "DET": "counts nothing that was harmed",
}


_HARMABLE: Final = frozenset({"PEOPLE", "HARMED_PEOPLE"})
_HARMS: Final = frozenset({"HARM_ED", "HARM_ING", "HARM_BASE", "UNDERGO", "DEAD"})
_CLAUSE_ENDS: Final = frozenset({"SEMI", "BUT", "QUOTE", "DASH", "SAY", "COMMA"})


@dataclass(frozen=True, slots=True)
class SetAside:
    """A number that makes no claim, and why; `reason` is None where nobody knows why, which is a problem."""

    start: int
    end: int
    wording: str
    reason: str | None


def list_set_aside(reading: str, parsed: Parsed, drafts: list[Draft]) -> Iterator[SetAside]:
    """Give the numbers of a sentence that no draft claims, each with its reason."""
    for quantity in parsed.quantities:
        if any(
            draft.start < quantity.end and quantity.start < draft.end
            for draft in drafts
            if draft.count is not None
        ):
            continue
        reason = _find_reason(parsed, quantity)
        yield SetAside(quantity.start, quantity.end, reading[quantity.start : quantity.end], reason)


def _find_reason(parsed: Parsed, quantity: Quantity) -> str | None:
    if quantity.kind != "count":
        return f"a number of the kind {quantity.kind}"
    chunk = _find_chunk(parsed.chunks, quantity)
    if chunk is not None and chunk.reason == "kin":
        return "counts somebody's children"
    if chunk is not None and chunk.kind in _HARMABLE and _is_beside_harm(parsed.chunks, chunk):
        return None
    if chunk is not None and chunk.kind in _REASONS_BY_HEAD:
        return _REASONS_BY_HEAD[chunk.kind]
    if quantity.count.value in {0, 1}:
        return "counts nothing that was harmed"
    return None


def _is_beside_harm(chunks: list[Chunk], chunk: Chunk) -> bool:
    """Tell whether a word of harm stands in the same clause: then nobody may say that no harm is told."""
    index = chunks.index(chunk)
    for side in (reversed(chunks[:index]), chunks[index + 1 :]):
        for other in side:
            if other.kind in _CLAUSE_ENDS:
                break
            if other.kind in _HARMS:
                return True
    return False


def _find_chunk(chunks: list[Chunk], quantity: Quantity) -> Chunk | None:
    return next(
        (chunk for chunk in chunks if chunk.start <= quantity.start and quantity.end <= chunk.end), None
    )
