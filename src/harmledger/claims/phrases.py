"""Noun phrases: tokens gathered into people, places hit, means, actors and speakers, each with its count."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.claims.lexemes import NOUNS, Lexeme
from harmledger.records.count import Count, exact

HEADS: Final = {
    "PEOPLE_ONE": "PEOPLE", "PEOPLE_MANY": "PEOPLE", "PEOPLE_BODY": "PEOPLE", "TARGET_ONE": "TARGET",
    "TARGET_MANY": "TARGET", "MEANS_ONE": "MEANS", "MEANS_MANY": "MEANS", "ATTACK_ONE": "MEANS", "ATTACK_MANY": "MEANS",
    "FORCE_N": "ACTOR", "SPEAKER_ONE": "SPEAKER", "SPEAKER_MANY": "SPEAKER", "THING": "THING", "MEDIA_N": "MEDIA",
    "SPOKESMAN": "SPEAKER", "PEOPLE_TWO": "PEOPLE", "TARGET_TWO": "TARGET", "MEANS_TWO": "MEANS",
}  # fmt: skip
"""The kind of chunk that each category of noun heads."""
_MODIFIER: Final = join_bits(
    "DET", "ADJ", "DEMONYM", "QTY", "AGE", "SIDE", "BODY", "NAME", "PLACE", "TITLE", "ORDINAL"
)
"""What may stand before the noun of a phrase."""
_NOUN: Final = join_bits(*NOUNS)
_MAY_OPEN: Final = _NOUN | _MODIFIER
_QTY: Final = join_bits("QTY")
_DET: Final = join_bits("DET")
_ADJ: Final = join_bits("ADJ")
_AND: Final = join_bits("AND")
_OF: Final = join_bits("OF")
_NAMED: Final = join_bits("PLACE", "NAME", "BODY")
_PLAIN: Final = join_bits("QTY", "AGE", "DET", "ADJ")
"""What may stand before a participle that is an adjective."""
_PARTICIPLE: Final = join_bits("HARM_ED", "DAMAGE_ED")
_PLURAL_ENDS: Final = frozenset({"PEOPLE_MANY", "TARGET_MANY", "SPEAKER_MANY"})
_PLURALS: Final = frozenset({"PEOPLE_MANY", "TARGET_MANY", "SPEAKER_MANY"})
_MAY_MODIFY: Final = join_bits("ADJ", "SIDE", "BODY", "DEMONYM")
_SPOKESMAN: Final = join_bits("SPOKESMAN")
_PEOPLE_ONE: Final = join_bits("PEOPLE_ONE")
_KIN_ONE: Final = join_bits("KIN_ONE")
_PEOPLE_BODY: Final = join_bits("PEOPLE_BODY")
_DEMONYM: Final = join_bits("DEMONYM")
_FORCE: Final = join_bits("FORCE_N")
_LIMITING: Final = _QTY | _DET
_DESCRIBING: Final = join_bits("SIDE", "DEMONYM", "BODY")
_TELLING: Final = join_bits(
    "MODIFIES", "PEOPLE_ONE", "PEOPLE_MANY", "HARM_ED", "DAMAGE_ED", "MEANS_ONE", "MEANS_MANY"
)
"""Categories by which a modifier says more of the head."""
_BASED: Final = join_bits("BASED")
_OTHERS: Final = join_bits("OTHERS")
_STRANGE: Final = join_bits("BASED", "NAME", "WORD")
_MANY: Final = frozenset(noun for noun in NOUNS if noun.endswith("_MANY")) | {"PEOPLE_BODY"}
_GROUPED: Final = frozenset({"PEOPLE", "TARGET"})
_ACTING: Final = frozenset({"MEANS", "PEOPLE", "TARGET"})
_JOINTS: Final = frozenset({" ", "-", "", "  ", "'s ", "' ", "' s ", "- "})
"""What may stand between two words of one phrase."""
_BRACKETS: Final = re.compile(r" \([^()]{0,80}\) ?")
_HARMED: Final = {"PEOPLE": "HARMED_PEOPLE", "TARGET": "DAMAGED_TARGET"}
_SOME_OF: Final = frozenset({"own", "the"})
"""Articles of those some of whom are counted."""
_SAY: Final = join_bits("SAY")
_ANY_BODY: Final = join_bits("ANY_BODY")
_SPEAKER: Final = join_bits("SPEAKER_ONE")
_SPEAKING: Final = frozenset({"PEOPLE", "SPEAKER"})
_PARTITIVE: Final = frozenset({"the", "one"})
"""Articles that may stand before another: "all the five", "one of the five"."""
_LONGEST_GAP_AFTER_ARTICLE: Final = 2
_KEPT_WORDINGS: Final = 4096
_ADULT: Final = 18
"""The age, in years, from which on a person is no child (Convention on the Rights of the Child, article 1)."""
_LONGEST_GAP: Final = 3
"""Most unknown words that may stand between a number and its noun ("five pro-democracy campaigners")."""


def build_phrases(reading: str, tokens: list[Chunk]) -> list[Chunk]:
    """Gather tokens into chunks. A token that is part of no noun phrase becomes a chunk of its own."""
    chunks: list[Chunk] = []
    position, count = 0, len(tokens)
    is_counted = False
    while position < count:
        token = tokens[position]
        if token.bits & _MAY_OPEN and not _says(chunks, token):
            stop = _find_phrase_end(reading, tokens, position)
            if stop > position:
                phrase = _build_phrase(reading, tokens[position:stop])
                is_counted = is_counted or phrase.counted
                chunks.append(phrase)
                position = stop
                continue
            is_counted = is_counted or token.kind == "QTY"
        chunks.append(token if token.lexeme is None else name_token(token, token.lexeme))
        position += 1
    return _join_kin(chunks) if is_counted else chunks


def _join_kin(chunks: list[Chunk]) -> list[Chunk]:
    """Join "a father of four": one person, whose children are counted and not harmed."""
    joined: list[Chunk] = []
    for chunk in chunks:
        if (
            chunk.kind == "QTY"
            and len(joined) > 1
            and joined[-1].kind == "OF"
            and joined[-2].kind == "PEOPLE"
            and joined[-2].bits & _KIN_ONE
        ):
            joined.pop()
            joined[-1] = change_chunk(joined[-1], end=chunk.end, reason="kin")
        elif _counts_some(joined, chunk):
            number = joined[-2]
            del joined[-2:]
            joined.append(
                change_chunk(
                    chunk,
                    start=number.start,
                    count=number.count,
                    counted=True,
                    data=number.data,
                    article=None,
                )
            )
        elif _counts_family(joined, chunk):
            joined.pop()
            joined[-1] = change_chunk(
                joined[-1], end=chunk.end, count=chunk.count, counted=True, many=True, data=chunk.data
            )
        else:
            joined.append(chunk)
    return joined


def _says(before: list[Chunk], token: Chunk) -> bool:
    """ "Medics report one dead": right behind those who speak, the noun is the verb."""
    if not token.bits & _SAY or not token.bits & _NOUN or not before:
        return False
    speaker = before[-1]
    return speaker.many and speaker.kind in _SPEAKING and token.start - speaker.end == 1


def _counts_some(before: list[Chunk], chunk: Chunk) -> bool:
    """ "Two of its members", "seven of the soldiers": the number counts them."""
    if chunk.kind != "PEOPLE" or chunk.counted or not chunk.many or chunk.article not in _SOME_OF:
        return False
    return len(before) > 1 and before[-1].kind == "OF" and before[-2].kind == "QTY"


def _counts_family(before: list[Chunk], chunk: Chunk) -> bool:
    """ "A family of six": the number counts those in it."""
    if len(before) < 2 or before[-1].kind != "OF" or chunk.count is None:
        return False
    counts = chunk.kind == "QTY" or (chunk.kind == "PEOPLE" and chunk.counted)
    family = before[-2]
    return counts and family.kind == "PEOPLE" and bool(family.bits & _PEOPLE_BODY) and not family.counted


def _find_phrase_end(reading: str, tokens: list[Chunk], start: int) -> int:
    """Give the index one past the head noun of the phrase that begins at `start`, or `start` when none does."""
    seen = 0  # the categories of what stands before the noun; none at the start alone
    is_plain = True
    is_owner = False
    end, gap = start, 0
    for position in range(start, len(tokens)):
        token = tokens[position]
        if position > start and not _follows(reading, tokens[position - 1], token):
            break
        bits = token.bits
        if bits & _DEMONYM and position > start and tokens[position - 1].kind == "PLACE":
            break
        lexeme = token.lexeme
        noun = lexeme.noun if lexeme is not None else None
        if noun is not None and bits & _ADJ and _is_modifier(reading, tokens, position):
            noun = None
        if noun is not None:
            if end > start and not (
                (is_owner and bits & _SPEAKER) or _may_follow_noun(tokens[position - 1], token)
            ):
                break
            end, gap = position + 1, 0
            is_owner = reading[token.end : token.end + 1] == "'"  # "a lawyers' group"
            if noun in _PLURAL_ENDS and not bits & _MODIFIER and not is_owner:
                break
        elif end > start:
            break
        elif bits & _MODIFIER:
            if seen and bits & _LIMITING and not _may_limit(bits, seen, tokens[start]):
                break
        elif token.kind == "WORD" and seen & _LIMITING:
            gap += len(token.value.split())
            if gap > (_LONGEST_GAP if seen & _QTY else _LONGEST_GAP_AFTER_ARTICLE):
                break
        elif not _may_join(tokens, position, seen, is_plain):
            break
        seen |= bits
        is_plain = is_plain and bool(bits & _PLAIN)
    return end


def _may_limit(bits: int, seen: int, first: Chunk) -> bool:
    """A number does not follow a name or a number ("in Sanaa four people"), nor an article anything but "of the"."""
    if bits & _QTY and seen & (_QTY | _NAMED):
        return False
    return not bits & _DET or first.readings.get("DET") in _PARTITIVE


def _may_join(tokens: list[Chunk], position: int, seen: int, is_plain: bool) -> bool:
    """Tell whether a word that is neither noun nor modifier may stand inside a phrase: "70 regime and rebel
    fighters", "five of the men", "a wounded man"."""
    bits = tokens[position].bits
    if bits & _AND and seen & _QTY:
        return _joins_sides(tokens, position)
    if bits & _OF and seen and tokens[position - 1].kind == "QTY":
        return True
    return bool(bits & _PARTICIPLE) and bool(seen) and is_plain and _may_be_adjective(tokens, position)


