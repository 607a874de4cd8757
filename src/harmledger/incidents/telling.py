"""Which claims of one document tell of one attack: a pass over its claims in the order of the text."""

from collections.abc import Sequence

from harmledger.incidents.days import read_days, relate_days
from harmledger.incidents.geography import is_area, name_of, rank_precision, relate_places
from harmledger.incidents.mentions import (
    LINKING_HARMS,
    Figure,
    Mention,
    is_subset,
    order_claim,
    read_bounds,
    reads_as_figure,
)
from harmledger.incidents.parting import part_mention
from harmledger.incidents.retelling import gives_no_number, join_retold, take_restated
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import VoiceKey, key_voice
from harmledger.records.claim import Claim
from harmledger.records.vocabulary import Scope

OPEN_MENTIONS = 48
"""How many of the latest attacks of a document a claim may attach to: bounds the work on a long list."""

SPEAKING_DAYS = 14
"""Blame and denial may be dated this many days off the attack: their time is often that of speaking."""

_VAGUE = frozenset({"dozens", "several", "unspecified"})
_STRENGTH = {"same": 3, "within": 3, "area": 2, "near": 2, "inside": 1, "quarter": 1, "unknown": 0}


def _is_vague(claim: Claim) -> bool:
    return claim.count is not None and claim.count.quantifier in _VAGUE


def _holds(vague: Figure | None, known: Figure) -> bool:
    """Tell whether a vague word may mean the number: "dozens" and 58."""
    return vague is not None and known[0] >= vague[0]


def _is_listed_with(claim: Claim, before: Claim) -> bool:
    """Tell whether one sentence names both, one after the other, as groups of people that add up."""
    is_one_sentence = claim.evidence.start == before.evidence.start and claim.harm == before.harm
    groups = {claim.group, before.group}
    return is_one_sentence and len(groups) == 2 and groups.isdisjoint({None, "people", "civilians"})


class _Draft:
    """A mention in the making, with what decides whether the next claim belongs to it."""

    __slots__ = ("mention", "said")

    def __init__(self, mention: Mention):
        self.mention = mention
        self.said: dict[tuple[VoiceKey, str], set[tuple[int, int | None]]] = {}

    def shares_figure(self, claim: Claim) -> bool:
        bounds = read_bounds(claim)
        return claim.harm is not None and bounds in self.mention.figures.get(claim.harm, ())

    def conflicts(self, claim: Claim, voice: VoiceKey) -> bool:
        """Tell whether the voice has given this draft another total of the same harm.

        "Five women and a child" are two figures of one total.
        """
        if claim.harm not in LINKING_HARMS or not reads_as_figure(claim):
            return False
        if _is_listed_with(claim, self.mention.claims[-1]):
            return False
        said = self.said.get((voice, claim.harm or ""))
        if not said or read_bounds(claim) in said:
            return False
        return not (_is_vague(claim) and all(_holds(read_bounds(claim), known) for known in said))

    def take(self, claim: Claim, voice: VoiceKey, is_part: bool) -> None:
        self.mention.add(claim, is_part)
        bounds = read_bounds(claim)
        if not is_part and claim.harm in LINKING_HARMS and reads_as_figure(claim) and bounds is not None:
            self.said.setdefault((voice, claim.harm or ""), set()).add(bounds)


def _relate_in_document(
    draft: _Draft, claim: Claim, voice: VoiceKey, is_part: bool, is_latest: bool
) -> int | None:
    """Give how strongly the claim's place speaks for the draft, 0 to 3; None where they cannot be one.

    A province and a town in it are one only while the text stays with it: after another attack was told, a
    town is a new one.
    """
    here, there = claim.place, draft.mention.place
    relation = relate_places(here, there)
    if relation in ("apart", "beside"):
        return None
    if here is None or there is None:
        return 0
    if relation in ("same", "within", "area"):
        return _STRENGTH[relation]
    if relation == "near" and not (is_area(here) or is_area(there)):
        both_towns = rank_precision(here) == rank_precision(there) == 2
        return None if both_towns and name_of(here) != name_of(there) else _STRENGTH["near"]
    if relation == "inside" and not (is_latest or is_part or claim.kind == "attribution"):
        return None
    if not is_part and draft.conflicts(claim, voice):
        return None
    return _STRENGTH[relation]


