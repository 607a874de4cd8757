"""Roles of sentences: what is reporting, what is headline or dateline, and what only furnishes the page."""

import re
from collections.abc import Sequence
from typing import Final

from harmledger.documents.boilerplate import find_furniture, mark_boilerplate
from harmledger.documents.cues import find_cues
from harmledger.documents.reading import make_reading
from harmledger.documents.sentences import Stretch
from harmledger.documents.stamps import FoundStamp, find_stamps
from harmledger.documents.text import Sentence, SentenceRole

Cut = tuple[int, int, SentenceRole]
Roles = list[SentenceRole | None]

_LONGEST_HEADLINE: Final = 250
_SHORTEST_BODY: Final = 25
_TITLE_REACH: Final = 200
_HEAD_PARAGRAPHS: Final = 5
_FINAL: Final = re.compile(r"[.!?؟۔。][\"')\]]*$")
_JOINT: Final = re.compile(r"( [|-]+ )")
_SHORTEST_TITLE: Final = 12
_NOT_WORD: Final = re.compile(r"[\W_]+")
_LETTER: Final = re.compile(r"\w")


def assign_roles(
    reading: str,
    stretches: Sequence[Stretch],
    title: str | None,
    language: str | None,
    kind: str | None = None,
) -> tuple[tuple[Sentence, ...], list[FoundStamp]]:
    """Give the sentences with their roles, cut where a role changes in mid-sentence, and the stamps found.

    `stretches` are the sentences as split. A stamp becomes a dateline, a title at the head of a line that
    runs on a headline, a credit or an address boilerplate, each a sentence of its own.
    """
    cuts: list[Cut] = []
    heading = _find_title(reading, title) if title else None
    heads = _find_heads(stretches)
    if heading:
        heads.add(heading[1])
        cuts.append((*heading, "headline"))
    cues = find_cues(reading)
    stamps = find_stamps(reading, stretches, cues, heads, language)
    cuts.extend((stamp.start, stamp.end, "dateline") for stamp in stamps)
    cuts.extend((start, end, "boilerplate") for start, end in find_furniture(reading, stretches, cues))
    pieces, roles = _apply_cuts(reading, stretches, cuts)
    for number, is_boilerplate in enumerate(mark_boilerplate(reading, pieces, cues, language, kind)):
        if is_boilerplate and roles[number] is None:
            roles[number] = "boilerplate"
    _mark_headlines(reading, pieces, roles, title)
    sentences = tuple(
        Sentence(start, end, role or "body", paragraph)
        for (start, end, paragraph), role in zip(pieces, roles, strict=True)
    )
    return sentences, stamps


def _find_heads(stretches: Sequence[Stretch]) -> set[int]:
    """Give where the first paragraphs start: a dateline may stand below a title and a credit."""
    heads: dict[int, int] = {}
    for start, _, paragraph in stretches:
        if paragraph >= _HEAD_PARAGRAPHS:
            break
        heads.setdefault(paragraph, start)
    return set(heads.values())


def _find_title(reading: str, title: str) -> tuple[int, int] | None:
    """Give where the title stands near the head of the text, None where it does not.

    Pages add the name of their site to a title ("Title - The Paper"), so its parts are tried as well.
    """
    parts = _JOINT.split(" ".join(make_reading(title).text.split()))
    tries = ["".join(parts[:count]) for count in range(len(parts), 0, -2)]
    tries.append(max(parts, key=len))
    for plain in tries:
        if len(plain) < _SHORTEST_TITLE:
            continue
        at = reading.find(plain, 0, len(plain) + _TITLE_REACH)
        end = at + len(plain)
        if at >= 0 and not (at and reading[at - 1].isalnum()) and not reading[end : end + 1].isalnum():
            return at, end
    return None


def _apply_cuts(reading: str, stretches: Sequence[Stretch], cuts: list[Cut]) -> tuple[list[Stretch], Roles]:
    """Cut the sentences so that each cut is a sentence of its own; of two that overlap the first counts."""
    cuts.sort(key=lambda cut: (cut[0], -cut[1]))
    pieces: list[Stretch] = []
    roles: Roles = []
    number = 0
    for start, end, paragraph in stretches:
        here = start
        while number < len(cuts) and cuts[number][0] < end:
            first, last = max(cuts[number][0], here), min(cuts[number][1], end)
            if first < last:
                _add_piece(reading, (here, first, paragraph), None, pieces, roles)
                _add_piece(reading, (first, last, paragraph), cuts[number][2], pieces, roles)
                here = last
            if cuts[number][1] > end:
                break
            number += 1
        if here == start:
            pieces.append((start, end, paragraph))
            roles.append(None)
        else:
            _add_piece(reading, (here, end, paragraph), None, pieces, roles)
    return pieces, roles


def _add_piece(
    reading: str, piece: Stretch, role: SentenceRole | None, pieces: list[Stretch], roles: Roles
) -> None:
    """Add what is left between cuts, without the spaces around it; a stop that a cut leaves goes with the cut."""
    start, end, paragraph = piece
    words = reading[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start >= end:
        return
    if role is None and pieces and pieces[-1][2] == paragraph and not _LETTER.search(reading, start, end):
        pieces[-1] = (pieces[-1][0], end, paragraph)
        return
    pieces.append((start, end, paragraph))
    roles.append(role)


def _mark_headlines(reading: str, pieces: Sequence[Stretch], roles: Roles, title: str | None) -> None:
    """Mark the lines that are the title, and a first line that does not end as sentences do."""
    folded = _fold(title) if title else None
    first: int | None = None
    for number, (start, end, paragraph) in enumerate(pieces):
        if roles[number] not in (None, "headline") or not _is_alone(pieces, number):
            if first is None and roles[number] is None:
                return
            continue
        if folded and end - start < 2 * len(str(title)) and _fold(reading[start:end]) == folded:
            roles[number] = "headline"
        if first is None and roles[number] is None:
            first = paragraph
            if end - start <= _LONGEST_HEADLINE and not _FINAL.search(reading, start, end):
                following = zip(pieces[number + 1 :], roles[number + 1 :], strict=True)
                if any(
                    role is None and b - a >= _SHORTEST_BODY and _FINAL.search(reading, a, b)
                    for (a, b, _), role in following
                ):
                    roles[number] = "headline"


def _is_alone(pieces: Sequence[Stretch], number: int) -> bool:
    """Tell whether a piece is all of its paragraph."""
    paragraph = pieces[number][2]
    before = number > 0 and pieces[number - 1][2] == paragraph
    return not before and not (number + 1 < len(pieces) and pieces[number + 1][2] == paragraph)


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())
