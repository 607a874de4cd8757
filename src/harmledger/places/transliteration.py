"""Spell a name so that its romanisations meet: a spelling with vowels, and a skeleton without."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from anyascii import anyascii

RULES_TEXT: Final = files("harmledger.places").joinpath("transliteration.toml").read_text(encoding="utf-8")
"""The rules as written; what is compiled with them carries their digest."""

_RULES: Final[dict[str, Any]] = tomllib.loads(RULES_TEXT)
_PLAIN_ARTICLES: Final = frozenset(_RULES["articles"]["plain"])
_ASSIMILATED_ARTICLES: Final = frozenset(_RULES["articles"]["assimilated"])
_ARABIC_ARTICLE: Final[str] = _RULES["articles"]["arabic"]
_ENDING: Final[str] = _RULES["endings"]["arabic"]
_ENDING_LATIN: Final[str] = _RULES["endings"]["latin"]
_WORDS: Final[dict[str, str]] = _RULES["words"]
_DIGRAPHS: Final[dict[str, str]] = _RULES["digraphs"]
_DIPHTHONGS: Final[dict[str, str]] = _RULES["diphthongs"]
_LETTERS: Final = str.maketrans(_RULES["letters"])
_ARABIC: Final = str.maketrans(_RULES["arabic"])
_SKELETON: Final = str.maketrans(dict.fromkeys("aiu", "") | _RULES["classes"])

_ANY_DIGRAPH: Final = re.compile("|".join(sorted(_DIGRAPHS, key=len, reverse=True)))
_ANY_DIPHTHONG: Final = re.compile("|".join(_DIPHTHONGS))
_REPEATED: Final = re.compile(r"(.)\1+")
_SILENT_H: Final = re.compile(r"(?<=[aiu])h$")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9 ]+")


def spell_name(folded: str) -> str:
    """Give the spelling of a folded name: articles dropped, exchanged letters made one, words joined.

    The name is romanised first where it is written in another script. A spelling holds the vowels a, i, u
    and one sign for each consonant sound; it may be empty.
    """
    if not folded.isascii():
        folded = _romanise(folded)
    words = folded.split()
    kept = [word for at, word in enumerate(words) if not is_article(word, words[at + 1 : at + 2])]
    return _REPEATED.sub(r"\1", "".join(map(_spell_word, kept)))


def reduce_spelling(spelling: str) -> str:
    """Give the consonant skeleton of a spelling; Arabic leaves vowels unwritten, so skeletons meet.

    Reducing a skeleton again changes nothing.
    """
    return _REPEATED.sub(r"\1", spelling.translate(_SKELETON))


def is_article(word: str, following: list[str]) -> bool:
    """Tell whether the word is the Arabic article before the word (if any) that follows it."""
    if not following:
        return False
    if word in _PLAIN_ARTICLES:
        return True
    return word in _ASSIMILATED_ARTICLES and following[0].startswith(word[1:])


def _romanise(folded: str) -> str:
    words = []
    for word in folded.split():
        bare = word.removeprefix(_ARABIC_ARTICLE) if len(word) > len(_ARABIC_ARTICLE) + 1 else word
        if bare.endswith(_ENDING):
            bare = bare[: -len(_ENDING)] + _ENDING_LATIN
        words.append(anyascii(bare.translate(_ARABIC)))
    return _NOT_LETTERS.sub("", " ".join(words).lower())


@lru_cache(maxsize=262_144)
def _spell_word(word: str) -> str:
    word = _WORDS.get(word, word)
    first = word[:1] if word[:1] in ("w", "y") else ""
    sounds = _ANY_DIGRAPH.sub(lambda match: _DIGRAPHS[match[0]], word[len(first) :])
    sounds = _REPEATED.sub(r"\1", sounds.translate(_LETTERS))
    sounds = _ANY_DIPHTHONG.sub(lambda match: _DIPHTHONGS[match[0]], sounds)
    return first + _SILENT_H.sub("", sounds)
