"""Attachments: which place, time, means and actor of a sentence belong to a claim of it."""

from collections.abc import Sequence
from itertools import pairwise

from harmledger.claims.aftermath import DEEDS
from harmledger.claims.attributions import name_actor
from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.frames import SPEAKING
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import get_letter
from harmledger.claims.toponyms import Toponym
from harmledger.claims.verb_first import strikes_verb_first
from harmledger.ranges.times import TimeMention
from harmledger.records.claim import Actor

BOUNDARIES = frozenset({"SEMI", "BUT", "REL", "QUOTE", "DASH"})
"""Kinds that part one clause from the next."""
_BOUNDARY_COST = 6.0
_LEFT_FACTOR = 1.5
_PART_FACTOR = 2.5
"""A part of a total is placed by what follows it."""
_SUBJECT_FACTOR = 0.5
"""What strikes is the subject, and stands before what it does."""
_UNLOCATED_COST = 8.0
_CONTAINER_COST = 4.0
_WIDE_COST = 12.0
"""A country named in passing is no place of an attack while the sentence names a town."""
_FAR = 1e6
_STATEMENT_REACH = 4
_BEFORE_DEED = frozenset(
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
_STRUCK = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "DAMAGE_ED", "DAMAGE_ING"})
"""Before a party that is struck itself: "hit the rebel-held town"."""
_OBJECT_OF = frozenset({"IN", "NEAR", "WITH", "FOR", "OF"})
"""Before a party that is spoken of and does nothing: "near the border with Turkey killing five"."""
_VAGUE_COST = 4.0
"""A year or a season gives way to a day of the same clause."""
_AFTER = "after"
"""What conjunctions mean that open a clause about something earlier."""
_NO_DAY = frozenset({"clock", "duration"})
_LOCAL_ROLES = frozenset({"resident", "witness"})
SOME_TOWN = "place.some-town"
"""Why a place is wide: the words speak of a town in it without its name."""
_NO_MEANS = frozenset({"attack", "drop", "other"})
_STRIKING = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "EXPLODE"})
_ARMED = _STRIKING | {"MEANS"}
_MEANS_ALONE = join_bits("MEANS_ALONE")
_MEANS_OF, _LATTER = join_bits("MEANS_OF"), join_bits("LATTER")
_LEVEL = get_letter("LEVEL")


def measure_path(chunks: Sequence[Chunk], draft: Draft, index: int, left: float = _LEFT_FACTOR) -> float:
    """Give the cost of the way from a draft's cue to a chunk: nearer, to the right, and in its clause is cheaper."""
    first, last = (draft.last, draft.last) if draft.kind == "damage" else (draft.first, draft.last)
    if first <= index <= last:
        return 0.0
    if index > last:
        between, factor = chunks[last + 1 : index], 1.0
    else:
        between, factor = chunks[index + 1 : first], left
    boundaries = sum(chunk.kind in BOUNDARIES for chunk in between)
    return (len(between) + 1) * factor + boundaries * _BOUNDARY_COST


def _is_beyond(draft: Draft, index: int, aftermath: int | None) -> bool:
    """Tell whether a chunk belongs to the other of two events, the later and the earlier, than the draft."""
    return aftermath is not None and (index > aftermath) != (draft.first > aftermath)


def find_place(draft: Draft, is_placed: bool = False) -> Toponym | None:
    """Give the place of the sentence that the draft happened at, or None where the sentence names none for it.

    Where those harmed were taken is not where they were harmed: it counts only where the document has told no
    place before (`is_placed`).
    """
    if draft.at_place is not None and isinstance(draft.at_place.data, Toponym):
        return draft.at_place.data
    if not draft.parsed.toponyms:
        return None
    chunks = draft.parsed.chunks
    aftermath = draft.parsed.aftermath
    best: Toponym | None = None
    least = _FAR
    is_care = False
    for index, chunk in enumerate(chunks):
        is_care = is_care or (is_placed and chunk.kind == "TAKEN" and index <= draft.last)
        place = chunk.data if chunk.kind == "PLACE" else chunk.within
        if (
            not isinstance(place, Toponym)
            or is_care
            or (place.origin and draft.kind != "displacement")
            or _is_beyond(draft, index, aftermath)
            or _speaks(draft, index)
        ):
            continue
        if place.settled is None or place.settled.candidate is None:
            continue
        cost = measure_path(chunks, draft, index, _PART_FACTOR if draft.is_subset else _LEFT_FACTOR)
        cost += 0.0 if place.located else _UNLOCATED_COST
        cost += _CONTAINER_COST if place.contains else 0.0
        cost += _WIDE_COST if place.is_country else 0.0
        if cost < least:
            best, least = place, cost
    return _take_innermost(best)


