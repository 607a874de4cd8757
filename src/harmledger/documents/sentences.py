"""Sentences: where they start and end in the reading copy.

Rules in the order of Grefenstette and Tapanainen (1994): every stop is taken as an end unless its
surroundings say otherwise: a lower-case letter after it, an abbreviation or an initial before it. The words
that decide (abbreviations, sentence openers, speech verbs) are the language's; see lexicon.prose.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from harmledger.lexicon.prose import Prose
from harmledger.records.span import EVIDENCE_LIMIT

Stretch = tuple[int, int, int]
"""Start and end in the reading copy, and the number of the paragraph, counted from 0."""

_BULLETS: Final = "•●▪◦‣■►▶"
_QUOTES: Final = "\"')]"
# One class first, so that the engine skips to the next mark: half the time of a pattern with branches.
_STOP: Final = re.compile(
    rf"[.!?…؟۔。！？{_BULLETS}][.!?…؟۔。！？]*[\"')\]]*(?=\s|$|[^\W\d_]{{2}}|\"[^\W\d_])"
)
_LINE: Final = re.compile(r"[^\n]+")
_WORD: Final = re.compile(r"[\w'.-]*\w")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$|^[^\W\d_]$")
_OPENING: Final = "\"'([{<"
_LONGEST_TOKEN: Final = 24
_CLAUSE_ENDS: Final = ("; ", "؛ ", ": ", " - ", ", ", "، ", " ")
_SHORTEST_CLAUSE: Final = 200


def split_sentences(reading: str, prose: Prose, ends: Sequence[int] | None = None) -> list[Stretch]:
    """Split the reading copy; the stretches cover every code point that is not a space, in order.

    A line break ends a paragraph. A sentence that its source in the working text makes longer than
    EVIDENCE_LIMIT is cut at its best clause boundary, because evidence may quote no more; `ends` is the
    map of `Text`, or None where both texts agree.
    """
    found: list[Stretch] = []
    paragraph = 0
    for line in _LINE.finditer(reading):
        count = len(found)
        for first, last in _split_paragraph(reading, *line.span(), prose):
            if ends is None and last - first <= EVIDENCE_LIMIT:
                found.append((first, last, paragraph))
            else:
                found.extend((a, b, paragraph) for a, b in _cut_long(reading, first, last, ends))
        paragraph += len(found) > count
    return found


def _split_paragraph(reading: str, start: int, end: int, prose: Prose) -> Iterator[tuple[int, int]]:
    begin = _skip_space(reading, start, end)
    for match in _STOP.finditer(reading, begin, end):
        here, after = match.span()
        if reading[here] in _BULLETS:
            if here > begin:
                yield begin, begin + len(reading[begin:here].rstrip())
                begin = here
            continue
        follow = _skip_space(reading, after, end)
        if follow == end:
            break
        if _is_end(reading, begin, here, after, follow, prose):
            yield begin, after
            begin = follow
    last = begin + len(reading[begin:end].rstrip())
    if last > begin:
        yield begin, last


def _skip_space(reading: str, start: int, end: int) -> int:
    while start < end and reading[start].isspace():
        start += 1
    return start


def _is_end(reading: str, begin: int, here: int, after: int, follow: int, prose: Prose) -> bool:
    """Tell whether the stop at [here, after) ends a sentence that something at `follow` follows."""
    lead = reading[follow]
    if lead in _OPENING and follow + 1 < len(reading):
        lead = reading[follow + 1]
    if lead.islower() and not prose.lower_names.match(reading, follow):
        return False
    is_quoted = reading[after - 1] in _QUOTES
    token_start = max(begin, here - _LONGEST_TOKEN, reading.rfind(" ", begin, here) + 1)
    token = reading[token_start:here].lstrip(_OPENING)
    if follow == after and not is_quoted:
        return _is_glued_end(token, lead) and token not in prose.abbreviations
    if is_quoted and prose.speech_tag.match(reading, follow):
        return False
    stop = reading[here:after].rstrip(_QUOTES)
    if stop in (".", ".."):
        return _is_full_stop(reading, begin, token_start, token, stop, lead, follow, prose)
    return True


def _is_full_stop(
    reading: str, begin: int, token_start: int, token: str, stop: str, lead: str, follow: int, prose: Prose
) -> bool:
    kind = prose.abbreviations.get(token)
    if kind is None:
        if token.isdecimal() and token_start == begin:  # "1. " numbers an item of a list
            return False
        if stop == "..":  # a dash in Arabic headlines, an ellipsis elsewhere
            return lead.isupper()
        if not _INITIALS.search(token):
            return True
        kind = "any"
    if kind == "title":
        return False
    if kind == "number":
        return not lead.isdigit()
    word = _WORD.match(reading, follow)
    opener = word.group() if word else ""
    if kind == "clock":
        return not lead.isdigit() and opener not in prose.clock_followers
    return opener in prose.openers


def _is_glued_end(token: str, lead: str) -> bool:
    """Tell whether a stop without a space after it ends a sentence: "killed.The" does, "example.com" not."""
    if len(token) < 3 or any(mark in token for mark in "/@.") or token.endswith("www"):
        return False
    last = token[-1]
    if lead.isupper():
        return last.islower() or last.isdigit() or last in "\"')"
    caseless = lead.isalpha() and not lead.islower()
    return caseless and last.isalpha() and not last.islower() and not last.isupper() and last != "ـ"


def _cut_long(reading: str, start: int, end: int, ends: Sequence[int] | None) -> Iterator[tuple[int, int]]:
    """Cut a stretch so that no part is longer than evidence may be, at the best clause boundary."""
    while True:
        limit = _reach(start, end, ends)
        if limit >= end:
            break
        cut = limit
        for mark in _CLAUSE_ENDS:
            at = reading.rfind(mark, start + min(_SHORTEST_CLAUSE, (limit - start) // 2), limit)
            if at >= 0:
                cut = at + len(mark.rstrip())
                break
        yield start, start + len(reading[start:cut].rstrip())
        start = _skip_space(reading, cut, end)
    if start < end:
        yield start, end


def _reach(start: int, end: int, ends: Sequence[int] | None) -> int:
    """Give the last offset up to which the stretch from `start` quotes at most EVIDENCE_LIMIT code points."""
    if ends is None:
        return min(end, start + EVIDENCE_LIMIT)
    return min(end, max(start + 1, bisect_right(ends, ends[start] + EVIDENCE_LIMIT, start, end + 1) - 1))
