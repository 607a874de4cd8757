"""Headings: what the first row of a table calls its columns, in any language that is known here."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

_TATWEEL: Final = "\u0640"
_LETTERS: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", _TATWEEL: None})
_BETWEEN: Final = re.compile(r"[\W_]+")


def fold_heading(heading: str) -> str:
    """Give a heading without case, marks, punctuation and vowel signs, so that two spellings meet."""
    plain = unicodedata.normalize("NFKD", heading).casefold()
    bare = "".join(char for char in plain if not unicodedata.combining(char)).translate(_LETTERS)
    return _BETWEEN.sub(" ", bare).strip()


def find_roles(headings: Sequence[str]) -> dict[str, int]:
    """Give the number of the column for each role that a heading is known to name.

    Of several headings for one role the one listed first among its synonyms is taken.
    """
    places: dict[str, int] = {}
    for number, heading in enumerate(headings):
        places.setdefault(fold_heading(heading), number)
    roles: dict[str, int] = {}
    for role, synonyms in _load_synonyms().items():
        found = next((places[name] for name in synonyms if name in places), None)
        if found is not None and found not in roles.values():
            roles[role] = found
    return roles


def is_yes(cell: str) -> bool:
    """Tell whether a cell says yes."""
    return fold_heading(cell) in _load_yes()


@cache
def _load() -> Mapping[str, Any]:
    with files("harmledger.documents.parts").joinpath("columns.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def _load_synonyms() -> dict[str, list[str]]:
    synonyms: dict[str, list[str]] = {}
    for language, roles in _load().items():
        if language != "yes":
            for role, names in roles.items():
                synonyms.setdefault(role, []).extend(fold_heading(name) for name in names)
    return synonyms


@cache
def _load_yes() -> frozenset[str]:
    return frozenset(fold_heading(word) for words in _load()["yes"].values() for word in words)
