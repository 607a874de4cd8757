"""Tolls: rules that fired on a sentence become counts of people harmed."""

from collections.abc import Sequence
from dataclasses import replace

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import Match, Rule, choose_matches, get_letter
from harmledger.ranges.quantities import Quantity
from harmledger.records.count import Count, exact
from harmledger.records.vocabulary import HARMS_TO_PEOPLE

_BEFORE_NEGATED = frozenset({"DET", "ADJ", "AUX", "HAVE", "OF"})
_NEGATION_REACH = 4
_UNCOUNTED = frozenset({"unspecified", "several"})
_HARM_KINDS = frozenset({"HARM_ED", "HARM_ING", "DEATHS", "UNDERGO", "DEAD", "THE_HARMED"})
_BESIDE = frozenset({"gap", "part", "grew", "people"})
"""Groups of a rule that are no part of the cue."""
_OWN_EVENT = frozenset({"own", "partitive_event"})
"""Groups of a rule that tell that a part has an attack of its own."""
_DEGREE = join_bits("DEGREE")
_MEDIA, _SHOW = get_letter("MEDIA"), get_letter("SHOW")
_NAMING = frozenset({"named", "named-part"})
"""Values of rules about victims told by name."""
_TOLD_OF = frozenset({"told-of", "named-part"})
"""Values of rules about some of those harmed, whom a total told before counts."""
_BEFORE_TITLE = frozenset(
    {"DET", "ADJ", "WORD", "TITLE", "SPEAKER", "BODY", "ACTOR", "OPEN", "CLOSE", "COMMA"}
)
_LONGEST_TITLE = 8
_JOINING = frozenset({"TOGETHER", "WITH", "INCLUDING"})
"""Kinds that put one victim beside another and tell no harm."""
_SEVERAL = 3
"""What "several" counts at least; "hundreds" is a number of its own."""
_NAMED_HARMS = frozenset({"killed", "injured", "missing"})
_PERSON = frozenset({"PEOPLE", "AGE", "QTY", "NAME"})
_BEFORE_NAME = frozenset({"PEOPLE", "AGE", "ADJ", "WORD", "NEVER_PLACE", "DEMONYM"})
VICTIMS = frozenset(
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
    }
)
_PRONOUNS = frozenset({"PRONOUN_PERSON", "PRONOUN_OBJECT", "HARMED_ONE", "DET"})
"""Kinds that stand for one person told of before."""
_JOINED = 2
"""How far two words joined by "and" lie apart; an aside between them gives each its own victims."""
_PRONOMINAL = frozenset({"pronoun", "another"})
"""Values of rules whose victim is a word for one person told of before, or beside one."""
_FIRED = frozenset({"gunfire", "sniper"})
_CARE = frozenset({"hospital", "clinic"})
_UNNUMBERED = frozenset({"THE_HARMED", "DEATHS", "TOLL", "SOME_WERE", "BODIES", "MASSACRE"})


def draft_tolls(
    reading: str,
    parsed: Parsed,
    asides: Sequence[Rule],
    rules: Sequence[Rule],
    open_harm: str | None = None,
    is_shown: bool = False,
) -> list[Draft]:
    """Give the tolls and displacements of a sentence, in text order.

    The `asides` ("including four children") are found first and taken out; the `rules` read what is left.
    `open_harm` is the harm of the last total of the document, which "four were children" divides; `is_shown` tells that the sentence before speaks of a photo or video.
    """
    parts = choose_matches(parsed.letters, asides, lambda match: _may_be_part(parsed.chunks, match))
    hidden = {i for match in parts for i in range(*match.groups["aside"])}
    order = [i for i in range(len(parsed.chunks)) if i not in hidden]
    letters = "".join([parsed.letters[i] for i in order])
    drafts: list[Draft] = []
    for match in choose_matches(
        letters, rules, lambda match: _may_count(parsed.chunks, move_match(match, order))
    ):
        drafts.extend(_draft_match(reading, parsed, move_match(match, order), drafts, open_harm))
    for match in parts:
        drafts.extend(_draft_part(reading, parsed, match, drafts, open_harm))
    drafts = [draft for draft in drafts if not _is_told_better(draft, drafts)]
    drafts.sort(key=lambda draft: (draft.first, draft.last))
    for draft in drafts:
        if _is_shown(parsed.chunks, draft.first, is_shown):
            draft.kind = "media"
            draft.rules.append("media.shows")
    return drafts


