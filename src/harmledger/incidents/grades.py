"""How well an incident is supported: the five grades of Airwars, and the levels of the World Health Organization for attacks
on health care, from tables of rules that can be printed (grades.toml).

What would change a grade is found by asking the same table again, with one more thing known.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

from harmledger.records.certainty import Certainty, CertaintyLevel
from harmledger.records.incident import Attribution, Extent, Grade
from harmledger.records.vocabulary import HARMS_TO_PEOPLE, GradeValue

_CASUALTIES: Final = ("killed", "injured", "killed_or_injured")
SEEING_ROLES: Final = frozenset({"resident", "witness", "medic", "rescue", "field"})
"""Who was there."""
CHECKING_ROLES: Final = frozenset({"monitor", "ngo", "official", "government", "news"})
"""Bodies that count or check."""
HEALTH_PLACES: Final = frozenset({"hospital", "clinic", "ambulance"})
HEALTH_PEOPLE: Final = frozenset({"medics"})
_HEARSAY_ROLES: Final = frozenset({"social", "unnamed"})

Table = Literal["grade", "certainty"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: the number of independent origins, the toll, the attributions, for each voice the actors that
    it blames, and for each independent origin the roles of its voices. `is_feared` where every claim is hedged."""

    origins: int
    toll: Mapping[str, Extent]
    attribution: Sequence[Attribution]
    blamed: Sequence[frozenset[str]] = ()
    roles: Sequence[frozenset[str]] = ()
    is_feared: bool = False
    targets: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Rule:
    """A grade or level, the tests that must hold for it, and what it means."""

    name: str
    value: str
    when: tuple[str, ...]
    meaning: str


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


def _find_harmed(facts: Facts) -> str | None:
    return "" if any(facts.toll[harm].high for harm in HARMS_TO_PEOPLE & facts.toll.keys()) else None


def _find_admission(facts: Facts) -> str | None:
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


def _find_seen(facts: Facts) -> str | None:
    if any(not roles.isdisjoint(SEEING_ROLES) for roles in facts.roles):
        return "people who were there tell of it"
    return None


def _find_checked(facts: Facts) -> str | None:
    if any(not roles.isdisjoint(CHECKING_ROLES) for roles in facts.roles):
        return "a body that counts or checks tells of it"
    return None


def _find_reported(facts: Facts) -> str | None:
    if facts.origins and not facts.is_feared and any(roles - _HEARSAY_ROLES for roles in facts.roles):
        return "one origin reports it"
    return None


TESTS: Final[Mapping[str, Callable[[Facts], str | None]]] = {
    "no_harm": _find_no_harm,
    "only_combatants": _find_combatants,
    "harmed": _find_harmed,
    "admitted": _find_admission,
    "rival_blame": _find_rival_blame,
    "two_origins": _find_two_origins,
    "seen": _find_seen,
    "checked": _find_checked,
    "reported": _find_reported,
}
"""Each test gives its reason in words where it holds (none where it goes without saying), else None."""

_SOMEBODY: Final = "another party"


def _add_origin(facts: Facts) -> Facts:
    return replace(facts, origins=facts.origins + 1)


def _add_role(facts: Facts, role: str) -> Facts:
    return replace(facts, origins=facts.origins + 1, roles=(*facts.roles, frozenset({role})), is_feared=False)


def _admit(facts: Facts) -> Facts:
    return replace(facts, attribution=(*facts.attribution, Attribution(_SOMEBODY, admitted_by=(_SOMEBODY,))))


def _drop_admission(facts: Facts) -> Facts:
    return replace(facts, attribution=tuple(replace(one, admitted_by=()) for one in facts.attribution))


def _add_rival(facts: Facts) -> Facts:
    return replace(facts, blamed=(*facts.blamed, frozenset({_SOMEBODY}))) if facts.blamed else facts


def _add_civilians(facts: Facts) -> Facts:
    return replace(facts, toll={"killed": Extent(1, 1, 1)})


CHANGES: Final[Mapping[str, Callable[[Facts], Facts]]] = {
    "add_origin": _add_origin,
    "add_witness": lambda facts: _add_role(facts, "witness"),
    "add_check": lambda facts: _add_role(facts, "monitor"),
    "add_admission": _admit,
    "drop_admission": _drop_admission,
    "add_rival": _add_rival,
    "drop_rivals": lambda facts: replace(facts, blamed=facts.blamed[:1]),
    "add_civilians": _add_civilians,
}
"""What could come to light, as facts after it."""


