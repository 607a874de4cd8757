"""Parties as registers name them ("Government of Syria", "Russian Military"), by the neutral names of this record."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from harmledger.incidents.bodies import fold_body
from harmledger.incidents.names import fold_name
from harmledger.lexicon.tables import list_languages, load_table

_BETWEEN: Final = re.compile(r"\s*(?:[;,/|]|\band\b)\s*", re.IGNORECASE)
_POSSESSIVE: Final = " s"


@lru_cache(maxsize=4096)
def name_parties(told: str) -> frozenset[str]:
    """Give the folded neutral names of the parties in a cell, as blame is compared (`incidents.bodies.fold_body`)."""
    return frozenset(_name_party(part) for part in _BETWEEN.split(told) if part.strip())


def _name_party(told: str) -> str:
    """Give the name of the longest phrase that the lexicon maps to a party; the folded words themselves without one."""
    words = fold_name(told).split()
    phrases = _load_phrases()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            found = phrases.get(" ".join(words[start : start + length]))
            if found is not None:
                return fold_body(found)
    return fold_body(told)


@cache
def _load_phrases() -> Mapping[str, str]:
    """Give sides, demonyms and the countries of demonyms, folded, with the party each stands for; sides first."""
    phrases: dict[str, str] = {}
    for category in ("SIDE", "DEMONYM"):
        for language in list_languages():
            for party, texts in load_table(language, "actors").get(category, {}).items():
                for text in (party, *texts):
                    phrases.setdefault(fold_name(text), party)
                    if text.endswith(_POSSESSIVE):
                        phrases.setdefault(fold_name(text.removesuffix(_POSSESSIVE)), party)
    return phrases
