"""Paragraphs: the lines of a printed page joined as they were written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

_BULLET: Final = re.compile(r"[•‣◦▪●○■–*·-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s")
_SHORT: Final = 0.85
_WIDE_GAP: Final = 1.35
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
    widest = max(line.right - line.left for line in lines)
    steps = [first.bottom - second.bottom for first, second in pairwise(lines)]
    step = median([one for one in steps if one > 0] or [0.0])
    joined = [[_mend(lines[0].text)]]
    for before, line in pairwise(lines):
        if _is_new(before, line, widest, step):
            joined.append([])
        joined[-1].append(_mend(line.text))
    return [" ".join(part) for part in joined]


def _is_new(before: Line, line: Line, widest: float, step: float) -> bool:
    """Tell whether a line opens a paragraph: by space above, another size of type, a bullet, or a short line before."""
    gap = before.bottom - line.bottom
    if gap < -step or (step and gap > step * _WIDE_GAP):  # another column, or more space
        return True
    if _BULLET.match(line.text) or not 0.7 < (line.height or 1) / (before.height or 1) < 1.4:
        return True
    return before.right - before.left < widest * _SHORT and before.text.rstrip().endswith(_STOPS)


def _mend(line: str) -> str:
    """Join a word that was divided at the end of a line, which pdfium marks; figures and names keep their hyphen."""
    return " ".join(re.sub("[\ufffe\x02]", "-", _BREAK.sub("", line)).split())
