"""How a language writes prose: what ends a sentence, and what on a page is not reporting."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

from harmledger.lexicon.tables import list_languages, load_table

AbbreviationKind = Literal["title", "any", "clock", "number"]
"""What may follow a shortened word: always its name; anything; a day or zone; a number."""

Reach = Literal["stretch", "sentence", "paragraph", "list", "appeal"]
"""How far page furniture reaches: the words that match; their sentence; their paragraph; that and the
titles and labels after it; that and all that goes on appealing to the reader."""

_NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of one language that decide where a sentence ends.

    `openers` are words that open a sentence when they have a capital letter after a shortened word;
    `clock_followers` go on after "a.m."; `lower_names` are names that keep a small letter at the head of a
    sentence; `speech_tag` finds "NAME said." after a quotation.
    """

    abbreviations: Mapping[str, AbbreviationKind]
    openers: frozenset[str]
    clock_followers: frozenset[str]
    lower_names: re.Pattern[str]
    speech_tag: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A pattern of what stands on a page and is not reporting.

    `cues` are words in lower case, one of which is in every match: a text without them is not searched.
    `example` matches, `counter` (where given) does not; the tests hold both to it.
    """

    name: str
    reach: Reach
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    example: str
    counter: str | None


_NO_PROSE: Final = Prose({}, frozenset(), frozenset(), _NEVER, _NEVER)


@cache
def load_prose(language: str | None) -> Prose:
    """Give the prose of a language (BCP 47 tag), without any words where it has no table."""
    primary = language.partition("-")[0].lower() if language else None
    if primary not in list_languages():
        return _NO_PROSE
    table = _read(str(primary)).get("sentences")
    if table is None:
        return _NO_PROSE
    return Prose(
        abbreviations={word: kind for kind in get_args(AbbreviationKind) for word in table[kind]},
        openers=frozenset(table["openers"]),
        clock_followers=frozenset(table["clock_followers"]),
        lower_names=re.compile(table["lower_names"]),
        speech_tag=re.compile(table["speech_tag"]),
    )


@cache
def load_furniture() -> tuple[Furniture, ...]:
    """Give the furniture of every language, in order of language and table.

    All languages at once: a page's furniture follows the site, not the language of the article.
    """
    return tuple(
        Furniture(
            entry["name"],
            entry["reach"],
            tuple(entry["cues"]),
            re.compile(entry["pattern"]),
            entry["example"],
            entry.get("counter"),
        )
        for language in list_languages()
        for entry in _read(language).get("furniture", ())
    )


def _read(language: str) -> dict[str, Any]:
    try:
        return load_table(language, "prose")
    except FileNotFoundError:
        return {}
