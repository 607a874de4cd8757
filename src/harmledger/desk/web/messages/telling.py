"""The program's own messages in the language of a page: rooms say them in English, with names and numbers in them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from harmledger.publication.wording import Wording

_PART: Final = re.compile(r"\\{(\w+)\\}")
_MOST_DEPTH: Final = 3
"""A message may hold another as its reason, and that one more."""
_LONGEST: Final = 2000


@cache
def load_messages(language: str) -> Mapping[str, str]:
    """Load the messages of a language by their English; none for a language that has none."""
    path = files("harmledger.desk.web.messages").joinpath(f"{language}.toml")
    if not path.is_file():
        return {}
    rooms = tomllib.loads(path.read_text(encoding="utf-8"))
    return {english: told for messages in rooms.values() for english, told in messages.items()}


@cache
def _load_patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the messages that have parts: a pattern of the English, and the words; those that say most come first."""
    found = [
        (re.compile(_PART.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), told)
        for english, told in sorted(
            load_messages(language).items(), key=lambda pair: (-len(pair[0]), pair[0])
        )
        if "{" in english
    ]
    return tuple(found)


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
    """Give what stands within a message: another message, a number in the page's digits, or words as they are, apart."""
    if part.isdecimal():
        return words.digits(part)
    told = tell_message(part, words, depth + 1)
    return told if told != part else words.isolate(part)
