"""Memory: who has spoken in a document so far, for "it said", "the source said" and bare surnames."""

from dataclasses import dataclass, field

from harmledger.records.claim import Voice


@dataclass(slots=True)
class Memory:
    """Who has spoken in the document so far, for "it said", "he said" and bare surnames."""

    body: Voice | None = None
    person: Voice | None = None
    source: Voice | None = None
    persons: dict[str, Voice] = field(default_factory=dict)
    heard: list[Voice] = field(default_factory=list)
