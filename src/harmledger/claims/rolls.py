"""Rolls: lists of the names of those harmed, which count them where nobody gives their number.

"The martyrs: A, B, and C" tells of three. The list stands behind a colon, or in the lines below it. It becomes one
total, whose words are those before the colon, and one person for each name, who is a part of the total: of the one told
before, where that is as large.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.context import Context
from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.parting import close_joints
from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.rolls import RollWords, load_roll_words
from harmledger.records.count import Count, exact

RULE: Final = "toll.roll"
ENTRY_RULE: Final = "toll.roll-entry"
_HARMED: Final = frozenset({"THE_HARMED", "HARMED_PEOPLE"})
_HARMS: Final = frozenset({"killed", "injured", "missing"})
_HEADING: Final = frozenset(
    {"WORD", "IN", "OF", "PLACE", "TIME", "MEANS", "DET", "ADJ", "QUOTE", "DASH", "BY", "ACTOR", "REL", "DIRECTION", "LEVEL",
     "HARM_ED", "FOR", "AND", "SAY", "SPEAKER", "COMMA", "PEOPLE", "CAUSE"}
)  # fmt: skip
"""Kinds that may stand in the words before a list of names."""
_NAMING: Final = frozenset({"WORD", "NAME", "NUM"})
"""Kinds of the words of a name."""
_BESIDE: Final = frozenset(
    {"PEOPLE", "HARMED_PEOPLE", "AGE", "QTY", "TITLE", "OPEN", "CLOSE", "QUOTE", "ADJ", "PLACE", "DASH", "IN", "FOR",
     "OF", "SPEAKER", "MODIFIES", "SEMI", "NAME", "TARGET"}
)  # fmt: skip
"""Kinds that may stand beside the words of a name: age, kin, calling, where the person came from."""
_JOINING: Final = frozenset({"COMMA", "AND"})
_NUMBERS: Final = frozenset({"QTY", "NUM"})
_MARKS: Final = frozenset({"QTY", "DASH", "SEMI", "QUOTE", "OPEN"})
"""Kinds that may stand before a name and are no part of it."""
_OLDEST_CHILD: Final = 17
_MOST_ENTRIES: Final = 80
_MOST_HEADING: Final = 14
_MOST_CHUNKS: Final = 16
"""Most chunks of one name with what is told beside it."""
_LEAST_WORDS: Final = 2
"""Words that make a name where no number, age or kin says that it is one."""
_MOST_WORDS: Final = 8
_MOST_ALONE: Final = 3
"""Words beside those harmed in a heading without a colon."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a roll: the chunks [first, last] of sentence `index`, and the group that the words tell."""

    index: int
    first: int
    last: int
    group: str


@dataclass(slots=True)
class Roll:
    """A list of names: the sentence and the chunk of the word for those harmed, and who stands in the list.

    `is_open` where the words say that there are more than are named, or the list breaks off. `whole` is the total that
    counts them, once it is told.
    """

    harm: str
    index: int
    head: int
    entries: list[Entry] = field(default_factory=list)
    is_open: bool = False
    whole: Draft | None = None


def find_rolls(reading: str, parsed: Sequence[Parsed], language: str) -> Mapping[int, Roll]:
    """Give the rolls of a document by each sentence in which they stand; none in a language without words for them."""
    words = load_roll_words(language)
    found: dict[int, Roll] = {}
    if words is None:
        return found
    for position, sentence in enumerate(parsed):
        if sentence.index in found:
            continue
        roll = _open_roll(reading, sentence, words)
        if roll is None:
            continue
        _read_lines(reading, parsed[position + 1 :], roll, words)
        if roll.entries:
            found[roll.index] = roll
            found.update((entry.index, roll) for entry in roll.entries)
    return found


def draft_roll(
    reading: str, parsed: Parsed, roll: Roll, drafts: list[Draft], context: Context
) -> list[Draft]:
    """Give the drafts of a sentence of a roll: its total, where none as large was told, and the people named in it.

    `drafts` are what the rules read in the sentence; a line of names is read for nothing else.
    """
    own = [entry for entry in roll.entries if entry.index == parsed.index]
    if parsed.index != roll.index:
        return [_draft_entry(reading, parsed, roll, entry) for entry in own] if roll.whole else drafts
    kept = [draft for draft in drafts if not _is_head(draft, roll)]
    told = next((draft for draft in kept if draft.harm == roll.harm and _counts(draft, roll)), None)
    if told is not None and own:
        return drafts  # the total covers those named in its own sentence
    before = context.totals.get(roll.harm)
    roll.whole = told or (before if before is not None and _counts(before, roll) else None)
    if roll.whole is None:
        roll.whole = _draft_total(reading, parsed, roll)
        kept.append(roll.whole)
    kept += [_draft_entry(reading, parsed, roll, entry) for entry in own]
    return sorted(kept, key=lambda draft: (draft.first, draft.last))


