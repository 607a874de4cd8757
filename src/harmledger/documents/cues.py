"""Cues: one pass over a text tells which patterns are worth searching it for."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol, TypeVar

from ahocorasick_rs import AhoCorasick


class Cued(Protocol):
    """A pattern with the words of which one is in every match; without any, it is always searched."""

    @property
    def cues(self) -> tuple[str, ...]:
        """Words of which one is in every match; a line break stands for the head of a paragraph."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What is searched for."""


Piece = TypeVar("Piece", bound=Cued)


def find_cued(
    reading: str, pieces: Sequence[Piece], start: int = 0, end: int | None = None
) -> Iterator[tuple[Piece, re.Match[str]]]:
    """Give every match in [start, end) of every piece that has a cue in the text, piece by piece."""
    for piece in select_cued(reading, pieces):
        for match in piece.pattern.finditer(reading, start, len(reading) if end is None else end):
            if match.end() > match.start():
                yield piece, match


def select_cued(reading: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Give the pieces that have a cue in the text, in their order."""
    automaton, owners = _build(tuple(piece.cues for piece in pieces))
    hits = {found[0] for found in automaton.find_matches_as_indexes("\n" + reading, overlapping=True)}
    chosen = {owner for hit in hits for owner in owners[hit]}
    return (piece for number, piece in enumerate(pieces) if number in chosen or not piece.cues)


@cache
def _build(cues: tuple[tuple[str, ...], ...]) -> tuple[AhoCorasick, tuple[tuple[int, ...], ...]]:
    """Give the automaton, and for each of its words the numbers of the pieces it is a cue of."""
    words = sorted({word for piece in cues for word in piece})
    owners = tuple(tuple(n for n, piece in enumerate(cues) if word in piece) for word in words)
    return AhoCorasick(words), owners