def _is_told_better(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """ "A massacre" counts its dead only where nothing else in the sentence does."""
    return draft.is_alone and any(other.harm == draft.harm and not other.is_alone for other in drafts)


def _may_be_part(chunks: Sequence[Chunk], match: Match) -> bool:
    """A part needs people or a number before it: "mainly civilians" at the start of a sentence is none.

    One with its own word of harm ("including 38 killed in one strike") needs another such word before it.
    """
    if "own" in match.groups and not any(chunk.kind in _HARM_KINDS for chunk in chunks[: match.start]):
        return False
    return any(chunk.kind in VICTIMS or chunk.kind in _HARM_KINDS for chunk in chunks[: match.start])


def move_match(match: Match, order: Sequence[int]) -> Match:
    """Give a match on a shortened sentence the chunk indexes of the whole one."""
    if len(order) == 0 or order[-1] == len(order) - 1:
        return match
    groups = {
        name: (order[begin], order[end - 1] + 1) for name, (begin, end) in match.groups.items() if end > begin
    }
    return replace(
        match,
        start=order[match.start],
        end=order[match.end - 1] + 1,
        groups=groups,
        core=frozenset(order[i] for i in match.core),
    )


def _draft_part(
    reading: str, parsed: Parsed, match: Match, drafts: Sequence[Draft], open_harm: str | None
) -> list[Draft]:
    """Give the parts of a total: of the nearest one before the words, else of the nearest after them."""
    own = [draft for draft in drafts if draft.harm in HARMS_TO_PEOPLE and not draft.is_subset]
    before = [
        draft
        for draft in own
        if draft.victims is not None and draft.victims.start < parsed.chunks[match.start].start
    ]
    whole = before[-1] if before else own[0] if own else None
    chunks = parsed.chunks
    victims = list_victims(reading, chunks, *match.groups["victims"])
    if "kind" in match.groups:
        victims = [_take_kind(victims[0], chunks[match.groups["kind"][0]])] if victims else []
    harm = next((victim.harm for victim, _, _ in victims if victim.harm), None)
    if "harm" in match.groups:
        harm = chunks[match.groups["harm"][0]].value
    harm = harm or (whole.harm if whole else open_harm)
    if harm is None:
        return []
    parts = []
    for victim, begin, end in victims:
        last = max(end, *(match.groups[name][1] for name in ("kind", "harm") if name in match.groups), 0) - 1
        draft = Draft(
            "displacement" if harm == "displaced" else "toll",
            parsed,
            begin,
            last,
            harm,
            victim.group or "people",
            victim.count,
        )
        draft.rules.append(match.rule.name)
        draft.is_subset, draft.whole, draft.victims = True, whole, victim
        draft.is_own_event = match.rule.value == "subset" and not match.groups.keys().isdisjoint(_OWN_EVENT)
        parts.append(draft)
    return parts


def is_about_media(parsed: Parsed) -> bool:
    """Tell whether a sentence says what a photo or video shows."""
    media = parsed.letters.find(_MEDIA)
    return media >= 0 and _SHOW in parsed.letters[media:]


def _is_shown(chunks: Sequence[Chunk], index: int, was_shown: bool) -> bool:
    """Tell whether a photo or video shows it: "footage showed", "photos have been posted of", "was seen"."""
    for position in range(index + 1, 0, -1):
        if position >= len(chunks):
            continue
        if chunks[position].kind == "SHOW":
            return was_shown or any(chunk.kind == "MEDIA" for chunk in chunks[:position])
        if chunks[position].kind in {"SAY", "SEMI"}:
            return False
    return False


def _draft_match(
    reading: str, parsed: Parsed, match: Match, before: Sequence[Draft], open_harm: str | None
) -> list[Draft]:
    chunks = parsed.chunks
    has_name = any(chunks[index].kind == "NAME" for index in range(*match.groups["victims"]))
    if match.rule.value in _PRONOMINAL:
        begin, end = match.groups["victims"]
        told = chunks[begin]
        one = exact(1, reading[told.start : told.end])
        victims = [(change_chunk(told, group="people", count=one), begin, end)]
    else:
        begin, end = match.groups["victims"]
        victims = _drop_clause_before(
            list_persons(reading, chunks, begin, end)
            if has_name
            else list_victims(reading, chunks, begin, end, match.core)
        )
    for name in ("kind", "people"):
        if name in match.groups and victims:
            victims = [_take_kind(victims[0], chunks[match.groups[name][0]])]
    is_subset = match.rule.value == "subset"
    apart = _part_vague_union(chunks, match, victims)
    if apart:
        return [draft for one in apart for draft in _draft_match(reading, parsed, one, before, open_harm)]
    harm = _find_harm(chunks, match, before, victims)
    if harm is None and (match.rule.value == "named-part" or (is_subset and "harm" not in match.groups)):
        harm = open_harm
    negated = find_negation(chunks, match)
    if harm is None or negated == "inside":
        return []
    spans = [span for name, span in match.groups.items() if name not in _BESIDE]
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans) - 1
    drafts = []
    is_total = "harm" in match.groups and chunks[match.groups["harm"][0]].kind == "TOLL"
    for told, begin, end in _take_grown(chunks, victims):
        if harm == "displaced" and told.group == "combatants":
            continue
        victim = told if is_total else _share_noun(told, before, is_named=end - begin > 1)
        cue_first, cue_last = (first, last) if len(victims) == 1 else _narrow(match, begin, end)
        draft = Draft(
            "displacement" if harm == "displaced" else "toll",
            parsed,
            cue_first,
            cue_last,
            harm,
            victim.group or "people",
            victim.count,
        )
        draft.rules.append(match.rule.name)
        draft.is_subset, draft.is_told_of = is_subset, has_name or match.rule.value in _TOLD_OF
        draft.victims, draft.is_alone = victim, match.rule.value == "alone"
        if negated == "verb":
            draft.stance = "denied"
        elif negated == "victims":
            draft.count = exact(0, reading[chunks[match.start].start : victim.end])
        if is_subset:
            draft.whole = next((d for d in reversed(before) if d.harm == harm and not d.is_subset), None)
        drafts.append(draft)
    if "part" in match.groups and drafts:
        drafts += _divide(reading, parsed, match, drafts[0])
    return drafts


