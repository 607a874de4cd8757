"""Tolls: rules that fired on a sentence become counts of people harmed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.claims.counting import JOINING, may_count
from harmledger.claims.drafts import Draft
from harmledger.claims.footage import stands_in_footage
from harmledger.claims.listed_names import HASHTAG_JOINT
from harmledger.claims.negation import find_negation
from harmledger.claims.nouns import share_noun, share_noun_ahead
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import Match, Rule, choose_matches
from harmledger.claims.victims import VICTIMS, drop_clause_before, is_single, list_persons, list_victims
from harmledger.records.count import exact
from harmledger.records.vocabulary import HARMS_TO_PEOPLE

_UNCOUNTED: Final = frozenset({"unspecified", "several"})
_HARM_KINDS: Final = frozenset({"HARM_ED", "HARM_ING", "DEATHS", "UNDERGO", "DEAD", "THE_HARMED"})
_JOINED_KINDS: Final[Mapping[frozenset[str | None], str]] = {
    frozenset({"women", "children"}): "women_and_children",
}
"""What two kinds of people said as one are called; any other two are people."""
_BESIDE: Final = frozenset({"gap", "part", "grew", "people", "agent"})
"""Groups of a rule that are no part of the cue."""
_OWN_EVENT: Final = frozenset({"own", "partitive_event"})
"""Groups of a rule that tell that a part has an attack of its own."""
_SUSPECT: Final = join_bits("SUSPECT")
_GAPPED: Final = frozenset({"toll.gapped", "toll.gapped-people"})
_FEWEST_LISTED: Final = 2
_TOLD_OF: Final = frozenset({"told-of", "named-part"})
"""Values of rules about some of those harmed, whom a total told before counts."""
_SEVERAL: Final = 3
"""What "several" counts at least; "hundreds" is a number of its own."""
_OF_THEIR_OWN: Final = frozenset({"each", "each-too", "beside-deed"})
"""Values of rules whose victims each carry their own harm ("two dead and three wounded")."""
_ONE_MORE: Final = frozenset({"another", "next"})
_PRONOMINAL: Final = frozenset({"pronoun", "another", "next"})
"""Values of rules whose victim is a word for one person told of before, or beside one."""


def draft_tolls(
    reading: str,
    parsed: Parsed,
    asides: Iterable[Rule],
    rules: Iterable[Rule],
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
        letters, rules, lambda match: may_count(parsed.chunks, move_match(match, order))
    ):
        drafts.extend(_draft_match(reading, parsed, move_match(match, order), drafts, open_harm))
    for match in parts:
        drafts.extend(_draft_part(reading, parsed, match, drafts, open_harm))
    drafts = [
        draft for draft in drafts if not _is_told_better(draft, drafts) and not _is_slogan(reading, draft)
    ]
    drafts.sort(key=lambda draft: (draft.first, draft.last))
    share_noun_ahead(drafts)
    _join_lists(parsed.chunks, drafts)
    for draft in drafts:
        if stands_in_footage(parsed.chunks, draft.first, is_shown):
            draft.kind = "media"
            draft.rules.append("media.shows")
    return drafts


def _join_lists(chunks: list[Chunk], drafts: list[Draft]) -> None:
    """Make the numbers of a list by place parts of the total before its colon: "killed six: three in Ariha, three in Homs"."""
    listed = [draft for draft in drafts if draft.rules[0] in _GAPPED]
    if len(listed) < _FEWEST_LISTED:
        return
    colon = next((i for i in range(listed[0].first - 1, -1, -1) if chunks[i].kind in {"SEMI", "DASH"}), None)
    if colon is None or listed[0].first - colon > 1:
        return
    before = [
        draft
        for draft in drafts
        if draft.last < colon and draft.harm == listed[0].harm and not draft.is_subset
    ]
    total = before[-1] if before else None
    if total is None or _size(total) < sum(map(_size, listed)):
        return
    total.list_end = listed[-1].last
    for draft in listed:
        draft.is_subset, draft.whole, draft.is_own_event = True, total, True


def _size(draft: Draft) -> int:
    return (draft.count.value or draft.count.low or 0) if draft.count is not None else 0


def _is_told_better(draft: Draft, drafts: list[Draft]) -> bool:
    """ "A massacre" counts its dead only where nothing else in the sentence does."""
    return draft.is_alone and any(other.harm == draft.harm and not other.is_alone for other in drafts)


def _is_slogan(reading: str, draft: Draft) -> bool:
    """A hashtag that tells a harm in several words and without a number ("#they_kill_civilians") tells of no event."""
    chunks = draft.parsed.chunks
    is_vague = draft.count is None or draft.count.quantifier in _UNCOUNTED
    return is_vague and HASHTAG_JOINT in reading[chunks[draft.first].start : chunks[draft.last].end]


def _may_be_part(chunks: list[Chunk], match: Match) -> bool:
    """A part needs people or a number before it: "mainly civilians" at the start of a sentence is none.

    One with its own word of harm ("including 38 killed in one strike") needs another such word before it.
    """
    if "own" in match.groups and not any(chunk.kind in _HARM_KINDS for chunk in chunks[: match.start]):
        return False
    if "kind" in match.groups and match.start == 0:  # "Three of them were children."
        return True
    return any(chunk.kind in VICTIMS or chunk.kind in _HARM_KINDS for chunk in chunks[: match.start])


def move_match(match: Match, order: list[int]) -> Match:
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
    reading: str, parsed: Parsed, match: Match, drafts: list[Draft], open_harm: str | None
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
    if "places" in match.groups:
        return _divide_by_place(parsed, match, whole)
    victims = list_victims(reading, chunks, *match.groups["victims"])
    if "kind" in match.groups:
        victims = [_take_kind(victims[0], chunks, match.groups["kind"])] if victims else []
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
            _name_group(victim, whole) if "kind" not in match.groups else victim.group or "people",
            victim.count,
        )
        draft.rules.append(match.rule.name)
        draft.is_subset, draft.whole, draft.victims = True, whole, victim
        is_apart = "harm" in match.groups and _has_day(chunks, last)
        has_event = is_apart or not match.groups.keys().isdisjoint(_OWN_EVENT)
        draft.is_own_event = match.rule.value == "subset" and has_event
        parts.append(draft)
    return parts


def _divide_by_place(parsed: Parsed, match: Match, whole: Draft | None) -> list[Draft]:
    """Give the parts of a total with the place behind each: "(three in X, a woman in Y)"."""
    if whole is None or whole.harm is None:
        return []
    parts: list[Draft] = []
    begin, end = match.groups["places"]
    for index in range(begin, end):
        if parsed.chunks[index].kind not in VICTIMS:
            continue
        place = next(chunk for chunk in parsed.chunks[index:end] if chunk.kind == "PLACE")
        for victim, first, last in list_victims("", parsed.chunks, index, index + 1):
            group = victim.group or whole.group or "people"
            part = Draft("toll", parsed, first, last - 1, whole.harm, group, victim.count, at_place=place)
            part.rules.append(match.rule.name)
            part.is_subset, part.whole, part.victims, part.is_own_event = True, whole, victim, True
            parts.append(part)
    whole.is_spread = True
    return parts


def _name_group(victim: Chunk, whole: Draft | None) -> str:
    """A bare number of those told before is of their kind: "24 civilians have died; four of them on Sunday"."""
    is_bare = victim.kind == "QTY" and victim.group in {None, "people"}
    return (whole.group if is_bare and whole is not None else victim.group) or "people"


def _has_day(chunks: list[Chunk], last: int) -> bool:
    """ "Four of them were killed on Thursday in X": a part with a day and a place of its own."""
    kinds = [chunk.kind for chunk in chunks[last + 1 : last + 4]]
    return kinds in (["TIME", "IN", "PLACE"], ["IN", "PLACE", "TIME"])


def _draft_match(
    reading: str, parsed: Parsed, match: Match, before: list[Draft], open_harm: str | None
) -> list[Draft]:
    chunks = parsed.chunks
    has_name = any(chunks[index].kind == "NAME" for index in range(*match.groups["victims"]))
    if match.rule.value in _PRONOMINAL:
        begin, end = match.groups["victims"]
        told = chunks[begin]
        one = exact(1, reading[told.start : told.end])
        group = before[-1].group if before and match.rule.value in _ONE_MORE else "people"
        victims = [(change_chunk(told, group=group, count=one), begin, end)]
    else:
        begin, end = match.groups["victims"]
        victims = drop_clause_before(
            list_persons(reading, chunks, begin, end)
            if has_name
            else list_victims(reading, chunks, begin, end, match.core)
        )
    for name in ("kind", "people"):
        if name in match.groups and victims:
            victims = [_take_kind(victims[0], chunks, match.groups[name])]
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
    agent = match.groups["agent"][0] if "agent" in match.groups else None
    if agent is not None and not _may_strike(chunks[agent]):
        return []
    spans = [span for name, span in match.groups.items() if name not in _BESIDE]
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans) - 1
    drafts = []
    is_total = "harm" in match.groups and chunks[match.groups["harm"][0]].kind == "TOLL"
    for told, begin, end in _take_grown(chunks, victims):
        if harm == "displaced" and (told.group == "combatants" or _runs_away(told)):
            continue
        victim = told if is_total else share_noun(told, before, is_named=end - begin > 1)
        own = victim.harm if "harm" not in match.groups and match.rule.value in _OF_THEIR_OWN else None
        cue_first, cue_last = (first, last) if len(victims) == 1 else _narrow(match, begin, end)
        draft = Draft(
            "displacement" if harm == "displaced" else "toll",
            parsed,
            cue_first,
            cue_last,
            own or harm,
            victim.group or "people",
            victim.count,
        )
        draft.rules.append(match.rule.name)
        draft.is_subset, draft.is_told_of = is_subset, has_name or match.rule.value in _TOLD_OF
        draft.victims, draft.is_alone = victim, match.rule.value == "alone"
        draft.agent = agent
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


def _runs_away(victim: Chunk) -> bool:
    """Who flees alone, or after a deed of his own, is not displaced."""
    return is_single(victim) or bool(victim.bits & _SUSPECT)


def _may_strike(chunk: Chunk) -> bool:
    """Tell whether the words name a party, and count nobody: "Russian forces 73"."""
    return not chunk.counted and (chunk.actor is not None or chunk.body is not None)


def _part_vague_union(
    chunks: list[Chunk], match: Match, victims: list[tuple[Chunk, int, int]]
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


def _take_grown(chunks: list[Chunk], victims: list[tuple[Chunk, int, int]]) -> list[tuple[Chunk, int, int]]:
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


def _narrow(match: Match, begin: int, end: int) -> tuple[int, int]:
    """Give the cue of one of several victims: with the word of harm where it is the one beside it."""
    harm = match.groups.get("harm", (begin, end))
    if harm[1] == match.groups["victims"][0] == begin:
        return harm[0], end - 1
    if harm[0] >= end and end == match.groups["victims"][1]:
        return begin, harm[1] - 1
    return begin, end - 1


def _find_harm(
    chunks: list[Chunk], match: Match, before: list[Draft], victims: list[tuple[Chunk, int, int]]
) -> str | None:
    if match.rule.value in HARMS_TO_PEOPLE:
        return match.rule.value
    if match.rule.value == "as-before":
        return next((draft.harm for draft in reversed(before) if draft.harm in HARMS_TO_PEOPLE), None)
    if "harm" not in match.groups:
        return next((victim.harm for victim, _, _ in victims if victim.harm), None)
    word = chunks[match.groups["harm"][0]]
    if word.kind in JOINING:
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


def _take_kind(
    victim: tuple[Chunk, int, int], chunks: list[Chunk], kind: tuple[int, int]
) -> tuple[Chunk, int, int]:
    """Give those harmed as the kind they are said to be: "six of them women or children"."""
    groups = [chunk.group for chunk in chunks[slice(*kind)] if chunk.kind == "PEOPLE"] or [None]
    group = groups[0] if len(set(groups)) == 1 else _JOINED_KINDS.get(frozenset(groups), "people")
    return change_chunk(victim[0], group=group), victim[1], victim[2]
