"""What a person signed: a step of an incident towards publication, with what it held then. Never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

SigningStep = Literal["accept", "approve", "publish", "set_aside", "reopen"]
"""Somebody looked and agrees; an editor signs off; a second editor publishes; it is no entry of the record; what was
decided before counts no more."""

STEPS: Final[tuple[SigningStep, ...]] = get_args(SigningStep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One step, by one person. `at` is UTC, ISO 8601.

    `digest` is over `content`, the coded fields of the incident as that person saw them: ids, terms, numbers, names of
    the gazetteer, and no words of a report. `documents` are those that stood behind it then.
    """

    id: str
    incident: str
    step: SigningStep
    digest: str
    by: str
    at: str
    reason: str = ""
    content: Mapping[str, Any]
    documents: tuple[str, ...] = ()
