"""Boilerplate: the stretches of a text that furnish its page and report nothing.

The patterns and labels are the languages' (lexicon.prose); here is only how far each of them reaches.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from harmledger.documents.cues import Cues, search_sentences
from harmledger.documents.sentences import Stretch
from harmledger.lexicon.prose import Furniture, load_layout, load_prose

_LONGEST_LABEL: Final = 60
_LONGEST_LINE: Final = 300
_FINAL: Final = re.compile(r"[.!?؟۔。][\"')\]]*$")
_SHORTEST_PROSE: Final = 60
_LEAST_PROSE: Final = 2
"""Paragraphs of prose, of so many code points at least, that make a text an article."""
_OWN_TITLES: Final = 2
"""Lines right above an article that may be its own title and credit."""
_LEAST_ABOVE: Final = 4
_LEAST_BELOW: Final = 2
"""Titles in a row that are a list of the page."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def find_furniture(reading: str, stretches: Sequence[Stretch], cues: Cues) -> list[tuple[int, int]]:
    """Give the stretches that are furniture wherever they stand: credits, addresses, chrome of a post."""
    found = []
    for piece in [piece for piece in _sort_furniture()[0] if piece.name in cues]:
        for _, match in search_sentences(reading, stretches, piece, cues):
            start, end = match.span()
            if piece.reach == "line":
                line_end = reading.find("\n", end)
                end = len(reading) if line_end < 0 else line_end
            found.append((start, end))
    return found


def mark_boilerplate(
    reading: str, stretches: Sequence[Stretch], cues: Cues, language: str | None = None
) -> list[bool]:
    """Tell for each sentence whether it is boilerplate.

    In a language whose prose ends its paragraphs with stops, runs of titles before and after it belong to the page.
    `stretches` come in order, with the numbers of their paragraphs. A list of titles ends at the first
    paragraph of prose, an appeal at the first paragraph (the first sentence, within its own) that no longer
    speaks of us and you; each may run to the end of the text.
    """
    marks = [not _LETTERS.search(reading, start, end) for start, end, _ in stretches]
    _, by_sentence, by_paragraph = _sort_furniture()
    for piece in [piece for piece in by_sentence if piece.name in cues]:
        until = 0
        for number, _ in search_sentences(reading, stretches, piece, cues):
            marks[number] = True
            if piece.reach == "appeal" and number >= until:
                until = _follow_appeal(reading, stretches, number, marks)
    paragraphs = list(_gather_paragraphs(stretches))
    whole = [piece for piece in by_paragraph if piece.name in cues]
    for first, last in paragraphs if whole else ():
        start, end = stretches[first][0], stretches[last][1]
        if end - start <= _LONGEST_LINE and any(
            piece.pattern.fullmatch(reading, start, end) for piece in whole
        ):
            marks[first : last + 1] = [True] * (last + 1 - first)
    if len(paragraphs) > 1:
        _mark_labels(reading, stretches, paragraphs, marks)
        if load_prose(language).has_title_runs:
            _mark_title_runs(reading, stretches, paragraphs, marks)
    return marks


@cache
def _sort_furniture() -> tuple[tuple[Furniture, ...], ...]:
    """Give the furniture that reaches over stretches, over sentences, and over whole paragraphs."""
    reaches = (("stretch", "line"), ("sentence", "appeal"), ("paragraph",))
    return tuple(
        tuple(piece for piece in load_layout().furniture if piece.reach in reach) for reach in reaches
    )


def _gather_paragraphs(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Give the first and the last sentence of each paragraph."""
    first = 0
    for number, stretch in enumerate(stretches):
        if number + 1 == len(stretches) or stretches[number + 1][2] != stretch[2]:
            yield first, number
            first = number + 1


def _follow_appeal(reading: str, stretches: Sequence[Stretch], number: int, marks: list[bool]) -> int:
    """Mark the sentences after `number` that an appeal goes on through; give the first it does not reach."""
    goes_on = load_layout().goes_on
    home = stretches[number][2]
    is_short = _measure_rest(stretches, number) <= _LONGEST_LINE
    number += 1
    while number < len(stretches):
        paragraph = stretches[number][2]
        last = number
        while last + 1 < len(stretches) and stretches[last + 1][2] == paragraph and paragraph != home:
            last += 1
        start, end = stretches[number][0], stretches[last][1]
        is_aside = is_short if paragraph == home else _is_title(reading, start, end)
        if not is_aside and not goes_on.search(reading, start, end):
            break
        marks[number : last + 1] = [True] * (last + 1 - number)
        number = last + 1
    return number


def _measure_rest(stretches: Sequence[Stretch], number: int) -> int:
    """Give the code points from a sentence to the end of its paragraph, when other paragraphs follow it.

    A text in one paragraph has no end that could bound an appeal: it counts as long.
    """
    start, end, home = stretches[number]
    while end - start <= _LONGEST_LINE:
        number += 1
        if number == len(stretches):
            break
        if stretches[number][2] != home:
            return end - start
        end = stretches[number][1]
    return _LONGEST_LINE + 1


def _mark_labels(
    reading: str, stretches: Sequence[Stretch], paragraphs: Sequence[tuple[int, int]], marks: list[bool]
) -> None:
    """Mark the lines that are labels, and the titles under the label of a list."""
    layout = load_layout()
    in_list = False
    for first, last in paragraphs:
        start, end = stretches[first][0], stretches[last][1]
        if end - start <= _LONGEST_LABEL:
            label = " ".join(_LETTERS.findall(reading[start:end].lower()))
            opens = label in layout.list_labels
            in_list = in_list or opens
            if opens or label in layout.labels:
                marks[first] = True
                continue
        in_list = in_list and _is_title(reading, start, end)
        if in_list:
            marks[first : last + 1] = [True] * (last + 1 - first)


def _mark_title_runs(
    reading: str, stretches: Sequence[Stretch], paragraphs: Sequence[tuple[int, int]], marks: list[bool]
) -> None:
    """Mark the titles of other articles above and below the article; its own title stands right above it."""
    spans = [(stretches[first][0], stretches[last][1]) for first, last in paragraphs]
    prose = [
        number
        for number, (start, end) in enumerate(spans)
        if end - start >= _SHORTEST_PROSE
        and not marks[paragraphs[number][0]]
        and _FINAL.search(reading, max(start, end - 8), end)
    ]
    if len(prose) < _LEAST_PROSE:
        return
    above, below = range(prose[0] - _OWN_TITLES), range(prose[-1] + 1, len(spans))
    is_list = reading[: spans[prose[-1]][1]].endswith(":")
    runs = ((above, _LEAST_ABOVE), (below, len(spans) if is_list else _LEAST_BELOW))
    for run, least in runs:
        if len(run) >= least and all(_is_title(reading, *spans[number]) for number in run):
            for number in run:
                first, last = paragraphs[number]
                marks[first : last + 1] = [True] * (last + 1 - first)


def _is_title(reading: str, start: int, end: int) -> bool:
    """Tell a title or label from prose: short, and without a stop at its end."""
    return end - start <= _LONGEST_LINE and not _FINAL.search(reading, max(start, end - 8), end)
