"""Whereabouts: which place of a sentence a claim of it happened at."""

from itertools import pairwise

from harmledger.claims.categories import join_bits
from harmledger.claims.drafts import Draft
from harmledger.claims.nearness import FAR, LEFT_FACTOR, is_beyond, measure_path, speaks
from harmledger.claims.rules import get_letter
from harmledger.claims.toponyms import Toponym

_PART_FACTOR = 2.5
"""A part of a total is placed by what follows it."""
_UNLOCATED_COST = 8.0
_CONTAINER_COST = 4.0
_WIDE_COST = 12.0
"""A country named in passing is no place of an attack while the sentence names a town."""
_LOCAL_ROLES = frozenset({"resident", "witness"})
SOME_TOWN = "place.some-town"
"""Why a place is wide: the words speak of a town in it without its name."""
_LATTER = join_bits("LATTER")
_FUNERAL = join_bits("FUNERAL")
_DEED = join_bits(
    "MEANS_ONE", "MEANS_MANY", "ATTACK_ONE", "ATTACK_MANY", "HIT_ED", "REL", "CARRY_OUT", "EXPLODE"
)
"""Words behind which a sentence about a funeral tells of the attack."""
_LEVEL = get_letter("LEVEL")


def find_place(draft: Draft, is_placed: bool = False) -> Toponym | None:
    """Give the place of the sentence that the draft happened at, or None where the sentence names none for it.

    Where the dead are mourned is not where they died. Where those harmed were taken is not where they were harmed: it counts only where the document has told no
    place before (`is_placed`).
    """
    if draft.at_place is not None and isinstance(draft.at_place.data, Toponym):
        return draft.at_place.data
    if not draft.parsed.toponyms:
        return None
    chunks = draft.parsed.chunks
    aftermath = draft.parsed.aftermath
    best: Toponym | None = None
    least = FAR
    is_care = is_mourning = False
    for index, chunk in enumerate(chunks):
        is_care = is_care or (is_placed and chunk.kind == "TAKEN" and index <= draft.last)
        is_mourning = not chunk.bits & _DEED and (is_mourning or bool(chunk.bits & _FUNERAL))
        place = chunk.data if chunk.kind == "PLACE" else chunk.within
        if (
            not isinstance(place, Toponym)
            or is_care
            or is_mourning
            or (place.origin and draft.kind != "displacement")
            or is_beyond(draft, index, aftermath)
            or speaks(draft, index)
        ):
            continue
        if place.settled is None or place.settled.candidate is None:
            continue
        cost = measure_path(chunks, draft, index, _PART_FACTOR if draft.is_subset else LEFT_FACTOR)
        cost += 0.0 if place.located else _UNLOCATED_COST
        cost += _CONTAINER_COST if place.is_outer else 0.0
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
        if isinstance(place, Toponym) and speaks(draft, index, _LOCAL_ROLES):
            return place
    return None
