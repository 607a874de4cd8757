"""Scans: a text is folded and searched once for the words that begin a number or a date; sentences take their part."""

from bisect import bisect_left
from typing import Protocol

Hit = tuple[int, int, int]
"""The number of a word, and where it stands."""


class Automaton(Protocol):
    """What finds words: ahocorasick_rs.AhoCorasick."""

    def find_matches_as_indexes(self, haystack: str) -> list[Hit]:
        """Give the words found, in order and without overlap."""
        ...


class Scan:
    """The hits of one automaton in one text. A call of the automaton costs more than the search in a sentence."""

    def __init__(self, folded: str, automaton: Automaton) -> None:
        """Search the folded text (see `ranges.folding.fold`)."""
        self.folded = folded
        self._automaton = automaton
        self._hits = automaton.find_matches_as_indexes(folded)
        self._starts = [start for _, start, _ in self._hits]
        self._ends = [end for _, _, end in self._hits]

    def cut(self, start: int, end: int) -> list[Hit]:
        """Give the hits of the stretch [start, end), counted from its start, as a search in it alone finds them."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if (first and self._ends[first - 1] > start) or (last and self._ends[last - 1] > end):
            # A word runs over the edge of the sentence, and may hide one inside it.
            return self._automaton.find_matches_as_indexes(self.folded[start:end])
        if not start:
            return self._hits[first:last]
        return [(word, here - start, there - start) for word, here, there in self._hits[first:last]]
