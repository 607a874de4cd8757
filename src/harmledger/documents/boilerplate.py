"""Boilerplate: the stretches of a text that furnish its page and report nothing.

The patterns and labels are the languages' (lexicon.prose); here is only how far each of them reaches.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
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
_LEAST_INSIDE: Final = 4
_LEAST_BELOW: Final = 2
"""Titles in a row that are a list of the page."""
_LEAST_CONTENTS: Final = 8
_SHORTEST_TELLING: Final = 25
"""Lines, of so many code points at least, that without any prose are a page of contents."""
_LONGEST_TITLE: Final = 160
_LONGEST_ITEM: Final = 45
"""Code points of an item of a list behind an article, a name say."""
_STOP: Final = re.compile(r"(?<!\.)[.!۔。][\"')\]]*$|\[[^\]]*\]$")
"""A stop that ends prose; titles end in none, in a question, or are cut short by dots."""
_ITEM: Final = re.compile(r"\s*(?:[-–—•*_#(]|\d+ ?[-–_.)/])")
_LABELLED: Final = re.compile(r"\| ?\w{2,8}$")
"""A title that ends in what it links to: "… | video"."""
_POSTS: Final = frozenset({"social", "field"})
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
    reading: str,
    stretches: Sequence[Stretch],
    cues: Cues,
    language: str | None = None,
    kind: str | None = None,
) -> list[bool]:
    """Tell for each sentence whether it is boilerplate.

    In a language whose prose ends its paragraphs with stops, runs of titles before and after it belong to the page; a
    post (by its document's `kind`) may end its lines in any way.
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
        if load_prose(language).has_title_runs and kind not in _POSTS:
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
    """Mark the titles of other articles above and below the article, and long rows of them inside it; its own title
    stands right above it. A page that holds nothing but titles is no article at all."""
    spans = [(stretches[first][0], stretches[last][1]) for first, last in paragraphs]
    kinds: list[str] = []
    for span, (first, _) in zip(spans, paragraphs, strict=True):
        kinds.append(_judge_line(reading, span, marks[first], kinds[-1:] == ["prose"]))
    prose = [number for number, kind in enumerate(kinds) if kind == "prose"]
    if len(prose) < _LEAST_PROSE:
        titles = [span for span, kind in zip(spans, kinds, strict=True) if kind == "title"]
        if not prose and _is_contents(reading, titles):
            marks[:] = [True] * len(marks)
        return
    below = range(_skip_list(reading, spans, prose[-1] + 1), len(spans))
    runs: list[tuple[Sequence[int], int]] = [
        (range(prose[0] - _OWN_TITLES), _LEAST_ABOVE),
        (below, _LEAST_BELOW),
    ]
    runs += [
        (range(one + 1, other), _LEAST_INSIDE)
        for one, other in pairwise(prose)
        if not _is_prose_in_lines(reading, spans, range(one + 1, other))
    ]
    links = [
        number
        for number in range(prose[0] + 1, prose[-1])
        if kinds[number] == "title" and _LABELLED.search(reading, *spans[number])
    ]
    for run, least in (*runs, (links, 1)):
        for number in run if len(run) >= least else ():
            first, last = paragraphs[number]
            marks[first : last + 1] = [True] * (last + 1 - first)


def _judge_line(reading: str, span: tuple[int, int], is_marked: bool, is_after_prose: bool) -> str:
    """Tell a paragraph of prose from a title, and from what is furniture already. A short sentence is prose right behind
    prose; a line with a hashtag is somebody's post."""
    start, end = span
    if is_marked:
        return "furniture"
    is_final = bool(_STOP.search(reading, max(start, end - 8), end))
    shortest = _SHORTEST_PROSE if is_final or "#" in reading[start:end] else _LONGEST_TITLE
    return "prose" if end - start >= shortest or (is_final and is_after_prose) else "title"


def _skip_list(reading: str, spans: Sequence[tuple[int, int]], number: int) -> int:
    """Give the first line that is not of a list which the prose, or a line right behind it, introduces with a colon."""
    is_open = reading.endswith(":", 0, spans[number - 1][1])
    for start, end in spans[number:]:
        is_head = reading.endswith(":", 0, end)
        is_item = end - start <= _LONGEST_ITEM or bool(_ITEM.match(reading, start))
        if not is_head and not (is_open and is_item):
            break
        is_open, number = True, number + 1
    return number


def _is_prose_in_lines(reading: str, spans: Sequence[tuple[int, int]], run: range) -> bool:
    """Tell whether the lines between two paragraphs belong to the prose: introduced by it, items of a list, or sentences
    broken into lines."""
    if not run or reading.endswith((":", "،", ","), 0, spans[run[0] - 1][1]):
        return True
    if any(reading.endswith(":", 0, spans[number][1]) for number in run):
        return True
    stops = sum(bool(_STOP.search(reading, max(a, b - 8), b)) for a, b in (spans[number] for number in run))
    items = sum(bool(_ITEM.match(reading, spans[number][0])) for number in run)
    return stops > 0 or items * 2 > len(run)


def _is_contents(reading: str, titles: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the lines are the titles of a page of contents: many, long enough to tell something, and no items of
    a list."""
    telling = [span for span in titles if span[1] - span[0] >= _SHORTEST_TELLING]
    return len(telling) >= _LEAST_CONTENTS and not any(_ITEM.match(reading, start) for start, _ in telling)


def _is_title(reading: str, start: int, end: int) -> bool:
    """Tell a title or label from prose: short, and without a stop at its end."""
    return end - start <= _LONGEST_LINE and not _FINAL.search(reading, max(start, end - 8), end)
