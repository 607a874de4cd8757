"""Counting: whether what a rule of tolls matched does count people harmed."""

from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.rules import Match
from harmledger.claims.victims import BEFORE_NAME, is_counted, is_none, is_single, list_victims
from harmledger.ranges.quantities import Quantity

_NAMING: Final = frozenset({"named", "named-part"})
"""Values of rules about victims told by name."""
_BEFORE_TITLE: Final = frozenset(
    {"DET", "ADJ", "WORD", "TITLE", "SPEAKER", "BODY", "ACTOR", "OPEN", "CLOSE", "COMMA"}
)
_LONGEST_TITLE: Final = 8
JOINING: Final = frozenset({"TOGETHER", "WITH", "INCLUDING"})
"""Kinds that put one victim beside another and tell no harm."""
_NAMED_HARMS: Final = frozenset({"killed", "injured", "missing"})
_JOINED: Final = 2
"""How far two words joined by "and" lie apart; an aside between them gives each its own victims."""
_FIRED: Final = frozenset({"gunfire", "sniper"})
_CARE: Final = frozenset({"hospital", "clinic"})
_DEEDS: Final = frozenset(
    {"MEANS", "HIT_ED", "HIT_ING", "EXPLODE", "CAUSE", "CARRY_OUT", "HARM_ED", "AMONG", "ACTOR"}
)
"""Kinds that tell how people were harmed."""
_DEGREE: Final = join_bits("DEGREE")
_PRAYER: Final = join_bits("PRAYER")
_PRAYER_REACH: Final = 3
"""Chunks between a word of prayer and those it is said for."""
_SOME: Final = 3
"""Most that words count which only say that there were some."""
_SEIZE: Final = join_bits("SEIZE")


def may_count(chunks: list[Chunk], match: Match) -> bool:
    """Tell whether a match counts people: "the body" alone is not "a body", and a rule about victims told by name
    needs a name that is a person's, and a harm that people are named for.
    """
    begin, end = match.groups["victims"]
    if "also" in match.groups:
        return _shares_number(chunks[begin], chunks[match.groups["also"][0]])
    if match.rule.value == "counted":  # "a bomber killed 30 people injured 90" is no list of two numbers
        return all(is_counted(victim) for victim, _, _ in list_victims("", chunks, begin, end))
    if chunks[match.groups.get("harm", (begin, end))[0]].bits & _SEIZE and chunks[begin].kind != "PEOPLE":
        return False
    if match.rule.value == "killed" and chunks[match.groups["harm"][0]].kind == "SAY":
        return chunks[match.groups["harm"][0]].value == "claims"
    if "gap" in match.groups and chunks[begin].kind == "PEOPLE":  # "and residents in Ariha" are not harmed
        return chunks[begin].counted
    if match.rule.value == "bare":
        return is_single(chunks[begin]) and chunks[begin].article is None
    if match.rule.value == "each-too":
        some = chunks[begin - _JOINED]
        return _counts_both(some, chunks[begin]) and _is_uncounted(some)
    if match.rule.value == "beside-deed":
        return _is_beside_deed(chunks, begin)
    if match.rule.value == "told-of":
        return _is_told_of(chunks, begin)
    if "first" in match.groups or match.rule.value == "died":
        return chunks[match.groups["harm"][0]].value == "killed"
    if "family" in match.groups and (chunks[match.groups["family"][0]].counted or not chunks[begin].counted):
        return False
    if match.rule.value == "union" and match.groups["second"][0] - match.groups["harm"][0] > _JOINED:
        return False
    if "care" in match.groups:
        return chunks[match.groups["care"][0]].group in _CARE and not _is_told_before(chunks[begin])
    if chunks[match.groups.get("harm", (begin, end))[0]].kind == "BODIES" and _counts_parts(chunks, match):
        return False
    if match.rule.value == "another":
        return "ANOTHER" in chunks[begin].readings
    if "means" in match.groups:
        struck = chunks[match.groups["harm"][0]]
        return chunks[match.groups["means"][0]].value in _FIRED and "OPEN_HARM" in struck.readings
    if match.rule.value == "pronoun":
        return _is_one_person(chunks[begin], chunks[match.groups["harm"][0]].value)
    if match.rule.value == "many":
        return "DEATHS_MANY" in chunks[begin].readings and not _is_owned_by_one(chunks, begin)
    if _leaves_others_harmed(chunks, begin, end):
        return False
    if match.rule.value == "with-kin":
        return chunks[begin].article == "own"
    if match.rule.value not in _NAMING:
        return True
    word = chunks[match.groups["harm"][0]]
    if word.kind not in JOINING and word.value not in _NAMED_HARMS:
        return False
    if any(_starts_clause(chunks, index) for index in range(begin + 1, end)):
        return False
    return not _is_included(chunks, begin) and any(
        _is_person(chunks, index, begin) for index in range(begin, end)
    )


