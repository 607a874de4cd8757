"""Single hospitals, clinics, rescue centres, schools and camps: shown by their kind alone."""

import re
from collections.abc import Iterable, Set
from functools import cache

from harmledger.publication.withholding.public_words import (
    WORD,
    is_place,
    is_title,
    list_site_words,
    split_words,
)
from harmledger.publication.wording import load_wording


def find_sites(text: str, public: Set[str], language: str) -> dict[tuple[int, int], str]:
    """Give the stretches that name one hospital, clinic, rescue centre, school or camp, with its kind.

    "Syrian hospital" names none: its kind has a capital, or what comes before is more than words of the
    lexicon. Camps that the gazetteer knows as towns are no single site.
    """
    found: dict[tuple[int, int], str] = {}
    for match in _compile_site(language).finditer(text):
        words = list(WORD.finditer(text, match.start("name"), match.end("name")))
        is_name = match["kind"] != match["kind"].lower() and not is_title(text, language)
        plain = frozenset(load_wording(language).tables["name"]["plain"]) if is_name else public
        named = next((word for word in words if next(split_words(word[0])) not in plain), None)
        if named is not None and not is_place(text[named.start() : match.end()], language):
            kind = list_site_words(language)[" ".join(match["kind"].lower().split())]
            found[named.start(), match.end()] = kind
    return found


@cache
def _compile_site(language: str) -> re.Pattern[str]:
    """Compile the pattern of a named site: capitalised words, then the kind of place in either case."""
    table = load_wording(language).tables["name"]
    kinds = "|".join(
        re.escape(text).replace("\\ ", r"\s") for text in _sort_longest(list_site_words(language))
    )
    return re.compile(
        table["site"].replace("{word}", table["word"]).replace("{kind}", f"(?P<kind>(?i:{kinds}))")
    )


def _sort_longest(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))
