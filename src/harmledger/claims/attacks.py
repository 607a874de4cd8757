"""Attacks: that something struck, wherever the words say so, with a toll or without one."""

from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.nearness import leads_speech
from harmledger.claims.parse import Parsed
from harmledger.claims.toponyms import Toponym
from harmledger.ranges.quantities import Quantity

_VERBS: Final = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "EXPLODE", "UNDER_FIRE"})
_OPEN: Final = frozenset({"NEG", "DENY", "ALMOST"})
_NEGATION_REACH: Final = 4
INTERCEPT: Final = join_bits("INTERCEPT")
"""Words that stop a weapon or an attack before it strikes."""
_MEANS_OF: Final = join_bits("MEANS_OF")
_BEFORE_STOPPED: Final = frozenset({"DET", "ADJ", "QTY", "NUM", "OF", "INCLUDING", "WORD", "DEMONYM"})
_AREAS: Final = frozenset({"province", "district", "country"})
"""Precisions of places too wide for one attack."""


def draft_attacks(parsed: Parsed, is_noun_first: bool = False) -> list[Draft]:
    """Give one attack for each place that the sentence says was struck, or one where it names none.

    The cue is the verb or the noun of attack; with several places, the words from it to the place. Where nouns stand
    first, attacks are nouns as a rule: with an article and without a place "the shelling" is one told before, and
    provinces and countrysides only say where the towns beside them lie.
    """
    chunks = parsed.chunks
    cue = find_attack_word(chunks)
    if cue is None or _is_negated(chunks, cue):
        return []
    places = [
        index
        for index, chunk in enumerate(chunks)
        if chunk.kind == "PLACE"
        and isinstance(chunk.data, Toponym)
        and chunk.data.located
        and not chunk.data.is_outer
        and not chunk.data.origin
        and not chunk.data.is_country
    ]
    if is_noun_first:
        taken = next((index for index, chunk in enumerate(chunks) if chunk.kind == "TAKEN"), len(chunks))
        places = [index for index in places if index < taken] or places
        if not places and cue is not None and chunks[cue].kind == "MEANS" and chunks[cue].article == "the":
            return []
        places = [index for index in places if not _is_area(chunks[index])] or places[:1]
    known = [place for place in places if chunks[place].data.settled and chunks[place].data.settled.candidate]
    places = known or places
    attack = _draft(parsed, cue, cue, None)
    places = [place for place in places if not leads_speech(attack, place)] if len(places) > 1 else places
    return [_draft_place(parsed, place) for place in places] if len(places) > 1 else [attack]


def _is_area(chunk: Chunk) -> bool:
    settled = chunk.data.settled if isinstance(chunk.data, Toponym) else None
    candidate = settled.candidate if settled is not None else None
    return candidate is None or candidate.place.precision in _AREAS


def _draft_place(parsed: Parsed, place: int) -> Draft:
    """Draft the attack on one of several places, with the word of attack nearest to it: on its left, if any."""
    words = [index for index, chunk in enumerate(parsed.chunks) if _is_attack_word(chunk)]
    left = [index for index in words if index < place]
    cue = left[-1] if left else words[0]
    return _draft(parsed, min(cue, place), max(cue, place), parsed.chunks[place])


def _is_attack_word(chunk: Chunk) -> bool:
    return (chunk.kind in _VERBS and chunk.value != "drop") or chunk.kind == "MEANS" or is_deed(chunk)


def _is_negated(chunks: list[Chunk], cue: int) -> bool:
    """Tell whether the words right before the cue take it back ("did not strike", "no hospital was hit")."""
    for chunk in reversed(chunks[max(0, cue - _NEGATION_REACH) : cue]):
        if chunk.kind in _OPEN or (isinstance(chunk.data, Quantity) and chunk.data.negative):
            return True
        if chunk.kind in {"COMMA", "SEMI", "AND", "BUT", "REL"}:
            return False
    return False


def find_attack_word(chunks: list[Chunk]) -> int | None:
    """Give the chunk that says an attack happened: a verb of attack before a noun of attack."""
    verb = next((i for i, c in enumerate(chunks) if c.kind in _VERBS and c.value != "drop"), None)
    if verb is not None:
        return verb
    nouns = (i for i, c in enumerate(chunks) if c.kind == "MEANS" or is_deed(c))
    return next((i for i in nouns if not _is_stopped(chunks, i)), None)


def is_deed(chunk: Chunk) -> bool:
    """Tell whether a noun of damage is one of an attack: "the shelling of a market"."""
    return chunk.kind == "DAMAGE_NOUN" and bool(chunk.bits & _MEANS_OF)


def _is_stopped(chunks: list[Chunk], index: int) -> bool:
    """ "Air defences shot down some of the missiles": what is stopped strikes nothing."""
    position = index - 1
    while position >= 0 and chunks[position].kind in _BEFORE_STOPPED:
        position -= 1
    return position >= 0 and bool(chunks[position].bits & INTERCEPT)


def _draft(parsed: Parsed, first: int, last: int, place: Chunk | None) -> Draft:
    draft = Draft("attack", parsed, first, last, at_place=place)
    draft.rules.append("attack.word")
    return draft
