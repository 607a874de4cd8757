"""Which claims of one document tell of one attack: a pass over its claims in the order of the text."""

from collections.abc import Sequence

from harmledger.incidents.days import read_days, relate_days
from harmledger.incidents.geography import is_area, name_of, rank_precision, relate_places
from harmledger.incidents.mentions import (
    LINKING_HARMS,
    Mention,
    is_subset,
    order_claim,
    read_bounds,
    reads_as_figure,
)
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import VoiceKey, key_voice
from harmledger.records.claim import Claim

OPEN_MENTIONS = 48
"""How many of the latest attacks of a document a claim may attach to: bounds the work on a long list."""

SPEAKING_DAYS = 14
"""Blame and denial may be dated this many days off the attack: their time is often that of speaking."""

_STRENGTH = {"same": 3, "within": 3, "area": 2, "near": 2, "inside": 1, "quarter": 1, "unknown": 0}


class _Draft:
    """A mention in the making, with what decides whether the next claim belongs to it."""

    __slots__ = ("mention", "said", "touched")

    def __init__(self, mention: Mention):
        self.mention = mention
        self.touched = 0
        self.said: dict[tuple[VoiceKey, str], set[tuple[int, int | None]]] = {}

    def shares_figure(self, claim: Claim) -> bool:
        bounds = read_bounds(claim)
        return claim.harm is not None and bounds in self.mention.figures.get(claim.harm, ())

    def conflicts(self, claim: Claim, voice: VoiceKey) -> bool:
        """Tell whether the voice has given this draft another total of the same harm."""
        if claim.harm not in LINKING_HARMS or not reads_as_figure(claim):
            return False
        said = self.said.get((voice, claim.harm or ""))
        return bool(said) and read_bounds(claim) not in (said or ())

    def take(self, claim: Claim, voice: VoiceKey, order: int, is_part: bool) -> None:
        self.mention.add(claim, is_part)
        self.touched = order
        bounds = read_bounds(claim)
        if not is_part and claim.harm in LINKING_HARMS and reads_as_figure(claim) and bounds is not None:
            self.said.setdefault((voice, claim.harm or ""), set()).add(bounds)


def _relate_in_document(draft: _Draft, claim: Claim, voice: VoiceKey, is_part: bool) -> int | None:
    """Give how strongly the claim's place speaks for the draft, 0 to 3; None where they cannot be one."""
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
    """Give the draft that the claim belongs to: by place first, then the one told last before it."""
    chosen, best = None, (-1, -1)
    for draft in drafts:
        if not _days_allow(draft, claim):
            continue
        strength = _relate_in_document(draft, claim, voice, is_part)
        if strength is not None and (strength, draft.touched) > best:
            chosen, best = draft, (strength, draft.touched)
    return chosen


def group_attack(claims: Sequence[Claim], sources: Sources) -> list[Mention]:
    """Group one document's claims of one scope (attack or area_day) into mentions.

    Claims about the same place and overlapping days are one attack. A claim without a place or a time of its
    own attaches to the nearest preceding attack that it does not contradict. A part goes with its whole. A
    claim about a wider or an unlike place stays apart when its voice has already given another figure.
    """
    ordered = sorted(claims, key=order_claim)
    by_id = {claim.id: claim for claim in ordered}
    drafts: list[_Draft] = []
    recent: list[_Draft] = []
    home: dict[str, _Draft] = {}
    for order, claim in enumerate(ordered, start=1):
        voice, is_part = key_voice(claim, sources), is_subset(claim, by_id)
        whole = home.get(claim.part_of or "")
        draft = _choose_draft((whole,), claim, voice, True) if whole is not None else None
        draft = draft or _choose_draft(recent, claim, voice, is_part)
        if draft is None:
            draft = _Draft(Mention(claim.document, sources.family(claim.document), claim.scope))
            drafts.append(draft)
        draft.take(claim, voice, order, is_part)
        recent = [draft, *(other for other in recent if other is not draft)][:OPEN_MENTIONS]
        home[claim.id] = draft
    return [draft.mention for draft in drafts]


def group_running(claims: Sequence[Claim], sources: Sources) -> list[Mention]:
    """Group one document's running totals: one mention a voice, place and period."""
    mentions: dict[tuple[object, ...], Mention] = {}
    by_id = {claim.id: claim for claim in claims}
    for claim in sorted(claims, key=order_claim):
        place = name_of(claim.place) if claim.place is not None else None
        key = (key_voice(claim, sources), place, read_days(claim.time))
        mention = mentions.get(key)
        if mention is None:
            mention = Mention(claim.document, sources.family(claim.document), claim.scope)
            mentions[key] = mention
        mention.add(claim, is_subset(claim, by_id))
    return list(mentions.values())


def group_document(claims: Sequence[Claim], sources: Sources) -> list[Mention]:
    """Group the claims of one document into mentions, scope by scope."""
    attacks = [claim for claim in claims if claim.scope == "attack"]
    area_days = [claim for claim in claims if claim.scope == "area_day"]
    running = [claim for claim in claims if claim.scope == "since_date"]
    return [
        *group_attack(attacks, sources),
        *group_attack(area_days, sources),
        *group_running(running, sources),
    ]
