"""Paragraphs: the lines of a printed page joined as they were written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

_BULLET: Final = re.compile(r"[•‣◦▪●○■–*·-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s")
_WIDE_GAP: Final = 1.35
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff]")
_STOPS: Final = tuple(".!?:;…؟۔\"'”’)")
_BREAK: Final = re.compile("(?<=[^\\W\\d_A-Z])[\ufffe\x02](?=[^\\W\\d_A-Z])")
_PAGE_NUMBER: Final = re.compile(r"(?:page|p\.|صفحة)?\s*\d{1,4}(?:\s*(?:/|of|من)\s*\d{1,4})?", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, with where it lies in points: `bottom` from the foot of the page."""

    text: str
    left: float
    bottom: float
    right: float
    height: float


def join_pages(pages: Sequence[Sequence[Line]]) -> str:
    """Give the text of the pages: lines joined to paragraphs, one a line, an empty line between them.

    A word divided at the end of a line is joined; a paragraph runs on over a page break where the page ends
    in mid-sentence and the next goes on in small letters (or in a script without them). Page numbers go.
    """
    paragraphs: list[str] = []
    for lines in pages:
        found = _join_lines(_drop_page_number(lines))
        if paragraphs and found and _runs_on(paragraphs[-1], found[0]):
            paragraphs[-1] = f"{paragraphs[-1]} {found.pop(0)}"
        paragraphs += found
    return "\n\n".join(paragraphs)


def _drop_page_number(lines: Sequence[Line]) -> Sequence[Line]:
    for end in (-1, 0):
        if len(lines) > 1 and _PAGE_NUMBER.fullmatch(lines[end].text.strip()):
            lines = lines[:-1] if end else lines[1:]
    return lines


def _runs_on(before: str, after: str) -> bool:
    return (
        not before.endswith(_STOPS)
        and not after[0].isupper()
        and not _BULLET.match(after)
        and len(before) > 60
    )


def _join_lines(lines: Sequence[Line]) -> list[str]:
    if not lines:
        return []
    leading = _find_leading(lines)
    joined = [[_mend(lines[0].text)]]
    for number, (before, line) in enumerate(pairwise(lines)):
        if _is_apart(before, line, leading) or _was_ended(
            before, line, lines[max(0, number - 6) : number + 7]
        ):
            joined.append([])
        joined[-1].append(_mend(line.text))
    return [" ".join(part) for part in joined]


def _find_leading(lines: Sequence[Line]) -> float:
    """Give the distance of lines within a paragraph: the smallest that is no overlap, in points."""
    steps = (first.bottom - second.bottom for first, second in pairwise(lines))
    usual = median([line.height for line in lines])
    return min((step for step in steps if step > usual * 0.8), default=usual * 1.2)


def _is_apart(before: Line, line: Line, leading: float) -> bool:
    """Tell a line that opens a paragraph by space above it, its column, its size of type, or a bullet."""
    gap = before.bottom - line.bottom
    if gap < -leading or gap > leading * _WIDE_GAP or _BULLET.match(line.text):
        return True
    return not 0.7 < (line.height or 1) / (before.height or 1) < 1.4


def _was_ended(before: Line, line: Line, around: Sequence[Line]) -> bool:
    """Tell a line that its writer ended: the first word of the next would have found room on it.

    The room is measured to the edge of the lines around it that begin, or in right-to-left scripts end, where
    it does.
    """
    width = before.right - before.left
    if _RIGHT_TO_LEFT.search(before.text):
        room = before.left - min(one.left for one in around if abs(one.right - before.right) <= width / 4)
    else:
        room = max(one.right for one in around if abs(one.left - before.left) <= width / 4) - before.right
    letter = width / max(1, len(before.text))
    return room > (len(line.text.split(maxsplit=1)[0]) + 2) * letter


def _mend(line: str) -> str:
    """Join a word that was divided at the end of a line, which pdfium marks; figures and names keep their hyphen."""
    return " ".join(re.sub("[\ufffe\x02]", "-", _BREAK.sub("", line)).split())
