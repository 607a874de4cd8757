"""Attributions: who denies, who admits, and who is blamed where no toll carries the blame."""

from collections.abc import Iterable
from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import Match, Rule, choose_matches
from harmledger.lexicon.words import find_body
from harmledger.records.claim import Actor

_ABOUT_HARM: Final = frozenset(
    {"NO_MEANS", "MEANS", "HIT_ED", "HIT_ING", "HIT_BASE", "HARM_ED", "HARM_ING", "HARM_BASE", "DEATHS", "INVOLVED", "DAMAGE_ED",
     "DAMAGE_ING", "CARRY_OUT", "ACTOR", "ELSEWHERE"}
)  # fmt: skip


def draft_attributions(reading: str, parsed: Parsed, rules: Iterable[Rule]) -> list[Draft]:
    """Give the denials, admissions and blame of a sentence, in text order."""
    drafts = []
    for match in choose_matches(parsed.letters, rules):
        draft = _draft_match(reading, parsed, match)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _draft_match(reading: str, parsed: Parsed, match: Match) -> Draft | None:
    chunks = parsed.chunks
    names_attack = match.rule.value == "admits" and chunks[match.groups["verb"][0]].value == "attack"
    if not names_attack and not any(chunk.kind in _ABOUT_HARM for chunk in chunks):
        return None
    spans = list(match.groups.values())
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans) - 1
    draft = Draft("attribution", parsed, first, last)
    draft.rules.append(match.rule.name)
    if match.rule.value == "blamed":
        actor = name_blamed(reading, chunks[match.groups["actor"][0]])
        if actor is None or any(chunk.kind in {"NEG", "DENY"} for chunk in chunks[match.start : match.end]):
            return None
        draft.actors.append(actor)
    elif match.rule.value == "denies":
        draft.stance = "denied"
    return draft


def name_actor(reading: str, chunk: Chunk, role: str) -> Actor | None:
    """Give the actor a chunk names, by its neutral name; None where it names none."""
    name = chunk.actor or _name_side(chunk)
    if name is None:
        return None
    return Actor(name, reading[chunk.start : chunk.end], role)  # type: ignore[arg-type]


def _name_side(chunk: Chunk) -> str | None:
    body = find_body(chunk.body) if chunk.body else None
    return body.side if body is not None and body.side else None


def name_blamed(reading: str, chunk: Chunk) -> Actor | None:
    """Give the party that blame falls on, by its own words where it has no neutral name ("the army")."""
    actor = name_actor(reading, chunk, "blamed")
    if actor is None and (chunk.kind == "ACTOR" or chunk.role == "belligerent"):
        wording = reading[chunk.start : chunk.end]
        if "MEANS_OF" in chunk.readings and (chunk.counted or " " not in wording):
            return None  # "six warplanes carried out raids": nobody says whose
        return Actor(wording, wording, "blamed")
    return actor
