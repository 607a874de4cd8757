"""Judgements in force: which claims are left out or corrected, which belong together, and which never meet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Final, get_type_hints

import msgspec

from harmledger.records.bounds import find_count_faults, find_place_faults, find_time_faults
from harmledger.records.claim import Claim
from harmledger.records.judgement import ADDED, CLAIMS_JUDGED, CORRECTED, Judgement
from harmledger.records.moment import order_moment
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import PEOPLE_GROUPS, PLACE_GROUPS, VOCABULARIES

_RULE: Final = "judgement"
"""Begins the name under which a correction stands among the reasons of a claim."""
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Rulings:
    """What the judgements of a case come to.

    `excluded` claims enter no incident; `corrections` are those of each claim, by field, the latest alone; `joined` are pairs
    that are of one incident, in the order in which they were decided; `apart` gives for a claim those that it never
    shares one with. `added` are the claims that people added, by document; they are among the claims already that
    `apply` is asked about.
    """

    excluded: frozenset[str] = _NOBODY
    corrections: Mapping[str, Mapping[str, Judgement]] = field(default_factory=dict)
    joined: tuple[Judgement, ...] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    added: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.excluded or self.corrections or self.joined or self.apart or self.added)

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

    def follow(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Give the claims as corrected, less those that are excluded."""
        return (ruled for claim in claims if (ruled := self.apply(claim)) is not None)

    @cached_property
    def joined_claims(self) -> frozenset[str]:
        """The claims that a person joined with others."""
        return frozenset(claim for one in self.joined for claim in one.claims)

    def list_grouped(self) -> frozenset[str]:
        """Give the claims that bear on which tellings are one: those joined, and those told apart."""
        return self.joined_claims | self.apart.keys()

    def list_judged(self) -> frozenset[str]:
        """Give the claims that any judgement is about."""
        added = (claim.id for claims in self.added.values() for claim in claims)
        return frozenset((*self.joined_claims, *added, *self.corrections, *self.excluded, *self.apart))

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

_BOUNDS: Final[Mapping[str, Callable[[Any], Iterator[str]]]] = {
    "count": find_count_faults,
    "place": find_place_faults,
    "time": find_time_faults,
}

NO_RULINGS: Final = Rulings()
"""Nobody has judged anything."""


@cache
def _load_types() -> Mapping[str, Any]:
    hints = get_type_hints(Claim)
    return {name: hints[name] for name in CORRECTED}


def convert_value(name: str, value: Any) -> Any:
    """Give what a field of a claim should hold, from its JSON. Raises ValueError, with the reason, for anything
    else: what lies outside its bounds would stop whoever counts, draws or stores it."""
    if name not in CORRECTED:
        raise ValueError(f"{name!r} cannot be corrected; fields are {', '.join(CORRECTED)}")
    try:
        converted = msgspec.convert(value, type=_load_types()[name])
    except msgspec.ValidationError as error:
        terms = _TERMS.get(name)
        allowed = f"; use one of: {', '.join(terms)}" if terms and isinstance(value, str) else ""
        raise ValueError(f"{name} cannot hold this: {error}{allowed}") from error
    for fault in _BOUNDS[name](converted) if name in _BOUNDS else ():
        raise ValueError(fault)
    return converted


def convert_claim(judgement: Judgement) -> Claim:
    """Give the claim that a judgement adds, which says so among its reasons. Raises ValueError, with the reason."""
    if judgement.value is None:
        raise ValueError("the claim that it added was erased with its document")
    try:
        claim = msgspec.convert(judgement.value, type=Claim)
    except msgspec.ValidationError as error:
        raise ValueError(f"what it adds is no claim: {error}") from error
    if judgement.claims != (claim.id,):
        raise ValueError("it names another claim than the one that it adds")
    if not claim.evidence.covers(claim.cue.start, claim.cue.end) or claim.cue.start >= claim.cue.end:
        raise ValueError("the cue of the claim lies outside its evidence")
    for name, find_faults in _BOUNDS.items():
        for fault in find_faults(getattr(claim, name)):
            raise ValueError(fault)
    return replace(claim, because=(ADDED, f"{_RULE}:{judgement.id}"))


def gather_rulings(judgements: Iterable[Judgement]) -> tuple[Rulings, tuple[Problem, ...]]:
    """Give what judgements come to, in the order in which they were made, and those that cannot be followed.

    A judgement that a later one undoes counts no more; undoing an undoing brings it back.
    """
    ordered = sorted(judgements, key=order_judgement)
    problems: list[Problem] = []
    excluded: set[str] = set()
    corrections: dict[str, dict[str, Judgement]] = defaultdict(dict)
    joined: list[Judgement] = []
    apart: dict[str, set[str]] = defaultdict(set)
    added: dict[str, Claim] = {}
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
        elif judgement.kind == "add":
            added[judgement.claims[0]] = convert_claim(judgement)
    kept = {claim: frozenset(others) for claim, others in apart.items()}
    by_document = _group_by_document(added.values())
    rulings = Rulings(frozenset(excluded), dict(corrections), tuple(joined), kept, by_document)
    return rulings, tuple(problems)


def _group_by_document(claims: Iterable[Claim]) -> dict[str, tuple[Claim, ...]]:
    grouped: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        grouped[claim.document] = (*grouped.get(claim.document, ()), claim)
    return grouped


def order_judgement(judgement: Judgement) -> tuple[str, str]:
    """Give what judgements sort by: when they were made, then their ids."""
    return order_moment(judgement.at), judgement.id


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
    if judgement.kind == "add":
        try:
            convert_claim(judgement)
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
    gone = {claim for claim in rulings.list_judged() if claim not in known}
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
