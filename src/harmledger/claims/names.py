"""Names: runs of capitalised words that the lexicon does not know, places and persons alike."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.lexicon.names import NameShape, load_name_shape
from harmledger.places.gazetteer import Gazetteer

_WORD: Final = r"(?:[A-ZÀ-ÖØ-Þ][\w'`]*\w|[A-Z]\.?)"


_NAME: Final = join_bits("NAME")
_HASHTAG: Final = re.compile(r"#(?P<tag>[^\W\d_]\w{2,39})")
_TOWN: Final = 50_000
"""Least population of a town whose name in a hashtag is taken for it."""
_CURATED: Final = 0.97
"""Least score of a place that reports are known to name."""
_CAPITAL: Final = re.compile("[A-ZÀ-ÖØ-Þ]")


@cache
def _compile_run(shape: NameShape) -> tuple[re.Pattern[str], int]:
    """Build the pattern of a run of capitalised words, with the language's particles inside it, and the most code
    points of it that can stand before its first capital.
    """
    particle = f"(?:{'|'.join(map(re.escape, shape.particles))})"
    tail = rf"(?:[ -](?:{particle}[- ](?=[A-Z]))?{_WORD}(?:-\w+)*)*"
    lead = max(map(len, shape.particles), default=0) + 1
    return re.compile(rf"(?<![\w@#])(?:{particle}[- ])?{_WORD}(?:-\w+)*{tail}"), lead


def find_names(reading: str, start: int, end: int, marks: list[Chunk], language: str = "en") -> list[Chunk]:
    """Give the capitalised runs of reading[start:end], cut where a mark of the lexicon stands.

    A language whose script has no capitals gives none: its names are found by the gazetteer alone.

    "In Qalat al-Madiq" gives "Qalat al-Madiq"; "the Syrian town of Kafr Nabl" gives "Kafr Nabl".
    """
    shape = load_name_shape(language)
    names: list[Chunk] = []
    first, count = 0, len(marks)
    for run_start, run_stop in _find_runs(reading, start, end, shape) if shape.capitals else ():
        position, stop = run_start, _drop_ending(reading, run_start, run_stop, shape)
        while first < count and marks[first].end <= position:
            first += 1
        index = first
        while index < count and marks[index].start < stop:
            mark = marks[index]
            index += 1
            if mark.end <= position or _belongs_inside(reading, mark, position, stop):
                continue
            if mark.start > position:
                _add_name(names, reading, position, _drop_ending(reading, position, mark.start - 1, shape))
            position = max(position, mark.end)
        if position < stop:
            _add_name(names, reading, position, stop)
    return names


def find_hashtags(reading: str, start: int, end: int, gazetteer: Gazetteer) -> list[Chunk]:
    """Give the hashtags of reading[start:end] that are names of well-known places: "#MaaratAlNuman", "#Idlib_countryside".

    Those of a post that an article quotes say what the post is about, and not where the article's attack happened.
    """
    if '"' in reading[start:end]:
        return []
    return [
        Chunk("NAME", *match.span("tag"), value=match["tag"].replace("_", " "), bits=_NAME)
        for match in _HASHTAG.finditer(reading, start, end)
        if _is_well_known(match["tag"].replace("_", " "), gazetteer)
    ]


def _is_well_known(tag: str, gazetteer: Gazetteer) -> bool:
    if not gazetteer.is_known(tag) or not tag[0].isupper():
        return False
    if gazetteer.names_country(tag):
        return True
    found = gazetteer.find(tag)
    if not found:
        return False
    best = found[0]
    return best.kind == "province" or best.population >= _TOWN or best.score >= _CURATED


def _drop_ending(reading: str, start: int, stop: int, shape: NameShape) -> int:
    """Give where the run ends without an ending that is no part of a name."""
    for ending in shape.endings:
        if reading.endswith(ending, start, stop):
            return stop - len(ending)
    return stop


def _find_runs(reading: str, start: int, end: int, shape: NameShape) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words. The next capital is looked for first, which is far cheaper than the run."""
    pattern, lead = _compile_run(shape)
    capital = _CAPITAL.search(reading, start, end)
    while capital is not None:
        run = pattern.search(reading, max(start, capital.start() - lead), end)
        if run is None:
            return
        start = run.end()
        yield run.span()
        capital = _CAPITAL.search(reading, start, end)


def _belongs_inside(reading: str, mark: Chunk, start: int, stop: int) -> bool:
    """A small-letter or one-word mark in the middle of a hyphenated run is part of the name (Bab al-Hawa)."""
    before = reading[mark.start - 1] if mark.start > start else " "
    after = reading[mark.end] if mark.end < stop else " "
    return before == "-" or (after == "-" and mark.end - mark.start <= 4)


def _add_name(names: list[Chunk], reading: str, start: int, stop: int) -> None:
    while start < stop and not (reading[start].isalpha()):
        start += 1
    while stop > start and not reading[stop - 1].isalnum():
        stop -= 1
    if stop - start < 2:
        return
    name = reading[start:stop]
    if name[0].isupper() or (not name.islower() and any(letter.isupper() for letter in name)):
        names.append(Chunk("NAME", start, stop, value=name, bits=_NAME))
