"""Trace: what happened to a sentence, for a person who asks why a claim was made or a number left."""

from dataclasses import dataclass, field

from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.unread import SetAside
from harmledger.records.claim import Voice


@dataclass(slots=True)
class SentenceTrace:
    """One sentence: its chunks, the drafts with the rules that fired, their voices, the numbers set aside."""

    parsed: Parsed
    drafts: list[Draft] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    voices: list[Voice | None] = field(default_factory=list)
