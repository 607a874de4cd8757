"""Judgements in force: which claims are left out or corrected, which belong together, and which never meet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final, get_type_hints

import msgspec

from harmledger.records.claim import Claim
from harmledger.records.judgement import CLAIMS_JUDGED, CORRECTED, Judgement
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import PEOPLE_GROUPS, PLACE_GROUPS, VOCABULARIES

_RULE: Final = "judgement"
"""Begins the name under which a correction stands among the reasons of a claim."""
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the judgements of a case come to.

    `excluded` claims enter no incident; `corrections` are those of each claim, by field, the latest alone; `joined` are pairs
    that are of one incident, in the order in which they were decided; `apart` gives for a claim those that it never
    shares one with.
    """

    excluded: frozenset[str] = _NOBODY
    corrections: Mapping[str, Mapping[str, Judgement]] = field(default_factory=dict)
    joined: tuple[Judgement, ...] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.excluded or self.corrections or self.joined or self.apart)

    def apply(self, claim: Claim) -> Claim | None:
        """Give the claim as corrected, with the judgements among its reasons; None where it is excluded."""
        if claim.id in self.excluded:
            return None
        found = self.corrections.get(claim.id)
        if found is None:
            return claim
        changes: dict[str, Any] = {
            name: convert_value(name, judgement.value) for name, judgement in sorted(found.items())
        }
        because = (f"{_RULE}:{judgement.id}" for _, judgement in sorted(found.items()))
        return replace(claim, because=(*claim.because, *because), **changes)

    def list_grouped(self) -> frozenset[str]:
        """Give the claims that bear on which tellings are one: those joined, and those told apart."""
        return frozenset(claim for one in self.joined for claim in one.claims) | self.apart.keys()

    def list_barred(self, claims: Iterable[str]) -> frozenset[str]:
        """Give the claims that none of these may share an incident with."""
        if not self.apart:
            return _NOBODY
        return frozenset(other for claim in claims for other in self.apart.get(claim, _NOBODY))


_TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    "harm": VOCABULARIES["harm"],
    "group": PEOPLE_GROUPS + PLACE_GROUPS,
    "scope": VOCABULARIES["scope"],
    "stance": VOCABULARIES["stance"],
    "means": VOCABULARIES["means"],
}

NO_RULINGS: Final = Rulings()
"""Nobody has judged anything."""


@cache
def _load_types() -> Mapping[str, Any]:
    hints = get_type_hints(Claim)
    return {name: hints[name] for name in CORRECTED}


def convert_value(name: str, value: Any) -> Any:
    """Give what a field of a claim should hold, from its JSON. Raises ValueError, with the reason, for anything else."""
    if name not in CORRECTED:
        raise ValueError(f"{name!r} cannot be corrected; fields are {', '.join(CORRECTED)}")
    try:
        return msgspec.convert(value, type=_load_types()[name])
    except msgspec.ValidationError as error:
        terms = _TERMS.get(name)
        allowed = f"; use one of: {', '.join(terms)}" if terms and isinstance(value, str) else ""
        raise ValueError(f"{name} cannot hold this: {error}{allowed}") from error


def gather_rulings(judgements: Iterable[Judgement]) -> tuple[Rulings, tuple[Problem, ...]]:
    """Give what judgements come to, in the order in which they were made, and those that cannot be followed.

    A judgement that a later one undoes counts no more; undoing an undoing brings it back.
    """
    ordered = sorted(judgements, key=lambda one: (one.at, one.id))
    problems: list[Problem] = []
    excluded: set[str] = set()
    corrections: dict[str, dict[str, Judgement]] = defaultdict(dict)
    joined: list[Judgement] = []
    apart: dict[str, set[str]] = defaultdict(set)
    for judgement in list_standing(ordered):
        reason = find_fault(judgement)
        if reason is not None:
            problems.append(_report(judgement, "judgement-unusable", reason))
        elif judgement.kind == "exclude":
            excluded.update(judgement.claims)
        elif judgement.kind == "correct":
            corrections[judgement.claims[0]][judgement.field or ""] = judgement
        elif judgement.kind == "join":
            joined.append(judgement)
        elif judgement.kind == "split":
            first, second = judgement.claims
            apart[first].add(second)
            apart[second].add(first)
    kept = {claim: frozenset(others) for claim, others in apart.items()}
    return Rulings(frozenset(excluded), dict(corrections), tuple(joined), kept), tuple(problems)


def list_standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Give the judgements that nothing takes back, without the undoings themselves; in their order."""
    given = list(judgements)
    undone: set[str] = set()
    for judgement in reversed(given):
        if judgement.kind == "undo" and judgement.id not in undone and judgement.undoes is not None:
            undone.add(judgement.undoes)
    return [one for one in given if one.kind != "undo" and one.id not in undone]


def find_fault(judgement: Judgement) -> str | None:
    """Give why a judgement cannot be followed, or None."""
    wanted = CLAIMS_JUDGED[judgement.kind]
    if len(judgement.claims) != wanted:
        return f"{judgement.kind} takes {wanted} claims, and it has {len(judgement.claims)}"
    if len(set(judgement.claims)) != wanted:
        return "it names one claim twice"
    if judgement.kind == "undo" and judgement.undoes is None:
        return "it does not say what it undoes"
    if judgement.kind == "correct":
        try:
            convert_value(judgement.field or "", judgement.value)
        except ValueError as error:
            return str(error)
    return None


def report_unmet(
    rulings: Rulings, find_home: Callable[[str], int | None], known: AbstractSet[str]
) -> tuple[Problem, ...]:
    """Give the judgements that could not be met: claims that are gone, and joins that other judgements, or the scopes of the
    two, stand against. `find_home` gives the number of the incident that a claim is in, `known` are all claims.
    """
    problems = []
    for judgement in rulings.joined:
        first, second = judgement.claims
        if not {first, second} <= known:
            continue
        homes = find_home(first), find_home(second)
        if None in homes:
            problems.append(_report(judgement, "judgement-unmet", "one of its claims is in no incident"))
        elif homes[0] != homes[1]:
            why = "another judgement keeps claims of the two apart, or one is a total and the other an attack"
            problems.append(_report(judgement, "judgement-unmet", why))
    judged = {claim for one in rulings.joined for claim in one.claims} | rulings.corrections.keys()
    gone = {claim for claim in (*judged, *rulings.excluded, *rulings.apart) if claim not in known}
    problems.extend(
        Problem(
            "incidents.judgement-stranded",
            f"a judgement is about claim {claim[:16]}, which is not there any more: it is kept, and has no effect",
            "warning",
            remedy="judge the claim that stands for it now, or undo the judgement",
        )
        for claim in sorted(gone)
    )
    return tuple(problems)


def _report(judgement: Judgement, kind: str, reason: str) -> Problem:
    return Problem(
        f"incidents.{kind}",
        f"the judgement {judgement.id[:16]} ({judgement.kind}, {judgement.at[:10]}) is not followed: {reason}",
        "warning",
        remedy="undo one of the judgements, or correct the scope of a claim",
    )
