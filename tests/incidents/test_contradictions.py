"""Figures that cannot all be true, with both claims."""

from typing import Any

from harmledger.incidents.fuse import fuse_claims
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem
from incidents.build import IDLIB, NETWORK, OBSERVATORY, count, day, sources, toll

THERE: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30"), "voice": OBSERVATORY}


def fuse(*claims: Claim) -> tuple[Incident, list[Problem]]:
    (incident,), problems = fuse_claims(claims, sources(*{claim.document for claim in claims}))
    return incident, [one for one in problems if one.code == "incidents.part-exceeds-whole"]


def kinds(incident: Incident) -> list[tuple[str, str, int, int]]:
    found = incident.extra.get("contradictions", ())
    return [(one["kind"], one["group"], one["part"], one["whole"]) for one in found]


def test_nine_children_among_seven_killed() -> None:
    whole = toll("a", 1, 7, **THERE)
    part = toll("a", 1, 9, group="children", offset=60, part_of=whole.id, **THERE)
    incident, (problem,) = fuse(whole, part)
    assert kinds(incident) == [("part", "children", 9, 7)]
    assert whole.id[:16] in problem.message
    assert part.id[:16] in problem.message
    assert (problem.where, problem.start) == ("a", part.evidence.start)


def test_one_voice_that_tells_more_children_than_people() -> None:
    incident, problems = fuse(toll("a", 1, 7, **THERE), toll("a", 2, 9, group="children", **THERE))
    assert kinds(incident) == [("voice", "children", 9, 7)]
    assert len(problems) == 1


def test_a_group_larger_than_any_total_of_any_voice() -> None:
    incident, _ = fuse(
        toll("a", 1, 7, **THERE), toll("b", 1, 9, group="children", **(THERE | {"voice": NETWORK}))
    )
    assert kinds(incident) == [("voices", "children", 9, 7)]


def test_what_can_be_is_none() -> None:
    for quantifier, of_all in (("exact", 9), ("at_least", 7), ("exact", 12)):
        incident, problems = fuse(
            toll("a", 1, count(quantifier, of_all), **THERE), toll("a", 2, 9, group="children", **THERE)
        )
        assert kinds(incident) == []
        assert problems == []


def test_civilians_of_one_voice_and_people_of_another_are_two_totals() -> None:
    incident, _ = fuse(
        toll("a", 1, 7, **THERE), toll("b", 1, 9, group="civilians", **(THERE | {"voice": NETWORK}))
    )
    assert kinds(incident) == []


def test_a_list_of_one_sentence_is_no_whole_with_its_part() -> None:
    incident, _ = fuse(toll("a", 1, 2, **THERE), toll("a", 1, 4, group="children", offset=25, **THERE))
    assert kinds(incident) == []
