"""Who is alleged to have done it, by whom, and who denies or admits it: one grammar for every party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harmledger.incidents.bodies import fold_body
from harmledger.incidents.days import read_days
from harmledger.incidents.geography import contains_place, is_area
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import is_publisher, label_voice
from harmledger.lexicon.phrases import tell_general
from harmledger.records.claim import Actor, Claim
from harmledger.records.incident import Attribution
from harmledger.records.statement import Reach, Statement
from harmledger.records.vocabulary import ActorRole


@dataclass(slots=True)
class _Case:
    """The attribution to one actor in the making; voices in the order in which they spoke."""

    actor: str
    asserted: dict[str, None] = field(default_factory=dict)
    denied: dict[str, None] = field(default_factory=dict)
    admitted: dict[str, None] = field(default_factory=dict)

    def close(self) -> Attribution:
        return Attribution(self.actor, tuple(self.asserted), tuple(self.denied), tuple(self.admitted))


def _read_word(claim: Claim, actor: Actor, sources: Sources) -> tuple[ActorRole, str]:
    """Give what a claim says of a party, and whose word it is. A denial told in the publisher's own voice is the party's
    own, and so is an admission."""
    voice = label_voice(claim, sources)
    speaker = actor.name if is_publisher(claim.voice) else voice
    if actor.role == "admits" and claim.stance != "denied":
        return "admits", speaker
    if actor.role == "denies" or claim.stance == "denied":
        return "denies", speaker
    return "blamed", voice


def _take(case: _Case, claim: Claim, actor: Actor, sources: Sources) -> None:
    role, voice = _read_word(claim, actor, sources)
    {"admits": case.admitted, "denies": case.denied, "blamed": case.asserted}[role][voice] = None


def attribute_attack(claims: Sequence[Claim], sources: Sources) -> tuple[Attribution, ...]:
    """Give the attributions of an incident, the actor blamed by most voices first.

    A denial stands beside the blame it answers; without a blame it stands alone, denied and asserted by
    nobody. It never touches the toll.
    """
    cases: dict[str, _Case] = {}
    for claim in claims:
        for actor in claim.actors:
            case = cases.setdefault(fold_body(actor.name), _Case(actor.name))
            _take(case, claim, actor, sources)
    ranked = sorted(cases.items(), key=lambda item: (-len(item[1].asserted), -len(item[1].admitted), item[0]))
    return tuple(case.close() for _, case in ranked)


def inherit_attribution(
    claims: Sequence[Claim], told: Mapping[str, Sequence[Claim]], sources: Sources
) -> tuple[Attribution, ...]:
    """Give for an attack that nobody is blamed for who is blamed for the day's total that its own documents count
    it in; `told` gives all claims of a document.

    "Coalition raids killed 35; 30 of them died in one town": who blames the coalition for the day's raids blames
    it for this one. The grade does not change: it tells what is said of this attack alone.
    """
    stated = {claim.part_of for claim in claims}
    wholes = [
        whole
        for document in dict.fromkeys(claim.document for claim in claims)
        for whole in told.get(document, ())
        if whole.scope == "area_day" and (whole.id in stated or any(_holds(whole, one) for one in claims))
    ]
    return attribute_attack(wholes, sources)


def find_wider_denials(claims: Sequence[Claim], told: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    """Give the denials of the attack's own documents that are about more than it, and hold for it too: of an area and a time
    that it lies in, or of all that a party does; those of parties that are blamed for it.

    "The ministry denied any strikes in the province that month" stands beside who blames the ministry's army for this one.
    """
    own = {claim.id for claim in claims}
    blamed = {fold_body(one.name) for claim in claims for one in claim.actors if one.role == "blamed"}
    if not blamed:
        return []
    return [
        claim
        for document in dict.fromkeys(claim.document for claim in claims)
        for claim in told.get(document, ())
        if claim.id not in own
        and any(one.role == "denies" and fold_body(one.name) in blamed for one in claim.actors)
        and (find_reach(claim) == "all" or any(_holds(claim, one) for one in claims))
    ]


def _holds(whole: Claim, claim: Claim) -> bool:
    outer, inner = read_days(whole.time), read_days(claim.time)
    if outer is None or inner is None or whole.place is None or claim.place is None:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1] + 1 and contains_place(whole.place, claim.place)


def find_reach(claim: Claim) -> Reach:
    """Tell what a blame, a denial or an admission is about.

    All that a party does, where its sentence says so ("has always denied"); an area and a time, where it names more than a
    town or tells of a longer time; else this attack.
    """
    if claim.kind == "attribution" and tell_general(claim.evidence.text):
        return "all"
    place = claim.place
    is_wide = place is not None and place.wording is not None and is_area(place)
    return "area_period" if is_wide or claim.scope in ("area_day", "since_date") else "attack"


def list_statements(claims: Sequence[Claim], sources: Sources) -> tuple[Statement, ...]:
    """Give every voice's word on every party, once for each reach, by party, role and in the order in which they spoke."""
    found: dict[tuple[str, ActorRole, str, Reach], list[Claim]] = {}
    names: dict[str, str] = {}
    for claim in claims:
        for actor in claim.actors:
            party = fold_body(actor.name)
            names.setdefault(party, actor.name)
            role, voice = _read_word(claim, actor, sources)
            found.setdefault((party, role, voice, find_reach(claim)), []).append(claim)
    return tuple(
        _make_statement(names[key[0]], key[1:], members)
        for key, members in sorted(found.items(), key=lambda item: (item[0][0], _ROLES.index(item[0][1])))
    )


_ROLES: Final[tuple[ActorRole, ...]] = ("blamed", "denies", "admits")


def _make_statement(actor: str, key: tuple[ActorRole, str, Reach], claims: Sequence[Claim]) -> Statement:
    role, voice, reach = key
    first = claims[0]
    is_wide = reach == "area_period"
    return Statement(
        actor,
        role,
        voice,
        reach,
        area=first.place.name if is_wide and first.place is not None else None,
        start=first.time.start if is_wide and first.time is not None else None,
        end=first.time.end if is_wide and first.time is not None else None,
        claims=tuple(claim.id for claim in claims),
    )
