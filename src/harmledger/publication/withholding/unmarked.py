"""Names of people in a script without capitals: words that nobody knows, after a title or a verb of harm, before an age."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from harmledger.publication.withholding.public_words import is_place, list_lexicon_words
from harmledger.publication.wording import load_wording

LANGUAGE: Final = "ar"
"""The language in whose words names are told; its script is looked for."""

_WORD: Final = re.compile(r"[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff]+")
_PREFIXES: Final = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_SUFFIXES: Final = ("", "ة", "ون", "ين", "ان", "ات", "ا", "هم", "ها", "ه")
_SHORTEST: Final = 2
_MOST_WORDS: Final = 6
_AFTER_VERB: Final = 2


def find_unmarked(text: str, shown: Container[str]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text that name people. `shown` are words, folded, that name a place or a body."""
    words = list(_WORD.finditer(text))
    folded = [_fold(word[0]) for word in words]
    table = _load()

    def is_known(place: int) -> bool:
        return folded[place] in shown or _is_common(folded[place])

    for place, word in enumerate(folded):
        bare = word[1:] if word[:1] in ("و", "ف") else word
        if word in table["titles"] or bare in table["titles"]:
            least = 1
        elif word in table["verbs"] or bare in table["verbs"]:
            least = _AFTER_VERB
        else:
            continue
        yield from _take_run(text, words, folded, place, least, is_known)
    yield from _find_aged(text, words, folded, is_known)


def _take_run(
    text: str,
    words: Sequence[re.Match[str]],
    folded: Sequence[str],
    before: int,
    least: int,
    is_known: Callable[[int], bool],
) -> Iterator[tuple[int, int]]:
    """Give the name that begins after a word, where it has so many words that nobody knows."""
    particles = _load()["particles"]
    place, last, unknown = before + 1, before, 0
    while place < len(words) and place - before <= _MOST_WORDS:
        if text[words[place - 1].end() : words[place].start()] not in (" ", "\u00a0"):
            break
        if folded[place] in particles:
            place += 1
            continue
        if is_known(place):
            break
        last, unknown, place = place, unknown + 1, place + 1
    if unknown >= least:
        yield words[before + 1].start(), words[last].end()


def _find_aged(
    text: str, words: Sequence[re.Match[str]], folded: Sequence[str], is_known: Callable[[int], bool]
) -> Iterator[tuple[int, int]]:
    """Give the names that stand before an age: "so-and-so, 7 years"."""
    starts = {word.start(): n for n, word in enumerate(words)}
    ages = _load()["ages"]
    for found in re.finditer(r"[،,(]?\s*[(]?[0-9\u0660-\u0669]{1,3}\s+", text):
        after = starts.get(found.end())
        if (
            after is None
            or after == 0
            or folded[after] not in ages
            or words[after - 1].end() != found.start()
        ):
            continue
        first = after - 1
        while (
            first > 0
            and after - first < _MOST_WORDS
            and not is_known(first - 1)
            and text[words[first - 1].end() : words[first].start()] == " "
        ):
            first -= 1
        if not is_known(after - 1):
            yield words[first].start(), words[after - 1].end()


@cache
def _load() -> Mapping[str, frozenset[str]]:
    table: Mapping[str, Any] = load_wording(LANGUAGE).tables["unmarked"]
    return {name: frozenset(_fold(word) for word in words) for name, words in table.items()}


@cache
def _list_known() -> frozenset[str]:
    table = _load()
    words = {_fold(word) for word in list_lexicon_words(LANGUAGE)}
    return frozenset(words) | table["plain"] | table["titles"] | table["verbs"] | table["ages"]


@cache
def _is_common(word: str) -> bool:
    """Tell whether a word is one of the language, bare or with what is written to it, or a place's name."""
    known = _list_known()
    forms = {word, *(word.removeprefix(prefix) for prefix in _PREFIXES)}
    if any(form in known for form in forms):
        return True
    for form in forms:
        for suffix in _SUFFIXES:
            stem = form.removesuffix(suffix) if suffix else form
            if len(stem) > _SHORTEST and (stem in known or f"{stem}ة" in known or f"ال{stem}" in known):
                return True
    return len(word) <= _SHORTEST or is_place(word, LANGUAGE)


def fold_words(text: str) -> frozenset[str]:
    """Give the words of this script in a text, folded."""
    return frozenset(_fold(word) for word in _WORD.findall(text))


@cache
def _fold(word: str) -> str:
    """Fold a word: vowel marks and the forms of alef, ya and ta marbuta as they are most loosely written."""
    bare = "".join(c for c in word if not unicodedata.combining(c) and c != "ـ")
    return bare.translate(_LOOSE)


_LOOSE: Final = str.maketrans("أإآٱىؤئ", "اااايوي")
