"""What a person signed: a step of an incident towards publication, with what it held then. Never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import FORMAT

SigningStep = Literal["accept", "approve", "publish", "set_aside", "reopen"]
"""Somebody looked and agrees; an editor signs off; a second editor publishes; it is no entry of the record; what was
decided before counts no more."""

STEPS: Final[tuple[SigningStep, ...]] = get_args(SigningStep)

State = Literal["new", "changed", "accepted", "approved", "published", "set_aside"]
"""Nobody looked yet; it changed since somebody signed; looked at; approved once; published; set aside."""

STATES: Final[tuple[State, ...]] = get_args(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One line of signings.jsonl: one step, by one person.

    `digest` is over `content`, the coded fields of the incident as that person saw them: ids, terms, numbers, names of
    the gazetteer, and no words of a report.
    """

    id: str = meant("SHA-256 over incident, step, digest, who, when and why, as they were signed")
    incident: str = meant("the id that the incident had then")
    step: SigningStep = meant("accept, approve, publish, set_aside or reopen")
    digest: str = meant("SHA-256 over the content")
    by: str = meant("who signed")
    at: str = meant("when, ISO 8601 in UTC; signatures count in this order")
    content: Mapping[str, Any] = meant("what the incident held then, coded")
    reason: str = meant("why, in the person's own words; empty after an erasure of what it may repeat", "")
    documents: tuple[str, ...] = meant("ids of the documents that stood behind it then", ())
    format: int = meant("number of this format", FORMAT)
    extra: Mapping[str, Any] = meant(
        "fields of the input line that this format does not know", default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """How far an incident has come, as it stands under `extra.signed` of its line: without names and reasons."""

    state: State = meant("changed, accepted, approved, published or set_aside")
    at: str = meant("when the last step was signed that counts; of a changed one, the last of all")
    since: str | None = meant(
        "of what stands as it was last published: since when it is under revision", None
    )
