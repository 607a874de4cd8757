"""What a negation takes back."""

from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.rules import Match

_BEFORE_NEGATED: Final = frozenset({"DET", "ADJ", "AUX", "HAVE", "OF"})
_NEGATION_REACH: Final = 4


def find_negation(chunks: list[Chunk], match: Match) -> str | None:
    """Tell what a negation takes back: the verb ("did not kill five"), the victims ("not a single civilian"),
    the deed that nearly was ("almost killed"), or what stands between the two; None where nothing is negated.
    """
    if any(chunk.kind in {"NEG", "ALMOST"} for chunk in chunks[match.start : match.end]):
        return "inside"
    position = match.start - 1
    while (
        position >= 0
        and chunks[position].kind in _BEFORE_NEGATED
        and match.start - position <= _NEGATION_REACH
    ):
        position -= 1
    if position < 0 or chunks[position].kind not in {"NEG", "ALMOST"}:
        return None
    if chunks[position].kind == "ALMOST":
        return "inside"
    harm, victims = match.groups.get("harm"), match.groups["victims"]
    return "verb" if harm is not None and harm[0] < victims[0] else "victims"
