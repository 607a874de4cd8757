"""Assembly: a draft whose voice, place and time are settled becomes a claim of the document's working text."""

from dataclasses import replace
from typing import TypeVar, cast

from harmledger.claims.drafts import Draft
from harmledger.claims.parting import close_joints
from harmledger.documents.text import Text
from harmledger.lexicon.letters import JOINT
from harmledger.records.claim import Claim, Voice
from harmledger.records.count import Count
from harmledger.records.identity import identify_claim
from harmledger.records.place import Place
from harmledger.records.span import EVIDENCE_LIMIT, Span
from harmledger.records.time import Time
from harmledger.records.vocabulary import Group, Harm, Means, Scope, Stance


def assemble_claim(
    text: Text,
    draft: Draft,
    voice: Voice,
    place: Place | None,
    time: Time | None,
    means: str | None,
    made_by: str | None = None,
) -> Claim:
    """Build the claim, with its offsets mapped from the reading copy to the working text."""
    document = text.document
    if JOINT in text.reading:
        voice, place, time = _close_voice(voice), _close(place), _close(time)
        draft.count = _close(draft.count)
        draft.actors = [
            replace(actor, name=close_joints(actor.name), wording=_close_wording(actor.wording))
            for actor in draft.actors
        ]
    cue = _quote(text, draft.start, draft.end)
    return Claim(
        id=identify_claim(
            document.id or "", document.digest, draft.kind, draft.harm, draft.group, cue.start, cue.end
        ),
        document=document.id or "",
        evidence=_quote_evidence(text, draft, cue),
        cue=cue,
        kind=draft.kind,
        stance=cast("Stance", draft.stance),
        scope=cast("Scope", draft.scope),
        voice=voice,
        harm=cast("Harm | None", draft.harm),
        group=cast("Group | None", draft.group),
        count=draft.count,
        means=cast("Means | None", means),
        actors=tuple(draft.actors),
        place=place,
        time=time,
        because=tuple(draft.rules),
        made_by=made_by,
    )


Worded = TypeVar("Worded", Place, Time, Count)


def _close(found: Worded | None) -> Worded | None:
    """Give what was found with its wording as it was received."""
    if found is None or found.wording is None or JOINT not in found.wording:
        return found
    return replace(found, wording=close_joints(found.wording))


def _close_wording(wording: str | None) -> str | None:
    return wording if wording is None else close_joints(wording)


def _close_voice(voice: Voice) -> Voice:
    return replace(
        voice,
        name=_close_wording(voice.name),
        wording=_close_wording(voice.wording),
        via=tuple(map(close_joints, voice.via)),
    )


def _quote(text: Text, start: int, end: int) -> Span:
    first, last = text.locate(start, end)
    return Span(first, last, text.working[first:last])


def _quote_evidence(text: Text, draft: Draft, cue: Span) -> Span:
    """Quote the sentence; where it is longer than evidence may be, the stretch of it around the cue."""
    sentence = draft.parsed.sentence
    evidence = _quote(text, sentence.start, sentence.end)
    if evidence.end - evidence.start <= EVIDENCE_LIMIT:
        return evidence
    first = max(evidence.start, min(cue.start, cue.end - EVIDENCE_LIMIT))
    last = min(evidence.end, first + EVIDENCE_LIMIT)
    return Span(first, last, text.working[first:last])