def _part_vague_union(
    chunks: Sequence[Chunk], match: Match, victims: Sequence[tuple[Chunk, int, int]]
) -> list[Match]:
    """Give one match for each harm of "civilians were killed and wounded", where no number is shared by both.

    "Killed and wounded some 250" is one number of killed or injured; people without a number are some of each.
    """
    if "second" not in match.groups or not victims or any(map(_says_how_many, victims)):
        return []
    if match.rule.value == "union" and victims[0][0].counted:  # "the deaths and injuries of several people"
        return []
    harms = [chunks[match.groups[name][0]].value for name in ("harm", "second")]
    if set(harms) != {"killed", "injured"}:
        return []
    rest = {name: span for name, span in match.groups.items() if name not in {"harm", "second"}}
    return [replace(match, groups=rest | {"harm": match.groups[name]}) for name in ("harm", "second")]


def _says_how_many(victim: tuple[Chunk, int, int]) -> bool:
    count = victim[0].count
    return count is None or count.quantifier not in _UNCOUNTED or (count.low or 0) > _SEVERAL


def _divide(reading: str, parsed: Parsed, match: Match, whole: Draft) -> list[Draft]:
    """Give the part of "three children were among the 12 people killed"."""
    parts = []
    for victim, begin, end in list_victims(reading, parsed.chunks, *match.groups["part"]):
        part = Draft(whole.kind, parsed, begin, end - 1, whole.harm, victim.group or "people", victim.count)
        part.rules.append(match.rule.name)
        part.is_subset, part.whole, part.victims = True, whole, victim
        parts.append(part)
    return parts


def find_negation(chunks: Sequence[Chunk], match: Match) -> str | None:
    """Tell what a negation takes back: the verb ("did not kill five"), the victims ("not a single civilian"),
    the deed that nearly was ("almost killed"), or what stands between the two; None where nothing is negated.
    """
    if any(chunk.kind in {"NEG", "ALMOST"} for chunk in chunks[match.start : match.end]):
        return "inside"
    position = match.start - 1
    while (
        position >= 0
        and chunks[position].kind in _BEFORE_NEGATED
        and match.start - position <= _NEGATION_REACH
    ):
        position -= 1
    if position < 0 or chunks[position].kind not in {"NEG", "ALMOST"}:
        return None
    if chunks[position].kind == "ALMOST":
        return "inside"
    harm, victims = match.groups.get("harm"), match.groups["victims"]
    return "verb" if harm is not None and harm[0] < victims[0] else "victims"


