"""Phrases that tell what a figure or a statement is about: "died in hospital", "has always denied"."""

import re
from dataclasses import dataclass
from functools import cache

from harmledger.lexicon.letters import fold_letters
from harmledger.lexicon.tables import has_table, list_languages, load_folded_table

_BETWEEN = r"\b.{0,40}?\b"
"""What may stand for "…": nothing, or a few words."""


@dataclass(frozen=True, slots=True)
class GrowthWords:
    """What the words around a figure are asked, in all languages that are read at once."""

    late_deaths: re.Pattern[str]
    found_dead: re.Pattern[str]
    more_bodies: re.Pattern[str]
    leading: re.Pattern[str]

    def tell_late_death(self, text: str) -> bool:
        """Tell whether those counted were first counted as wounded."""
        return self.late_deaths.search(_fold(text)) is not None

    def tell_found_dead(self, text: str) -> bool:
        """Tell whether those counted were first counted as missing."""
        return self.found_dead.search(_fold(text)) is not None

    def tell_more_bodies(self, text: str) -> bool:
        """Tell whether those counted were found after the others ("three more bodies")."""
        return self.more_bodies.search(_fold(text)) is not None

    def leads(self, gap: str) -> bool:
        """Tell whether what stands between two figures makes the second what led to the first ("41 after two more")."""
        return self.leading.search(_fold(gap)) is not None


@cache
def load_growth_words() -> GrowthWords:
    """Give the content of lexicon/<language>/growth.toml of every language that has one."""
    return GrowthWords(
        *(compile_phrases("growth", name) for name in ("late_deaths", "found_dead", "more_bodies", "leading"))
    )


def compile_phrases(table: str, name: str) -> re.Pattern[str]:
    """Give a pattern for the entries of a list in a table of every language that has one, for folded text."""
    tables = [load_folded_table(one, table) for one in list_languages() if has_table(one, table)]
    entries = sorted({_fold(entry) for one in tables for entry in one.get(name, ())})
    ways = "|".join(map(_compile_entry, entries))
    return re.compile(rf"\b(?:{ways})\b" if ways else r"(?!)", re.DOTALL)


@cache
def _load_general() -> re.Pattern[str]:
    return compile_phrases("reach", "general")


def tell_general(text: str) -> bool:
    """Tell whether a sentence of blame, denial or admission is about all that a party does: see lexicon/<language>/reach.toml."""
    return _load_general().search(_fold(text)) is not None


def _compile_entry(entry: str) -> str:
    stretches = (r"\s+".join(map(re.escape, stretch.split())) for stretch in entry.split("…"))
    return _BETWEEN.join(stretches)


def _fold(text: str) -> str:
    return fold_letters(text.casefold())
