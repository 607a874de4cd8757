"""Attackers: who a sentence says did it."""

from typing import Final

from harmledger.claims.aftermath import DEEDS
from harmledger.claims.attacks import INTERCEPT, is_deed
from harmledger.claims.attributions import name_actor
from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.nearness import is_beyond, speaks
from harmledger.claims.verb_first import strikes_verb_first
from harmledger.records.claim import Actor

_BEFORE_DEED: Final = frozenset(
    {
        "WORD",
        "ADJ",
        "HAVE",
        "AND",
        "ACTOR",
        "DEMONYM",
        "COMMA",
        "BODY",
        "TIME",
        "FEAR",
        "DET",
        "MEANS",
        "PEOPLE",
        "IN",
        "OF",
        "PLACE",
        "THING",
        "ALONGSIDE",
        "TOGETHER",
        "WITH",
    }
)
"""What may stand between one who strikes and the deed."""
_STRUCK: Final = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "DAMAGE_ED", "DAMAGE_ING"})
_STRUCK_OR_HELD: Final = _STRUCK | {"HELD_BY"}
"""What those behind it have not done: they were struck, or hold what was."""
_APART: Final = frozenset({"REL", "BUT", "SEMI", "SAY"})
"""Kinds behind which somebody else acts."""
_WHEN: Final = join_bits("WHEN")
_OBJECT_OF: Final = frozenset({"IN", "NEAR", "WITH", "FOR", "OF"})
_TRAIN: Final = frozenset({"DET", "ADJ", "WORD", "DEMONYM", "AND", "ACTOR", "COMMA", "BODY", "OR"})


def find_actors(reading: str, draft: Draft, is_verb_first: bool = False) -> list[Actor]:
    """Give who the sentence says did it: the subject of the attack, the owner of the means, the one after "by"."""
    chunks = draft.parsed.chunks
    if draft.agent is not None:
        agent = name_actor(reading, chunks[draft.agent], "blamed")
        return [agent] if agent is not None else []
    aftermath = draft.parsed.aftermath
    actors: list[Actor] = []
    for index, chunk in enumerate(chunks):
        if chunk.kind not in {"ACTOR", "BODY", "MEANS", "DEMONYM", "PEOPLE"} or speaks(draft, index):
            continue
        if chunk.kind == "PEOPLE" and (_is_harmed(chunks, index) or draft.first <= index <= draft.last):
            continue
        strikes = strikes_verb_first(chunks, index) if is_verb_first else _strikes(chunks, index)
        if (
            not strikes
            or (not is_verb_first and _acts_elsewhere(draft, index))
            or is_beyond(draft, index, aftermath)
        ):
            continue
        side = chunk.actor if chunk.kind == "PEOPLE" else None
        actor = (
            Actor(side, reading[chunk.start : chunk.end], "blamed")
            if side
            else name_actor(reading, chunk, "blamed")
        )
        if actor is not None and all(actor.name != other.name for other in actors):
            actors.append(actor)
    return actors


def _is_harmed(chunks: list[Chunk], index: int) -> bool:
    """Tell whether fighters of no named side, or counted, or right after a deed, are those harmed or hit."""
    chunk = chunks[index]
    if chunk.actor is None or chunk.counted:
        return True
    return index > 0 and chunks[index - 1].kind in DEEDS


def _acts_elsewhere(draft: Draft, index: int) -> bool:
    """ "Five were killed by shelling, and the air force bombed the next town": the second subject did not do the first."""
    chunks = draft.parsed.chunks
    if (
        index < draft.last
        or chunks[index].kind == "MEANS"
        or _leads_noun(chunks, index)
        or _is_fought(chunks, index)
    ):
        return False
    between = [chunk.kind for chunk in chunks[draft.last + 1 : index]]
    if ("BY" in between and _APART.isdisjoint(between[between.index("BY") :])) or "BLAME" in between:
        return False
    if _tells_cause(chunks, index):
        return False
    return not any(chunk.kind in {"CARRY_OUT", "INVOLVED"} for chunk in chunks[index + 1 : index + 6])


