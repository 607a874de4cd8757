"""Noun phrases: tokens gathered into people, places hit, means, actors and speakers, each with its count."""

import re
from collections.abc import Sequence
from dataclasses import replace

from harmledger.claims.chunks import Chunk
from harmledger.records.count import Count, exact

NOUNS = (
    "PEOPLE_ONE", "PEOPLE_MANY", "PEOPLE_BODY", "TARGET_ONE", "TARGET_MANY", "MEANS_ONE", "MEANS_MANY", "ATTACK_ONE",
    "ATTACK_MANY", "FORCE_N", "MEDIA_N", "SPEAKER_ONE", "SPEAKER_MANY", "THING", "SPOKESMAN",
)  # fmt: skip
"""Categories that can head a noun phrase, in the order in which a word's readings are tried."""

_HEADS = {
    "PEOPLE_ONE": "PEOPLE", "PEOPLE_MANY": "PEOPLE", "PEOPLE_BODY": "PEOPLE", "TARGET_ONE": "TARGET",
    "TARGET_MANY": "TARGET", "MEANS_ONE": "MEANS", "MEANS_MANY": "MEANS", "ATTACK_ONE": "MEANS", "ATTACK_MANY": "MEANS",
    "FORCE_N": "ACTOR", "SPEAKER_ONE": "SPEAKER", "SPEAKER_MANY": "SPEAKER", "THING": "THING", "MEDIA_N": "MEDIA",
    "SPOKESMAN": "SPEAKER",
}  # fmt: skip
_ALONE = (
    "THE_HARMED", "LIVES", "TOLL", "BODY", "SIDE", "HARM_ED", "HARM_ING", "HARM_BASE", "UNDERGO", "INVOLVED", "BLAME",
    "CARRY_OUT", "EXPLODE", "BURY", "SET", "UNTRUE", "DAMAGE_ED", "DAMAGE_ING", "DAMAGE_BASE", "DAMAGE_NOUN", "HIT_ED",
    "HIT_ING", "HIT_BASE", "DENY", "ADMIT", "SAY", "SAYING", "ACCORDING", "PRONOUN_BODY", "PRONOUN_PERSON",
    "PRONOUN_MANY", "DEMONYM", "DEATHS", "BODIES",
)  # fmt: skip
"""Categories of a word that stands alone, in the order in which its readings are tried."""
_MODIFIERS = frozenset(
    {"DET", "ADJ", "DEMONYM", "QTY", "AGE", "SIDE", "BODY", "NAME", "PLACE", "TITLE", "ORDINAL"}
)
_JOINTS = frozenset({" ", "-", "", "  ", "'s ", "' ", "' s ", "- "})
"""What may stand between two words of one phrase."""
_BRACKETS = re.compile(r" \([^()]{0,80}\) ?")
_HARMED = {"PEOPLE": "HARMED_PEOPLE", "TARGET": "DAMAGED_TARGET"}
_ADULT = 18
"""The age, in years, from which on a person is no child (Convention on the Rights of the Child, article 1)."""
_LONGEST_GAP = 3
"""Most unknown words that may stand between a number and its noun ("five pro-democracy campaigners")."""


def build_phrases(reading: str, tokens: Sequence[Chunk]) -> list[Chunk]:
    """Gather tokens into chunks. A token that is part of no noun phrase becomes a chunk of its own."""
    chunks: list[Chunk] = []
    position = 0
    while position < len(tokens):
        stop = _find_phrase_end(reading, tokens, position)
        if stop > position:
            chunks.append(_build_phrase(reading, tokens[position:stop]))
            position = stop
        else:
            chunks.append(_name_token(tokens[position]))
            position += 1
    return _join_kin(chunks)


