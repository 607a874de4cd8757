"""Noun phrases of languages in which the noun stands before what describes it: number, noun, adjectives, bound.

"Three dead civilians" is "three, killed, civilians" there: the first noun is the head, and what follows it without
"and" says more of it.
"""

from dataclasses import replace
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.lexemes import NOUNS
from harmledger.claims.phrases import HEADS, count_noun, name_token
from harmledger.lexicon.letters import JOINT
from harmledger.lexicon.numbers import Qualifier
from harmledger.ranges.bounds import bound_figure
from harmledger.ranges.figures import Figure
from harmledger.records.count import Count, exact
from harmledger.records.vocabulary import Quantifier

_NOUN: Final = join_bits(*NOUNS)
_QTY: Final = join_bits("QTY")
_DET: Final = join_bits("DET")
_OF: Final = join_bits("OF")
_BOUND: Final = join_bits("BOUND")
_PEOPLE: Final = join_bits("PEOPLE_ONE", "PEOPLE_TWO", "PEOPLE_MANY", "PEOPLE_BODY")
_PEOPLE_MANY: Final = join_bits("PEOPLE_MANY")
_TARGET: Final = join_bits("TARGET_ONE", "TARGET_TWO", "TARGET_MANY")
_MEANS: Final = join_bits("MEANS_ONE", "MEANS_TWO", "MEANS_MANY", "ATTACK_ONE", "ATTACK_MANY")
_FORCE: Final = join_bits("FORCE_N")
_SIDE: Final = join_bits("SIDE")
_DESCRIBING: Final = join_bits("ADJ", "DEMONYM", "MODIFIES", "MEANS_OF")
_OWNING: Final = join_bits("SIDE", "BODY")
_ALONE_FIRST: Final = join_bits("SIDE", "BODY", "HIT_ED", "HARM_ED", "CARRY_OUT", "SAY", "THE_HARMED", "TOLL")
"""A word of these counts as such before it counts as a noun."""
_PEOPLE_OR_HARM: Final = frozenset({"PEOPLE", "HARMED_PEOPLE"})
_JOINTS: Final = frozenset({" ", JOINT, "  ", ' "', '" ', '"', "", f" {JOINT}"})
_MOST_FOLLOWING: Final = 6
_SHORTEST_NAME, _LONGEST_NAME = 2, 5
"""Words of a person's name."""
_SHORTEST_OWNED = 3
_BEFORE_NAME: Final = frozenset({"DEATHS", "HARM_ED", "TITLE"})
_NAME: Final = join_bits("NAME")
_EACH_OF: Final = join_bits("EACH_OF")
_OCCUPIER: Final = join_bits("OCCUPIER")
_OCCUPIER_NAMED: Final = join_bits("OCCUPIER_NAMED")
_FAMILY: Final = join_bits("PEOPLE_BODY")
_CONSISTING: Final = join_bits("CONSISTING")
_VAGUE_KINDS: Final = frozenset({"people", "other"})
_MAY_FIGHT: Final = frozenset({"people", "men"})
"""Groups whose people fight where they are a party's: "men of the army"."""
_UNMANNED: Final = "drone"
_NOTHING_OF_ITS_OWN: Final = frozenset(
    {"shelling", "attack", "air_strike", "missile", "explosion", "gunfire"}
)


def build_noun_first(
    reading: str, tokens: list[Chunk], owned: tuple[str, ...] = (), masculine: frozenset[str] = frozenset()
) -> list[Chunk]:
    """Gather tokens into chunks. A token that is part of no noun phrase becomes a chunk of its own.

    `owned` are endings of a noun that say whose somebody is, `masculine` words as written that fold into one for a woman
    and are of a man.
    """
    chunks: list[Chunk] = []
    position, count = 0, len(tokens)
    while position < count:
        token = tokens[position]
        is_bare = token.lexeme is None and token.kind != "QTY"
        head = None if is_bare else _find_head(reading, tokens, position)
        if head is None:
            chunks.append(token if token.lexeme is None else name_token(token, token.lexeme))
            position += 1
            continue
        stop = _find_end(reading, tokens, head)
        phrase = _build(reading, tokens[position:stop], head - position)
        if phrase.kind == "PEOPLE" and phrase.article is None and _is_owned(reading, tokens[head], owned):
            phrase.article = "own"
            if reading[tokens[head].start : tokens[head].end] in masculine:
                phrase.group = "men"
        chunks.append(phrase)
        position = stop
    _name_persons(chunks)
    _count_families(chunks)
    _name_occupiers(chunks)
    _tell_ranks(chunks)
    return chunks


