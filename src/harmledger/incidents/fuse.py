"""Claims to incidents: tell, link, weigh, grade."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from harmledger.incidents.admission import admit_claims, find_superseded, note_empty_totals
from harmledger.incidents.ambiguity import Link
from harmledger.incidents.cluster import cluster_totals, merge_links
from harmledger.incidents.compare import SCALE, Scale, make_scale
from harmledger.incidents.containment import Located, find_containers
from harmledger.incidents.folding import Telling, fold_family, slim_telling
from harmledger.incidents.identity import Named, Story, hold_previous, list_anchors, name_clusters
from harmledger.incidents.links import find_links
from harmledger.incidents.making import Made, make_told
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

NO_HEIRS: Final[Mapping[str, str]] = MappingProxyType({})

Told = Mapping[str, Sequence[Claim]]
"""The claims of each document that may enter an incident, sorted by id."""


class Order(NamedTuple):
    """An incident to be made: its scope, the ids of its claims, the documents that these are of, and its name."""

    scope: IncidentScope
    claims: Sequence[str]
    documents: Sequence[str]
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

    def make(self, orders: Iterable[Order], told: Told, sources: Sources) -> Iterable[Made]:
        """Make incidents, in the order in which they are asked for."""
        for scope, claims, documents, named in orders:
            yield make_told(scope, claims, {id: told[id] for id in documents}, named, sources)


@dataclass(frozen=True, slots=True)
class Fused:
    """Incidents in the order of time, place and id; a note on totals that give no figure, and what cannot be; and what tells in
    which of them a claim is, by a number."""

    made: Sequence[Made]
    empty: tuple[Problem, ...]
    impossible: tuple[Problem, ...]
    find_home: Callable[[str], int | None]


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
    rulings, problems = gather_rulings(judgements)
    given = list(claims)
    claims = [ruled for claim in given if (ruled := rulings.apply(claim)) is not None]
    admitted, found = admit_claims(claims, sources)
    told = _sort_out(admitted)
    known = Sources(sources, rulings)
    heirs = list_heirs(_sort_out(claims), sources) if previous else {}
    fused = fuse_told(told, known, previous, heirs, each_document, crew)
    unmet = report_unmet(rulings, fused.find_home, {claim.id for claim in given})
    incidents = tuple(one.open() for one in fused.made)
    return incidents, (*problems, *found, *fused.empty, *unmet, *fused.impossible)


def _sort_out(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.document].append(claim)
    return told


def fuse_told(
    told: Told,
    sources: Sources,
    previous: Sequence[Incident] = (),
    heirs: Mapping[str, str] = NO_HEIRS,
    each_document: bool = False,
    crew: Crew | None = None,
) -> Fused:
    """Fuse claims that were let in (`fuse_claims`). Each document is asked for once to be told, and whoever makes incidents
    asks for it again. `heirs` are the claims that stand for those of earlier versions."""
    crew = crew or Crew()
    stock = _Stock(sources)
    stock.tell(told, each_document)
    clusters = list(stock.cluster(each_document, crew))
    home = {claim: number for number, (_, one) in enumerate(clusters) for claim, _ in stock.list_stories(one)}
    anchors = [list_anchors(stock.list_stories(one), sources) for _, one in clusters]
    documents = {claim.id: id for id in told for claim in told[id]} if previous else {}
    held = hold_previous(previous, documents, sources)
    names = name_clusters(anchors, held, lambda claim: follow_heirs(claim, home.get, heirs))
    orders = (stock.order(*cluster, named) for cluster, named in zip(clusters, names, strict=True))
    made = list(crew.make(orders, told, sources))
    located = [Located(number, one.scope, one.place, one.days) for number, one in enumerate(made)]
    for number, outer in find_containers(located, stock.wholes, home.get).items():
        made[number] = replace(made[number], part_of=tuple(sorted(made[one].id for one in outer)))
    impossible = tuple(problem for one in made for problem in one.problems)
    made.sort(key=lambda one: one.order)
    return Fused(made, tuple(note_empty_totals(stock.empty)), impossible, home.get)


class _Stock:
    """What documents tell, in little memory: what is linked of each telling, and beside it the ids of its claims with those of
    their documents."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._tellings: list[tuple[Telling, int]] = []
        self._stories: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self._scopes: list[IncidentScope] = []
        self._pool: dict[Any, Any] = {}
        self.wholes: list[tuple[str, str]] = []
        self.empty = 0

    def tell(self, told: Told, each_document: bool) -> None:
        """Take in what documents tell, family by family of near-copies, or each on its own."""
        families: dict[str, list[str]] = {}
        for document in sorted(told):
            head = document if each_document else self._sources.family(document)
            families.setdefault(head, []).append(document)
        grouped = self._sources.rulings.list_grouped()
        for documents in families.values():
            mentions: list[Mention] = []
            for document in documents:
                claims = told[document]
                self.wholes.extend((claim.id, claim.part_of) for claim in claims if claim.part_of)
                mentions.extend(group_document(claims, self._sources))
            self.empty += sum(len(mention.claims) for mention in mentions if mention.is_empty_total)
            if each_document:
                for mention in mentions:
                    if not mention.is_empty_total:
                        stories = ((claim.id, claim.document) for claim in mention.claims)
                        self._put(cast(IncidentScope, mention.scope), stories)
                continue
            for telling in fold_family(mentions, self._sources):
                self._tellings.append((slim_telling(telling, self._pool, grouped), len(self._stories)))
                self._put(
                    telling.scope, ((claim, telling.documents[place]) for place, claim in telling.claims)
                )

    def _put(self, scope: IncidentScope, stories: Iterable[Story]) -> None:
        claims, documents = zip(*stories, strict=True)
        self._stories.append((claims, tuple(self._pool.setdefault(one, one) for one in documents)))
        self._scopes.append(scope)

    def cluster(self, each_document: bool, crew: Crew) -> Iterator[tuple[IncidentScope, list[int]]]:
        """Give the scope of each incident, and by number what tells of it. What was needed for that alone goes."""
        if each_document:
            yield from ((scope, [number]) for number, scope in enumerate(self._scopes))
        by_scope: dict[IncidentScope, list[tuple[Telling, int]]] = defaultdict(list)
        for one in sorted(self._tellings, key=lambda one: one[0].order):
            by_scope[one[0].scope].append(one)
        self._tellings.clear()
        self._pool.clear()
        for scope, own in by_scope.items():
            for cluster in _cluster_scope(scope, [telling for telling, _ in own], self._sources, crew):
                yield scope, [own[place][1] for place in cluster]

    def list_stories(self, numbers: Iterable[int]) -> Iterator[Story]:
        """Give the ids of the claims of what tells of an incident, each with that of its document."""
        return chain.from_iterable(zip(*self._stories[number], strict=True) for number in numbers)

    def order(self, scope: IncidentScope, numbers: Sequence[int], named: Named) -> Order:
        """Give an incident to be made."""
        claims = tuple(claim for claim, _ in self.list_stories(numbers))
        documents = sorted({document for _, document in self.list_stories(numbers)})
        return Order(scope, claims, tuple(documents), named)


def list_heirs(told: Told, sources: Mapping[str, Source]) -> dict[str, str]:
    """Give for claims of documents that a later version replaced those that stand for them."""
    heirs: dict[str, str] = {}
    for earlier, later in find_superseded(sources).items():
        heirs |= find_heirs(told.get(earlier, ()), told.get(later, ()))
    return heirs


def _tell(by_document: Mapping[str, Sequence[Claim]], sources: Sources) -> Iterator[Mention]:
    """Give what each document tells."""
    for document in sorted(by_document):
        yield from group_document(by_document[document], sources)


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
