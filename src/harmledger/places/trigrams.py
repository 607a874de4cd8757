"""Trigrams in memory: which spellings of a layer share three letters in a row with a name."""

from collections.abc import Iterable, Sequence


def list_trigrams(spelling: str) -> list[str]:
    """Give the trigrams of a spelling, each once, sorted; none where it has fewer than three letters."""
    return sorted({spelling[at : at + 3] for at in range(len(spelling) - 2)})


class TrigramIndex:
    """The spellings of a layer by their trigrams."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """Index the spellings."""
        holders: dict[str, list[str]] = {}
        for spelling in spellings:
            for at in range(len(spelling) - 2):
                holders.setdefault(spelling[at : at + 3], []).append(spelling)
        self._holders = holders

    def list_sharing(self, trigrams: Sequence[str]) -> list[str]:
        """Give the spellings that hold one of the trigrams, in any order."""
        known = self._holders
        return list(set().union(*(known[trigram] for trigram in trigrams if trigram in known)))
