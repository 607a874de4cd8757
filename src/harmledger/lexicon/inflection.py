"""Regular forms of words, derived by rules of endings: `lexicon/<language>/inflection.toml`, typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.tables import has_table, load_table


@dataclass(frozen=True, slots=True)
class Ending:
    """A last letter or letters (folded, empty for any) and what stands in their place in the derived form."""

    old: str
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paradigm:
    """Forms of the words of some categories: the first ending that fits is replaced; the forms belong to `category`,
    or to the word's own where that is None. Only the first word of a phrase changes; `only_single` leaves phrases alone.
    """

    categories: frozenset[str]
    category: str | None
    endings: tuple[Ending, ...]
    only_single: bool


@cache
def load_paradigms(language: str) -> tuple[Paradigm, ...]:
    """Give the paradigms of a language; none where it has no table, since every form stands in its tables."""
    if not has_table(language, "inflection"):
        return ()
    return tuple(_read_paradigm(entry) for entry in load_table(language, "inflection")["paradigm"])


def _read_paradigm(entry: dict[str, Any]) -> Paradigm:
    endings = tuple(
        Ending(fold_letters(ending["old"]), tuple(map(fold_letters, ending["new"])))
        for ending in entry["endings"]
    )
    return Paradigm(
        frozenset(entry["of"]), entry.get("category"), endings, bool(entry.get("only_single", False))
    )


def inflect_word(text: str, category: str, paradigms: tuple[Paradigm, ...]) -> Iterator[tuple[str, str]]:
    """Give the derived forms of a word or phrase, each with its category; its first word is the one that changes."""
    first, space, rest = text.partition(" ")
    for paradigm in paradigms:
        if category not in paradigm.categories or (paradigm.only_single and space):
            continue
        for ending in paradigm.endings:
            if fold_letters(first).endswith(ending.old):
                stem = first[: len(first) - len(ending.old)]
                for new in ending.new:
                    yield f"{stem}{new}{space}{rest}", paradigm.category or category
                break
