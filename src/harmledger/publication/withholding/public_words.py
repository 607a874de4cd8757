"""Words that may be shown: those of the lexicon and the register, and the names of places."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from harmledger.lexicon.words import list_words

if TYPE_CHECKING:
    from harmledger.places.layer import Layer

WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
"""A word as names have them, hyphens and apostrophes included."""

_POSSESSIVE: Final = re.compile(r"['’]s?$")
_LONGEST_PLACE: Final = 4
_TITLE_WORDS: Final = 3
_TITLE_SHARE: Final = 0.6
_LONG_WORD: Final = 4

SITE_KINDS: Final = ("hospital", "clinic", "rescue_centre", "school", "camp")
"""Kinds of place that are treated as working: none of them is named or located in public."""


@cache
def list_lexicon_words(language: str) -> frozenset[str]:
    """Give every single word that the language's lexicon and the register hold, in lower case."""
    return frozenset(part for word in list_words(language) for part in split_words(word.text))


@cache
def _list_common_words(language: str) -> frozenset[str]:
    """Give the words that ordinary prose writes without a capital."""
    texts = (word.text for word in list_words(language))
    return frozenset(word for text in texts for word in WORD.findall(text) if word == word.lower())


@cache
def list_site_words(language: str) -> dict[str, str]:
    """Give the words for one hospital, clinic, rescue centre, school or camp, with the kind of place."""
    return {
        word.text: word.value
        for word in list_words(language)
        if word.category == "TARGET_ONE" and word.value in SITE_KINDS
    }


@lru_cache(1 << 16)
def split_word(word: str) -> tuple[str, ...]:
    """Give one word in lower case, as a whole and in parts; asked again and again of the same words."""
    return tuple(split_words(word))


def split_words(text: str) -> Iterator[str]:
    """Give the words of a text in lower case, those with hyphens as a whole and in parts."""
    for word in WORD.findall(text):
        bare = _POSSESSIVE.sub("", word.casefold())
        yield bare
        yield from (part for part in bare.split("-") if part != bare)


def find_places(text: str, words: Sequence[re.Match[str]], told: Set[str], language: str) -> set[int]:
    """Give the positions of the words that make up the name of a country, or of a place of the overlay.

    `told` are the keys (`key_place`) of further names of places. A name counts as a whole alone: one word of
    it, such as Abu, may be part of a person's name as well.
    """
    inside: set[int] = set()
    capitals = [word[0] != word[0].lower() for word in words]
    for first in range(len(words)):
        for last in range(min(first + _LONGEST_PLACE, len(words)), first, -1):
            if True not in capitals[first:last]:
                break
            name = _POSSESSIVE.sub("", text[words[first].start() : words[last - 1].end()])
            if is_place(name, language) or key_place(name) in told:
                inside.update(range(first, last))
                break
    return inside | {place for place, word in enumerate(words) if _is_of_place(word[0], language)}


def _is_of_place(word: str, language: str) -> bool:
    """Tell whether a place makes up the first part of a word, and no name the rest: "Idlib-based"."""
    head, _, rest = word.partition("-")
    return bool(rest) and rest == rest.lower() and head != head.lower() and is_place(head, language)


def is_title(text: str, language: str) -> bool:
    """Tell whether a text is a headline that gives common words capitals: then capitals tell no name."""
    common = _list_common_words(language)
    told: list[str] = [
        word for word in WORD.findall(text)[1:] if len(word) >= _LONG_WORD and word.lower() in common
    ]
    capitals = sum(word[0] != word[0].lower() for word in told)
    return capitals >= _TITLE_WORDS and capitals >= _TITLE_SHARE * len(told)


@cache
def key_place(name: str) -> str:
    """Give the key that spellings of one place's name share."""
    from harmledger.places.folding import fold_key

    return fold_key(name)


@cache
def is_place(name: str, language: str) -> bool:
    """Tell whether a name is that of a country, or of a place of the overlay."""
    from harmledger.places.countries import list_country_names

    key = key_place(name)
    if key in list_country_names(language):
        return True
    return bool(key and _open_overlay().has_key(key))


@cache
def _open_overlay() -> "Layer":
    from harmledger.places.overlay import open_overlay

    return open_overlay()
