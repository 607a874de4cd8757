"""What a person decided about claims: a fact with who, when and why, superseded by a later one and never edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import FORMAT, JudgementKind

CORRECTED: Final = (
    "harm", "group", "scope", "stance", "count", "means", "place", "time", "actors", "voice",
)  # fmt: skip
"""The fields of a claim that a judgement may correct."""
CLAIMS_JUDGED: Final = {"join": 2, "split": 2, "exclude": 1, "correct": 1, "note": 1, "undo": 0, "add": 1}
"""How many claims a judgement of each kind is about."""
ADDED: Final = "added by hand"
"""Stands first among the reasons of a claim that a person added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One line of judgements.jsonl: one decision of a person about one claim, or about two."""

    id: str = meant("SHA-256 over everything else that it holds")
    kind: JudgementKind = meant("join, split, exclude, correct, note, undo or add")
    by: str = meant("who decided")
    at: str = meant("when, ISO 8601 in UTC; judgements count in this order")
    claims: tuple[str, ...] = meant("ids of the claims: two to join or split, one else, none to undo", ())
    field: str | None = meant("of a correction: the field of the claim", None)
    value: Any = meant(
        "what the field should hold, or the claim that is added, as claims.jsonl writes it", None
    )
    undoes: str | None = meant("id of the judgement that this one takes back", None)
    reason: str = meant("why, in the person's own words", "")
    format: int = meant("number of this format", FORMAT)
    extra: Mapping[str, Any] = meant(
        "fields of the input line that this format does not know", default_factory=dict
    )
