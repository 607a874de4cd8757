"""Cues: one pass over a text tells which patterns are worth searching, and in which of its sentences."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from harmledger.documents.sentences import Stretch
from harmledger.lexicon.prose import Furniture, Stamp, load_layout

Cues = Mapping[str, Sequence[int]]
"""For the name of each stamp or piece of furniture, where the last letters of its cues stand."""

_OVERHANG: Final = 150
"""How far a match may run on beyond the sentence it starts in, in code points."""


def find_cues(reading: str) -> Cues:
    """Give where the cues of the layout stand; names without any are left out."""
    automaton, owners = _build()
    found: defaultdict[str, list[int]] = defaultdict(list)
    # The line break before the text lets cues that hold one mark the head of the first paragraph too.
    for word, _, end in automaton.find_matches_as_indexes("\n" + reading, overlapping=True):
        for name in owners[word]:
            found[name].append(end - 2)
    return found


def search_sentences(
    reading: str, stretches: Sequence[Stretch], piece: Stamp | Furniture, cues: Cues
) -> Iterator[tuple[int, re.Match[str]]]:
    """Give the matches of a piece that start in a sentence with one of its cues, with the sentence's number."""
    done = -1
    for offset in cues.get(piece.name, ()):
        number = bisect_right(stretches, offset, key=_start) - 1
        if number <= done:
            continue
        done = number
        start, end, _ = stretches[number]
        for match in piece.pattern.finditer(reading, start, min(end + _OVERHANG, len(reading))):
            if match.start() >= end:
                break
            if match.end() > match.start():
                yield number, match


def _start(stretch: Stretch) -> int:
    return stretch[0]


@cache
def _build() -> tuple[AhoCorasick, tuple[tuple[str, ...], ...]]:
    """Give the automaton of all cues, and for each of its words the names of the pieces it belongs to."""
    layout = load_layout()
    names: dict[str, list[str]] = {}
    pieces: tuple[Stamp | Furniture, ...] = (*layout.stamps, *layout.furniture)
    for piece in pieces:
        for cue in piece.cues:
            names.setdefault(cue, []).append(piece.name)
    return AhoCorasick(list(names)), tuple(map(tuple, names.values()))
