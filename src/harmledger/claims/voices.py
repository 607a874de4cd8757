"""Voices: who a speaker is, by its fullest name in the document, and whose a draft's words are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from harmledger.claims.context import Context
from harmledger.claims.drafts import Draft
from harmledger.claims.frames import Frame, choose_frame
from harmledger.claims.memory import Memory
from harmledger.claims.speakers import Speaker
from harmledger.lexicon.words import find_body
from harmledger.records.claim import Actor, Voice
from harmledger.records.vocabulary import VoiceRole

_RECALLED: Final = 40
"""How many voices back "the source" may mean."""


def resolve_voice(speaker: Speaker, memory: Memory) -> Voice | None:
    """Give the voice a speaker stands for, and remember it. None where a pronoun has nobody to stand for."""
    voice = _resolve(speaker, memory)
    if voice is None:
        return None
    memory.heard.append(voice)
    if speaker.body or (voice.name and find_body(voice.name) is not None):
        memory.body = voice
        if speaker.person or speaker.role:
            memory.person = voice
    elif speaker.person:
        memory.person = voice
        memory.persons.setdefault(speaker.person.split()[-1], voice)
    if speaker.role and not speaker.person:
        memory.source = voice
        if speaker.role in {"monitor", "ngo", "news", "government", "official", "belligerent"}:
            memory.body = memory.body if speaker.pronoun else voice
        else:
            memory.person = voice
    return voice


def _resolve(speaker: Speaker, memory: Memory) -> Voice | None:
    if speaker.pronoun == "PRONOUN_BODY":
        return memory.body or memory.source or _name_noun(speaker)
    if speaker.pronoun == "PRONOUN_PERSON":
        return memory.person or memory.source or memory.body
    if speaker.pronoun == "PRONOUN_MANY":
        return memory.source or memory.body
    if speaker.body:
        body = find_body(speaker.body)
        role = body.role if body else speaker.role
        return Voice(speaker.body, speaker.wording, cast("VoiceRole | None", role))
    if speaker.person:
        known = memory.persons.get(speaker.person.split()[-1])
        if known is not None and len(speaker.person.split()) == 1:
            return known
        return Voice(speaker.person, speaker.wording, cast("VoiceRole | None", speaker.role or "unnamed"))
    return _recall(speaker, memory) or Voice(
        speaker.wording, speaker.wording, cast("VoiceRole | None", speaker.role or "unnamed")
    )


def _name_noun(speaker: Speaker) -> Voice | None:
    """ "The group said", with no group named before: a voice by its own words. "It" is nobody."""
    if " " not in speaker.wording:
        return None
    return Voice(speaker.wording, speaker.wording, "unnamed")


def _recall(speaker: Speaker, memory: Memory) -> Voice | None:
    """Give the earlier voice that "the source" or "the monitor" stands for: the last one said with that noun,
    else the last body of that role."""
    words = speaker.wording.lower().split()
    if len(words) < 2 or not speaker.definite:
        return None
    recent = memory.heard[:-_RECALLED:-1] if len(memory.heard) > _RECALLED else memory.heard[::-1]
    for voice in recent:
        said = (voice.wording or "").lower()
        if said != speaker.wording.lower() and words[-1] in said.split() and voice.name != speaker.wording:
            return voice
    return next((v for v in recent if v.role == speaker.role and find_body(v.name or "")), None)


def hear_frame(frame: Frame, context: Context) -> Voice | None:
    """Give the voice of a frame's speaker, and remember it for the sentences to come."""
    return resolve_voice(frame.speaker, context.memory) if frame.speaker is not None else None


def find_voice(
    draft: Draft, voices: Mapping[int, Voice | None], quoted: Frame | None, context: Context
) -> tuple[Voice, str | None]:
    """Give the voice whose words a draft is, and the name of the rule that says so; no rule means the publisher."""
    frame, outer = choose_frame(draft.parsed.frames, draft.first)
    if draft.kind == "attribution":
        own = next((f for f in draft.parsed.frames if draft.first <= f.index <= draft.last), None)
        frame = own or frame or next((f for f in draft.parsed.frames if f.index <= draft.last), None)
    if (
        frame is not None
        and frame.verb == "DENY"
        and draft.kind != "attribution"
        and draft.stance != "denied"
    ):
        return Voice(), "voice.not-denied"
    if frame is None:
        if quoted is not None and quoted.speaker is not None:
            voice = resolve_voice(quoted.speaker, context.memory)
            if voice is not None:
                return voice, "voice.quotation"
        return Voice(), None
    voice = voices[id(frame)]
    if voice is None:
        return Voice(), "voice.unresolved-pronoun"
    via = [
        name for name in (_name_voice(voices[id(other)]) for other in outer) if name and name != voice.name
    ]
    if frame.passed_to and frame.passed_to != voice.name:
        via.insert(0, frame.passed_to)
    if tuple(via) != voice.via:
        voice = replace(voice, via=tuple(via))
    return voice, "voice.according-to" if frame.verb == "according" else "voice.says"


def _name_voice(voice: Voice | None) -> str | None:
    return voice.name if voice is not None else None


def name_party(voice: Voice) -> str | None:
    """Give the party that a voice speaks for: its side, or its own name where it fights or governs; else None."""
    body = find_body(voice.name) if voice.name else None
    if body is not None:
        return body.side or body.name
    return voice.name if voice.role in {"belligerent", "government"} else None


def take_admission(actor: Actor, voice: Voice) -> Actor:
    """A party that says its own forces struck admits it; nobody blames himself."""
    if actor.role == "blamed" and actor.name == name_party(voice):
        return replace(actor, role="admits")
    return actor
