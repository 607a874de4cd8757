"""Hindsight: what only the whole document tells about claims made early in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from harmledger.claims.carrying import WIDE
from harmledger.claims.context import Context
from harmledger.claims.drafts import Draft
from harmledger.lexicon.words import find_body
from harmledger.records.claim import Claim
from harmledger.records.place import Place

_DATED = frozenset({"attack", "area_day"})
_WIDER = frozenset({"area_day", "since_date"})
_TELLING = 10
"""Least number that two sentences do not share by chance."""
_NAMED_ROLES = frozenset({"monitor", "rescue"})


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
    return _name_voices(_refine_places(_follow_wholes(_widen_repeats(_date_lead(claims, context)))))


def _date_lead(claims: Sequence[Claim], context: Context) -> list[Claim]:
    """Give claims told before the first date, or the first place, that date and place."""
    found = list(claims)
    event = replace(context.event, wording=None) if context.event is not None else None
    scene = replace(context.scene, wording=None) if context.scene is not None else None
    for index, claim in enumerate(found):
        if claim.scope in _DATED:
            found[index] = replace(claim, time=claim.time or event, place=claim.place or scene)
    return found


def _widen_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """Give a figure told twice one scope, the wider: a headline's "kill 59" is the day's 59 of the text."""
    wider: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        if claim.scope in _WIDER and claim.count is not None and claim.count.value is not None:
            wider.setdefault((claim.harm, claim.count.value, claim.count.quantifier), claim)
    return [_widen(claim, wider) for claim in claims]


def _widen(claim: Claim, wider: Mapping[tuple[object, ...], Claim]) -> Claim:
    if claim.scope != "attack" or claim.count is None or (claim.count.value or 0) < _TELLING:
        return claim
    same = wider.get((claim.harm, claim.count.value, claim.count.quantifier))
    if same is None:
        return claim
    return replace(claim, scope=same.scope, because=(*claim.because, "scope.told-again"))


def _follow_wholes(claims: Sequence[Claim]) -> list[Claim]:
    """Give a part told in the sentence of its total the scope, place and time of the total."""
    wholes = {claim.id: claim for claim in claims}
    found = []
    for claim in claims:
        whole = wholes.get(claim.part_of or "")
        if whole is None or whole.evidence != claim.evidence or _has_own_place(claim):
            found.append(claim)
        else:
            found.append(replace(claim, scope=whole.scope, place=whole.place, time=whole.time))
    return found


def _has_own_place(claim: Claim) -> bool:
    return "toll.some-of-them" in claim.because or "toll.harmed-include" in claim.because


def _refine_places(claims: Sequence[Claim]) -> list[Claim]:
    """Give an attack that the lead puts in a province, or a country, the one town inside it that the story names."""
    towns: dict[str, Place] = {}
    for claim in claims:
        if (
            claim.scope == "attack"
            and claim.place is not None
            and claim.place.id
            and claim.place.precision not in WIDE
        ):
            towns[claim.place.id] = claim.place
    if len(towns) != 1:
        return list(claims)
    town = next(iter(towns.values()))
    return [
        replace(claim, place=replace(town, wording=None), because=(*claim.because, "place.only-one"))
        if claim.scope == "attack" and claim.place is not None and _contains(claim.place, town)
        else claim
        for claim in claims
    ]


def _contains(wide: Place, town: Place) -> bool:
    if wide.precision not in WIDE or wide.country != town.country:
        return False
    return wide.precision == "country" or wide.admin1 is None or wide.admin1 == town.admin1


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