def _is_head(draft: Draft, roll: Roll) -> bool:
    """Tell whether a draft is what the rules made of the list's heading: "the martyrs", without a number."""
    is_same = draft.harm == roll.harm and draft.first <= roll.head <= draft.last
    return is_same and draft.victims is not None and not draft.victims.counted


def _counts(total: Draft, roll: Roll) -> bool:
    """Tell whether a total told gives a number that those named are some of."""
    count = total.count
    is_vague = count is None or count.quantifier in {"unspecified", "several"}
    size = (count.value or count.low or 0) if count is not None else 0
    return not is_vague and not total.is_subset and size >= len(roll.entries)


def _draft_total(reading: str, parsed: Parsed, roll: Roll) -> Draft:
    number, head = len(roll.entries), parsed.chunks[roll.head]
    wording = reading[head.start : head.end]
    count = Count(number, number, None, "at_least", wording) if roll.is_open else exact(number, wording)
    draft = Draft("toll", parsed, roll.head, roll.head, roll.harm, head.group or "people", count)
    draft.rules.append(RULE)
    draft.victims = head
    return draft


def _draft_entry(reading: str, parsed: Parsed, roll: Roll, entry: Entry) -> Draft:
    draft = Draft("toll", parsed, entry.first, entry.last, roll.harm, entry.group)
    draft.count = exact(1, reading[draft.start : draft.end])
    draft.rules.append(ENTRY_RULE)
    draft.is_subset, draft.is_told_of, draft.whole = True, True, roll.whole
    draft.victims = parsed.chunks[entry.first]
    return draft


def _open_roll(reading: str, parsed: Parsed, words: RollWords) -> Roll | None:
    """Give the roll that a sentence opens, with the names behind its colon; None where it opens none."""
    chunks = parsed.chunks
    for head, chunk in enumerate(chunks[:_MOST_HEADING]):
        if chunk.kind not in _HARMED or chunk.harm not in _HARMS or not chunk.many or chunk.counted:
            continue
        colon = next((i for i in range(head + 1, len(chunks)) if _is_colon(reading, chunks[i])), None)
        stop = len(chunks) if colon is None else colon
        before = _list_words(reading, chunks[:head])
        around = before + _list_words(reading, chunks[head + 1 : stop])
        is_open = not words.opening.isdisjoint(before[-2:])
        is_named = is_open or not words.heads.isdisjoint(around)
        is_first = not before
        if any(other.kind not in _HEADING for other in chunks[head + 1 : stop]):
            continue
        is_heading = colon is not None and (is_first or colon == head + 1)
        if stop - head > _MOST_HEADING or not (is_named or is_heading):
            continue
        if colon is None and len(around) > _MOST_ALONE:
            continue
        roll = Roll(chunk.harm, parsed.index, head, is_open=is_open)
        if colon is not None:
            _read_entries(reading, parsed, colon + 1, roll, words)
        return roll
    return None


def _is_colon(reading: str, chunk: Chunk) -> bool:
    return chunk.kind == "SEMI" and reading[chunk.start : chunk.end].strip() == ":"


def _list_words(reading: str, chunks: Sequence[Chunk]) -> list[str]:
    """Give the words of chunks, folded, with their articles and particles."""
    return [word for chunk in chunks for word in _fold_words(reading, chunk)]


def _fold_words(reading: str, chunk: Chunk) -> list[str]:
    return [fold_letters(word) for word in _WORD.findall(close_joints(reading[chunk.start : chunk.end]))]


def _read_lines(reading: str, following: Sequence[Parsed], roll: Roll, words: RollWords) -> None:
    """Take the lines behind the heading that hold a name each, up to the first that holds none."""
    index = roll.index
    is_skipped = False
    for parsed in following:
        if roll.is_open and roll.entries and roll.entries[-1].index == index and index != roll.index:
            return  # the list broke off
        if parsed.index != index + 1 or len(parsed.chunks) > _MOST_CHUNKS or _has_signs(reading, parsed):
            return
        index = parsed.index
        if not parsed.chunks or (len(parsed.chunks) == 1 and parsed.chunks[0].kind in _NUMBERS):
            continue
        known, is_opening = len(roll.entries), not roll.entries and not is_skipped
        is_whole = _read_entries(reading, parsed, 0, roll, words)
        if not is_whole or len(roll.entries) == known:
            del roll.entries[known:]
            if not is_opening:
                return
            is_skipped = True  # "all wounds are light"