def _is_modifier(reading: str, tokens: list[Chunk], position: int) -> bool:
    """Tell whether a noun that is an adjective too is one here: "civilian" in "civilian centres", where an unknown
    word follows at once, and "rebel" in "rebel-held areas".
    """
    following = position + 1
    if following == len(tokens) or not _follows(reading, tokens[position], tokens[following]):
        return False
    is_hyphened = reading[tokens[position].end : tokens[following].start] == "-"
    return tokens[following].kind == "WORD" or (is_hyphened and bool(tokens[following].bits & _ADJ))


def _joins_sides(tokens: list[Chunk], position: int) -> bool:
    """ "70 regime and rebel fighters": the number counts both."""
    before, following = tokens[position - 1].bits, position + 1
    if following == len(tokens) or before & _QTY or not before & _MODIFIER:
        return False
    after = tokens[following].bits
    return bool(after & _MODIFIER) and not after & _QTY


def _follows(reading: str, before: Chunk, after: Chunk) -> bool:
    gap = reading[before.end : after.start]
    return gap in _JOINTS or (gap[:2] == " (" and _BRACKETS.fullmatch(gap) is not None)


def _may_follow_noun(before: Chunk, after: Chunk) -> bool:
    """A singular noun may stand before another (school bus); a plural closes the phrase."""
    if before.lexeme is None or before.lexeme.noun not in _PLURALS or before.bits & _MAY_MODIFY:
        return True
    return bool(after.bits & _SPOKESMAN) and not after.bits & _PEOPLE_ONE


