"""Judgements in a build: those that stand, what changed among them since the last, and whose telling that bears on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from harmledger.incidents.rulings import (
    NO_RULINGS,
    Rulings,
    gather_rulings,
    list_standing,
    order_judgement,
    report_unmet,
)
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem
from harmledger.store.view_incidents import Incidents
from harmledger.store.view_readings import Readings, number_claim

NOTE = "rulings"
"""The name under which a view keeps the judgements that it was built with."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """The judgements that stand, what they come to, and those that cannot be followed."""

    judgements: tuple[Judgement, ...] = ()
    rulings: Rulings = NO_RULINGS
    problems: tuple[Problem, ...] = ()


def rule(judgements: Iterable[Judgement]) -> Ruled:
    """Give what all judgements of a case come to."""
    given = tuple(judgements)
    rulings, problems = gather_rulings(given)
    return Ruled(tuple(list_standing(sorted(given, key=order_judgement))), rulings, problems)


def encode_judgements(judgements: Iterable[Judgement]) -> str:
    """Give judgements as a view keeps them."""
    return msgspec.json.encode(tuple(judgements), order="deterministic").decode()


def decode_judgements(text: str | None) -> tuple[Judgement, ...]:
    """Give the judgements that a view was built with."""
    return msgspec.json.decode(text, type=tuple[Judgement, ...]) if text else ()


def find_retold(
    ruled: Ruled, before: tuple[Judgement, ...], readings: Readings, changed: set[str]
) -> dict[str, str]:
    """Give the claims, with their documents, whose telling must be made anew: those of judgements that came or went,
    and of joins one of whose claims came with a changed document."""
    known = {one.id for one in before}, {one.id for one in ruled.judgements}
    moved = [one for one in before if one.id not in known[1]]
    moved += [one for one in ruled.judgements if one.id not in known[0]]
    wanted = {claim for judgement in moved for claim in judgement.claims}
    homes = readings.locate_claims(wanted | ruled.rulings.joined_claims)
    for judgement in ruled.rulings.joined:
        if any(homes.get(claim) in changed for claim in judgement.claims):
            wanted.update(judgement.claims)
    return {claim: homes[claim] for claim in sorted(wanted) if claim in homes}


def report_rulings(ruled: Ruled, readings: Readings, incidents: Incidents) -> tuple[Problem, ...]:
    """Give the judgements that could not be followed in this build."""
    rulings = ruled.rulings
    if not rulings:
        return ruled.problems
    claims = {claim for judgement in ruled.judgements for claim in judgement.claims}
    known = readings.locate_claims(claims).keys()
    homes: Mapping[int, int] = incidents.load_homes({number_claim(claim) for claim in claims})
    unmet = report_unmet(rulings, lambda claim: homes.get(number_claim(claim)), known)
    states = readings.describe(sorted(rulings.added))
    replaced = (id for id, (_, state) in states.items() if state == "superseded")
    return (*ruled.problems, *unmet, *map(_report_replaced, sorted(replaced)))


def _report_replaced(document: str) -> Problem:
    return Problem(
        "pipeline.addition-superseded",
        "claims were added by hand to a text that a later version replaced: they feed no toll",
        "warning",
        document,
        remedy="add them to the later version, where it still says so",
    )