def _has_signs(reading: str, parsed: Parsed) -> bool:
    """Tell whether a line holds what no name does: a hashtag, an address, letters of another script."""
    line = reading[parsed.sentence.start : parsed.sentence.end]
    return "#" in line or "@" in line or "http" in line or bool(_LATIN.search(line))


def _read_entries(reading: str, parsed: Parsed, start: int, roll: Roll, words: RollWords) -> bool:
    """Take the names from chunk `start` on; tell whether nothing else stands behind them."""
    is_line = start == 0
    chunks = parsed.chunks
    for first, stop, is_end in _split(reading, chunks, start, is_line):
        told = _list_words(reading, chunks[first:stop])
        if not words.others.isdisjoint(told):
            roll.is_open = True
            return True
        if not words.never.isdisjoint(told):
            return False
        entry = _make_entry(reading, parsed, first, stop, is_line, words)
        if entry is None:
            return False
        if len(roll.entries) >= _MOST_ENTRIES:
            roll.is_open = True
            return True
        roll.entries.append(entry)
        roll.is_open = roll.is_open or _breaks_off(reading, chunks, stop)
        if is_end:
            return stop == len(chunks) or _breaks_off(reading, chunks, stop)
    return True


def _breaks_off(reading: str, chunks: Sequence[Chunk], stop: int) -> bool:
    """Tell whether dots stand behind the last name: the post was cut."""
    return (
        stop < len(chunks)
        and chunks[stop].kind == "DASH"
        and reading[chunks[stop].start : chunks[stop].end][:1] in "…."
    )


def _split(
    reading: str, chunks: Sequence[Chunk], start: int, is_line: bool
) -> Iterator[tuple[int, int, bool]]:
    """Give the stretches of chunks that may hold a name each, as (first, stop, whether nothing follows them)."""
    first, named = start, 0
    for index in range(start, len(chunks)):
        chunk = chunks[index]
        is_number = chunk.kind in _NUMBERS and not _fold_words(reading, chunk)
        is_cut = _breaks_off(reading, chunks, index)
        if is_cut or chunk.kind not in _NAMING | _BESIDE | _JOINING:
            if index > first:
                yield first, index, True
            return
        if chunk.kind == "COMMA" or is_number or _parts_names(chunks, index, first, named, is_line):
            if named or any(c.kind == "PEOPLE" for c in chunks[first:index]):
                yield first, index, False
            first, named = index if is_number else index + 1, 0
        elif chunk.kind in _NAMING:
            named += len(_fold_words(reading, chunk))
    if named or any(chunk.kind == "PEOPLE" for chunk in chunks[first:]):
        yield first, len(chunks), True


def _parts_names(chunks: Sequence[Chunk], index: int, first: int, named: int, is_line: bool) -> bool:
    """Tell whether "and" joins another person: many a name begins with its letter."""
    if chunks[index].kind != "AND" or index + 1 == len(chunks):
        return False
    if index == first:
        return True
    return chunks[index + 1].kind == "PEOPLE" or (not is_line and named >= _LEAST_WORDS)


def _make_entry(
    reading: str, parsed: Parsed, first: int, stop: int, is_line: bool, words: RollWords
) -> Entry | None:
    """Give the person that chunks[first:stop] name, or None where they name nobody."""
    chunks = parsed.chunks
    is_numbered = chunks[first].kind in _NUMBERS
    while first < stop and (chunks[first].kind in _MARKS or not _fold_words(reading, chunks[first])):
        first += 1
    told = chunks[first:stop]
    people = [chunk for chunk in told if chunk.kind in {"PEOPLE", "HARMED_PEOPLE"}]
    if not told or any(chunk.many or chunk.counted for chunk in people):
        return None
    named = sum(
        len(_fold_words(reading, chunk))
        for before, chunk in zip([None, *told], told, strict=False)
        if chunk.kind in _NAMING and (before is None or before.kind != "AGE")
    )
    is_told = bool(people) or any(chunk.kind in {"AGE", "TITLE"} for chunk in told)
    least = 0 if people and not is_line else 1 if is_told or is_numbered else _LEAST_WORDS
    if not least <= named <= _MOST_WORDS:
        return None
    return Entry(parsed.index, first, stop - 1, _tell_group(reading, told, people, words))


def _tell_group(reading: str, told: Sequence[Chunk], people: Sequence[Chunk], words: RollWords) -> str:
    ages = [chunk.count.value for chunk in told if chunk.kind == "AGE" and chunk.count is not None]
    if any(age is not None and age <= _OLDEST_CHILD for age in ages):
        return "children"
    groups = [chunk.group for chunk in people if chunk.group and chunk.group != "people"]
    groups += [words.groups[word] for word in _list_words(reading, told) if word in words.groups]
    return groups[0] if groups else "people"
