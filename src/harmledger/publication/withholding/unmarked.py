"""Names of people in a script without capitals: words that nobody knows, after a title or a verb of harm, before an age."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from harmledger.lexicon.numbers import list_number_words, load_number_words
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
_AND: Final = "و"
_HEADING: Final = 8
"""Words before a colon among which stands who is listed behind it."""
_OVER_ONE: Final = 2
_LIST_END: Final = re.compile(r"[.!؟?;؛]\s|\n\n|$")


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
    if ":" in text:
        yield from _find_listed(text, words, folded, shown)


def _find_listed(
    text: str, words: Sequence[re.Match[str]], folded: Sequence[str], shown: Container[str]
) -> Iterator[tuple[int, int]]:
    """Give the names of a list behind a colon ("the martyrs: A, B and C"), to the end of its sentence.

    There any word is part of a name that the lexicon does not know, though a place be called so.
    """
    heads = _load()["lists"]
    for colon in re.finditer(":", text):
        before = [n for n, word in enumerate(words) if word.end() <= colon.start()][-_HEADING:]
        if not any(folded[n] in heads or folded[n][1:] in heads for n in before):
            continue
        stop = _LIST_END.search(text, colon.end())
        end = stop.start() if stop is not None else len(text)
        inside = [n for n, word in enumerate(words) if word.start() >= colon.end() and word.end() <= end]
        named = [n for n in inside if folded[n] not in shown and not is_word(folded[n])]
        for first, last in _join_places(named):
            yield words[first].start(), words[last].end()


def _join_places(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the runs of places of words, over one other word between two of them."""
    first = last = -_HEADING
    for place in places:
        if place - last > _OVER_ONE:
            if last >= 0:
                yield first, last
            first = place
        last = place
    if last >= 0:
        yield first, last


def _take_run(
    text: str,
    words: Sequence[re.Match[str]],
    folded: Sequence[str],
    before: int,
    least: int,
    is_known: Callable[[int], bool],
) -> Iterator[tuple[int, int]]:
    """Give the name that begins after a word, where it has so many words that nobody knows."""
    particles, between = _load()["particles"], _load()["between"]
    place, last, unknown = before + 1, before, 0
    first = name = place
    while place < len(words) and place - name < _MOST_WORDS:
        if text[words[place - 1].end() : words[place].start()] not in (" ", "\u00a0"):
            break
        if folded[place].startswith(_AND) and unknown >= _AFTER_VERB:
            name = place  # one more of a list
        if not unknown and folded[place] in between:
            place += 1
            first = name = place
            continue
        if folded[place] in particles:
            place += 1
            continue
        if is_known(place):
            break
        last, unknown, place = place, unknown + 1, place + 1
    if unknown >= least:
        yield words[first].start(), words[last].end()


def cut_name(text: str) -> str:
    """Give what is left of a text without the words of harm, titles and "each of" before a name; nothing of one that
    only has words of the language ("his three children")."""
    told = _load()["verbs"] | _load()["titles"] | _load()["between"]
    words = list(_WORD.finditer(text))
    if all(is_word(_fold(word[0])) for word in words):
        return ""
    return text[next((word.start() for word in words if _fold(word[0]) not in told), len(text)) :]


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
    numbers = list_number_words(load_number_words(LANGUAGE))
    words = {_fold(word) for word in (*list_lexicon_words(LANGUAGE), *numbers)}
    return frozenset(words) | table["plain"] | table["titles"] | table["verbs"] | table["ages"]


@cache
def _is_common(word: str) -> bool:
    """Tell whether a word is one of the language, or a place's name."""
    return is_word(word) or is_place(word, LANGUAGE)


@cache
def is_word(word: str) -> bool:
    """Tell whether a word is one of the language, bare or with what is written to it."""
    known = _list_known()
    forms = {word, *(word.removeprefix(prefix) for prefix in _PREFIXES)}
    if any(form in known for form in forms):
        return True
    for form in forms:
        for suffix in _SUFFIXES:
            stem = form.removesuffix(suffix) if suffix else form
            if len(stem) > _SHORTEST and (stem in known or f"{stem}ة" in known or f"ال{stem}" in known):
                return True
    return len(word) <= _SHORTEST


def fold_words(text: str) -> frozenset[str]:
    """Give the words of this script in a text, folded."""
    return frozenset(_fold(word) for word in _WORD.findall(text))


@cache
def _fold(word: str) -> str:
    """Fold a word: vowel marks and the forms of alef, ya and ta marbuta as they are most loosely written."""
    bare = "".join(c for c in word if not unicodedata.combining(c) and c != "ـ")
    return bare.translate(_LOOSE)


_LOOSE: Final = str.maketrans("أإآٱىؤئ", "اااايوي")