def _tells_cause(chunks: list[Chunk], index: int) -> bool:
    """ "Eight were killed when aircraft bombed houses": the clause behind "when" tells who did it."""
    position = index - 1
    while position >= 0 and chunks[position].kind in {"DET", "ADJ", "DEMONYM", "WORD"}:
        position -= 1
    return position >= 0 and bool(chunks[position].bits & _WHEN)


def _leads_force(chunks: list[Chunk], index: int) -> bool:
    """ "Russian and Syrian warplanes", "Russian, Syrian air strikes": the adjective shares the noun."""
    for chunk in chunks[index + 1 : index + 4]:
        if chunk.kind in {"ACTOR", "MEANS"}:
            return True
        if chunk.kind not in {"AND", "OR", "COMMA", "DEMONYM"}:
            return False
    return False


def _strikes(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the chunk stands where an attacker stands."""
    if chunks[index].kind == "MEANS":
        return chunks[index].actor is not None
    if _leads_noun(chunks, index):
        return True
    position = index - 1
    while position >= 0 and chunks[position].kind in _TRAIN:
        position -= 1
    leading = chunks[position] if position >= 0 else None
    if chunks[index].kind == "DEMONYM" and not _leads_force(chunks, index):
        return leading is not None and leading.kind == "AUX" and _is_thought(chunks, position)
    if leading is not None and leading.kind in {"BY", "BLAME"} and not _leads_party(chunks, position):
        return True
    if leading is not None and leading.kind in _STRUCK_OR_HELD:
        return False
    if leading is not None and leading.kind in _OBJECT_OF and not _owns_force(chunks, position):
        return _is_fought(chunks, index) or (leading.kind == "IN" and _is_thought(chunks, position))
    for follower in chunks[index + 1 : index + 9]:
        if follower.kind in DEEDS:
            return not follower.bits & INTERCEPT
        if follower.kind not in _BEFORE_DEED:
            return False
    return False


def _leads_party(chunks: list[Chunk], position: int) -> bool:
    """ "Rebel groups led by X vowed revenge for the strike": who leads a party did not strike by that."""
    if position < 2 or chunks[position].kind != "BY" or chunks[position - 1].kind != "ADJ":
        return False
    return chunks[position - 2].kind in {"ACTOR", "PEOPLE", "THING", "BODY"}


def _owns_force(chunks: list[Chunk], position: int) -> bool:
    """ "Aircraft of the coalition struck": the owner of a force strikes."""
    return chunks[position].kind == "OF" and position > 0 and chunks[position - 1].kind in {"ACTOR", "PEOPLE"}


def _leads_noun(chunks: list[Chunk], index: int) -> bool:
    """ "Syrian government shelling of a town": the party owns the attack named right behind it."""
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    if following is None or following.kind not in {"MEANS", "DAMAGE_NOUN"}:
        return False
    return chunks[index].kind in {"BODY", "ACTOR"} or (chunks[index].kind == "DEMONYM" and is_deed(following))


def _is_thought(chunks: list[Chunk], position: int) -> bool:
    """ "Jets believed to belong to the coalition", "air strikes thought to be Russian": guessed, and blamed."""
    return any(chunk.kind == "FEAR" for chunk in chunks[max(0, position - 4) : position])


def _is_fought(chunks: list[Chunk], index: int) -> bool:
    """ "Killed in clashes with rebels", "in fighting between the army and rebels": each side fought."""
    position = index - 1
    while position >= 0 and chunks[position].kind in _TRAIN | {"PEOPLE"}:
        position -= 1
    if position < 1 or chunks[position].kind not in {"WITH", "IN"}:
        return False
    follower = chunks[index + 1].kind if index + 1 < len(chunks) else ""
    return (
        chunks[position - 1].kind == "MEANS" and chunks[position - 1].value == "clashes" and follower != "ADJ"
    )
