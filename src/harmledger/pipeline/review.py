"""One incident for whoever reviews it: its claims as read and as judged, what holds it together, and what stands near it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from harmledger.incidents.candidates import Block, list_blocks, list_sought
from harmledger.incidents.chain import Chain, Finder, bind_tellings
from harmledger.incidents.compare import THRESHOLD, Comparison, compare_mentions
from harmledger.incidents.folding import Telling
from harmledger.incidents.linking import Span
from harmledger.incidents.rulings import list_standing, order_judgement
from harmledger.pipeline.case_view import CaseView, describe_documents
from harmledger.pipeline.standings import Standings
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.identity import identify
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.signing import Signing
from harmledger.review.content import Content, describe_content, digest_content
from harmledger.review.standing import Standing
from harmledger.store.rulings import list_rulings_about
from harmledger.store.signings import list_signings
from harmledger.store.view_readings import number_claim
from harmledger.store.view_tellings import Tellings

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

MOST_BOUND: Final = 60
"""So many tellings are held against each other for one screen."""

MOST_NEAR: Final = 8
_MOST_WEIGHED: Final = 16
_MOST_HELD: Final = 20
"""So many tellings of an incident are held against as many of another."""
_FEW: Final = 3
"""Where the build linked an incident with fewer, others are looked for beside it."""
_MOST_BESIDE: Final = 15
"""So many members of a block are looked at before, and as many behind, where a telling stands in it."""
_IDLE: Final = frozenset({"undo", "note"})
"""Judgements that change nothing by themselves: what an undoing takes back does."""


class _Rank(NamedTuple):
    """What incidents that stand near are sorted by: whether something rules one out, and the points that it lacks."""

    is_ruled_out: bool
    lost: float


@dataclass(frozen=True, slots=True)
class Near:
    """An incident that stands near: the comparisons of the two tellings that come nearest to being one, their sum of points
    beyond the threshold, and whether something rules it out."""

    incident: Incident
    comparisons: tuple[Comparison, ...]
    points: float
    is_ruled_out: bool


@dataclass(frozen=True)
class Reviewed:
    """An incident under review. `claims` are as judged, `read` as the reader left them, by id: those left out by a person stand
    in `read` alone. `judgements` stand, `rulings` are all, with those taken back. `waiting` are judgements that the view does not
    follow yet."""

    incident: Incident
    claims: Mapping[str, Claim]
    read: Mapping[str, Claim]
    documents: Mapping[str, Document]
    rulings: tuple[Judgement, ...]
    judgements: tuple[Judgement, ...]
    waiting: frozenset[str]
    signings: tuple[Signing, ...]
    standing: Standing

    @cached_property
    def content(self) -> Content:
        """What it holds, coded."""
        return describe_content(self.incident)

    @cached_property
    def digest(self) -> str:
        """What a person signs."""
        return digest_content(self.content)

    @cached_property
    def state(self) -> str:
        """Tell this state from any other: by what it holds, what was judged and what was signed. A form carries it."""
        told = (*(one.id for one in self.rulings), "", *(one.id for one in self.signings))
        return identify((self.digest, *told))


def open_review(view: CaseView, facts: "Facts", incident: Incident) -> Reviewed:
    """Gather what a screen shows of an incident."""
    rulings = _choose_own(view, incident, list_rulings_about(facts, incident.documents))
    judged = {claim for one in rulings for claim in one.claims}
    read = view.readings.fetch_claims_by_id(judged.union(incident.claims))
    standing = tuple(list_standing(sorted(rulings, key=order_judgement)))
    built = {one.id for one in view.ruled.judgements}
    now = {one.id for one in standing}
    waiting = frozenset(
        one.id for one in rulings if (one.id in now) != (one.id in built) and one.kind not in _IDLE
    )
    signings = tuple(list_signings(facts, (incident.id, *incident.formerly)))
    own = (read[id] for id in sorted(incident.claims) if id in read)
    claims = {claim.id: claim for claim in view.correct_claims(own)}
    return Reviewed(
        incident=incident,
        claims=claims,
        read=read,
        documents=describe_documents(
            view, sorted({one.document for one in read.values()}.union(incident.documents))
        ),
        rulings=rulings,
        judgements=standing,
        waiting=waiting,
        signings=signings,
        standing=Standings(signings).find(incident),
    )


def _choose_own(view: CaseView, incident: Incident, rulings: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Give the judgements on the incident's claims and on claims of its reports that are in no incident, and what takes
    these back; its reports may tell of other incidents too."""
    judged = {claim for one in rulings for claim in one.claims}
    homes = view.incidents.load_homes({number_claim(claim) for claim in judged})
    mine = judged.intersection(incident.claims) | {one for one in judged if number_claim(one) not in homes}
    kept: dict[str, Judgement] = {}
    for one in rulings:
        if one.undoes in kept or not mine.isdisjoint(one.claims):
            kept[one.id] = one
    return tuple(kept.values())


