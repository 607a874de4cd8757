"""The program's own messages in the language of a page: rooms say them in English, with names and numbers in them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from operator import eq
from typing import Final

from harmledger.publication.wording import Wording

_PART: Final = re.compile(r"\\{(\w+)\\}")
_MOST_DEPTH: Final = 3
"""A message may hold another as its reason, and that one more."""
_LONGEST: Final = 2000
_PLACES: Final = "places"
"""The room of the words that lead to a place in a file: each is a whole step, and no part of a message."""
_STEP: Final = re.compile(r"(, | › )")
_LISTED: Final = ", "
_GROUPED: Final = re.compile(r"\d{1,3}(,\d{3})+")

_Patterns = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _load_rooms(language: str) -> Mapping[str, Mapping[str, str]]:
    path = files("harmledger.desk.web.messages").joinpath(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def load_messages(language: str) -> Mapping[str, str]:
    """Load the messages of a language by their English; none for a language that has none."""
    rooms = _load_rooms(language)
    named = (messages for room, messages in rooms.items() if room != _PLACES)
    return {english: told for messages in named for english, told in messages.items()}


@cache
def load_places(language: str) -> Mapping[str, str]:
    """Load the words that lead to a place in a file, by their English; none for a language that has none."""
    return _load_rooms(language).get(_PLACES, {})


@cache
def _load_patterns(language: str) -> _Patterns:
    """Give the messages that have parts: a pattern of the English, and the words; those that say most come first."""
    ordered = sorted(load_messages(language).items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((_compile(english), told) for english, told in ordered if "{" in english)


@cache
def _load_steps(language: str) -> _Patterns:
    return tuple((_compile(english), told) for english, told in load_places(language).items())


def _compile(english: str) -> re.Pattern[str]:
    return re.compile(_PART.sub(_match_part, re.escape(english)), re.DOTALL)


def _match_part(part: re.Match[str]) -> str:
    return rf"(?P<{part[1]}>[\d,]+)" if part[1] == "number" else rf"(?P<{part[1]}>.+?)"


def tell_message(text: str, words: Wording, depth: int = 0) -> str:
    """Give a message in the language of a page; one that nobody put into it stays as it is."""
    if depth >= _MOST_DEPTH or len(text) > _LONGEST:
        return text
    whole = load_messages(words.language).get(text)
    if whole is not None:
        return whole
    for pattern, told in _load_patterns(words.language):
        match = pattern.fullmatch(text)
        if match is not None:
            parts = {name: _tell_part(part, words, depth) for name, part in match.groupdict().items()}
            return told.format(**parts)
    return text


def _tell_part(part: str, words: Wording, depth: int) -> str:
    """Give what stands within a message: another message or several, a number in the page's digits, or words as they are,
    apart."""
    if part.isdecimal():
        return words.digits(part)
    if _GROUPED.fullmatch(part):
        return words.number(int(part.replace(",", "")))
    several = part.split(_LISTED)
    each = [tell_message(one, words, depth + 1) for one in several]
    if len(several) > 1 and not any(map(eq, several, each)):
        return words.comma.join(each)
    told = tell_message(part, words, depth + 1)
    return told if told != part else words.isolate(part)


def tell_place(where: str, words: Wording) -> str:
    """Give the words that lead to a place in a file ("daily.csv, row 3") in the language of a page; names stay as they are."""
    if not load_places(words.language):
        return where
    return "".join(_tell_step(step, words) for step in _STEP.split(where))


def _tell_step(step: str, words: Wording) -> str:
    if step == _LISTED:
        return words.comma
    for pattern, told in _load_steps(words.language):
        match = pattern.fullmatch(step)
        if match is not None:
            return told.format(
                **{name: _tell_part(part, words, _MOST_DEPTH) for name, part in match.groupdict().items()}
            )
    return step if _STEP.fullmatch(step) else words.isolate(step)
