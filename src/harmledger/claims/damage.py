"""Damage: places and vehicles that were hit, damaged, destroyed or struck near."""

from collections.abc import Iterable
from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import Match, Rule, choose_matches
from harmledger.records.count import exact

_TARGETS: Final = frozenset({"TARGET", "DAMAGED_TARGET"})
_NO_DAMAGE: Final = frozenset({"gunfire", "sniper", "clashes", "execution", "other"})
"""What people are harmed by in a place that stays whole: "a shooting at a bar"."""
_HARMS: Final = frozenset({"destroyed", "damaged"})


def draft_damage(parsed: Parsed, rules: Iterable[Rule]) -> list[Draft]:
    """Give the places of a sentence that were hit or struck near, in text order."""
    drafts: list[Draft] = []
    for match in choose_matches(parsed.letters, rules):
        drafts.extend(_draft_match(parsed, match))
    return drafts


def _draft_match(parsed: Parsed, match: Match) -> list[Draft]:
    chunks = parsed.chunks
    begin, end = match.groups["targets"]
    verb = match.groups.get("verb")
    if verb is not None and chunks[verb[0]].kind == "HARM_ED" and "DAMAGE_ED" not in chunks[verb[0]].readings:
        return []
    if verb is not None and chunks[verb[0]].kind == "MEANS" and chunks[verb[0]].value in _NO_DAMAGE:
        return []
    if any(chunk.kind == "NEG" for chunk in chunks[max(0, match.start - 2) : match.end]):
        return []
    is_near = "near" in match.groups or _falls_close(chunks, verb, begin)
    harm = "struck_near" if is_near else _judge_harm(chunks, verb, begin)
    drafts = []
    for index in range(begin, end):
        target = chunks[index]
        if target.kind not in _TARGETS:
            continue
        first, last = index, index
        if verb is not None and index == begin:
            first, last = min(verb[0], index), max(verb[1] - 1, index)
        count = target.count
        if is_near and "near" not in match.groups and count is not None and count.value is not None:
            count = exact(count.value, count.wording)
        draft = Draft("damage", parsed, first, last, harm, target.group or "other", count)
        draft.rules.append(match.rule.name)
        drafts.append(draft)
    return drafts


def _falls_close(chunks: list[Chunk], verb: tuple[int, int] | None, target: int) -> bool:
    """ "Fell close to two hospitals": beside a verb of hitting, the words that make a number vague mean a distance."""
    count = chunks[target].count
    beside = verb is not None and verb[1] == target and chunks[verb[0]].kind.startswith("HIT")
    return beside and count is not None and count.quantifier == "nearly"


def _judge_harm(chunks: list[Chunk], verb: tuple[int, int] | None, target: int) -> str:
    """A verb of attack alone tells of a hit, which is damage; only the words tell of destruction."""
    value = chunks[target].harm or ""
    if verb is not None:
        value = chunks[verb[0]].readings.get("DAMAGE_ED", chunks[verb[0]].value)
    return value if value in _HARMS else "damaged"