def _is_owned(reading: str, noun: Chunk, owned: tuple[str, ...]) -> bool:
    """Tell whether the noun ends as one that is somebody's: "his wife", "her children"."""
    word = reading[noun.start : noun.end]
    return len(word) > _SHORTEST_OWNED and word.endswith(owned)


def _name_persons(chunks: list[Chunk]) -> None:
    """Make names of unknown words right behind a word of harm, and of those joined to them: "the killing of Person A and
    Person B". Words that stand side by side become one name."""
    index = 0
    while index < len(chunks):
        is_named = chunks[index].kind == "WORD" and _opens_name(chunks, index)
        if is_named and _join_name(chunks, index):
            following = _find_next_name(chunks, index)
            while following is not None and _join_name(chunks, following):
                index = following
                following = _find_next_name(chunks, index)
        index += 1


def _opens_name(chunks: list[Chunk], index: int) -> bool:
    """Tell whether a word of harm stands right before, or "each of" behind one."""
    before = chunks[max(index - 3, 0) : index]
    if before and before[-1].kind == "QUOTE":
        before.pop()
    if before and before[-1].bits & _EACH_OF:
        before.pop()
    return bool(before) and before[-1].kind in _BEFORE_NAME


def _find_next_name(chunks: list[Chunk], index: int) -> int | None:
    """Give where the next name of a list may begin: behind "and" or a comma, or both."""
    position = index + 1
    kinds = [chunk.kind for chunk in chunks[position : position + 2]]
    if kinds[:1] == ["COMMA"] or kinds[:1] == ["AND"]:
        position += 2 if kinds == ["COMMA", "AND"] else 1
        if position < len(chunks) and chunks[position].kind == "WORD":
            return position
    return None


def _join_name(chunks: list[Chunk], index: int) -> bool:
    """Make one name of the words from `index` on that stand side by side; tell whether there are as many as a name has."""
    stop = index + 1
    while (
        stop < len(chunks) and chunks[stop].kind == "WORD" and chunks[stop].start - chunks[stop - 1].end == 1
    ):
        stop += 1
    value = " ".join(chunk.value for chunk in chunks[index:stop])
    if not _SHORTEST_NAME <= len(value.split()) <= _LONGEST_NAME:
        return False
    name = chunks[index]
    name.kind, name.bits, name.value, name.end = "NAME", _NAME, value, chunks[stop - 1].end
    del chunks[index + 1 : stop]
    return True


def _name_occupiers(chunks: list[Chunk]) -> None:
    """Let the adjective behind an occupation without a name tell whose it is: "the American occupation forces"."""
    for index, chunk in enumerate(chunks):
        if not chunk.bits & _OCCUPIER:
            continue
        behind = index + 1
        if behind < len(chunks) and chunks[behind].kind == "DET":
            behind += 1
        if behind < len(chunks) and chunks[behind].kind == "DEMONYM" and chunks[behind].value:
            chunk.kind, chunk.actor, chunk.body = "ACTOR", chunks[behind].value, None
            chunk.bits, chunk.end = chunk.bits & ~_OCCUPIER | _OCCUPIER_NAMED, chunks[behind].end
            del chunks[index + 1 : behind + 1]


def _count_families(chunks: list[Chunk]) -> None:
    """Count a family by those it is made of: "a family of five people", "a family made up of a father, a mother and two
    children"."""
    for index, chunk in enumerate(chunks):
        if chunk.kind != "PEOPLE" or not chunk.bits & _FAMILY or chunk.counted:
            continue
        of = index + 1
        if of < len(chunks) and chunks[of].bits & _CONSISTING:
            of += 1
        if of == index + 1 or of >= len(chunks) or not chunks[of].bits & _OF:
            continue
        stop = _count_members(chunks, of + 1)
        if stop is not None:
            total = sum(
                member.count.value or 0 for member in chunks[of + 1 : stop] if member.count is not None
            )
            wording = chunk.value
            chunk.count, chunk.counted, chunk.end = exact(total, wording), True, chunks[stop - 1].end
            del chunks[index + 1 : stop]


def _count_members(chunks: list[Chunk], start: int) -> int | None:
    """Give the index one past the people from `start` on that are joined and each counted exactly, or None."""
    stop = start
    while stop < len(chunks) and chunks[stop].kind in {"PEOPLE", "QTY"}:
        count = chunks[stop].count
        if count is None or count.quantifier != "exact":
            return None
        stop += 1
        if stop + 1 >= len(chunks) or chunks[stop].kind != "AND" or chunks[stop + 1].kind != "PEOPLE":
            return stop
        stop += 1
    return None


