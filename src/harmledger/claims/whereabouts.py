"""Whereabouts: which place of a sentence a claim of it happened at."""

from itertools import pairwise
from typing import Final

from harmledger.claims.carrying import take_place
from harmledger.claims.categories import join_bits
from harmledger.claims.drafts import Draft
from harmledger.claims.nearness import (
    BOUNDARIES,
    FAR,
    LEFT_FACTOR,
    is_beyond,
    leads_speech,
    measure_path,
    speaks,
)
from harmledger.claims.rules import get_letter
from harmledger.claims.toponyms import Toponym
from harmledger.records.place import Place

_PART_FACTOR: Final = 2.5
"""A part of a total is placed by what follows it."""
_UNLOCATED_COST: Final = 8.0
_CONTAINER_COST: Final = 4.0
_WIDE_COST: Final = 12.0
"""A country named in passing is no place of an attack while the sentence names a town."""
_SPEAKER_COST: Final = 12.0
"""Where a speaker is gives way to where he says that it happened."""
_PUTTING: Final = frozenset({"IN", "NEAR"})
_LOCAL_ROLES: Final = frozenset({"resident", "witness"})
SOME_TOWN: Final = "place.some-town"
"""Why a place is wide: the words speak of a town in it without its name."""
_LATTER: Final = join_bits("LATTER")
_FUNERAL: Final = join_bits("FUNERAL")
_DEED: Final = join_bits(
    "MEANS_ONE", "MEANS_MANY", "ATTACK_ONE", "ATTACK_MANY", "HIT_ED", "REL", "CARRY_OUT", "EXPLODE"
)
"""Words behind which a sentence about a funeral tells of the attack."""
_LEVEL: Final = get_letter("LEVEL")


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
    unknown: tuple[Toponym, float, int] | None = None
    where = -1
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
            or (draft.list_end is not None and index > draft.last + 1 and _is_in_list(draft, index))
        ):
            continue
        cost = measure_path(chunks, draft, index, _PART_FACTOR if draft.is_subset else LEFT_FACTOR)
        if place.settled is None or place.settled.candidate is None:
            is_put = any(before.kind in _PUTTING for before in chunks[max(0, index - 2) : index])
            if place.located and is_put and not place.is_street and (unknown is None or cost < unknown[1]):
                unknown = place, cost, index
            continue
        cost += 0.0 if place.located else _UNLOCATED_COST
        cost += _CONTAINER_COST if place.is_outer else 0.0
        cost += _WIDE_COST if place.is_country else 0.0
        cost += _SPEAKER_COST if leads_speech(draft, index) else 0.0
        if cost < least:
            best, least, where = place, cost, index
    if (
        unknown is not None
        and best is not None
        and unknown[1] < least
        and _is_parted(draft, where, unknown[2])
    ):
        return unknown[0]
    return _take_innermost(best)


def _is_parted(draft: Draft, known: int, unknown: int) -> bool:
    """Tell whether the place that is known stands in another clause than the draft, and the unknown one in its own: "a raid
    on Ariha, while a mine killed four in X" killed nobody in Ariha."""
    kinds = [chunk.kind for chunk in draft.parsed.chunks]
    near = kinds[min(draft.first, unknown) : max(draft.last, unknown)]
    far = kinds[min(draft.first, known) : max(draft.last, known)]
    return not BOUNDARIES.isdisjoint(far) and BOUNDARIES.isdisjoint(near)


def _is_in_list(draft: Draft, index: int) -> bool:
    """Tell whether a place is that of a part of the draft: "46 killed across Syria: 14 in Damascus, 12 in Aleppo"."""
    between = draft.parsed.chunks[draft.last + 1 : index]
    return any(chunk.kind in {"SEMI", "DASH"} for chunk in between)


def find_common_area(draft: Draft) -> Place | None:
    """Give the province of all places of the list that divides the draft's number; None where there is none."""
    if draft.list_end is None:
        return None
    chunks = draft.parsed.chunks[draft.last + 1 : draft.list_end + 3]
    told = [take_place(chunk.data) for chunk in chunks if isinstance(chunk.data, Toponym)]
    places = [place for place in told if place is not None]
    areas = {(place.country, place.admin1) for place in places}
    country, admin1 = areas.pop() if len(areas) == 1 else (None, None)
    return Place(admin1, None, None, country, admin1, precision="province") if admin1 else None


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