@cache
def load_rules(table: Table) -> tuple[Rule, ...]:
    """Give the rules of a table of grades.toml in order: the first that applies decides. Raises ValueError for a rule that
    names an unknown test or value, and where the last does not always apply."""
    values = set(get_args(GradeValue if table == "grade" else CertaintyLevel))
    rules = tuple(
        Rule(one["name"], one["value"], tuple(one["when"]), one["meaning"]) for one in _load()[table]
    )
    for rule in rules:
        if rule.value not in values or not set(rule.when) <= TESTS.keys():
            raise ValueError(f"grades.toml: the rule {rule.name!r} has an unknown value or test")
    if not rules or rules[-1].when:
        raise ValueError(f"grades.toml: the last rule of {table!r} must always apply")
    return rules


@cache
def load_changes() -> tuple[tuple[str, str], ...]:
    """Give what could come to light: in words, and its name in CHANGES. Raises ValueError for an unknown one."""
    found = tuple((one["name"], one["what"]) for one in _load()["change"])
    if not {what for _, what in found} <= CHANGES.keys():
        raise ValueError("grades.toml: a change is not known")
    return found


@cache
def _load() -> dict[str, list[dict[str, Any]]]:
    with files("harmledger.incidents").joinpath("grades.toml").open("rb") as handle:
        return tomllib.load(handle)


Held = Mapping[str, str | None]
"""What each test gives."""


def _test(facts: Facts) -> dict[str, str | None]:
    return {name: test(facts) for name, test in TESTS.items()}


def _decide(held: Held, table: Table) -> tuple[Rule, list[str]]:
    """Give the first rule that applies, with the reasons of its tests."""
    for rule in load_rules(table):
        reasons = [held[name] for name in rule.when]
        if all(reason is not None for reason in reasons):
            return rule, [reason for reason in reasons if reason]
    raise AssertionError("the last rule always applies")


_Signature = tuple[Table, int, bool, bool, bool, frozenset[str]]
_changes: dict[_Signature, tuple[str, ...]] = {}
"""What would change a grade, by all that it depends on: a few hundred ways that an incident can stand."""


def _list_changes(facts: Facts, held: Held, table: Table) -> tuple[str, ...]:
    """Give what would lead to another grade, and to which; of changes of one kind that lead to the same, the first alone."""
    holding = frozenset(name for name, reason in held.items() if reason is not None)
    key = table, min(facts.origins, 2), bool(facts.blamed), bool(facts.roles), facts.is_feared, holding
    known = _changes.get(key)
    if known is None:
        value = _decide(held, table)[0].value
        told: dict[tuple[str, str], str] = {}
        for words, what in load_changes():
            other = _decide(_test(CHANGES[what](facts)), table)[0].value
            if other != value:
                told.setdefault(("report" if what in _REPORTS else what, other), f"{words}: {other}")
        known = _changes[key] = tuple(told.values())
    return known


_REPORTS: Final = frozenset({"add_origin", "add_witness", "add_check"})


def _tell_origins(facts: Facts) -> str:
    if facts.origins == 0:
        return "no voice asserts it; it is known from a denial"
    return "one origin reports it" if facts.origins == 1 else f"{facts.origins} independent origins report it"


def grade_incident(facts: Facts) -> Grade:
    """Grade an incident by the first rule that applies; a denial is named in the reasons and changes nothing."""
    denials = tuple(
        f"{attribution.actor} denies it; a denial alone does not change the grade"
        for attribution in facts.attribution
        if attribution.denied_by and not attribution.admitted_by
    )
    held = _test(facts)
    rule, reasons = _decide(held, "grade")
    reason = "; ".join(reasons) or _tell_origins(facts)
    changes = _list_changes(facts, held, "grade")
    return Grade(rule.value, (f"{rule.name}: {reason}", *denials), changes)  # type: ignore[arg-type]


def is_health_care(facts: Facts) -> bool:
    """Tell whether health care was hit: a hospital, a clinic or an ambulance, or medical workers among those harmed."""
    if not facts.targets.isdisjoint(HEALTH_PLACES):
        return True
    harmed = (group for harm in _CASUALTIES if harm in facts.toll for group in facts.toll[harm].groups)
    return not HEALTH_PEOPLE.isdisjoint(harmed)


def grade_health_care(facts: Facts) -> Certainty | None:
    """Give WHO's level of certainty by the first rule that applies; None where no health care was hit."""
    if not is_health_care(facts):
        return None
    held = _test(facts)
    rule, reasons = _decide(held, "certainty")
    reason = "; ".join(reasons) or rule.meaning
    changes = _list_changes(facts, held, "certainty")
    return Certainty(rule.value, (f"{rule.name}: {reason}",), changes)  # type: ignore[arg-type]