def bind_incident(view: CaseView, incident: Incident) -> Chain:
    """Give what holds an incident together, as far as a screen shows it."""
    number = view.incidents.find_number(incident.id)
    return bind_tellings(() if number is None else _load_own(Tellings(view.connection), number), MOST_BOUND)


def _load_own(tellings: Tellings, number: int) -> Sequence[Telling]:
    """Give the tellings of an incident in their order, as many as are held against each other for one screen."""
    told = tellings.load_incidents((number,)).get(number, {}).values()
    return sorted(told, key=lambda one: one.order)[:MOST_BOUND]


def find_near(view: CaseView, incident: Incident) -> tuple[Near, ...]:
    """Give the incidents near one that may be the same attack, the nearest first: those that the build linked it with; where
    they are few, those too that stand in the blocks in which its tellings look for others, the most often met first."""
    mine = view.incidents.find_number(incident.id)
    if incident.scope != "attack" or mine is None:
        return ()
    tellings = Tellings(view.connection)
    found = _weigh_linked(tellings, mine)
    if len(found) < _FEW:
        found |= _weigh_beside(tellings, mine, found.keys())
    ranks = {number: _rank_near(comparisons) for number, comparisons in found.items()}
    best = sorted(ranks, key=ranks.__getitem__)[:MOST_NEAR]
    near = [
        Near(one, found[number], -ranks[number].lost, ranks[number].is_ruled_out)
        for number, one in view.incidents.load(best)
    ]
    return tuple(sorted(near, key=_order_near))


def _weigh_linked(tellings: Tellings, mine: int) -> dict[int, tuple[Comparison, ...]]:
    """Give the incidents that are linked with one, each with the comparisons of its strongest link."""
    linked = tellings.find_linked(mine, MOST_NEAR)
    told = tellings.load({telling for _, *pair in linked for telling in pair})
    return {number: tuple(compare_mentions(told[own], told[other])) for number, own, other in linked}


def _weigh_beside(tellings: Tellings, mine: int, known: Collection[int]) -> dict[int, tuple[Comparison, ...]]:
    """Give the incidents beside one that stand in the blocks in which it looks, each with the comparisons of its nearest
    telling."""
    own = _load_own(tellings, mine)
    met = _find_beside(tellings, own)
    homes = tellings.list_homes(met)
    hits: Counter[int] = Counter()
    for telling, number in homes.items():
        if number != mine and number not in known:
            hits[number] += met[telling]
    ordered = sorted(hits, key=lambda number: (-hits[number], number))[:_MOST_WEIGHED]
    finder = Finder(own[:_MOST_HELD])
    found: dict[int, tuple[Comparison, ...]] = {}
    for number, told in tellings.load_incidents(ordered).items():
        closest = finder.find(sorted(told.values(), key=lambda one: one.order)[:_MOST_HELD])
        if closest is not None:
            found[number] = closest[2]
    return found


def _find_beside(tellings: Tellings, own: Sequence[Telling]) -> Counter[int]:
    """Give the tellings that stand in the blocks in which some others look, each with the number of these blocks; of a long
    block those that were published about when the first of the others was."""
    orders: dict[Block, str] = {}
    for telling in own:
        for block in list_sought(list_blocks(telling)):
            orders.setdefault(block, telling.order)
    blocks = tellings.blocks
    blocks.fetch(Span(block, order, _MOST_BESIDE) for block, order in orders.items())
    found: Counter[int] = Counter()
    for block, order in orders.items():
        found.update(number for _, number in blocks.list_before(block, order, _MOST_BESIDE))
        found.update(number for _, number in blocks.list_from(block, order, _MOST_BESIDE))
    return found


def _rank_near(comparisons: Sequence[Comparison]) -> _Rank:
    points = round(sum(one.contribution for one in comparisons) - THRESHOLD, 1)
    return _Rank(any(one.is_veto for one in comparisons), -points)


def _order_near(near: Near) -> tuple[bool, float, str]:
    return near.is_ruled_out, -near.points, near.incident.id


def name_documents(read: Mapping[str, Claim], claims: Iterable[str]) -> dict[str, str]:
    """Give the document of each claim. Raises KeyError for one that is not there."""
    return {claim: read[claim].document for claim in claims}
