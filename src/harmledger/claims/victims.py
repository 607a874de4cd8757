"""Victims: whom the words of a match count, one entry a number or a person."""

from collections.abc import Sequence
from typing import Final

from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.ranges.quantities import Quantity
from harmledger.records.count import Count, exact

VICTIMS: Final = frozenset(
    {
        "PEOPLE",
        "HARMED_PEOPLE",
        "QTY",
        "AGE",
        "THE_HARMED",
        "DEATHS",
        "TOLL",
        "NAME",
        "PRONOUN_PERSON",
        "PRONOUN_OBJECT",
        "HARMED_ONE",
        "SOME_WERE",
        "BODIES",
        "MASSACRE",
        "NONE_HARMED",
        "BOTH_HARMED",
    }
)
_PRONOUNS: Final = frozenset({"PRONOUN_PERSON", "PRONOUN_OBJECT", "HARMED_ONE", "DET"})
"""Kinds that stand for one person told of before."""
_UNNUMBERED: Final = frozenset({"THE_HARMED", "DEATHS", "TOLL", "SOME_WERE", "BODIES", "MASSACRE"})
_PERSON: Final = frozenset({"PEOPLE", "AGE", "QTY", "NAME"})
BEFORE_NAME: Final = frozenset({"PEOPLE", "AGE", "ADJ", "WORD", "NEVER_PLACE", "DEMONYM"})


def is_counted(victim: Chunk) -> bool:
    """Tell whether the words give the victims a number."""
    return victim.counted or victim.kind == "QTY"


def is_none(victim: Chunk) -> bool:
    """Tell whether the victims are counted as nobody ("no one")."""
    return isinstance(victim.data, Quantity) and victim.data.negative


def drop_clause_before(victims: list[tuple[Chunk, int, int]]) -> list[tuple[Chunk, int, int]]:
    """ "They did not see the suspect, and no one was injured": nobody is the subject of a clause of its own."""
    zero = next((index for index, (victim, _, _) in enumerate(victims) if is_none(victim)), 0)
    return victims[zero:]


def list_victims(
    reading: str, chunks: list[Chunk], begin: int, end: int, core: frozenset[int] | None = None
) -> list[tuple[Chunk, int, int]]:
    """Give the victims of chunks[begin:end] with their places in the sentence; single people joined are summed.

    With `core` only chunks of it count: a part of a total that was taken out of a list is no member of the list.
    """
    found = [
        (_as_victim(chunks, index), index, _victim_end(chunks, index, end))
        for index in range(begin, end)
        if chunks[index].kind in VICTIMS
        and (core is None or index in core)
        and not _is_apposed_age(chunks, index)
    ]
    if len(found) > 1 and is_single(found[0][0]):
        return _join_singles(reading, chunks, found)
    return _share_number(reading, chunks, found)


def _is_apposed_age(chunks: list[Chunk], index: int) -> bool:
    """Tell the age of the person right before it, between commas: "a man, 34, and a woman, 29, were killed"."""
    if chunks[index].kind != "AGE" or index < 2 or chunks[index - 1].kind != "COMMA":
        return False
    age, person = chunks[index].count, chunks[index - 2]
    return age is not None and age.wording.isdecimal() and person.kind == "PEOPLE" and not _is_plural(person)


def _share_number(
    reading: str, chunks: list[Chunk], found: Sequence[tuple[Chunk, int, int]]
) -> list[tuple[Chunk, int, int]]:
    """Give one number to the plurals that share it: "25 soldiers and gunmen" are 25."""
    shared: list[tuple[Chunk, int, int]] = []
    for victim, begin, end in found:
        if shared and _shares(chunks, shared[-1], victim, begin):
            first, first_begin, _ = shared[-1]
            group = first.group if first.group == victim.group else "people"
            shared[-1] = change_chunk(first, end=victim.end, group=group), first_begin, end
        else:
            shared.append((victim, begin, end))
    return shared


