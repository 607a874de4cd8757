"""Claims to incidents: tell, link, weigh, grade."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from harmledger.incidents.admission import admit_claims, find_superseded, note_empty_totals
from harmledger.incidents.ambiguity import Link
from harmledger.incidents.cluster import cluster_totals, merge_links
from harmledger.incidents.compare import SCALE, Scale, make_scale
from harmledger.incidents.containment import find_containers, locate_incident
from harmledger.incidents.contradictions import report_contradictions
from harmledger.incidents.folding import Telling, fold_family
from harmledger.incidents.identity import Named, hold_previous, list_anchors, name_clusters
from harmledger.incidents.links import find_links
from harmledger.incidents.making import make_incident, order_incident, sort_claims
from harmledger.incidents.mentions import Mention
from harmledger.incidents.rulings import gather_rulings, report_unmet
from harmledger.incidents.source import Source, Sources
from harmledger.incidents.succession import find_heirs, follow_heirs
from harmledger.incidents.telling import group_document
from harmledger.incidents.weights import Weights
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import IncidentScope


class Order(NamedTuple):
    """An incident to be made: its scope, its claims in their order, and its name."""

    scope: IncidentScope
    claims: Sequence[Claim]
    named: Named


class Crew:
    """Does what can be shared out, all of it here; whoever shares it out gives the same results.

    `weights` are those that reports are linked by, the program's own without them; raises ValueError where they lack a
    level.
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights
        self.scale: Scale = SCALE if weights is None else make_scale(weights)

    def link(self, tellings: Sequence[Telling]) -> Iterable[Link]:
        """Give the links among tellings in their order, by position (`incidents.links.find_links`)."""
        return find_links(tellings, self.scale)

    def make(
        self, orders: Iterable[Order], told: Mapping[str, Sequence[Claim]], sources: Sources
    ) -> Iterable[Incident]:
        """Make incidents, in the order in which they are asked for; `told` are the claims of each document."""
        return (make_incident(scope, claims, told, named, sources) for scope, claims, named in orders)


def fuse_claims(
    claims: Iterable[Claim],
    sources: Mapping[str, Source],
    previous: Sequence[Incident] = (),
    each_document: bool = False,
    judgements: Iterable[Judgement] = (),
    crew: Crew | None = None,
) -> tuple[tuple[Incident, ...], tuple[Problem, ...]]:
    """Give the incidents that the claims tell of, sorted by time, place and id, and what could not be used.

    `sources` maps document ids to what is known of them. `previous` incidents carry their ids on. With
    `each_document` no two documents are brought together. `judgements` are followed: claims left out or corrected, what
    belongs together and what never meets; those that could not be are told. `crew` does what can be shared out, by its
    weights. The result does not depend on how many share, nor on the order of the claims or of the judgements.
    """
    crew = crew or Crew()
    rulings, problems = gather_rulings(judgements)
    given = list(claims)
    claims = [ruled for claim in given if (ruled := rulings.apply(claim)) is not None]
    admitted, found = admit_claims(claims, sources)
    known = Sources(sources, rulings)
    by_id = {claim.id: claim for claim in admitted}
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in admitted:
        by_document[claim.document].append(claim)
    mentions = list(_tell(by_document, known))
    empty = [mention for mention in mentions if mention.is_empty_total]
    clusters = [
        (scope, sort_claims((by_id[claim] for claim in told), known))
        for scope, told in _cluster(mentions, known, each_document, crew)
    ]
    documents = {claim.id: claim.document for claim in admitted}
    anchors = [list_anchors(((c.id, c.document) for c in told), known) for _, told in clusters]
    home = {claim.id: number for number, (_, told) in enumerate(clusters) for claim in told}
    heirs = _list_heirs(claims, sources) if previous else {}
    held = hold_previous(previous, documents, known)
    names = name_clusters(anchors, held, lambda claim: follow_heirs(claim, home.get, heirs))
    orders = (Order(*cluster, named) for cluster, named in zip(clusters, names, strict=True))
    made = list(crew.make(orders, by_document, known))
    wholes = ((claim.id, claim.part_of) for claim in admitted if claim.part_of)
    containers = find_containers(
        [locate_incident(i, number) for number, i in enumerate(made)], wholes, home.get
    )
    contained = (
        replace(incident, part_of=tuple(sorted(made[outer].id for outer in containers.get(number, ()))))
        for number, incident in enumerate(made)
    )
    unmet = report_unmet(rulings, home.get, {claim.id for claim in given})
    impossible = (problem for incident in made for problem in report_contradictions(incident, by_id))
    problems = (*problems, *found, *note_empty_totals(empty), *unmet, *impossible)
    return tuple(sorted(contained, key=order_incident)), problems


def _list_heirs(claims: Iterable[Claim], sources: Mapping[str, Source]) -> dict[str, str]:
    """Give for claims of documents that a later version replaced those that stand for them."""
    replaced = find_superseded(sources)
    versions = replaced.keys() | set(replaced.values())
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.document in versions:
            told[claim.document].append(claim)
    heirs: dict[str, str] = {}
    for earlier, later in replaced.items():
        heirs |= find_heirs(told[earlier], told[later])
    return heirs


def _tell(by_document: Mapping[str, Sequence[Claim]], sources: Sources) -> Iterator[Mention]:
    """Give what each document tells."""
    for document in sorted(by_document):
        yield from group_document(by_document[document], sources)


def _cluster(
    mentions: Sequence[Mention], sources: Sources, each_document: bool, crew: Crew
) -> Iterator[tuple[IncidentScope, list[str]]]:
    """Give the scope of each incident and the ids of its claims."""
    if each_document:
        for mention in mentions:
            if not mention.is_empty_total:
                yield cast(IncidentScope, mention.scope), [claim.id for claim in mention.claims]
        return
    for scope, tellings in fold_mentions(mentions, sources).items():
        for cluster in _cluster_scope(scope, tellings, sources, crew):
            yield scope, [claim for position in cluster for _, claim in tellings[position].claims]


def _cluster_scope(
    scope: IncidentScope, tellings: Sequence[Telling], sources: Sources, crew: Crew
) -> list[list[int]]:
    if scope == "attack":
        return merge_links(tellings, crew.link(tellings), sources.rulings, crew.scale)
    return cluster_totals(scope, tellings, sources.rulings)


def list_tellings(
    by_document: Mapping[str, Sequence[Claim]], sources: Sources
) -> dict[IncidentScope, list[Telling]]:
    """Give what the documents tell, copies folded, by scope and in the order of publication: the things that are linked."""
    return fold_mentions(tuple(_tell(by_document, sources)), sources)


def fold_mentions(mentions: Sequence[Mention], sources: Sources) -> dict[IncidentScope, list[Telling]]:
    """Give the tellings of the mentions, by scope and in their order."""
    families: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        families[mention.family].append(mention)
    tellings = [telling for family in families.values() for telling in fold_family(family, sources)]
    by_scope: dict[IncidentScope, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda telling: telling.order):
        by_scope[telling.scope].append(telling)
    return by_scope
