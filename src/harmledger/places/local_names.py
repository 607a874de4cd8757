"""What a place of the overlay is called in the script of another language."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from harmledger.lexicon.letters import is_right_to_left

_SCRIPTS: Final = frozenset({"ar"})
"""Languages whose names the overlay has among its aliases, told by their script."""


def find_local_name(name: str, country: str | None, language: str) -> str | None:
    """Give the name that a place of this country, known by its neutral name, has in a language; None where the overlay
    does not tell."""
    if language not in _SCRIPTS or country is None:
        return None
    return _load_names(country).get(name)


@cache
def _load_names(country: str) -> Mapping[str, str]:
    path = files("harmledger.places.overlay").joinpath(f"{country.lower()}.csv")
    if not country.isalpha() or not path.is_file():
        return {}
    found: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
        own = [alias for alias in row["aliases"].split("|") if is_right_to_left(alias)]
        if own:
            found.setdefault(row["name"], own[0])
    return found