def is_counted(victim: Chunk) -> bool:
    """Tell whether the words give the victims a number."""
    return victim.counted or victim.kind == "QTY"


def _take_grown(
    chunks: Sequence[Chunk], victims: Sequence[tuple[Chunk, int, int]]
) -> list[tuple[Chunk, int, int]]:
    """ "Rose from 10 to 15" is 15, not a range."""
    found = []
    for victim, begin, end in victims:
        count = victim.count
        grown = begin > 0 and chunks[begin - 1].kind == "GREW"
        if grown and count is not None and count.quantifier == "range" and count.high is not None:
            found.append((change_chunk(victim, count=exact(count.high, count.wording)), begin, end))
        else:
            found.append((victim, begin, end))
    return found


def _share_noun(victim: Chunk, before: Sequence[Draft], is_named: bool) -> Chunk:
    """A number without a noun, or "others", takes the noun of what it is joined to ("two children and … nine")."""
    if not before or before[-1].victims is None or before[-1].is_subset:
        return victim
    bare = (victim.kind == "QTY" and not is_named) or "OTHERS" in victim.readings
    if bare and victim.group in {None, "people"}:
        return change_chunk(victim, group=before[-1].group)
    return victim


def _narrow(match: Match, begin: int, end: int) -> tuple[int, int]:
    """Give the cue of one of several victims: with the word of harm where it is the one beside it."""
    harm = match.groups.get("harm", (begin, end))
    if harm[1] == match.groups["victims"][0] == begin:
        return harm[0], end - 1
    if harm[0] >= end and end == match.groups["victims"][1]:
        return begin, harm[1] - 1
    return begin, end - 1


def _find_harm(
    chunks: Sequence[Chunk], match: Match, before: Sequence[Draft], victims: Sequence[tuple[Chunk, int, int]]
) -> str | None:
    if match.rule.value in HARMS_TO_PEOPLE:
        return match.rule.value
    if match.rule.value == "as-before":
        return next((draft.harm for draft in reversed(before) if draft.harm in HARMS_TO_PEOPLE), None)
    if "harm" not in match.groups:
        return next((victim.harm for victim, _, _ in victims if victim.harm), None)
    word = chunks[match.groups["harm"][0]]
    if word.kind in _JOINING:
        return next((draft.harm for draft in reversed(before) if draft.harm in HARMS_TO_PEOPLE), None)
    harm = word.harm or word.value
    if "second" in match.groups:
        return join_harms(harm, chunks[match.groups["second"][0]].value)
    return harm if harm in HARMS_TO_PEOPLE else None


def join_harms(first: str, second: str) -> str:
    """Give the harm of a union: killed and injured together are killed_or_injured, never a number of killed."""
    if {first, second} == {"killed", "injured"}:
        return "killed_or_injured"
    return "killed" if "killed" in {first, second} else first


def _take_kind(victim: tuple[Chunk, int, int], kind: Chunk) -> tuple[Chunk, int, int]:
    return change_chunk(victim[0], group=kind.group), victim[1], victim[2]


