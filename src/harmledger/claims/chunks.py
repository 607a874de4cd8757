"""Chunks: the typed pieces of a sentence that the rules see, quantities, people, places, times, bodies, verbs."""

from dataclasses import dataclass, field

from harmledger.records.count import Count


@dataclass(slots=True)
class Chunk:
    """One typed piece of a sentence. Offsets count the reading copy.

    `kind` is what rules match on; `value` is the lexicon's value (a harm, a means, a role). The other fields
    are filled where the kind has use for them: `count` and `group` for people and places hit, `side` and
    `actor` for those who strike, `role` for those who speak, `within` for the place inside the phrase ("Omdurman market"), `many` where several are spoken of.
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
    readings: dict[str, str] = field(default_factory=dict)
    data: object = None
    within: object = None
    reason: str | None = None