def _days_allow(draft: _Draft, claim: Claim) -> bool:
    days, known = read_days(claim.time), draft.mention.days
    relation = relate_days(days, known)
    if days is None or known is None or relation not in ("adjacent", "apart"):
        return True
    if claim.kind == "attribution" or not draft.mention.is_dated:
        return abs(days[0] - known[0]) <= SPEAKING_DAYS
    if relation == "apart":
        return False
    is_carried = claim.time is not None and claim.time.wording is None
    return is_carried or draft.shares_figure(claim)


def _choose_draft(drafts: Sequence[_Draft], claim: Claim, voice: VoiceKey, is_part: bool) -> _Draft | None:
    """Give the draft that the claim belongs to, of drafts with the latest first: by place, then the latest."""
    chosen, best = None, -1
    for draft in drafts:
        if not _days_allow(draft, claim):
            continue
        strength = _relate_in_document(draft, claim, voice, is_part, draft is drafts[0])
        if strength is not None and strength > best:
            chosen, best = draft, strength
    return chosen


def group_attack(claims: Sequence[Claim], sources: Sources, scope: Scope = "attack") -> list[Mention]:
    """Group one document's claims of one scope (attack or area_day), and parts of them, into mentions.

    Claims about the same place and overlapping days are one attack. A claim without a place or a time of its
    own attaches to the nearest preceding attack that it does not contradict. A part goes with its whole. A
    claim about a wider or an unlike place stays apart when its voice has already given another figure.
    """
    ordered = sorted(claims, key=order_claim)
    by_id = {claim.id: claim for claim in ordered}
    drafts: list[_Draft] = []
    recent: list[_Draft] = []
    home: dict[str, _Draft] = {}
    for claim in ordered:
        voice, is_part = key_voice(claim, sources), is_subset(claim, by_id)
        whole = home.get(claim.part_of or "")
        draft = _choose_draft((whole,), claim, voice, True) if whole is not None else None
        draft = draft or _choose_draft(recent, claim, voice, is_part)
        if draft is None:
            draft = _Draft(Mention(claim.document, sources.family(claim.document), scope))
            drafts.append(draft)
        draft.take(claim, voice, is_part)
        recent = [draft, *(other for other in recent if other is not draft)][:OPEN_MENTIONS]
        home[claim.id] = draft
    return join_retold([draft.mention for draft in drafts])


def group_running(claims: Sequence[Claim], sources: Sources) -> list[Mention]:
    """Group one document's running totals: one mention a voice, place and period.

    Claims without a figure go with the total told last before them, else with the first; with no total in the
    document they are left alone.
    """
    mentions: dict[tuple[object, ...], Mention] = {}
    latest: Mention | None = None
    loose: list[Claim] = []
    by_id = {claim.id: claim for claim in claims}
    for claim in sorted(claims, key=order_claim):
        if not reads_as_figure(claim):
            if latest is not None:
                latest.add(claim)
            else:
                loose.append(claim)
            continue
        place = name_of(claim.place) if claim.place is not None else None
        key = (key_voice(claim, sources), place, read_days(claim.time))
        latest = mentions.get(key)
        if latest is None:
            latest = mentions[key] = Mention(claim.document, sources.family(claim.document), "since_date")
        latest.add(claim, is_subset(claim, by_id))
    first = next(iter(mentions.values()), None)
    for claim in loose:
        if first is None:
            first = Mention(claim.document, sources.family(claim.document), "since_date")
            mentions[()] = first
        first.add(claim)
    return list(mentions.values())


def group_document(claims: Sequence[Claim], sources: Sources) -> list[Mention]:
    """Group the claims of one document into mentions, scope by scope.

    "59 killed in Idlib" in the headline and "59 killed in the province on Monday" in the text are one total:
    an attack whose figures are all those of a wider total of its document becomes part of its telling. So does
    what tells of its dead without a number.
    """
    by_scope: dict[Scope, list[Claim]] = {"attack": [], "area_day": [], "since_date": []}
    by_id = {claim.id: claim for claim in claims}
    for claim in claims:
        whole = by_id.get(claim.part_of or "")
        follows = claim.scope == "attack" and gives_no_number(claim)
        is_told = whole is not None and reads_as_figure(whole)
        by_scope[whole.scope if whole is not None and is_told and follows else claim.scope].append(claim)
    attacks = group_attack(by_scope["attack"], sources)
    wider = [
        *group_attack(by_scope["area_day"], sources, "area_day"),
        *group_running(by_scope["since_date"], sources),
    ]
    mentions = [*take_restated(attacks, wider), *wider]
    if not sources.rulings.apart:
        return mentions
    return [part for mention in mentions for part in part_mention(mention, sources.rulings)]