def list_victims(
    reading: str, chunks: Sequence[Chunk], begin: int, end: int, core: frozenset[int] | None = None
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
    if len(found) > 1 and _is_single(found[0][0]):
        return _join_singles(reading, chunks, found)
    return _share_number(reading, chunks, found)


def _is_apposed_age(chunks: Sequence[Chunk], index: int) -> bool:
    """Tell the age of the person right before it, between commas: "a man, 34, and a woman, 29, were killed"."""
    if chunks[index].kind != "AGE" or index < 2 or chunks[index - 1].kind != "COMMA":
        return False
    age, person = chunks[index].count, chunks[index - 2]
    return age is not None and age.wording.isdecimal() and person.kind == "PEOPLE" and not _is_plural(person)


def _share_number(
    reading: str, chunks: Sequence[Chunk], found: Sequence[tuple[Chunk, int, int]]
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


def _shares(chunks: Sequence[Chunk], first: tuple[Chunk, int, int], victim: Chunk, begin: int) -> bool:
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


def _as_victim(chunks: Sequence[Chunk], index: int) -> Chunk:
    chunk = chunks[index]
    quantity = chunk.data
    if isinstance(quantity, Quantity) and quantity.negative and chunk.count is not None:
        return change_chunk(chunk, count=exact(0, chunk.count.wording), group=chunk.group or "people")
    if chunk.kind == "BODIES" and chunk.readings.get("BODY_MANY") != "many":
        return change_chunk(chunk, group="people", count=exact(1, ""))
    if chunk.kind in _UNNUMBERED:
        return change_chunk(chunk, group="people", count=Count(None, 2, None, "unspecified", ""))
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


def _names_kind(chunks: Sequence[Chunk], index: int) -> bool:
    """ "Civilian deaths", "the civilian casualties": a kind of people, and no one person."""
    chunk = chunks[index]
    is_bare = (
        chunk.kind == "PEOPLE" and not chunk.many and not chunk.counted and chunk.article in {None, "the"}
    )
    if not is_bare or index + 1 == len(chunks) or chunks[index + 1].kind != "DEATHS":
        return False
    return chunks[index + 1].start - chunk.end <= 1  # "the victim's injuries" are one victim's


def _belongs_to_side(chunks: Sequence[Chunk], index: int) -> bool:
    """ "40 members of the government forces" are combatants."""
    following = [chunk for chunk in chunks[index + 1 : index + 5] if chunk.kind not in {"DET", "ADJ"}][:2]
    return [chunk.kind for chunk in following] in (["OF", "ACTOR"], ["OF", "BODY"]) and (
        following[1].actor is not None or following[1].kind == "ACTOR"
    )


def _victim_end(chunks: Sequence[Chunk], index: int, end: int) -> int:
    """A number with an unknown noun takes the noun into its cue."""
    following = index + 1
    if chunks[index].kind == "QTY" and following < end and chunks[following].kind == "WORD":
        return following + 1
    return following


def _is_single(victim: Chunk) -> bool:
    return victim.kind == "PEOPLE" and not victim.many and not victim.counted


def _join_singles(
    reading: str, chunks: Sequence[Chunk], found: Sequence[tuple[Chunk, int, int]]
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
    if not all(_is_single(victim) or _is_owned(victim) for victim, _, _ in found):
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


def _is_owned(victim: Chunk) -> bool:
    """Tell whether the people are counted exactly and called somebody's ("his two daughters")."""
    count = victim.count
    exactly = victim.kind == "PEOPLE" and count is not None and count.quantifier == "exact"
    return exactly and victim.article == "own"


def _may_count(chunks: Sequence[Chunk], match: Match) -> bool:
    """Tell whether a match counts people: "the body" alone is not "a body", and a rule about victims told by name
    needs a name that is a person's, and a harm that people are named for.
    """
    begin, end = match.groups["victims"]
    if match.rule.value == "counted":  # "a bomber killed 30 people injured 90" is no list of two numbers
        return all(is_counted(victim) for victim, _, _ in list_victims("", chunks, begin, end))
    if match.rule.value == "killed" and chunks[match.groups["harm"][0]].kind == "SAY":
        return chunks[match.groups["harm"][0]].value == "claims"
    if match.rule.value == "bare":
        return _is_single(chunks[begin]) and chunks[begin].article is None
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
    if word.kind not in _JOINING and word.value not in _NAMED_HARMS:
        return False
    if any(_starts_clause(chunks, index) for index in range(begin + 1, end)):
        return False
    return not _is_included(chunks, begin) and any(
        _is_person(chunks, index, begin) for index in range(begin, end)
    )


def _is_one_person(pronoun: Chunk, harm: str) -> bool:
    """ "Shot him", "shot her in the leg", "killed himself"; "them" were told, and counted, before."""
    whom = pronoun.readings.get("PRONOUN_OBJECT")
    if harm not in _NAMED_HARMS:
        return False
    return whom == "one" or pronoun.readings.get("DET") == "own" or (whom == "self" and harm == "killed")


def _is_told_before(victim: Chunk) -> bool:
    """ "The victims were taken to the hospital": those that were counted, or not, before."""
    return victim.kind == "PEOPLE" and victim.many and not victim.counted and victim.article == "the"


def _is_owned_by_one(chunks: Sequence[Chunk], index: int) -> bool:
    """ "His injuries were light": one person's."""
    return index > 0 and chunks[index - 1].readings.get("DET") == "own"


def _counts_parts(chunks: Sequence[Chunk], match: Match) -> bool:
    """ "Seven body bags", "two body parts" are no seven bodies."""
    harm, victim = chunks[match.groups["harm"][0]], chunks[match.groups["victims"][0]]
    is_many = victim.kind == "QTY" and victim.count is not None and victim.count.value != 1
    return is_many and "BODY_MANY" not in harm.readings and match.groups["victims"] < match.groups["harm"]


def _leaves_others_harmed(chunks: Sequence[Chunk], begin: int, end: int) -> bool:
    """ "No other injuries", "no visible injuries": who says so does not say that nobody was harmed."""
    following = chunks[begin + 1].kind if begin + 1 < len(chunks) else ""
    last = chunks[end - 1]
    return _is_none(chunks[begin]) and (
        following == "ELSE" or (begin + 1 == end and _is_qualified(chunks, end, last))
    )


def _is_qualified(chunks: Sequence[Chunk], end: int, none: Chunk) -> bool:
    after = chunks[end : end + 2]
    return (
        len(after) == 2 and after[1].kind == "DEATHS" and bool(after[0].bits & _DEGREE) and none.kind == "QTY"
    )


def _is_none(victim: Chunk) -> bool:
    return isinstance(victim.data, Quantity) and victim.data.negative


def _drop_clause_before(victims: list[tuple[Chunk, int, int]]) -> list[tuple[Chunk, int, int]]:
    """ "They did not see the suspect, and no one was injured": nobody is the subject of a clause of its own."""
    zero = next((index for index, (victim, _, _) in enumerate(victims) if _is_none(victim)), 0)
    return victims[zero:]


def _is_told_of(chunks: Sequence[Chunk], index: int) -> bool:
    """Tell whether the harmed, or bodies, are told of by themselves: "the wounded", "bodies", "a body"; not "the
    body", nor "the bodies", which were told of before.
    """
    if chunks[index].kind != "BODIES":
        return "TOLD_OF" in chunks[index].readings
    article = chunks[index - 1].readings.get("DET") if index > 0 else None
    return article is None if "BODY_MANY" in chunks[index].readings else article == "a"


def _starts_clause(chunks: Sequence[Chunk], index: int) -> bool:
    """ "According to NAME, three people were killed": the number is another subject; after "and" it is one more."""
    chunk = chunks[index]
    return chunk.kind == "PEOPLE" and chunk.counted and chunk.many and chunks[index - 1].kind == "COMMA"


def _is_included(chunks: Sequence[Chunk], begin: int) -> bool:
    """ "12 people, including the minister NAME, were killed": the 12 were."""
    position = begin - 1
    while position >= 0 and chunks[position].kind in _BEFORE_TITLE and begin - position <= _LONGEST_TITLE:
        position -= 1
    return position > 0 and chunks[position].kind in {"INCLUDING", "OF_WHOM"}


def _is_person(chunks: Sequence[Chunk], index: int, begin: int) -> bool:
    """A name is a person's where people or an age stand before it, or where it has two words at least."""
    if chunks[index].kind != "NAME":
        return False
    before = chunks[index - 1].kind if index > begin else None
    return before in _BEFORE_NAME or len(chunks[index].value.split()) > 1


def list_persons(reading: str, chunks: Sequence[Chunk], begin: int, end: int) -> list[tuple[Chunk, int, int]]:
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


def _describes_same(chunks: Sequence[Chunk], index: int, person: Chunk) -> bool:
    """ "A nurse NAME (48)", "his son, a 30-year old NAME", "NAME, a teacher": one person; "NAME, NAME" are two."""
    chunk, before = chunks[index], chunks[index - 1]
    if chunk.kind == "NAME":
        after = chunks[index + 1].kind if index + 1 < len(chunks) else ""
        is_set_off = (
            before.kind == "COMMA" == after
            and person.kind == "PEOPLE"
            and person.article in {"a", "the", "own"}
        )
        return person.kind != "NAME" and (before.kind in _BEFORE_NAME or is_set_off)
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