def _may_be_adjective(tokens: list[Chunk], position: int) -> bool:
    """A participle is an adjective before anything but a number ("a wounded man") or "others"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is not None and following.kind != "QTY" and not following.bits & _OTHERS


def _build_phrase(reading: str, tokens: list[Chunk]) -> Chunk:
    head = tokens[-1]
    noun = head.lexeme.noun if head.lexeme is not None else None
    if noun is None:
        raise ValueError("a phrase ends with its noun")
    start, article = tokens[0].start, tokens[0].readings.get("DET")
    chunk = Chunk(HEADS[noun], start, head.end, head.readings[noun], head.bits, head.readings)
    chunk.many = noun in _MANY
    chunk.article = article
    number = next((token for token in tokens if token.kind == "QTY"), None) if len(tokens) > 1 else None
    if article == "one":  # "one of the five bakers"
        chunk.count, chunk.counted, chunk.many = exact(1, reading[start : head.end]), True, False
    elif number is not None and number.count is not None:
        count = number.count
        chunk.count, chunk.counted, chunk.data = count, True, number.data
        chunk.many = chunk.many or (count.value or count.low or count.high or 0) > 1
    else:
        chunk.count = count_noun(reading[start : head.end], chunk.many, article)
    _describe(chunk, tokens)
    return chunk


@lru_cache(maxsize=_KEPT_WORDINGS)
def count_noun(wording: str, many: bool, article: str | None) -> Count:
    """Count a noun that has no number: "a child" 1, "both men" 2, a bare plural at least 2."""
    if article == "both":
        return exact(2, wording)
    if many:
        return Count(None, 2, None, "unspecified", wording)
    return exact(1, wording)


def _describe(chunk: Chunk, tokens: list[Chunk]) -> None:
    """Fill group, side, actor, role and body from the head and its modifiers."""
    kind = chunk.kind
    if kind in _GROUPED:
        chunk.group = chunk.value
    readings = chunk.readings
    chunk.role = readings.get("SPEAKER_ONE") or readings.get("SPEAKER_MANY")
    side = demonym = None
    any_side = readings.get("ANY_SIDE")
    if chunk.bits & _DESCRIBING:
        side, demonym, chunk.body = readings.get("SIDE"), readings.get("DEMONYM"), readings.get("BODY")
    if len(tokens) > 1:
        modifiers = tokens[:-1]
        said = _take_modifiers(chunk, modifiers)
        if said & _DESCRIBING:
            owner = _find_reading(reversed(modifiers), "SIDE")
            side = owner or side if chunk.bits & _FORCE else side or owner
            if side == owner:
                any_side = _find_reading(reversed(modifiers), "ANY_SIDE") or any_side
            demonym = _find_reading(modifiers, "DEMONYM") or demonym
            chunk.body = _find_reading(modifiers, "BODY") or chunk.body
            if said & _ANY_BODY:  # "the civil defence agency"
                chunk.bits |= _ANY_BODY
                chunk.role = _find_reading(modifiers, "ANY_BODY")
        if said & _STRANGE:
            chunk.body = None
    if chunk.bits & _BASED:
        chunk.body = None
    if kind == "ACTOR" or (kind in _ACTING and (side or demonym)):
        chunk.actor = side or (demonym if kind != "PEOPLE" else None)
        chunk.any_side = any_side if side else None
    if kind == "MEANS" and demonym:
        chunk.value = readings.get("MEANS_OF_STATE", chunk.value)
    if kind == "PEOPLE" and side and chunk.group == "people":
        chunk.group = "combatants"
    if kind == "MEANS" and chunk.count is not None and chunk.counted and chunk.count.high == 0:
        chunk.kind = "NO_MEANS"
    if chunk.harm and kind in _HARMED:
        chunk.kind = _HARMED[kind]


def _find_reading(tokens: Iterable[Chunk], category: str) -> str | None:
    """Give what the first of the tokens that has the category means there."""
    return next((token.readings[category] for token in tokens if category in token.readings), None)


def _take_modifiers(chunk: Chunk, modifiers: list[Chunk]) -> int:
    """Take what the words before the head say: the place, the group, the harm, the weapon; give their categories."""
    said = 0
    for token in modifiers:
        said |= token.bits
        if token.kind == "PLACE":
            chunk.within = token.data
            continue
        if token.kind == "AGE" and chunk.kind == "PEOPLE" and _is_childs(token.count):
            chunk.group = "children"
        if not token.bits & _TELLING:
            continue
        readings = token.readings
        if chunk.kind == "PEOPLE" and chunk.group == "people":
            chunk.group = readings.get("MODIFIES", chunk.group)
            chunk.group = readings.get("PEOPLE_ONE") or readings.get("PEOPLE_MANY") or chunk.group
        chunk.harm = readings.get("HARM_ED") or readings.get("DAMAGE_ED") or chunk.harm
        if chunk.kind == "MEANS" and chunk.value == "attack":
            chunk.value = readings.get("MEANS_ONE") or readings.get("MEANS_MANY") or chunk.value
    return said


def _is_childs(age: Count | None) -> bool:
    return age is not None and (age.value or _ADULT) < _ADULT


def name_token(token: Chunk, lexeme: Lexeme) -> Chunk:
    """Give a word that stands alone the kind the rules know it by."""
    readings, kind = lexeme.readings, lexeme.alone
    token.kind, token.value = kind, readings[kind]
    if kind == "SIDE":
        token.kind, token.actor, token.body = "ACTOR", readings["SIDE"], readings.get("BODY")
        token.any_side = readings.get("ANY_SIDE")
    elif kind == "BODY":
        token.body, token.actor = readings["BODY"], readings.get("SIDE")
    elif kind == "DEMONYM":
        token.actor = readings["DEMONYM"]
    return token
