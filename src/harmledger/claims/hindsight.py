"""Hindsight: what only the whole document tells about claims made early in it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from harmledger.claims.carrying import WIDE
from harmledger.claims.context import Context
from harmledger.claims.drafts import Draft
from harmledger.claims.settling import measure_km
from harmledger.claims.whereabouts import SOME_TOWN
from harmledger.lexicon.words import find_body
from harmledger.records.claim import Claim
from harmledger.records.place import Place
from harmledger.records.time import Time

_DATED: Final = frozenset({"attack", "area_day"})
_WIDER: Final = frozenset({"area_day", "since_date"})
_TELLING: Final = 10
"""Least number that two sentences do not share by chance."""
_NAMED_ROLES: Final = frozenset({"monitor", "rescue"})


def link_parts(pairs: Sequence[tuple[Draft, Claim]]) -> tuple[Claim, ...]:
    """Give the claims, each once, with `part_of` naming the claim whose total includes it."""
    ids = {id(draft): claim.id for draft, claim in pairs}
    claims: dict[str, Claim] = {}
    for draft, claim in pairs:
        whole = ids.get(id(draft.whole)) if draft.whole is not None else None
        claims.setdefault(claim.id, replace(claim, part_of=whole) if whole and whole != claim.id else claim)
    return tuple(claims.values())


def look_back(claims: Sequence[Claim], context: Context) -> tuple[Claim, ...]:
    """Date and place the lead by its story, and name a voice that only later has a name."""
    found = _date_posts(_date_lead(_widen_repeats(claims), context), context.posted)
    found = _refine_places(_follow_wholes(found, context.own_events))
    if context.areas:
        found = _leave_countrysides(found, context.areas)
    return _name_voices(_divide_days(found))


def _date_lead(claims: Sequence[Claim], context: Context) -> list[Claim]:
    """Give claims told before the first date, or the first place, that date and place."""
    found = list(claims)
    told = context.event or context.story_day
    event = replace(told, wording=None) if told is not None else None
    scene = replace(context.scene, wording=None) if context.scene is not None else None
    for index, claim in enumerate(found):
        is_open = (claim.time is None and event is not None) or (claim.place is None and scene is not None)
        if is_open and claim.scope in _DATED:
            found[index] = replace(claim, time=claim.time or event, place=claim.place or scene)
    return found


def _date_posts(claims: Sequence[Claim], posted: Time | None) -> list[Claim]:
    """Give an attack that a post tells without any day the day of the post and the one before: people post what has
    just happened."""
    if posted is None:
        return list(claims)
    return [
        replace(claim, time=posted, because=(*claim.because, "time.posted"))
        if claim.time is None and claim.scope in _DATED
        else claim
        for claim in claims
    ]


def _widen_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """Give a figure told twice one scope, the wider: a headline's "kill 59" is the day's 59 of the text."""
    return [_widen(claim, claims[index + 1 :]) for index, claim in enumerate(claims)]


def _widen(claim: Claim, later: Sequence[Claim]) -> Claim:
    if claim.scope != "attack" or claim.count is None or (claim.count.value or 0) < _TELLING:
        return claim
    for same in later:
        if same.scope in _WIDER and _tells_same(claim, same):
            return replace(claim, scope=same.scope, because=(*claim.because, "scope.told-again"))
    return claim


def _tells_same(one: Claim, other: Claim) -> bool:
    """Tell whether two claims give one figure for one place and time: nothing that both tell may differ."""
    if one.count is None or other.count is None or one.count.value != other.count.value:
        return False
    if one.harm != other.harm or (one.voice.name and other.voice.name and not _may_be_one(one, other)):
        return False
    if one.time and other.time and (one.time.end < other.time.start or other.time.end < one.time.start):
        return False
    here, there = one.place, other.place
    return here is None or there is None or here.id == there.id or here.precision in WIDE


def _may_be_one(one: Claim, other: Claim) -> bool:
    return one.voice.name == other.voice.name or find_body(one.voice.name or "") is None


def _follow_wholes(claims: Sequence[Claim], own_events: Set[str]) -> list[Claim]:
    """Give a part told in the sentence of its total the scope, place and time of the total."""
    wholes = {claim.id: claim for claim in claims}
    found = []
    for claim in claims:
        whole = wholes.get(claim.part_of or "")
        if whole is None or whole.evidence != claim.evidence or claim.id in own_events:
            found.append(claim)
        else:
            found.append(replace(claim, scope=whole.scope, place=whole.place, time=whole.time))
    return found


def _refine_places(claims: Sequence[Claim]) -> list[Claim]:
    """Give a figure that the lead puts in a province the town inside it where the story tells the same figure
    again; what its sentence tells without a figure follows it. "A village in the province" is the one town inside it
    that the story names. An attack that the lead puts in a country, or a
    region of one, is where the story's towns are, if they lie in one province.
    """
    towns = [claim for claim in claims if claim.scope == "attack" and _is_in_town(claim)]
    refined = [_refine(claim, towns) for claim in claims]
    moved = {
        old.evidence.start: new.place for old, new in zip(claims, refined, strict=True) if old is not new
    }
    return [_follow(claim, moved) for claim in refined]


def _is_in_town(claim: Claim) -> bool:
    return claim.place is not None and claim.place.id is not None and claim.place.precision not in WIDE


def _is_wide(claim: Claim) -> bool:
    return claim.scope == "attack" and claim.place is not None and claim.place.precision in WIDE


def _narrow_day(claim: Claim, towns: Sequence[Claim]) -> Claim:
    """Give a day's total that the lead puts in a country, or a region of one, the one town, else the one province, of all places told
    inside it."""
    area = claim.place
    if claim.scope != "area_day" or area is None or area.precision not in WIDE or area.admin1 is not None:
        return claim
    held = [told.place for told in towns if told.place is not None and _contains(area, told.place)]
    if not held or held[0].admin1 is None or any(place.admin1 != held[0].admin1 for place in held):
        return claim
    if all(place.id == held[0].id for place in held):
        return _move(claim, held[0])
    return _move(
        claim, Place(held[0].admin1, None, None, held[0].country, held[0].admin1, precision="province")
    )


def _refine(claim: Claim, towns: Sequence[Claim]) -> Claim:
    if not _is_wide(claim) or claim.place is None:
        return _narrow_day(claim, towns)
    held = [told for told in towns if told.place is not None and _contains(claim.place, told.place)]
    for told in held:
        if told.place is not None and _shares_figure(claim, told):
            return _move(claim, told.place)
    places = {told.place.id for told in held if told.place is not None}
    if SOME_TOWN in claim.because and len(places) == 1 and held[0].place is not None:
        return _move(claim, held[0].place)
    provinces = {told.place.admin1 for told in held if told.place is not None}
    if claim.place.admin1 is None and len(provinces) == 1 and held[0].place is not None:
        return _move(claim, held[0].place)
    return claim


def _leave_countrysides(claims: Sequence[Claim], areas: Set[str]) -> list[Claim]:
    """Give an attack told "in the countryside of X" the village near X where the document tells the same figure, or
    the only village there that it names."""
    wide = areas | WIDE
    told = [
        claim.place
        for claim in claims
        if claim.scope in _DATED
        and claim.place is not None
        and claim.place.id
        and claim.place.precision not in wide
    ]
    found = []
    for claim in claims:
        area = claim.place
        if (
            area is None
            or area.precision not in wide
            or claim.scope not in _DATED
            or area.precision == "country"
        ):
            found.append(claim)
            continue
        inside = {place.id: place for place in told if _lies_around(place, area)}
        same = [
            other.place
            for other in claims
            if other.place is not None and other.place.id in inside and _shares_figure(claim, other)
        ]
        place = same[0] if same else next(iter(inside.values())) if len(inside) == 1 else None
        found.append(_move(claim, place) if place is not None else claim)
    return found


def _lies_around(place: Place, area: Place) -> bool:
    if area.precision == "province":
        return place.admin1 is not None and place.admin1 == area.admin1 and place.country == area.country
    return measure_km(place, area) <= 2 * (area.radius_km or 0.0)


def _follow(claim: Claim, moved: Mapping[int, Place | None]) -> Claim:
    place = moved.get(claim.evidence.start)
    return _move(claim, place) if place is not None and _is_wide(claim) and claim.count is None else claim


def _move(claim: Claim, place: Place) -> Claim:
    because = (*claim.because, "place.told-again")
    return replace(claim, place=replace(place, wording=None), because=because)


def _shares_figure(one: Claim, other: Claim) -> bool:
    if one.harm != other.harm or one.count is None or other.count is None:
        return False
    figures = {one.count.value, one.count.low} - {None}
    return bool(figures & ({other.count.value, other.count.low} - {None}))


def _contains(wide: Place, town: Place) -> bool:
    if wide.precision not in WIDE or wide.country != town.country:
        return False
    if wide.precision == "country":
        return True
    if wide.admin1 is None and wide.radius_km is not None:  # a part of a country: "north-east Syria"
        return measure_km(wide, town) <= wide.radius_km
    return wide.admin1 is None or wide.admin1 == town.admin1


def _divide_days(claims: Sequence[Claim]) -> list[Claim]:
    """Give each attack that a voice lists after its day's total for the area the total that holds it.

    A village of the list that the gazetteer does not know lies where the list says.
    """
    found: list[Claim] = []
    totals: list[Claim] = []
    for claim in claims:
        if claim.scope == "area_day" and claim.count is not None and not claim.part_of:
            totals.append(claim)
        whole = next((total for total in reversed(totals) if _holds(total, claim)), None)
        found.append(replace(claim, part_of=whole.id) if whole is not None else claim)
    return found


def _holds(total: Claim, claim: Claim) -> bool:
    if claim.scope != "attack" or claim.part_of or claim.harm != total.harm or claim.count is None:
        return False
    if (
        claim.voice.name != total.voice.name
        or total.count is None
        or claim.place is None
        or total.place is None
    ):
        return False
    figure, most = claim.count.value or claim.count.low, total.count.value or total.count.low
    inside = claim.place.name is None or (
        _contains(total.place, claim.place) and claim.place.precision not in WIDE
    )
    same_day = claim.time is None or total.time is None or claim.time.start <= total.time.end
    return inside and same_day and figure is not None and most is not None and 0 < figure <= most


def _name_voices(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give "a monitor" of a headline the name of the document's only monitor, where there is only one."""
    bodies: dict[str, set[str]] = {}
    for claim in claims:
        if claim.voice.name and claim.voice.role and find_body(claim.voice.name) is not None:
            bodies.setdefault(claim.voice.role, set()).add(claim.voice.name)
    return tuple(_name_voice(claim, bodies.get(claim.voice.role or "", set())) for claim in claims)


def _name_voice(claim: Claim, known: set[str]) -> Claim:
    voice = claim.voice
    if (
        voice.role not in _NAMED_ROLES
        or voice.name != voice.wording
        or len(known) != 1
        or voice.name in known
    ):
        return claim
    return replace(
        claim, voice=replace(voice, name=next(iter(known))), because=(*claim.because, "voice.only-one")
    )
