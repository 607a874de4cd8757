"""Claims to incidents: tell, link, weigh, grade."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from harmledger.incidents.accounts import Testimony, count_origins, gather_testimonies
from harmledger.incidents.admission import admit_claims, note_empty_totals
from harmledger.incidents.attributions import attribute_attack, inherit_attribution
from harmledger.incidents.bodies import fold_body
from harmledger.incidents.cluster import cluster_area_days, cluster_attacks, cluster_running
from harmledger.incidents.containment import find_containers
from harmledger.incidents.envelope import set_parts_aside, span_tolls
from harmledger.incidents.grades import Facts, grade_incident
from harmledger.incidents.identity import Named, name_clusters
from harmledger.incidents.mentions import Mention, order_claim
from harmledger.incidents.source import Source, Sources
from harmledger.incidents.support import choose_place, choose_time, rank_means, rank_targets
from harmledger.incidents.telling import group_document
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import IncidentScope, IncidentStatus


def fuse_claims(
    claims: Iterable[Claim],
    sources: Mapping[str, Source],
    previous: Sequence[Incident] = (),
    each_document: bool = False,
) -> tuple[tuple[Incident, ...], tuple[Problem, ...]]:
    """Give the incidents that the claims tell of, sorted by time, place and id, and what could not be used.

    `sources` maps document ids to what is known of them. `previous` incidents carry their ids on. With
    `each_document` no two documents are brought together. The result does not depend on the order of the
    claims.
    """
    admitted, problems = admit_claims(claims, sources)
    known = Sources(sources)
    told, empty = _tell(admitted, known)
    clusters = [_gather(mentions, known) for mentions in _cluster(told, known, each_document)]
    clusters.sort(key=lambda cluster: cluster[1][0].id)
    names = name_clusters([claims for _, claims in clusters], known, previous)
    made = [_make_incident(*c, n, known) for c, n in zip(clusters, names, strict=True)]
    containers = find_containers(made, {claim.id: claim for claim in admitted})
    wholes = {incident.id: incident for incident in made}
    held = (
        inherit_attribution(replace(incident, part_of=containers.get(incident.id, ())), wholes)
        for incident in made
    )
    return tuple(sorted(held, key=_order_incident)), (*problems, *note_empty_totals(empty))


def _tell(claims: Sequence[Claim], sources: Sources) -> tuple[list[Mention], list[Mention]]:
    """Give what each document tells, and apart from it the running totals that give no figure."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    mentions = [
        mention
        for document in sorted(by_document)
        for mention in group_document(by_document[document], sources)
    ]
    return [m for m in mentions if not m.is_empty_total], [m for m in mentions if m.is_empty_total]


def _cluster(
    mentions: Sequence[Mention], sources: Sources, each_document: bool
) -> Iterator[Sequence[Mention]]:
    if each_document:
        yield from ([mention] for mention in mentions)
        return
    by_scope: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_scope[mention.scope].append(mention)
    yield from cluster_attacks(by_scope["attack"], sources)
    yield from cluster_area_days(by_scope["area_day"], sources)
    yield from cluster_running(by_scope["since_date"], sources)


def _gather(mentions: Sequence[Mention], sources: Sources) -> tuple[IncidentScope, list[Claim]]:
    """Give the scope and the claims, by publication and in the order of the text."""
    claims = [claim for mention in mentions for claim in mention.claims]
    claims.sort(key=lambda claim: (sources.order(claim.document), order_claim(claim)))
    return cast(IncidentScope, mentions[0].scope), claims


def _order_incident(incident: Incident) -> tuple[str, str, str]:
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


def _make_incident(scope: IncidentScope, claims: Sequence[Claim], named: Named, sources: Sources) -> Incident:
    testimonies = gather_testimonies(claims, sources)
    set_parts_aside(testimonies)
    toll = span_tolls(testimonies)
    attribution = attribute_attack(claims, sources)
    origins = count_origins(testimonies)
    return Incident(
        id=named.id,
        scope=scope,
        time=choose_time(claims, sources),
        place=choose_place(claims, sources, is_total=scope != "attack"),
        means=rank_means(claims, sources),
        targets=rank_targets(claims, sources),
        toll=toll,
        accounts=tuple(testimony.to_account(sources) for testimony in testimonies),
        attribution=attribution,
        origins=origins,
        grade=grade_incident(Facts(origins, toll, attribution, _list_blame(testimonies))),
        formerly=named.formerly,
        status=_carry_status(named, claims),
        documents=tuple(dict.fromkeys(claim.document for claim in claims)),
        claims=tuple(claim.id for claim in claims),
    )
