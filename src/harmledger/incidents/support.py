"""What the claims of an incident support best: one place, one time, and the order of means and targets."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from harmledger.incidents.days import is_short, read_days
from harmledger.incidents.geography import (
    has_point,
    is_area,
    measure_width,
    name_of,
    rank_precision,
    relate_places,
)
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import key_voice
from harmledger.records.claim import Claim
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.records.vocabulary import HARMS_TO_PLACES, Means, TimePrecision

T = TypeVar("T", bound=Hashable)
Support = tuple[int, int, int]


def count_support(claims: Iterable[Claim], sources: Sources) -> Support:
    """Give the number of families of documents, of voices and of sentences: what agreement is worth.

    A copy adds to none of them.
    """
    members = list(claims)
    families = {sources.family(claim.document) for claim in members}
    sentences = {(sources.family(claim.document), claim.evidence.start, claim.cue.start) for claim in members}
    return len(families), len({key_voice(claim, sources) for claim in members}), len(sentences)


def _rank_values(
    claims: Iterable[Claim], read: Callable[[Claim], T | None], sources: Sources
) -> list[tuple[T, Support]]:
    """Give the values with their support, best supported first; ties in the order in which they were told."""
    told: dict[T, list[Claim]] = defaultdict(list)
    for claim in claims:
        value = read(claim)
        if value is not None:
            told[value].append(claim)
    ranked = [(value, count_support(members, sources)) for value, members in told.items()]
    return sorted(ranked, key=lambda item: tuple(-n for n in item[1]))


def rank_means(claims: Sequence[Claim], sources: Sources) -> tuple[Means, ...]:
    """Give the means told, best supported first."""
    told = (claim for claim in claims if claim.stance != "denied")
    ranked = _rank_values(told, lambda claim: claim.means, sources)
    return tuple(cast(Means, value) for value, _ in ranked)


def rank_targets(claims: Sequence[Claim], sources: Sources) -> tuple[str, ...]:
    """Give the kinds of place said to be hit, best supported first; "struck near" is no hit."""
    hits = [
        claim
        for claim in claims
        if claim.harm in HARMS_TO_PLACES and claim.harm != "struck_near" and claim.stance != "denied"
    ]
    return tuple(value for value, _ in _rank_values(hits, lambda claim: claim.group, sources) if value)


def _round_place(place: Place) -> Place:
    return replace(
        place,
        lat=None if place.lat is None else round(place.lat, 5),
        lon=None if place.lon is None else round(place.lon, 5),
        radius_km=None if place.radius_km is None else round(place.radius_km, 1),
    )


def _key_place(place: Place) -> Hashable:
    return place.id or (name_of(place), place.lat, place.lon)


def choose_place(claims: Sequence[Claim], sources: Sources, is_total: bool = False) -> Place | None:
    """Give the best supported place: a town before an area, more families of documents before fewer, then more
    voices, then the narrower of two areas.

    A site or quarter is given instead of its town where it is the only one named there. Of a published total
    (`is_total`) it is the area that its figures are for. Coordinates are rounded to five decimals (about a
    metre), the radius to one.
    """
    told = [claim for claim in claims if claim.place is not None and claim.stance != "denied"]
    told = told or [claim for claim in claims if claim.place is not None]
    if is_total:
        told = [claim for claim in told if claim.count is not None and claim.scope != "attack"] or told
    first: dict[Hashable, Place] = {}
    for claim in told:
        if claim.place is not None:
            known = first.setdefault(_key_place(claim.place), claim.place)
            if known.wording is None and claim.place.wording is not None:
                first[_key_place(claim.place)] = claim.place
    ranked = _rank_values(told, lambda c: _key_place(c.place) if c.place else None, sources)
    places = [(first[key], support) for key, support in ranked]
    if not places:
        return None
    if is_total:
        return _round_place(min(places, key=lambda item: [-n for n in item[1]])[0])
    towns = [(p, s) for p, s in places if not is_area(p)]
    pointed = [(p, s) for p, s in towns if has_point(p)] or towns
    settled = [(p, s) for p, s in pointed if rank_precision(p) == 2]
    chosen = _pick(settled or pointed or places)
    finer = [p for p, _ in pointed if rank_precision(p) < rank_precision(chosen)]
    finer = [p for p in finer if relate_places(p, chosen) == "within"]
    return _round_place(finer[0] if len(finer) == 1 else chosen)


def _pick(places: Sequence[tuple[Place, Support]]) -> Place:
    return min(places, key=lambda item: (-item[1][0], -item[1][1], measure_width(item[0]), -item[1][2]))[0]


def choose_time(claims: Sequence[Claim], sources: Sources) -> Time | None:
    """Give the best supported time: a day or night before a vaguer time, then by support, then the shorter.

    The time of a denial or of blame alone is the time of speaking more often than that of the attack: it
    counts where nothing else gives one.
    """
    dated = [claim for claim in claims if read_days(claim.time) is not None]
    told = [claim for claim in dated if claim.kind != "attribution"] or dated
    ranked = _rank_values(told, lambda claim: _key_time(claim.time) if claim.time else None, sources)
    if not ranked:
        return None

    def order(item: tuple[tuple[str, str, TimePrecision], Support]) -> tuple[int, ...]:
        days = read_days(Time(*item[0])) or (0, 0)
        families, voices, number = item[1]
        return (not is_short(days), -families, -voices, -number, days[1] - days[0])

    chosen = min(ranked, key=order)[0]
    wordings = (c.time.wording for c in told if c.time and _key_time(c.time) == chosen)
    return Time(*chosen, wording=next((w for w in wordings if w), None))


def _key_time(time: Time) -> tuple[str, str, TimePrecision]:
    return time.start, time.end, time.precision
