"""Attacks: that something struck, wherever the words say so, with a toll or without one."""

from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.toponyms import Toponym

_VERBS = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "EXPLODE"})
_OPEN = frozenset({"MODAL", "NEG", "DENY"})


def draft_attacks(parsed: Parsed) -> list[Draft]:
    """Give one attack for each place that the sentence says was struck, or one where it names none.

    The cue is the verb or the noun of attack; with several places, the words from it to the place.
    """
    chunks = parsed.chunks
    cue = find_attack_word(chunks)
    if cue is None:
        return []
    places = [
        index
        for index, chunk in enumerate(chunks)
        if chunk.kind == "PLACE"
        and isinstance(chunk.data, Toponym)
        and chunk.data.located
        and not chunk.data.contains
        and not chunk.data.origin
    ]
    if len(places) < 2:
        return [_draft(parsed, cue, cue, None)]
    return [_draft(parsed, min(cue, place), max(cue, place), chunks[place]) for place in places]


def find_attack_word(chunks: list[Chunk]) -> int | None:
    """Give the chunk that says an attack happened: a verb of attack before a noun of attack."""
    verb = next((i for i, c in enumerate(chunks) if c.kind in _VERBS and c.value != "drop"), None)
    if verb is not None:
        return verb
    return next((i for i, c in enumerate(chunks) if c.kind == "MEANS"), None)


def _draft(parsed: Parsed, first: int, last: int, place: Chunk | None) -> Draft:
    draft = Draft("attack", parsed, first, last, at_place=place)
    draft.rules.append("attack.word")
    return draft
