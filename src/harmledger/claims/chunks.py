"""Chunks: the typed pieces of a sentence that the rules see, quantities, people, places, times, bodies, verbs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from harmledger.claims.lexemes import Lexeme
from harmledger.records.count import Count

_NO_READINGS: Mapping[str, str] = MappingProxyType({})


def _give_none() -> Mapping[str, str]:
    """Give the same nothing to every chunk without readings."""
    return _NO_READINGS


@dataclass(slots=True)
class Chunk:
    """One typed piece of a sentence. Offsets count the reading copy.

    `kind` is what rules match on; `value` is the lexicon's value (a harm, a means, a role). The other fields
    are filled where the kind has use for them: `count` and `group` for people and places hit, `side` and
    `actor` for those who strike, `role` for those who speak, `within` for the place inside the phrase ("Omdurman market"), `many` where several are spoken of.
    `readings` are those of the word, or of the head of the phrase, and `bits` their categories (a token that is no
    word of the lexicon has its kind there); `lexeme` is set on words of the lexicon.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    count: Count | None = None
    group: str | None = None
    many: bool = False
    article: str | None = None
    actor: str | None = None
    role: str | None = None
    harm: str | None = None
    body: str | None = None
    counted: bool = False
    readings: Mapping[str, str] = field(default_factory=_give_none)
    data: Any = None
    within: Any = None
    reason: str | None = None
    bits: int = 0
    lexeme: Lexeme | None = None