def _shares(chunks: list[Chunk], first: tuple[Chunk, int, int], victim: Chunk, begin: int) -> bool:
    """Tell whether a bare plural stands right behind "and" after a counted plural."""
    counted, _, end = first
    return (
        begin == end + 1
        and chunks[end].kind == "AND"
        and counted.kind == victim.kind == "PEOPLE"
        and counted.counted
        and _is_plural(counted)
        and victim.many
        and not victim.counted
        and victim.article is None
        and "OTHERS" not in victim.readings
    )


def _as_victim(chunks: list[Chunk], index: int) -> Chunk:
    chunk = chunks[index]
    quantity = chunk.data
    if isinstance(quantity, Quantity) and quantity.negative and chunk.count is not None:
        return change_chunk(chunk, count=exact(0, chunk.count.wording), group=chunk.group or "people")
    if chunk.kind == "BODIES" and chunk.readings.get("BODY_MANY") != "many":
        return change_chunk(chunk, group="people", count=exact(1, ""))
    if chunk.kind == "NONE_HARMED":
        return change_chunk(chunk, group="people", count=exact(0, ""))
    if chunk.kind == "BOTH_HARMED":
        return change_chunk(chunk, group="people", count=exact(2, ""))
    if chunk.kind in _UNNUMBERED:
        return change_chunk(
            chunk, group=chunk.group or "people", count=Count(None, 2, None, "unspecified", "")
        )
    if chunk.kind in _PRONOUNS:
        return change_chunk(chunk, group="people", count=exact(1, chunk.value))
    if chunk.kind == "QTY" and index + 1 < len(chunks) and chunks[index + 1].kind == "ACTOR":
        return change_chunk(chunk, group="combatants")
    if chunk.kind == "PEOPLE" and chunk.group == "people" and _belongs_to_side(chunks, index):
        return change_chunk(chunk, group="combatants")
    if chunk.kind == "AGE":
        age = chunk.count.value if chunk.count else None
        group = "children" if age is not None and age < 18 else "people"
        return change_chunk(chunk, group=group, count=exact(1, chunk.count.wording if chunk.count else ""))
    if _names_kind(chunks, index):
        return change_chunk(chunk, many=True, count=Count(None, 2, None, "unspecified", ""))
    return chunk


def _names_kind(chunks: list[Chunk], index: int) -> bool:
    """ "Civilian deaths", "the civilian casualties": a kind of people, and no one person."""
    chunk = chunks[index]
    is_bare = (
        chunk.kind == "PEOPLE" and not chunk.many and not chunk.counted and chunk.article in {None, "the"}
    )
    if not is_bare or index + 1 == len(chunks) or chunks[index + 1].kind != "DEATHS":
        return False
    return chunks[index + 1].start - chunk.end <= 1  # "the victim's injuries" are one victim's


def _belongs_to_side(chunks: list[Chunk], index: int) -> bool:
    """ "40 members of the government forces" are combatants."""
    following = [chunk for chunk in chunks[index + 1 : index + 5] if chunk.kind not in {"DET", "ADJ"}][:2]
    return [chunk.kind for chunk in following] in (["OF", "ACTOR"], ["OF", "BODY"]) and (
        following[1].actor is not None or following[1].kind == "ACTOR"
    )


def _victim_end(chunks: list[Chunk], index: int, end: int) -> int:
    """A number with an unknown noun takes the noun into its cue."""
    following = index + 1
    if chunks[index].kind == "QTY" and following < end and chunks[following].kind == "WORD":
        return following + 1
    return following


def is_single(victim: Chunk) -> bool:
    """Tell whether the victim is one person without a number ("a farmer")."""
    return victim.kind == "PEOPLE" and not victim.many and not victim.counted


