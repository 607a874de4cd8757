"""Names: runs of capitalised words that the lexicon does not know, places and persons alike."""

import re
from collections.abc import Sequence
from functools import cache

from harmledger.claims.chunks import Chunk
from harmledger.claims.marks import Mark
from harmledger.lexicon.names import NameShape, load_name_shape

_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w'`]*\w|[A-Z]\.?)"


@cache
def _compile_run(shape: NameShape) -> re.Pattern[str]:
    """Build the pattern of a run of capitalised words, with the language's particles inside it."""
    particle = f"(?:{'|'.join(map(re.escape, shape.particles))})"
    tail = rf"(?:[ -](?:{particle}[- ](?=[A-Z]))?{_WORD}(?:-\w+)*)*"
    return re.compile(rf"(?<![\w@#])(?:{particle}[- ])?{_WORD}(?:-\w+)*{tail}")


def find_names(
    reading: str, start: int, end: int, marks: Sequence[Mark], language: str = "en"
) -> list[Chunk]:
    """Give the capitalised runs of reading[start:end], cut where a mark of the lexicon stands.

    A language whose script has no capitals gives none: its names are found by the gazetteer alone.

    "In Qalat al-Madiq" gives "Qalat al-Madiq"; "the Syrian town of Kafr Nabl" gives "Kafr Nabl".
    """
    shape = load_name_shape(language)
    names: list[Chunk] = []
    for run in _compile_run(shape).finditer(reading, start, end) if shape.capitals else ():
        position, stop = run.span()
        ending = next((ending for ending in shape.endings if reading.endswith(ending, position, stop)), "")
        stop -= len(ending)
        for mark in marks:
            if mark.end <= position or mark.start >= stop:
                continue
            if _belongs_inside(reading, mark, position, stop):
                continue
            if mark.start > position:
                _add_name(names, reading, position, mark.start)
            position = max(position, mark.end)
        if position < stop:
            _add_name(names, reading, position, stop)
    return names


def _belongs_inside(reading: str, mark: Mark, start: int, stop: int) -> bool:
    """A small-letter or one-word mark in the middle of a hyphenated run is part of the name (Bab al-Hawa)."""
    before = reading[mark.start - 1] if mark.start > start else " "
    after = reading[mark.end] if mark.end < stop else " "
    return before == "-" or (after == "-" and mark.end - mark.start <= 4)


def _add_name(names: list[Chunk], reading: str, start: int, stop: int) -> None:
    while start < stop and not (reading[start].isalpha()):
        start += 1
    while stop > start and not reading[stop - 1].isalnum():
        stop -= 1
    if stop - start >= 2 and any(letter.isupper() for letter in reading[start:stop]):
        names.append(Chunk("NAME", start, stop, value=reading[start:stop]))
