"""Trigrams in memory: which spellings of a layer share three letters in a row with a name."""

from collections.abc import Sequence


def list_trigrams(spelling: str) -> list[str]:
    """Give the trigrams of a spelling, each once, sorted; none where it has fewer than three letters."""
    return sorted({spelling[at : at + 3] for at in range(len(spelling) - 2)})


class TrigramIndex:
    """The spellings of a layer by their trigrams; numbers count from 1, as in the layer's file."""

    def __init__(self, spellings: Sequence[str]) -> None:
        """Index the spellings; the one at 0 stands for none."""
        numbers: dict[str, list[int]] = {}
        for number, spelling in enumerate(spellings):
            for at in range(len(spelling) - 2):
                numbers.setdefault(spelling[at : at + 3], []).append(number)
        self._numbers = numbers

    def list_sharing(self, trigrams: Sequence[str]) -> list[int]:
        """Give the numbers of the spellings that hold one of the trigrams, in order."""
        known = self._numbers
        return sorted(set().union(*(known[trigram] for trigram in trigrams if trigram in known)))