def _take_innermost(place: Toponym | None) -> Toponym | None:
    """Give the place that the others hold: "in a camp west of Rafah in the Gaza Strip" is at Rafah, or nearer.

    Nothing holds a country: "fighters from Jordan in Daraa" were in Daraa.
    """
    best = place
    inner = place.inner if place is not None else None
    while inner is not None:
        if inner.settled is not None and inner.settled.candidate is not None and not inner.is_country:
            best = inner
        inner = inner.inner
    return best


def says_latter(draft: Draft) -> bool:
    """Tell whether the words after the cue put it in "the latter town"."""
    if _LEVEL not in draft.parsed.letters:
        return False
    chunks = draft.parsed.chunks
    return any(
        chunk.kind == "LEVEL" and before.bits & _LATTER
        for before, chunk in pairwise(chunks[draft.last + 1 : draft.last + 6])
    )


def says_some_town(draft: Draft) -> bool:
    """Tell whether the sentence speaks of a town or village without its name ("a village in the province")."""
    return any(
        chunk.kind == "LEVEL" and before.readings.get("DET") == "a"
        for before, chunk in pairwise(draft.parsed.chunks)
    )


def find_unknown_place(draft: Draft) -> Toponym | None:
    """Give the place that the words surely name and the gazetteer does not know: the head of a list's line, "the
    village of X"; None where the sentence names none before the cue.
    """
    for chunk in reversed(draft.parsed.chunks[: draft.first]) if draft.parsed.toponyms else ():
        place = chunk.data
        if chunk.kind == "PLACE" and isinstance(place, Toponym) and place.is_certain:
            return place if place.settled is None or place.settled.candidate is None else None
    return None


def find_speaker_place(draft: Draft) -> Toponym | None:
    """Give the place of a resident or a witness who speaks, for want of any other: "a resident of X said"."""
    for index, chunk in enumerate(draft.parsed.chunks) if draft.parsed.toponyms else ():
        place = chunk.data if chunk.kind == "PLACE" else chunk.within
        if isinstance(place, Toponym) and _speaks(draft, index, _LOCAL_ROLES):
            return place
    return None


def _speaks(draft: Draft, index: int, roles: frozenset[str] | None = None) -> bool:
    """A place inside the words that name a speaker ("an activist based in Idlib") locates nothing by itself."""
    chunk = draft.parsed.chunks[index]
    return any(
        frame.speaker is not None
        and frame.speaker.start <= chunk.start < frame.speaker.end
        and (roles is None or frame.speaker.role in roles)
        for frame in draft.parsed.frames
    )


def find_time(draft: Draft) -> TimeMention | None:
    """Give the time expression of the sentence that belongs to the draft; the time of a statement does not."""
    if not draft.parsed.times:
        return None
    chunks = draft.parsed.chunks
    best: TimeMention | None = None
    least = _FAR
    for index, chunk in enumerate(chunks):
        mention = chunk.data
        if chunk.kind != "TIME" or not isinstance(mention, TimeMention) or _dates_statement(chunks, index):
            continue
        if mention.kind in _NO_DAY or (mention.kind == "period" and _is_after(chunks, draft, index)):
            continue
        cost = measure_path(chunks, draft, index) + (_VAGUE_COST if mention.kind == "period" else 0.0)
        if mention.kind == "since" and index > 0 and _is_parted(chunks, draft, index, cost):
            continue
        if cost < least:
            best, least = mention, cost
    return best


def _is_after(chunks: Sequence[Chunk], draft: Draft, index: int) -> bool:
    """Tell whether a time stands in an "after" clause that the draft does not: "after the army left last month"."""
    for position in range(index - 1, -1, -1):
        if draft.first <= position <= draft.last:
            return False
        if chunks[position].kind in BOUNDARIES:
            return chunks[position].value == _AFTER
    return False


def list_days_told(parsed: Parsed) -> list[TimeMention]:
    """Give the days that a sentence tells of whatever happened in it, in order; not those on which somebody spoke."""
    return [
        chunk.data
        for index, chunk in enumerate(parsed.chunks)
        if chunk.kind == "TIME"
        and isinstance(chunk.data, TimeMention)
        and chunk.data.kind == "point"
        and not _dates_statement(parsed.chunks, index)
    ]


def _is_parted(chunks: Sequence[Chunk], draft: Draft, index: int, cost: float) -> bool:
    """Tell whether a far "since" stands in another clause, or any behind a modal ("what would be the worst since")."""
    low, high = sorted((index, draft.last if index > draft.last else draft.first))
    between = {chunk.kind for chunk in chunks[low:high]}
    return "MODAL" in between or (cost >= _BOUNDARY_COST and not between.isdisjoint({"REL", "SEMI", "BUT"}))


