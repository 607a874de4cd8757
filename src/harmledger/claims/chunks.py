"""Chunks: the typed pieces of a sentence that the rules see, quantities, people, places, times, bodies, verbs."""

from typing import Any, Final

from harmledger.claims.lexemes import Lexeme
from harmledger.records.count import Count

_NO_READINGS: Final[dict[str, str]] = {}
"""Shared by all chunks that are no word of the lexicon; readings are never written to."""


class Chunk:
    """One typed piece of a sentence. Offsets count the reading copy.

    `kind` is what rules match on; `value` is the lexicon's value (a harm, a means, a role). The other fields
    are filled where the kind has use for them: `count` and `group` for people and places hit, `side` and
    `actor` for those who strike, `any_side` where that actor is named by a word that any country has ("the rebels"), `role` for those who speak, `within` for the place inside the phrase ("Omdurman market"), `many` where several are spoken of.
    `readings` are those of the word, or of the head of the phrase, and `bits` their categories (a token that is no
    word of the lexicon has its kind there); `lexeme` is set on words of the lexicon.
    """

    # Defaults stand in the class: most chunks have none of these, and there are a dozen chunks a sentence.
    count: Count | None = None
    group: str | None = None
    many: bool = False
    article: str | None = None
    actor: str | None = None
    any_side: str | None = None
    role: str | None = None
    harm: str | None = None
    body: str | None = None
    counted: bool = False
    data: Any = None
    within: Any = None
    reason: str | None = None
    lexeme: Lexeme | None = None

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        value: str = "",
        bits: int = 0,
        readings: dict[str, str] = _NO_READINGS,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value
        self.bits = bits
        self.readings = readings

    def __repr__(self) -> str:
        return f"Chunk({self.kind}, {self.start}, {self.end}, {self.value!r})"


def change_chunk(chunk: Chunk, **changes: Any) -> Chunk:
    """Give a copy of the chunk with some fields changed."""
    copy = Chunk(chunk.kind, chunk.start, chunk.end, chunk.value, chunk.bits, chunk.readings)
    copy.count, copy.counted, copy.many = chunk.count, chunk.counted, chunk.many
    copy.group, copy.harm, copy.reason = chunk.group, chunk.harm, chunk.reason
    copy.actor, copy.role, copy.body = chunk.actor, chunk.role, chunk.body
    copy.any_side = chunk.any_side
    copy.article, copy.lexeme = chunk.article, chunk.lexeme
    copy.data, copy.within = chunk.data, chunk.within
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
