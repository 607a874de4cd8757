"""One incident made: the claims of its tellings weighed, added up as voices tell them, graded."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from msgspec import to_builtins

from harmledger.incidents.accounts import Testimony, gather_testimonies
from harmledger.incidents.attributions import (
    attribute_attack,
    find_wider_denials,
    inherit_attribution,
    list_statements,
)
from harmledger.incidents.bodies import fold_body
from harmledger.incidents.contradictions import find_contradictions, report_contradictions
from harmledger.incidents.days import Days, read_days
from harmledger.incidents.envelope import set_parts_aside, span_tolls
from harmledger.incidents.grades import Facts, grade_health_care, grade_incident
from harmledger.incidents.growth import describe_growth
from harmledger.incidents.identity import Named
from harmledger.incidents.mentions import order_claim
from harmledger.incidents.origins import count_origins, describe_origins, list_roles, mark_origins
from harmledger.incidents.source import Sources
from harmledger.incidents.support import choose_place, choose_time, rank_means, rank_targets
from harmledger.records.claim import Claim
from harmledger.records.growth import Growth
from harmledger.records.incident import Attribution, Incident
from harmledger.records.place import Place
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import IncidentScope, IncidentStatus

_LEVEL: Final = 1
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Incident)


@dataclass(frozen=True, slots=True)
class Made:
    """An incident that was made, packed or not, with what it is sorted by, what bears on what contains it, and what of it
    cannot be. `part_of` are the ids of those that contain it, as far as they were looked for."""

    incident: Incident | bytes
    id: str
    order: tuple[str, str, str]
    scope: IncidentScope
    place: Place | None
    days: Days | None
    problems: tuple[Problem, ...]
    part_of: tuple[str, ...] = ()

    def pack(self) -> "Made":
        """Give the same in a tenth of the memory."""
        packed = zlib.compress(_ENCODER.encode(self.incident), _LEVEL)
        return replace(self, incident=packed)

    def open(self) -> Incident:
        """Give the incident."""
        packed = self.incident
        found = _DECODER.decode(zlib.decompress(packed)) if isinstance(packed, bytes) else packed
        return replace(found, part_of=self.part_of)


def sort_claims(claims: Iterable[Claim], sources: Sources) -> list[Claim]:
    """Give the claims by the publication of their documents and in the order of the text."""
    return sorted(claims, key=lambda claim: (sources.order(claim.document), order_claim(claim)))


def make_incident(
    scope: IncidentScope,
    claims: Sequence[Claim],
    told: Mapping[str, Sequence[Claim]],
    named: Named,
    sources: Sources,
) -> Incident:
    """Make an incident of its claims, sorted by `sort_claims`; what contains it is not known here.

    `told` gives all claims of each of its documents.
    """
    testimonies = gather_testimonies(claims, sources)
    mark_origins(testimonies, sources)
    set_parts_aside(testimonies)
    toll = span_tolls(testimonies)
    wider = find_wider_denials(claims, told) if scope == "attack" else []
    attribution = attribute_attack((*claims, *wider), sources)
    origins = count_origins(testimonies)
    targets = rank_targets(claims, sources)
    facts = Facts(
        origins,
        toll,
        attribution,
        _list_blame(testimonies),
        list_roles(testimonies),
        bool(claims) and all(claim.stance == "hedged" for claim in claims),
        frozenset(targets),
    )
    return Incident(
        id=named.id,
        scope=scope,
        time=choose_time(claims, sources),
        place=choose_place(claims, sources, is_total=scope != "attack"),
        means=rank_means(claims, sources),
        targets=targets,
        toll=toll,
        accounts=tuple(testimony.to_account(sources) for testimony in testimonies),
        attribution=attribution or _inherit(scope, claims, told, sources),
        origins=origins,
        grade=grade_incident(facts),
        formerly=named.formerly,
        status=_carry_status(named, claims),
        documents=tuple(dict.fromkeys(claim.document for claim in claims)),
        claims=tuple(claim.id for claim in claims),
        extra=_describe(testimonies, claims, wider, facts, sources),
    )


def make_told(
    scope: IncidentScope,
    ids: Iterable[str],
    told: Mapping[str, Sequence[Claim]],
    named: Named,
    sources: Sources,
) -> Made:
    """Make an incident of claims given by id; `told` gives all claims of each of its documents."""
    by_id = {claim.id: claim for own in told.values() for claim in own}
    claims = sort_claims((by_id[id] for id in ids), sources)
    incident = make_incident(scope, claims, told, named, sources)
    return Made(
        incident,
        incident.id,
        order_incident(incident),
        scope,
        incident.place,
        read_days(incident.time),
        tuple(report_contradictions(incident, by_id)),
    )


def count_incident(scope: IncidentScope, claims: Sequence[Claim], name: str, sources: Sources) -> Incident:
    """Give of an incident what totals are made from: its toll, place and time, as `make_incident` finds them."""
    testimonies = gather_testimonies(claims, sources)
    mark_origins(testimonies, sources)
    set_parts_aside(testimonies)
    return Incident(
        id=name,
        scope=scope,
        time=choose_time(claims, sources),
        place=choose_place(claims, sources, is_total=scope != "attack"),
        toll=span_tolls(testimonies),
    )


def _describe(
    testimonies: Sequence[Testimony],
    claims: Sequence[Claim],
    wider: Sequence[Claim],
    facts: Facts,
    sources: Sources,
) -> dict[str, Any]:
    """Give what the line says beyond the format; only what there is to say."""
    growth = describe_growth([testimony.progress for testimony in testimonies])
    contradictions = find_contradictions(claims, sources)
    found: dict[str, Any] = {"growth": to_builtins(growth)} if growth != Growth() else {}
    if len(testimonies) > 1 or len({claim.document for claim in claims}) > 1:
        found["origins"] = [to_builtins(one) for one in describe_origins(testimonies, sources)]
    statements = list_statements((*claims, *wider), sources)
    if any(one.role != "blamed" or one.reach != "attack" for one in statements):
        found["statements"] = [to_builtins(one) for one in statements]
    certainty = grade_health_care(facts)
    if certainty is not None:
        found["health_care"] = to_builtins(certainty)
    if contradictions:
        found["contradictions"] = [to_builtins(one) for one in contradictions]
    return found


def _inherit(
    scope: IncidentScope, claims: Sequence[Claim], told: Mapping[str, Sequence[Claim]], sources: Sources
) -> tuple[Attribution, ...]:
    return inherit_attribution(claims, told, sources) if scope == "attack" else ()


def order_incident(incident: Incident) -> tuple[str, str, str]:
    """Give the key by which incidents are written: first day, name of the place, id; undated ones last."""
    start = incident.time.start if incident.time is not None else "~"
    return start, (incident.place.name or "") if incident.place is not None else "", incident.id


def _list_blame(testimonies: Sequence[Testimony]) -> list[frozenset[str]]:
    """Give for each voice that blames anybody the parties it blames."""
    blame = (
        frozenset(fold_body(a.name) for c in t.claims for a in c.actors if a.role == "blamed")
        for t in testimonies
    )
    return [parties for parties in blame if parties]


def _carry_status(named: Named, claims: Sequence[Claim]) -> IncidentStatus:
    """Keep a person's withdrawal; keep a review while the claims are those that were reviewed."""
    before = named.continues
    if before is None:
        return "machine"
    if before.status == "reviewed" and set(before.claims) != {claim.id for claim in claims}:
        return "machine"
    return before.status