def _shares_number(first: Chunk, also: Chunk) -> bool:
    """ "Thirty dead and wounded" is one number, said of both by the singular that follows a number; of "three dead and
    wounded", in the plural, the number may be that of the dead alone."""
    if also.kind == "THE_HARMED":  # "dozens of the dead and the wounded"
        return _counts_both(first, also) and not _is_uncounted(first)
    is_singular = not {"PEOPLE_MANY"} & {*first.readings, *also.readings}
    is_plain = is_singular and not also.counted and also.article is None
    is_number = isinstance(first.data, Quantity)  # "two dead and a wounded" are three, by their dual
    return (
        is_number
        and first.counted
        and first.many
        and is_plain
        and {first.harm, also.harm} == {"killed", "injured"}
    )


def _counts_both(first: Chunk, also: Chunk) -> bool:
    """Tell whether a number stands before the dead and the wounded, both with their articles."""
    is_definite = first.counted and first.many and first.article is not None and also.article is not None
    return is_definite and {first.harm, also.harm} == {"killed", "injured"}


def _is_uncounted(chunk: Chunk) -> bool:
    """Tell whether the words only say that there were some: "a number of the dead"."""
    return (
        chunk.count is not None
        and chunk.count.quantifier in {"unspecified", "several"}
        and (chunk.count.low or 0) <= _SOME
    )


def _is_beside_deed(chunks: list[Chunk], begin: int) -> bool:
    """The harmed without a number count where the sentence tells how: "martyrs" alone are those of a prayer, as are those
    right behind its words."""
    is_prayed_for = any(chunk.bits & _PRAYER for chunk in chunks[max(begin - _PRAYER_REACH, 0) : begin])
    if is_prayed_for and not chunks[begin].counted:
        return False
    return chunks[begin].counted or any(chunk.kind in _DEEDS for chunk in chunks)


def _is_one_person(pronoun: Chunk, harm: str) -> bool:
    """ "Shot him", "shot her in the leg", "killed himself"; "them" were told, and counted, before."""
    whom = pronoun.readings.get("PRONOUN_OBJECT")
    if harm not in _NAMED_HARMS:
        return False
    return whom == "one" or pronoun.readings.get("DET") == "own" or (whom == "self" and harm == "killed")


def _is_told_before(victim: Chunk) -> bool:
    """ "The victims were taken to the hospital": those that were counted, or not, before."""
    return victim.kind == "PEOPLE" and victim.many and not victim.counted and victim.article == "the"


def _is_owned_by_one(chunks: list[Chunk], index: int) -> bool:
    """ "His injuries were light": one person's."""
    return index > 0 and chunks[index - 1].readings.get("DET") == "own"


def _counts_parts(chunks: list[Chunk], match: Match) -> bool:
    """ "Seven body bags", "two body parts" are no seven bodies."""
    harm, victim = chunks[match.groups["harm"][0]], chunks[match.groups["victims"][0]]
    is_many = victim.kind == "QTY" and victim.count is not None and victim.count.value != 1
    return is_many and "BODY_MANY" not in harm.readings and match.groups["victims"] < match.groups["harm"]


def _leaves_others_harmed(chunks: list[Chunk], begin: int, end: int) -> bool:
    """ "No other injuries", "no visible injuries": who says so does not say that nobody was harmed."""
    following = chunks[begin + 1].kind if begin + 1 < len(chunks) else ""
    last = chunks[end - 1]
    return is_none(chunks[begin]) and (
        following == "ELSE" or (begin + 1 == end and _is_qualified(chunks, end, last))
    )


def _is_qualified(chunks: list[Chunk], end: int, none: Chunk) -> bool:
    after = chunks[end : end + 2]
    return (
        len(after) == 2 and after[1].kind == "DEATHS" and bool(after[0].bits & _DEGREE) and none.kind == "QTY"
    )


def _is_told_of(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the harmed, or bodies, are told of by themselves: "the wounded", "bodies", "a body"; not "the
    body", nor "the bodies", which were told of before.
    """
    if chunks[index].kind != "BODIES":
        return "TOLD_OF" in chunks[index].readings
    article = chunks[index - 1].readings.get("DET") if index > 0 else None
    return article is None if "BODY_MANY" in chunks[index].readings else article == "a"


def _starts_clause(chunks: list[Chunk], index: int) -> bool:
    """ "According to NAME, three people were killed": the number is another subject; after "and" it is one more."""
    chunk = chunks[index]
    return chunk.kind == "PEOPLE" and chunk.counted and chunk.many and chunks[index - 1].kind == "COMMA"


def _is_included(chunks: list[Chunk], begin: int) -> bool:
    """ "12 people, including the minister NAME, were killed": the 12 were."""
    position = begin - 1
    while position >= 0 and chunks[position].kind in _BEFORE_TITLE and begin - position <= _LONGEST_TITLE:
        position -= 1
    return position > 0 and chunks[position].kind in {"INCLUDING", "OF_WHOM"}


def _is_person(chunks: list[Chunk], index: int, begin: int) -> bool:
    """A name is a person's where people or an age stand before it, or where it has two words at least."""
    if chunks[index].kind != "NAME":
        return False
    before = chunks[index - 1].kind if index > begin else None
    return before in BEFORE_NAME or len(chunks[index].value.split()) > 1
