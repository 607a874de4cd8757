"""The order of words in a language: what stands before the noun, and what before the verb."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from harmledger.lexicon.tables import load_table

_KEYS: Final = ("noun", "subject")


@dataclass(frozen=True, slots=True)
class Syntax:
    """`is_noun_first`: the noun stands before what describes it ("shelling heavy"), and a number before both.
    `is_verb_first`: the verb stands before its subject ("said the Observatory", "struck aircraft the town").
    """

    is_noun_first: bool
    is_verb_first: bool


@cache
def load_syntax(language: str) -> Syntax:
    """Give the content of lexicon/<language>/syntax.toml.

    Raises ValueError where it says something else than "first" or "last".
    """
    table: dict[str, Any] = load_table(language, "syntax")
    for key in _KEYS:
        if table[key] not in {"first", "last"}:
            raise ValueError(f"syntax.toml: {key} is 'first' or 'last', not {table[key]!r}")
    return Syntax(table["noun"] == "first", table["subject"] == "last")
