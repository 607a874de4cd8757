"""A text cut into pieces for the page: each lies inside the same claims from its first to its last code point."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from harmledger.records.claim import Claim

PART: Final = 40_000
"""Code points of a text on one page."""

_SLACK: Final = 2_000
"""How far a page ends earlier to end with a line."""

_CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters but tab and line feed, and marks that turn the direction of what follows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. `start` counts code points of the working text; `opened` are the claims whose cue begins here,
    `cues` those whose cue goes on through the piece; `is_evidence` tells that a claim rests on it. Claims are given by
    their place in the list."""

    start: int
    text: str
    opened: tuple[int, ...] = ()
    cues: tuple[int, ...] = ()
    is_evidence: bool = False


def show_plainly(text: str) -> str:
    """Give a text without control characters and marks of direction, one code point for one, so that offsets hold."""
    return _CONTROLS.sub(_replace_control, text)


def _replace_control(found: re.Match[str]) -> str:
    if found[0] != "\r":
        return "\ufffd"
    return " " if found.string[found.end() : found.end() + 1] == "\n" else "\n"


def list_parts(text: str) -> list[tuple[int, int]]:
    """Give where the pages of a text begin and end; one that is short, or empty, has one."""
    parts: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > PART:
        end = text.rfind("\n", start + PART - _SLACK, start + PART) + 1 or start + PART
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def cut_pieces(text: str, claims: Sequence[Claim], part: tuple[int, int]) -> Iterator[Piece]:
    """Give a part of a text in pieces that do not overlap, however the claims do. Offsets beyond the text mark nothing."""
    first, last = part
    changes: dict[int, list[tuple[int, bool, int]]] = {}
    for number, claim in enumerate(claims):
        for is_cue, span in ((False, claim.evidence), (True, claim.cue)):
            start, end = max(first, span.start), min(last, span.end)
            if start < end:
                changes.setdefault(start, []).append((number, is_cue, 1))
                changes.setdefault(end, []).append((number, is_cue, -1))
    cues: set[int] = set()
    evidence: set[int] = set()
    shown = show_plainly(text[first:last])
    for start, end in pairwise(sorted({first, last, *changes})):
        for number, is_cue, step in changes.get(start, ()):
            held = cues if is_cue else evidence
            held.add(number) if step > 0 else held.discard(number)
        opened = (number for number in cues if max(first, claims[number].cue.start) == start)
        yield Piece(
            start,
            shown[start - first : end - first],
            tuple(sorted(opened)),
            tuple(sorted(cues)),
            bool(evidence),
        )
