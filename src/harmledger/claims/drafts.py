"""Drafts: claims in the making, as one sentence gives them, before the document settles voice, place and time."""

from dataclasses import dataclass, field
from typing import Literal

from harmledger.claims.chunks import Chunk
from harmledger.claims.parse import Parsed
from harmledger.records.claim import Actor
from harmledger.records.count import Count

DraftKind = Literal["attack", "toll", "damage", "displacement", "attribution", "media"]


@dataclass(slots=True)
class Draft:
    """One claim in the making. `first` and `last` are the chunks of its cue; offsets count the reading copy.

    `list_end` is the last chunk of the list by place that divides the number; `agent` is the chunk of the party that a verb left out tells of ("Russian forces 73"); `means_alone` is what the attack was made with as a rule, where nothing tells; `clause_kinds` are the kinds of the chunks of its clause, once they have been asked for.
    """

    kind: DraftKind
    parsed: Parsed
    first: int
    last: int
    harm: str | None = None
    group: str | None = None
    count: Count | None = None
    stance: str = "asserted"
    scope: str = "attack"
    means: str | None = None
    means_alone: str | None = None
    actors: list[Actor] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    is_subset: bool = False
    is_own_event: bool = False
    is_told_of: bool = False
    is_alone: bool = False
    whole: "Draft | None" = None
    victims: Chunk | None = None
    at_place: Chunk | None = None
    is_spread: bool = False
    agent: int | None = None
    list_end: int | None = None
    clause_kinds: set[str] | None = None

    @property
    def start(self) -> int:
        """First code point of the cue."""
        return self.parsed.chunks[self.first].start

    @property
    def end(self) -> int:
        """One past the last code point of the cue."""
        return self.parsed.chunks[self.last].end