def _tell_ranks(chunks: list[Chunk]) -> None:
    """Give the harmed the group that "in the ranks of" tells: "dead and wounded among the civilians"."""
    for index, chunk in enumerate(chunks):
        if chunk.kind != "AMONG" or index == 0 or index + 1 >= len(chunks):
            continue
        group = chunks[index + 1].group
        is_mixed = [c.kind for c in chunks[index + 2 : index + 4]] == ["AND", "PEOPLE"]
        if group is None or is_mixed:
            continue
        for position in (index - 1, index - 3):
            harmed = chunks[position] if position >= 0 else None
            if (
                harmed is None
                or harmed.kind not in {"HARMED_PEOPLE", "THE_HARMED"}
                or harmed.group != "people"
            ):
                break
            harmed.group = group


def _find_head(reading: str, tokens: list[Chunk], start: int) -> int | None:
    """Give the index of the noun of the phrase that begins at `start` (a number, an article or the noun), or None."""
    position = start
    if tokens[position].kind == "QTY":
        position += 1
        if position < len(tokens) and tokens[position].bits & _OF:
            position += 1
    if position < len(tokens) and tokens[position].bits & _DET and tokens[position].lexeme is not None:
        position += 1
    if position >= len(tokens) or not _is_noun(tokens, position):
        return None
    if any(not _touches(reading, tokens, at) for at in range(start + 1, position + 1)):
        return None
    return position


def _is_noun(tokens: list[Chunk], position: int) -> bool:
    """Tell whether the word heads a phrase here; one that is also a verb, a party or a deed does behind a number."""
    token = tokens[position]
    if token.lexeme is None or token.lexeme.noun is None:
        return False
    if token.lexeme.alone in {"DEATHS", "DAMAGE_NOUN"} or token.bits & _ALONE_FIRST:
        is_counted = position > 0 and tokens[position - 1].kind == "QTY"
        return is_counted and bool(token.bits & _PEOPLE)
    return True


def _touches(reading: str, tokens: list[Chunk], position: int) -> bool:
    return reading[tokens[position - 1].end : tokens[position].start] in _JOINTS


def _find_end(reading: str, tokens: list[Chunk], head: int) -> int:
    """Give the index one past the last word that describes the noun."""
    end = position = head + 1
    bits = tokens[head].bits
    while position < len(tokens) and position - head <= _MOST_FOLLOWING:
        if not _touches(reading, tokens, position):
            break
        token = tokens[position]
        if token.bits & _DET and token.lexeme is not None:
            position += 1
            continue
        if not _describes(bits, token, tokens, position):
            break
        position += 1
        end = position
    return end


def _describes(bits: int, token: Chunk, tokens: list[Chunk], position: int) -> bool:
    if token.kind == "QTY":
        value = token.count.value if token.count is not None else None
        is_defined = bool(tokens[position - 1].bits & _DET) and bool(
            bits & _PEOPLE_MANY
        )  # "the children the three"
        return (value == 2 or is_defined) and bool(bits & (_PEOPLE | _TARGET))
    if token.bits & _BOUND:
        return True
    if bits & _FORCE and token.bits & _OWNING:
        return True
    if bits & _PEOPLE and token.bits & _PEOPLE and not token.bits & _ALONE_FIRST:
        return True
    if bits & _MEANS and token.bits & _MEANS and not token.bits & _ALONE_FIRST:
        return True
    if bits & (_PEOPLE | _FORCE) and token.bits & _SIDE:
        return True
    return bool(token.bits & _DESCRIBING) and not token.bits & _ALONE_FIRST


