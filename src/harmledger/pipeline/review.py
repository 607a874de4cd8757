"""One incident for whoever reviews it: its claims as read and as judged, what holds it together, and what stands near it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from harmledger.incidents.candidates import list_blocks, list_sought
from harmledger.incidents.chain import Chain, bind_tellings, find_closest
from harmledger.incidents.compare import THRESHOLD, Comparison
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import list_standing
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
_MOST_WEIGHED: Final = 60
_IDLE: Final = frozenset({"undo", "note"})
"""Judgements that change nothing by themselves: what an undoing takes back does."""


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
    standing = tuple(list_standing(sorted(rulings, key=lambda one: (one.at, one.id))))
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
    return bind_tellings(_load_own(view, incident), MOST_BOUND)


def _load_own(view: CaseView, incident: Incident) -> Sequence[Telling]:
    number = view.incidents.find_number(incident.id)
    if number is None:
        return ()
    return list(Tellings(view.connection).load_incidents((number,)).get(number, {}).values())


def find_near(view: CaseView, incident: Incident) -> tuple[Near, ...]:
    """Give the incidents near one that may be the same attack, the nearest first: those that its tellings find in their
    blocks, held against it as the build does."""
    if incident.scope != "attack":
        return ()
    tellings = Tellings(view.connection)
    own = sorted(_load_own(view, incident), key=lambda one: one.order)[:MOST_BOUND]
    found: dict[int, None] = {}
    for telling in own:
        for block in sorted(list_sought(list_blocks(telling)), key=repr):
            found.update(dict.fromkeys(number for _, number in tellings.blocks.list_all(block)))
    homes = tellings.list_homes(found)
    mine = view.incidents.find_number(incident.id)
    weighed: dict[int, None] = dict.fromkeys(
        homes[one] for one in found if one in homes and homes[one] != mine
    )
    candidates = list(weighed)[:_MOST_WEIGHED]
    loaded = tellings.load_incidents(candidates)
    incidents = dict(view.incidents.load(candidates))
    near = [
        _weigh(incidents[number], own, list(loaded.get(number, {}).values()))
        for number in candidates
        if number in incidents
    ]
    return tuple(sorted((one for one in near if one is not None), key=_order_near)[:MOST_NEAR])


def _weigh(other: Incident, own: Sequence[Telling], told: Sequence[Telling]) -> Near | None:
    closest = find_closest(own[:20], told[:20])
    if closest is None:
        return None
    comparisons = closest[2]
    points = round(sum(one.contribution for one in comparisons) - THRESHOLD, 1)
    return Near(other, comparisons, points, any(one.is_veto for one in comparisons))


def _order_near(near: Near) -> tuple[bool, float, str]:
    return near.is_ruled_out, -near.points, near.incident.id


def name_documents(read: Mapping[str, Claim], claims: Iterable[str]) -> dict[str, str]:
    """Give the document of each claim. Raises KeyError for one that is not there."""
    return {claim: read[claim].document for claim in claims}
