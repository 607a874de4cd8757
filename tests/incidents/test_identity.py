"""Ids that stay while documents come in."""

from typing import Any

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.identity import derive_id
from harmledger.incidents.source import Source
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from incidents.build import IDLIB, MAARAT, NETWORK, OBSERVATORY, day, sources, toll
from incidents.strategies import QUARTER

MONDAY = day("2016-05-30")
SOURCES = sources(a="2016-05-31", b="2016-05-30", c="2016-06-01")
FIRST: dict[str, Any] = {"place": IDLIB, "time": MONDAY}
A = toll("a", 1, 38, **FIRST, voice=OBSERVATORY)
B = toll("b", 1, 38, **FIRST, voice=NETWORK)
ELSEWHERE = toll("c", 1, 5, place=MAARAT, time=MONDAY)


def fuse(*claims: Claim, previous: tuple[Incident, ...] = ()) -> tuple[Incident, ...]:
    return fuse_claims(claims, SOURCES, previous)[0]


def test_the_id_comes_from_the_claim_published_first() -> None:
    (incident,) = fuse(A, B)
    assert incident.id == derive_id(B.id)


def test_an_earlier_document_that_comes_in_later_does_not_change_the_id() -> None:
    first = fuse(A)
    (second,) = fuse(A, B, previous=first)
    assert second.id == first[0].id == derive_id(A.id)


def test_a_merge_keeps_the_older_id_and_lists_the_other() -> None:
    apart = fuse(A) + fuse(B)
    (merged,) = fuse(A, B, previous=apart)
    assert merged.id == derive_id(B.id)
    assert merged.formerly == (derive_id(A.id),)
    (again,) = fuse(A, B, previous=(merged,))
    assert again.formerly == merged.formerly


def test_a_split_leaves_the_id_with_the_anchor() -> None:
    (joined,) = fuse(A, B)
    moved = toll("a", 1, 5, place=MAARAT, time=MONDAY, voice=OBSERVATORY, id=A.id)
    split = {i.claims: i.id for i in fuse(moved, B, previous=(joined,))}
    assert split[(B.id,)] == joined.id
    assert split[(A.id,)] == derive_id(A.id)


def test_an_incident_whose_anchor_is_gone_goes_with_most_of_its_claims() -> None:
    more = toll("a", 2, 60, "injured", voice=OBSERVATORY)
    (joined,) = fuse(A, B, more)
    (left,) = fuse(A, more, previous=(joined,))
    assert left.id == joined.id


def test_a_review_holds_while_the_claims_are_those_reviewed() -> None:
    from dataclasses import replace

    (machine,) = fuse(A)
    reviewed = replace(machine, status="reviewed")
    assert fuse(A, previous=(reviewed,))[0].status == "reviewed"
    assert fuse(A, B, previous=(reviewed,))[0].status == "machine"
    withdrawn = replace(machine, status="withdrawn")
    assert fuse(A, B, previous=(withdrawn,))[0].status == "withdrawn"


def test_an_unrelated_incident_gets_its_own_id() -> None:
    first = fuse(A)
    found = {i.id for i in fuse(A, ELSEWHERE, previous=first)}
    assert found == {first[0].id, derive_id(ELSEWHERE.id)}


def test_place_is_refined_to_the_only_quarter_named() -> None:
    (incident,) = fuse(A, toll("b", 1, 38, place=QUARTER, time=MONDAY))
    assert incident.place is not None
    assert incident.place.id == QUARTER.id


def test_a_claim_of_a_later_version_takes_the_place_of_the_anchor() -> None:
    versions = {
        "a": Source("a", "2016-05-31T08:00:00Z", "Outlet", "news"),
        "a2": Source("a2", "2016-05-31T12:00:00Z", "Outlet", "news", supersedes="a"),
        "a3": Source("a3", "2016-05-31T14:00:00Z", "Outlet", "news", supersedes="a2"),
    }
    told = [toll("a", 1, 3, **FIRST), toll("a2", 1, 5, **FIRST), toll("a3", 2, 7, **FIRST)]
    first, _ = fuse_claims(told[:1], {"a": versions["a"]})
    latest, _ = fuse_claims(told, versions, first)
    assert [incident.id for incident in latest] == [first[0].id] == [derive_id(told[0].id)]
    assert latest[0].claims == (told[2].id,)


def test_a_version_that_tells_of_another_attack_is_another_incident() -> None:
    versions = {"a": Source("a", "2016-05-31"), "a2": Source("a2", "2016-06-01", supersedes="a")}
    told = [toll("a", 1, 3, **FIRST), toll("a2", 1, 3, place=MAARAT, time=MONDAY)]
    first, _ = fuse_claims(told[:1], versions)
    latest, _ = fuse_claims(told, versions, first)
    assert [incident.id for incident in latest] == [derive_id(told[1].id)]
