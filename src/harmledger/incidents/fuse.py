"""Claims to incidents: tell, link, weigh, grade."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from harmledger.incidents.admission import admit_claims, note_empty_totals
from harmledger.incidents.cluster import CLUSTERERS
from harmledger.incidents.containment import find_containers, locate_incident
from harmledger.incidents.folding import Telling, fold_family
from harmledger.incidents.identity import hold_previous, list_anchors, name_clusters
from harmledger.incidents.making import make_incident, order_incident, sort_claims
from harmledger.incidents.mentions import Mention
from harmledger.incidents.source import Source, Sources
from harmledger.incidents.telling import group_document
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import IncidentScope


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
    by_id = {claim.id: claim for claim in admitted}
    mentions = list(_tell(admitted, known))
    empty = [mention for mention in mentions if mention.is_empty_total]
    clusters = [
        (scope, sort_claims((by_id[claim] for claim in told), known))
        for scope, told in _cluster(mentions, known, each_document)
    ]
    documents = {claim.id: claim.document for claim in admitted}
    anchors = [list_anchors(((c.id, c.document) for c in told), known) for _, told in clusters]
    home = {claim.id: number for number, (_, told) in enumerate(clusters) for claim in told}
    names = name_clusters(anchors, hold_previous(previous, documents, known), home.get)
    made = [make_incident(*cluster, named, known) for cluster, named in zip(clusters, names, strict=True)]
    wholes = ((claim.id, claim.part_of) for claim in admitted if claim.part_of)
    containers = find_containers(
        [locate_incident(i, number) for number, i in enumerate(made)], wholes, home.get
    )
    held = (
        replace(incident, part_of=tuple(sorted(made[outer].id for outer in containers.get(number, ()))))
        for number, incident in enumerate(made)
    )
    return tuple(sorted(held, key=order_incident)), (*problems, *note_empty_totals(empty))


def _tell(claims: Sequence[Claim], sources: Sources) -> Iterator[Mention]:
    """Give what each document tells."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    for document in sorted(by_document):
        yield from group_document(by_document[document], sources)


def _cluster(
    mentions: Sequence[Mention], sources: Sources, each_document: bool
) -> Iterator[tuple[IncidentScope, list[str]]]:
    """Give the scope of each incident and the ids of its claims."""
    if each_document:
        for mention in mentions:
            if not mention.is_empty_total:
                yield cast(IncidentScope, mention.scope), [claim.id for claim in mention.claims]
        return
    for scope, tellings in _fold(mentions, sources).items():
        for cluster in CLUSTERERS[scope](tellings):
            yield scope, [claim for position in cluster for _, claim in tellings[position].claims]


def _fold(mentions: Sequence[Mention], sources: Sources) -> dict[IncidentScope, list[Telling]]:
    families: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        families[mention.family].append(mention)
    tellings = [telling for family in families.values() for telling in fold_family(family, sources)]
    by_scope: dict[IncidentScope, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda telling: telling.order):
        by_scope[telling.scope].append(telling)
    return by_scope
