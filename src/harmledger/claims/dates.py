"""Dates: which time expression of a sentence a claim of it happened at."""

from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.frames import SPEAKING
from harmledger.claims.nearness import BOUNDARIES, BOUNDARY_COST, FAR, measure_path
from harmledger.claims.parse import Parsed
from harmledger.ranges.times import TimeMention

_STATEMENT_REACH: Final = 4
_COMPARISON_REACH: Final = 6
_SUPERLATIVE: Final = join_bits("SUPERLATIVE")
_VAGUE_COST: Final = 4.0
"""A year or a season gives way to a day of the same clause."""
_AFTER: Final = "after"
"""What conjunctions mean that open a clause about something earlier."""
_SPEAKERS: Final = frozenset(
    {"BODY", "SPEAKER", "ACTOR", "NAME", "PRONOUN_BODY", "PRONOUN_PERSON", "PRONOUN_MANY", "DEMONYM"}
)
_COUNTED: Final = frozenset({"MEANS", "PEOPLE", "HARMED_PEOPLE"})
_END_REACH: Final = 3
_UNTIL: Final = frozenset({"AND", "GOAL", "WORD", "RUNNING"})
"""Kinds that may stand between the beginning of a period and its end."""
_NO_DAY: Final = frozenset({"clock", "duration"})


def find_time(draft: Draft) -> TimeMention | None:
    """Give the time expression of the sentence that belongs to the draft; the time of a statement does not."""
    if not draft.parsed.times:
        return None
    chunks = draft.parsed.chunks
    best: TimeMention | None = None
    least = FAR
    for index, chunk in enumerate(chunks):
        mention = chunk.data
        if chunk.kind != "TIME" or not isinstance(mention, TimeMention):
            continue
        if _dates_statement(chunks, index) and not _counts_over(chunks, index, mention):
            continue
        if mention.kind in _NO_DAY or (mention.kind == "period" and _is_after(chunks, draft, index)):
            continue
        if mention.kind == "since" and _follows_superlative(chunks, index):
            continue
        if mention.kind == "point" and _ends_since(chunks, index):
            continue
        cost = measure_path(chunks, draft, index) + (_VAGUE_COST if mention.kind == "period" else 0.0)
        if mention.kind == "since" and index > 0 and _is_parted(chunks, draft, index, cost):
            continue
        if cost < least:
            best, least = mention, cost
    return best


def _ends_since(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the day is where a period ends: "since the beginning of the year and until 25 February"."""
    for chunk in reversed(chunks[max(index - _END_REACH, 0) : index]):
        if isinstance(chunk.data, TimeMention):
            return chunk.data.kind == "since"
        if chunk.kind not in _UNTIL:
            return False
    return False


def _counts_over(chunks: list[Chunk], index: int, mention: TimeMention) -> bool:
    """Tell whether a number of attacks, of people or of deaths stands right behind a period: "documented over the past year
    75 raids" speaks of the raids."""
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    return mention.kind == "period" and after is not None and after.kind in _COUNTED and after.counted


def _follows_superlative(chunks: list[Chunk], index: int) -> bool:
    """ "The country's deadliest attack since 2015": the time compares, and dates nothing."""
    return any(chunk.bits & _SUPERLATIVE for chunk in chunks[max(0, index - _COMPARISON_REACH) : index])


def _is_after(chunks: list[Chunk], draft: Draft, index: int) -> bool:
    """Tell whether a time stands in an "after" clause that the draft does not: "after the army left last month"."""
    for position in range(index - 1, -1, -1):
        if draft.first <= position <= draft.last:
            return False
        if chunks[position].kind in BOUNDARIES:
            return chunks[position].value == _AFTER
    return False


def list_days_told(parsed: Parsed) -> list[TimeMention]:
    """Give the days that a sentence tells of whatever happened in it, in order; not those on which somebody spoke."""
    return [
        chunk.data
        for index, chunk in enumerate(parsed.chunks)
        if chunk.kind == "TIME"
        and isinstance(chunk.data, TimeMention)
        and chunk.data.kind == "point"
        and not _dates_statement(parsed.chunks, index)
    ]


def _is_parted(chunks: list[Chunk], draft: Draft, index: int, cost: float) -> bool:
    """Tell whether a far "since" stands in another clause, or any behind a modal ("what would be the worst since")."""
    low, high = sorted((index, draft.last if index > draft.last else draft.first))
    between = {chunk.kind for chunk in chunks[low:high]}
    return "MODAL" in between or (cost >= BOUNDARY_COST and not between.isdisjoint({"REL", "SEMI", "BUT"}))


def _stands_inside_speech(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the time stands between a speaker and the verb of saying."""
    if index == 0 or chunks[index - 1].kind not in _SPEAKERS:
        return False
    following = index + 1
    while following < len(chunks) and chunks[following].kind in {"HAVE", "WORD", "ADJ"}:
        following += 1
    return following < len(chunks) and chunks[following].kind in SPEAKING


def _dates_statement(chunks: list[Chunk], index: int) -> bool:
    """ "said Tuesday", "said in a statement late on Tuesday", "the ministry on Tuesday said": the day of the words, not
    of the deed."""
    if _stands_inside_speech(chunks, index):
        return True
    for position in range(index - 1, max(-1, index - 1 - _STATEMENT_REACH), -1):
        kind = chunks[position].kind
        if kind in SPEAKING or "PUBLISH" in chunks[position].readings:
            return True
        if kind not in {
            "IN",
            "SPEAKER",
            "WORD",
            "DET",
            "ADJ",
            "BODY",
            "MEDIA",
            "NAME",
            "PRONOUN_BODY",
            "PRONOUN_PERSON",
        }:
            return False
    return False
