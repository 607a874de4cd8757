"""One attack, or one total over a day or a period, as all its accounts tell it: a view over claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harmledger.records.claim import Voice
from harmledger.records.meaning import meant
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.records.vocabulary import FORMAT, GradeValue, IncidentScope, IncidentStatus, Means


@dataclass(frozen=True, slots=True)
class GroupExtent:
    """Bounds and best figure for one group of people, or one kind of place, inside a toll."""

    low: int | None = meant("the smallest figure an account commits to", None)
    high: int | None = meant("the largest figure an account gives", None)
    best: int | None = meant("what a careful recorder would quote", None)


@dataclass(frozen=True, slots=True)
class Extent:
    """Bounds and best figure for one harm, over all accounts, and the same by group."""

    low: int | None = meant("the smallest figure an account commits to", None)
    high: int | None = meant("the largest figure an account gives", None)
    best: int | None = meant("what a careful recorder would quote", None)
    open_ended: bool = meant('true when an account says "at least" or "more than"', False)
    groups: Mapping[str, GroupExtent] = meant("the same bounds for each group named", default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A figure that the same voice later replaced."""

    first_published: str | None = meant("publication of the earliest document that carries it", None)
    toll: Mapping[str, Extent] = meant("what it said then", default_factory=dict)
    claims: tuple[str, ...] = meant("ids of the claims", ())


@dataclass(frozen=True, slots=True)
class Account:
    """One voice's toll for an incident, from one origin."""

    voice: Voice = meant("who says it")
    origin: str = meant("id of the earliest document of this origin: copies of one wire story share it")
    first_published: str | None = meant("publication of the earliest document that carries it", None)
    toll: Mapping[str, Extent] = meant("this voice's latest figures by harm", default_factory=dict)
    documents: tuple[str, ...] = meant("ids of the documents that carry it", ())
    claims: tuple[str, ...] = meant("ids of the claims", ())
    earlier: tuple[EarlierFigure, ...] = meant("earlier figures of the same voice, oldest first", ())


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is alleged to have done it, by whom, and who denies or admits it. The same grammar for every party."""

    actor: str = meant("neutral name of the alleged actor")
    asserted_by: tuple[str, ...] = meant("voices that blame it", ())
    denied_by: tuple[str, ...] = meant("voices that deny it", ())
    admitted_by: tuple[str, ...] = meant("voices that admit it", ())


@dataclass(frozen=True, slots=True)
class Grade:
    """How well an incident is supported, with the reasons."""

    value: GradeValue = meant("confirmed, fair, weak, contested or discounted")
    because: tuple[str, ...] = meant("the reasons, in order", ())
    would_change: tuple[str, ...] = meant("what would change it", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One line of incidents.jsonl."""

    id: str = meant("minted once with its anchor claim; it stays while documents come in")
    scope: IncidentScope = meant("one attack, a day's total for an area, or a published running total")
    time: Time | None = meant("the best supported time", None)
    place: Place | None = meant("the best supported place", None)
    means: tuple[Means, ...] = meant("means, best supported first", ())
    targets: tuple[str, ...] = meant("kinds of place hit, best supported first", ())
    toll: Mapping[str, Extent] = meant("envelope of the accounts, by harm", default_factory=dict)
    accounts: tuple[Account, ...] = meant("one per voice and origin", ())
    attribution: tuple[Attribution, ...] = meant("alleged actors, best supported first", ())
    origins: int = meant("number of independent origins: ten copies of one wire story are one", 0)
    grade: Grade | None = meant("how well it is supported, with the reasons", None)
    part_of: tuple[str, ...] = meant("ids of the incidents whose totals contain this one", ())
    formerly: tuple[str, ...] = meant("earlier ids of this incident", ())
    status: IncidentStatus = meant("made by a machine, reviewed by a person, or withdrawn", "machine")
    documents: tuple[str, ...] = meant("ids of its documents", ())
    claims: tuple[str, ...] = meant("ids of its claims", ())
    format: int = meant("number of this format", FORMAT)
    made_by: str | None = meant("program version and gazetteer digests", None)
    extra: Mapping[str, Any] = meant(
        "fields of the input line that this format does not know", default_factory=dict
    )
