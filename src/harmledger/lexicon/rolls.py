"""Rolls: how a language introduces lists of the names of those harmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.tables import has_table, load_table


@dataclass(frozen=True, slots=True)
class RollWords:
    """Folded words: `heads` stand beside the word for those harmed where their names follow, `opening` say that not all are
    named, `others` count people whom nobody names, `never` stand in no name; `groups` tells a group by a word beside a name.
    """

    heads: frozenset[str]
    opening: frozenset[str]
    others: frozenset[str]
    never: frozenset[str]
    groups: Mapping[str, str]


@cache
def load_roll_words(language: str) -> RollWords | None:
    """Give the content of lexicon/<language>/rolls.toml; None for a language without it, in which no rolls are read."""
    if not has_table(language, "rolls"):
        return None
    table = load_table(language, "rolls")
    return RollWords(
        _fold(table["heads"]),
        _fold(table["open"]),
        _fold(table["others"]),
        _fold(table["never"]),
        {fold_letters(word): group for group, words in table["groups"].items() for word in words},
    )


def _fold(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_letters, words))