def _build(reading: str, tokens: list[Chunk], head: int) -> Chunk:
    noun_token = tokens[head]
    noun = noun_token.lexeme.noun if noun_token.lexeme is not None else None
    if noun is None:
        raise ValueError("a phrase has a noun")
    start, end = tokens[0].start, tokens[-1].end
    chunk = Chunk(HEADS[noun], start, end, noun_token.readings[noun], noun_token.bits, noun_token.readings)
    chunk.article = next((t.readings["DET"] for t in tokens[:head] if "DET" in t.readings), None)
    chunk.many = noun.endswith("_MANY") or noun == "PEOPLE_BODY"
    if chunk.kind in {"PEOPLE", "TARGET"}:
        chunk.group = chunk.value
    _count(reading, chunk, tokens, head, noun)
    _describe(chunk, tokens[head + 1 :])
    chunk.role = chunk.readings.get("SPEAKER_ONE") or chunk.readings.get("SPEAKER_MANY")
    harm = chunk.harm or chunk.readings.get("HARMED")
    is_one_of = chunk.counted and not chunk.many and chunk.article is not None  # "one (of) the wounded"
    if harm and chunk.kind == "PEOPLE" and not is_one_of:
        chunk.harm, chunk.kind = harm, "HARMED_PEOPLE"
        if chunk.article is not None and chunk.many and not chunk.counted:
            chunk.kind, chunk.value = "THE_HARMED", harm
    return chunk


def _count(reading: str, chunk: Chunk, tokens: list[Chunk], head: int, noun: str) -> None:
    number = tokens[0] if tokens[0].kind == "QTY" else None
    wording = reading[tokens[0].start : tokens[head].end]
    if number is not None and number.count is not None:
        chunk.count, chunk.counted, chunk.data = number.count, True, number.data
        chunk.many = (number.count.value or number.count.low or number.count.high or 0) != 1
    elif noun.endswith("_TWO"):
        chunk.count, chunk.counted, chunk.many = exact(2, wording), True, True
    else:
        chunk.count = count_noun(wording, chunk.many, None)
    pair = next((t for t in tokens[head + 1 :] if t.kind == "QTY"), None)
    if number is None and pair is not None and pair.count is not None:  # "civilians two"
        chunk.count, chunk.counted, chunk.many, chunk.data = pair.count, True, True, pair.data
    bound = next((t.readings["BOUND"] for t in tokens[head + 1 :] if "BOUND" in t.readings), None)
    if bound is not None and chunk.count is not None and chunk.count.value is not None:
        chunk.count = _bound(chunk.count, bound, reading[tokens[0].start : tokens[-1].end])


def _bound(count: Count, bound: str, wording: str) -> Count:
    """Give a count under words that stand behind its noun: "six civilians at least"."""
    quantifier: Quantifier = bound  # type: ignore[assignment]
    figure = Figure(0, 0, "word", count.value)
    return replace(bound_figure(figure, Qualifier(quantifier), wording))


def _describe(chunk: Chunk, following: list[Chunk]) -> None:
    """Take what the words behind the noun say: the group, the harm, the side, the weapon."""
    side, demonym = None, None
    if chunk.bits & _SIDE:
        side = chunk.readings.get("SIDE")
    for token in following:
        readings = token.readings
        if chunk.kind == "PEOPLE":
            group = (
                readings.get("MODIFIES")
                or readings.get("PEOPLE_MANY")
                or readings.get("PEOPLE_TWO")
                or readings.get("PEOPLE_ONE")
            )
            if group and group != "people" and chunk.group in _VAGUE_KINDS:
                chunk.group = group
            chunk.harm = readings.get("HARMED") or chunk.harm
        if "BODY" in readings:
            chunk.body = chunk.body or readings["BODY"]
        side = side or readings.get("SIDE")
        chunk.bits |= token.bits & (_OCCUPIER | _OCCUPIER_NAMED)
        demonym = demonym or readings.get("DEMONYM")
        if chunk.kind == "MEANS" and chunk.value in _NOTHING_OF_ITS_OWN:
            weapons = (readings.get(name) for name in ("MEANS_OF", "MEANS_ONE", "MEANS_MANY", "MEANS_TWO"))
            told = [weapon for weapon in weapons if weapon]
            chunk.value = next(iter(told), chunk.value)
        elif chunk.kind == "MEANS" and readings.get("MEANS_OF") == _UNMANNED:
            chunk.value = _UNMANNED  # "aircraft of X, unmanned"
    if chunk.kind in {"ACTOR", "MEANS"}:
        chunk.actor = side or demonym
        if chunk.kind == "ACTOR" and "MEANS_OF" not in chunk.readings:
            weapon = next((t.readings["MEANS_OF"] for t in following if "MEANS_OF" in t.readings), None)
            if weapon is not None:
                chunk.readings = {**chunk.readings, "MEANS_OF": weapon}
                chunk.bits |= join_bits("MEANS_OF")
    elif chunk.kind == "PEOPLE" and side:
        chunk.actor = side
        if chunk.group in _MAY_FIGHT:
            chunk.group = "combatants"
