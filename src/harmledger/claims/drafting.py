"""Drafting: everything a sentence claims, in text order, with what is denied taken out."""

from collections.abc import Sequence

from harmledger.claims.attacks import draft_attacks
from harmledger.claims.attributions import draft_attributions
from harmledger.claims.context import Context
from harmledger.claims.damage import draft_damage
from harmledger.claims.drafts import Draft
from harmledger.claims.frames import choose_frame
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import load_family
from harmledger.claims.tolls import draft_tolls


def draft_sentence(reading: str, parsed: Parsed, language: str, context: Context) -> list[Draft]:
    """Give the tolls, damage, attributions and attacks that a sentence claims."""
    asides, rules = load_family(language, "asides"), load_family(language, "tolls")
    open_harm = next(reversed(context.totals), None)
    tolls = draft_tolls(reading, parsed, asides, rules, open_harm, context.media == parsed.sentence.paragraph)
    damage = draft_damage(parsed, load_family(language, "damage"))
    said = draft_attributions(reading, parsed, load_family(language, "denials"))
    if tolls:
        said = [draft for draft in said if draft.stance == "denied"]
    attacks = draft_attacks(parsed) if not said or tolls or damage else []
    return _drop_denied([*tolls, *damage, *said, *attacks])


def _drop_denied(drafts: Sequence[Draft]) -> list[Draft]:
    """Mark the counted harm that a speaker denies; what is denied without a number makes no claim of its own."""
    kept = []
    for draft in drafts:
        frame, _ = choose_frame(draft.parsed.frames, draft.first)
        is_denied = frame is not None and frame.verb == "DENY"
        is_denied = is_denied or any(chunk.kind == "UNTRUE" for chunk in draft.parsed.chunks[draft.last :])
        if is_denied and draft.kind != "attribution":
            if draft.victims is None or not draft.victims.counted:
                continue
            draft.stance = "denied"
        kept.append(draft)
    return kept