def _join_singles(
    reading: str, chunks: list[Chunk], found: Sequence[tuple[Chunk, int, int]]
) -> list[tuple[Chunk, int, int]]:
    """Sum people without a number joined by "and", and those called theirs: "a man and his two daughters" are 3.

    Singles joined by a comma alone are one person said twice ("a tailor, a father of four").
    """
    first, last = found[0][2], found[-1][1]
    if all(chunk.kind not in {"AND", "TOGETHER"} for chunk in chunks[first:last]):
        return [found[0]]
    if any(victim.reason == "kin" and victim.article is None for victim, _, _ in found[1:]):
        return [(change_chunk(found[0][0], end=found[-1][0].end), found[0][1], found[-1][2])]
    if any(chunk.kind == "TOGETHER" for chunk in chunks[first:last]):
        return list(found)
    if not all(is_single(victim) or _is_owned(victim) or _is_one_of(victim) for victim, _, _ in found):
        return list(found)
    total = sum(
        victim.count.value for victim, _, _ in found if victim.count is not None and victim.count.value
    )
    groups = {victim.group for victim, _, _ in found}
    wording = reading[found[0][0].start : found[-1][0].end]
    joined = change_chunk(
        found[0][0],
        end=found[-1][0].end,
        count=Count(total, total, total, "exact", wording),
        group=groups.pop() if len(groups) == 1 else "people",
        many=True,
    )
    return [(joined, found[0][1], found[-1][2])]


def _is_one_of(victim: Chunk) -> bool:
    """Tell whether a phrase of the form "one the passengers" counts one of many, who is no number of its own."""
    count = victim.count
    return victim.kind == "PEOPLE" and count is not None and count.value == 1 and victim.article == "the"


def _is_owned(victim: Chunk) -> bool:
    """Tell whether the people are counted exactly and called somebody's ("his two daughters")."""
    count = victim.count
    exactly = victim.kind == "PEOPLE" and count is not None and count.quantifier == "exact"
    return exactly and victim.article == "own"


def list_persons(reading: str, chunks: list[Chunk], begin: int, end: int) -> list[tuple[Chunk, int, int]]:
    """Give each person told by name, with age and kin, in chunks[begin:end]; several people counted before their
    names are one number ("three brothers, …"), several without a number are the people named after them.
    """
    found: list[tuple[Chunk, int, int]] = []
    is_open = False
    for index in range(begin, end):
        chunk = chunks[index]
        if chunk.kind in {"COMMA", "AND", "DASH", "SEMI"}:
            is_open = is_open and chunk.kind == "COMMA"
            continue
        if chunk.kind not in _PERSON:
            continue
        victim = change_chunk(_as_victim(chunks, index), many=False)
        if chunk.kind == "NAME":
            victim = change_chunk(victim, group="people", count=exact(1, chunk.value))
        if found and found[0][0].counted and _is_plural(found[0][0]):
            continue
        if chunk.counted and _is_plural(victim):
            found.append((victim, index, index + 1))
            is_open = False
            continue
        if is_open and not _is_plural(found[-1][0]) and _describes_same(chunks, index, found[-1][0]):
            found[-1] = (_add_detail(found[-1][0], victim, chunk.kind), found[-1][1], index + 1)
        else:
            found.append((victim, index, index + 1))
        is_open = True
    return [one for one in found if one[0].counted or not _is_plural(one[0])]


def _describes_same(chunks: list[Chunk], index: int, person: Chunk) -> bool:
    """ "A nurse NAME (48)", "his son, a 30-year old NAME", "NAME, a teacher": one person; "NAME, NAME" are two."""
    chunk, before = chunks[index], chunks[index - 1]
    if chunk.kind == "NAME":
        after = chunks[index + 1].kind if index + 1 < len(chunks) else ""
        is_set_off = (
            before.kind == "COMMA" == after
            and person.kind == "PEOPLE"
            and person.article in {"a", "the", "own"}
        )
        return person.kind != "NAME" and (before.kind in BEFORE_NAME or is_set_off)
    if chunk.kind in {"AGE", "QTY"}:
        return index + 1 >= len(chunks) or chunks[index + 1].kind != "NAME" or person.kind == "PEOPLE"
    is_titled = index + 1 < len(chunks) and chunks[index + 1].kind == "NAME"
    return chunk.article in {"a", "the"} and person.kind == "NAME" and not is_titled


def _add_detail(person: Chunk, detail: Chunk, kind: str) -> Chunk:
    group = person.group
    if detail.group == "children" or (group == "people" and kind == "PEOPLE"):
        group = detail.group
    kept = "NAME" if kind == "NAME" else person.kind
    return change_chunk(person, kind=kept, end=max(person.end, detail.end), group=group)


def _is_plural(person: Chunk) -> bool:
    return person.count is not None and person.count.value != 1
