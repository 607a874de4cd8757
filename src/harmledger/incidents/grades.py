"""How well an incident is supported: the five grades of Airwars, from a table of rules that can be printed.

Source of the grades: Airwars, "Methodology: civilian harm grading" (airwars.org), in our own words and as far
as a machine can apply them; a reviewer has the last word.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from harmledger.records.incident import Attribution, Extent, Grade
from harmledger.records.vocabulary import HARMS_TO_PEOPLE, GradeValue

_CASUALTIES: Final = ("killed", "injured", "killed_or_injured")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: the number of independent origins, the toll, the attributions, and for each
    voice the actors that it blames."""

    origins: int
    toll: Mapping[str, Extent]
    attribution: Sequence[Attribution]
    blamed: Sequence[frozenset[str]] = ()


class Rule(NamedTuple):
    """A grade, when it is given, why, and what would change it."""

    name: str
    value: GradeValue
    meaning: str
    applies: Callable[[Facts], str | None]
    would_change: tuple[str, ...]


def _find_no_harm(facts: Facts) -> str | None:
    told = [facts.toll[harm] for harm in _CASUALTIES if harm in facts.toll]
    if told and all(extent.high == 0 for extent in told):
        return "every voice that gives a figure says that nobody was harmed"
    return None


def _find_combatants(facts: Facts) -> str | None:
    told = [facts.toll[harm] for harm in _CASUALTIES if harm in facts.toll]
    harmed = [extent for extent in told if extent.high]
    if harmed and all(
        set(extent.groups) == {"combatants"} and extent.groups["combatants"].high == extent.high
        for extent in harmed
    ):
        return "all those harmed are said to be combatants"
    return None


def _find_admission(facts: Facts) -> str | None:
    if not any(facts.toll[harm].high for harm in HARMS_TO_PEOPLE & facts.toll.keys()):
        return None
    admitted = sorted(a.actor for a in facts.attribution if a.admitted_by)
    return f"{', '.join(admitted)} accepted responsibility" if admitted else None


def _find_rival_blame(facts: Facts) -> str | None:
    blamed = sorted(set(facts.blamed), key=sorted)
    for position, first in enumerate(blamed):
        for second in blamed[position + 1 :]:
            if first.isdisjoint(second):
                return f"different voices blame different parties: {_join(first)} and {_join(second)}"
    return None


def _join(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _find_two_origins(facts: Facts) -> str | None:
    return f"{facts.origins} independent origins report it" if facts.origins >= 2 else None


def _find_one_origin(facts: Facts) -> str | None:
    return "one origin reports it" if facts.origins == 1 else "no voice asserts it; it is known from a denial"


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "no-harm",
        "discounted",
        "every figure given is zero",
        _find_no_harm,
        ("a credible report of people harmed",),
    ),
    Rule(
        "combatants-only",
        "discounted",
        "all those harmed are said to be combatants",
        _find_combatants,
        ("a report of civilians harmed", "evidence that those harmed were civilians"),
    ),
    Rule(
        "admission",
        "confirmed",
        "a party accepted responsibility, and people were harmed",
        _find_admission,
        ("the party withdrawing its admission",),
    ),
    Rule(
        "rival-blame",
        "contested",
        "voices blame different parties; a denial alone is not a rival claim",
        _find_rival_blame,
        ("one of the parties accepting responsibility", "evidence that rules out one of the parties"),
    ),
    Rule(
        "two-origins",
        "fair",
        "two or more independent origins",
        _find_two_origins,
        ("a party accepting responsibility", "another party being blamed"),
    ),
    Rule(
        "one-origin",
        "weak",
        "a single origin, however often it is copied",
        _find_one_origin,
        ("a second independent origin", "a party accepting responsibility"),
    ),
)
"""The rules in order: the first that applies gives the grade."""


def grade_incident(facts: Facts) -> Grade:
    """Grade an incident by the first rule that applies; a denial is named in the reasons and changes nothing."""
    denials = tuple(
        f"{attribution.actor} denies it; a denial alone does not change the grade"
        for attribution in facts.attribution
        if attribution.denied_by and not attribution.admitted_by
    )
    for rule in RULES:
        reason = rule.applies(facts)
        if reason is not None:
            return Grade(rule.value, (f"{rule.name}: {reason}", *denials), rule.would_change)
    raise AssertionError("the last rule always applies")