def _dates_statement(chunks: Sequence[Chunk], index: int) -> bool:
    """ "said Tuesday", "said in a statement late on Tuesday": the day of the words, not of the deed."""
    for position in range(index - 1, max(-1, index - 1 - _STATEMENT_REACH), -1):
        kind = chunks[position].kind
        if kind in SPEAKING or "PUBLISH" in chunks[position].readings:
            return True
        if kind not in {
            "IN",
            "SPEAKER",
            "WORD",
            "DET",
            "ADJ",
            "BODY",
            "MEDIA",
            "NAME",
            "PRONOUN_BODY",
            "PRONOUN_PERSON",
        }:
            return False
    return False


def find_means(draft: Draft) -> str | None:
    """Give the means that the sentence tells for the draft, or None."""
    chunks = draft.parsed.chunks
    aftermath = draft.parsed.aftermath
    best: str | None = None
    least = _FAR
    for index, chunk in enumerate(chunks):
        if chunk.kind not in _ARMED and not chunk.bits & _MEANS_OF:
            continue
        means, extra = _tell_means(chunk)
        if means is None or _is_beyond(draft, index, aftermath):
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


def find_actors(reading: str, draft: Draft, is_verb_first: bool = False) -> list[Actor]:
    """Give who the sentence says did it: the subject of the attack, the owner of the means, the one after "by"."""
    chunks = draft.parsed.chunks
    aftermath = draft.parsed.aftermath
    actors: list[Actor] = []
    for index, chunk in enumerate(chunks):
        if chunk.kind not in {"ACTOR", "BODY", "MEANS", "DEMONYM", "PEOPLE"} or _speaks(draft, index):
            continue
        if chunk.kind == "PEOPLE" and (_is_harmed(chunks, index) or draft.first <= index <= draft.last):
            continue
        strikes = strikes_verb_first(chunks, index) if is_verb_first else _strikes(chunks, index)
        if (
            not strikes
            or (not is_verb_first and _acts_elsewhere(draft, index))
            or _is_beyond(draft, index, aftermath)
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


def _is_harmed(chunks: Sequence[Chunk], index: int) -> bool:
    """Tell whether fighters of no named side, or counted, or right after a deed, are those harmed or hit."""
    chunk = chunks[index]
    if chunk.actor is None or chunk.counted:
        return True
    return index > 0 and chunks[index - 1].kind in DEEDS


_TRAIN = frozenset({"DET", "ADJ", "WORD", "DEMONYM", "AND", "ACTOR", "COMMA", "BODY", "OR"})
"""What may stand before an attacker behind the word that makes it one: "by Syrian and Russian jets"."""


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
    if "BY" in between or "BLAME" in between:
        return False
    return not any(chunk.kind in {"CARRY_OUT", "INVOLVED"} for chunk in chunks[index + 1 : index + 6])


def _leads_force(chunks: Sequence[Chunk], index: int) -> bool:
    """ "Russian and Syrian warplanes", "Russian, Syrian air strikes": the adjective shares the noun."""
    for chunk in chunks[index + 1 : index + 4]:
        if chunk.kind in {"ACTOR", "MEANS"}:
            return True
        if chunk.kind not in {"AND", "COMMA", "DEMONYM"}:
            return False
    return False


def _strikes(chunks: Sequence[Chunk], index: int) -> bool:
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
    if leading is not None and leading.kind in _STRUCK:
        return False
    if leading is not None and leading.kind in _OBJECT_OF and not _owns_force(chunks, position):
        return _is_fought(chunks, index) or (leading.kind == "IN" and _is_thought(chunks, position))
    for follower in chunks[index + 1 : index + 9]:
        if follower.kind in DEEDS:
            return True
        if follower.kind not in _BEFORE_DEED:
            return False
    return False


def _leads_party(chunks: Sequence[Chunk], position: int) -> bool:
    """ "Rebel groups led by X vowed revenge for the strike": who leads a party did not strike by that."""
    if position < 2 or chunks[position].kind != "BY" or chunks[position - 1].kind != "ADJ":
        return False
    return chunks[position - 2].kind in {"ACTOR", "PEOPLE", "THING", "BODY"}


def _owns_force(chunks: Sequence[Chunk], position: int) -> bool:
    """ "Aircraft of the coalition struck": the owner of a force strikes."""
    return chunks[position].kind == "OF" and position > 0 and chunks[position - 1].kind in {"ACTOR", "PEOPLE"}


def _leads_noun(chunks: Sequence[Chunk], index: int) -> bool:
    """ "Syrian government shelling of a town": the party owns the attack named right behind it."""
    following = chunks[index + 1].kind if index + 1 < len(chunks) else ""
    return chunks[index].kind in {"BODY", "ACTOR"} and following in {"MEANS", "DAMAGE_NOUN"}


def _is_thought(chunks: Sequence[Chunk], position: int) -> bool:
    """ "Jets believed to belong to the coalition", "air strikes thought to be Russian": guessed, and blamed."""
    return any(chunk.kind == "FEAR" for chunk in chunks[max(0, position - 4) : position])


def _is_fought(chunks: Sequence[Chunk], index: int) -> bool:
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