def _join_kin(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Join "a father of four": one person, whose children are counted and not harmed."""
    joined: list[Chunk] = []
    for chunk in chunks:
        if (
            chunk.kind == "QTY"
            and len(joined) > 1
            and joined[-1].kind == "OF"
            and joined[-2].kind == "PEOPLE"
            and "KIN_ONE" in joined[-2].readings
        ):
            joined.pop()
            joined[-1] = replace(joined[-1], end=chunk.end, reason="kin")
        elif _counts_family(joined, chunk):
            joined.pop()
            family = joined[-1]
            joined[-1] = replace(
                family, end=chunk.end, count=chunk.count, counted=True, many=True, data=chunk.data
            )
        else:
            joined.append(chunk)
    return joined


def _counts_family(before: Sequence[Chunk], chunk: Chunk) -> bool:
    """ "A family of six": the number counts those in it."""
    if len(before) < 2 or before[-1].kind != "OF" or chunk.count is None:
        return False
    counts = chunk.kind == "QTY" or (chunk.kind == "PEOPLE" and chunk.counted)
    family = before[-2]
    return counts and family.kind == "PEOPLE" and "PEOPLE_BODY" in family.readings and not family.counted


def find_noun(token: Chunk) -> str | None:
    """Give the noun category of a token, or None."""
    if token.kind != "MARK":
        return None
    return next((category for category in NOUNS if category in token.readings), None)


def _is_modifier(token: Chunk) -> bool:
    if token.kind in _MODIFIERS:
        return True
    return token.kind == "MARK" and not _MODIFIERS.isdisjoint(token.readings)


def _find_phrase_end(reading: str, tokens: Sequence[Chunk], start: int) -> int:
    """Give the index one past the head noun of the phrase that begins at `start`, or `start` when none does."""
    first = tokens[start]
    if not (find_noun(first) or _is_modifier(first)):
        return start
    has_number = has_determiner = False
    end = start
    position = start
    gap = 0
    while position < len(tokens):
        token = tokens[position]
        if position > start and not _follows(reading, tokens[position - 1], token):
            break
        if "DEMONYM" in token.readings and position > start and tokens[position - 1].kind == "PLACE":
            break
        noun = find_noun(token)
        if noun and "ADJ" in token.readings and _precedes_unknown(reading, tokens, position):
            noun = None
        if noun:
            if end > start and not _may_follow_noun(tokens[position - 1], token):
                break
            end, gap = position + 1, 0
            if _ends_phrase(noun) and not _is_modifier(token):
                break
        elif _is_modifier(token):
            if end > start:
                break
            if token.kind == "QTY" and (has_number or _is_named(tokens[start:position])):
                break
            if "DET" in token.readings and position > start and not _is_of_plural(tokens[start]):
                break
            has_number |= token.kind == "QTY"
            has_determiner |= "DET" in token.readings
        elif ("AND" in token.readings and has_number and end == start and _joins_sides(tokens, position)) or (
            "OF" in token.readings and tokens[position - 1].kind == "QTY" and end == start
        ):
            pass
        elif token.kind == "WORD" and (has_number or has_determiner) and end == start:
            gap += len(token.value.split())
            if gap > (_LONGEST_GAP if has_number else 2):
                break
        elif not (end == start and _is_harm_adjective(token) and _may_be_adjective(tokens, start, position)):
            break
        position += 1
    return end


def _is_named(before: Sequence[Chunk]) -> bool:
    """A number does not follow a name inside one phrase ("in Sanaa four people")."""
    return any(token.kind in {"PLACE", "NAME"} or "BODY" in token.readings for token in before)


def _precedes_unknown(reading: str, tokens: Sequence[Chunk], position: int) -> bool:
    """Tell whether an unknown word follows at once, so that "civilian" in "civilian centres" is no noun."""
    following = position + 1
    return (
        following < len(tokens)
        and tokens[following].kind == "WORD"
        and _follows(reading, tokens[position], tokens[following])
    )


def _joins_sides(tokens: Sequence[Chunk], position: int) -> bool:
    """ "70 regime and rebel fighters": the number counts both."""
    following = position + 1
    return (
        _is_modifier(tokens[position - 1])
        and tokens[position - 1].kind != "QTY"
        and following < len(tokens)
        and _is_modifier(tokens[following])
        and tokens[following].kind != "QTY"
    )


def _is_of_plural(token: Chunk) -> bool:
    return token.readings.get("DET") == "the" and token.kind == "MARK"


def _follows(reading: str, before: Chunk, after: Chunk) -> bool:
    gap = reading[before.end : after.start]
    return gap in _JOINTS or (gap[:2] == " (" and _BRACKETS.fullmatch(gap) is not None)


def _ends_phrase(category: str) -> bool:
    return category in {"PEOPLE_MANY", "TARGET_MANY", "SPEAKER_MANY"}


def _may_follow_noun(before: Chunk, after: Chunk) -> bool:
    """A singular noun may stand before another (school bus); a plural closes the phrase."""
    noun = find_noun(before)
    if noun is None:
        return True
    if (
        noun in {"PEOPLE_MANY", "TARGET_MANY"}
        and "ADJ" not in before.readings
        and "SIDE" not in before.readings
        and "BODY" not in before.readings
    ):
        return "SPOKESMAN" in after.readings and "PEOPLE_ONE" not in after.readings
    return True


def _may_be_adjective(tokens: Sequence[Chunk], start: int, position: int) -> bool:
    """A participle is an adjective after an article or a number, and before anything but a number ("a wounded man")."""
    before = tokens[start:position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return (
        bool(before)
        and all(
            token.kind in {"QTY", "AGE"} or not {"DET", "ADJ"}.isdisjoint(token.readings) for token in before
        )
        and following is not None
        and following.kind != "QTY"
    )


def _is_harm_adjective(token: Chunk) -> bool:
    return token.kind == "MARK" and ("HARM_ED" in token.readings or "DAMAGE_ED" in token.readings)


def _build_phrase(reading: str, tokens: Sequence[Chunk]) -> Chunk:
    head = tokens[-1]
    noun = find_noun(head) or ""
    value = head.readings[noun]
    kind = _HEADS[noun]
    chunk = Chunk(kind, tokens[0].start, head.end, value=value, readings=head.readings)
    number = next((token for token in tokens if token.kind == "QTY"), None)
    chunk.many = noun.endswith("_MANY") or noun == "PEOPLE_BODY"
    article = tokens[0].readings.get("DET")
    chunk.article = article
    if number is not None and number.count is not None:
        count = number.count
        chunk.count, chunk.counted, chunk.data = count, True, number.data
        chunk.many = chunk.many or (count.value or count.low or count.high or 0) > 1
    else:
        chunk.count = count_noun(reading[chunk.start : chunk.end], chunk.many, article)
    _describe(chunk, tokens, kind)
    return chunk


def count_noun(wording: str, many: bool, article: str | None) -> Count:
    """Count a noun that has no number: "a child" 1, "both men" 2, a bare plural at least 2."""
    if article == "both":
        return exact(2, wording)
    if many:
        return Count(None, 2, None, "unspecified", wording)
    return exact(1, wording)


def _describe(chunk: Chunk, tokens: Sequence[Chunk], kind: str) -> None:
    """Fill group, side, actor, role and body from the head and its modifiers."""
    head = tokens[-1]
    if kind in {"PEOPLE", "TARGET"}:
        chunk.group = chunk.value
    named_last = [head, *tokens[:-1]] if "FORCE_N" in head.readings else tokens
    side = next((t.readings["SIDE"] for t in reversed(named_last) if "SIDE" in t.readings), None)
    demonym = next((t.readings["DEMONYM"] for t in tokens if "DEMONYM" in t.readings), None)
    body = next((t.readings["BODY"] for t in tokens if "BODY" in t.readings), None)
    chunk.body = body
    chunk.role = head.readings.get("SPEAKER_ONE") or head.readings.get("SPEAKER_MANY")
    for token in tokens[:-1]:
        if token.kind == "PLACE":
            chunk.within = token.data
        if kind == "PEOPLE" and chunk.group == "people":
            chunk.group = token.readings.get("MODIFIES", chunk.group)
            if token.readings.get("PEOPLE_ONE") or token.readings.get("PEOPLE_MANY"):
                chunk.group = token.readings.get("PEOPLE_ONE") or token.readings.get("PEOPLE_MANY")
        if "HARM_ED" in token.readings:
            chunk.harm = token.readings["HARM_ED"]
        elif (
            token.kind == "AGE"
            and kind == "PEOPLE"
            and token.count is not None
            and (token.count.value or _ADULT) < _ADULT
        ):
            chunk.group = "children"
        elif "DAMAGE_ED" in token.readings:
            chunk.harm = token.readings["DAMAGE_ED"]
        if kind == "MEANS" and chunk.value == "attack":
            chunk.value = token.readings.get("MEANS_ONE") or token.readings.get("MEANS_MANY") or chunk.value
    if kind == "ACTOR" or (kind in {"MEANS", "PEOPLE", "TARGET"} and (side or demonym)):
        chunk.actor = side or (demonym if kind != "PEOPLE" else None)
    if kind == "MEANS" and demonym:
        chunk.value = head.readings.get("MEANS_OF_STATE", chunk.value)
    if kind == "PEOPLE" and side and chunk.group == "people":
        chunk.group = "combatants"
    if any("BASED" in token.readings or token.kind in {"WORD", "NAME"} for token in tokens):
        chunk.body = None
    if kind == "MEANS" and chunk.count is not None and chunk.counted and chunk.count.high == 0:
        chunk.kind = "NO_MEANS"
    if chunk.harm and kind in _HARMED:
        chunk.kind = _HARMED[kind]


def _name_token(token: Chunk) -> Chunk:
    """Give a token that stands alone the kind the rules know it by."""
    if token.kind != "MARK":
        return token
    readings = token.readings
    kind = next((category for category in _ALONE if category in readings), None) or next(iter(readings))
    token.kind, token.value = kind, readings[kind]
    if kind == "SIDE":
        token.kind, token.actor, token.body = "ACTOR", readings["SIDE"], readings.get("BODY")
    elif kind == "BODY":
        token.body, token.actor = readings["BODY"], readings.get("SIDE")
    elif kind == "DEMONYM":
        token.actor = readings["DEMONYM"]
    return token
