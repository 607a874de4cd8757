from dataclasses import replace
from typing import Any

import pytest

from harmledger.incidents.attributions import find_reach
from harmledger.incidents.fuse import fuse_claims
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.records.span import Span
from incidents.build import IDLIB, NETWORK, OBSERVATORY, PROVINCE, blame, day, sources, toll

THERE: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}


def fuse(*claims: Claim) -> Incident:
    (incident,), _ = fuse_claims(claims, sources("a", "b"))
    return incident


def test_a_denial_without_blame_stands_alone_and_is_no_origin() -> None:
    incident = fuse(
        blame("a", 1, "Party A", "denies", **THERE, voice=Voice("Party A ministry", "x", "government"))
    )
    (attribution,) = incident.attribution
    assert (attribution.asserted_by, attribution.denied_by) == ((), ("Party A ministry",))
    assert incident.origins == 0
    assert incident.toll == {}


def test_the_publishers_own_word_of_a_denial_is_the_actors() -> None:
    incident = fuse(toll("a", 1, 2, **THERE), blame("a", 2, "Party A", "denies", id="x"))
    assert incident.attribution[0].denied_by == ("Party A",)


def test_the_actor_blamed_by_most_voices_comes_first() -> None:
    incident = fuse(
        toll("a", 1, 2, **THERE, voice=OBSERVATORY, actors=(Actor("Party A", None, "blamed"), Actor("Party B", None, "blamed"))),
        toll("b", 1, 2, **THERE, voice=NETWORK, actors=(Actor("Party B", None, "blamed"),)),
    )  # fmt: skip
    assert [a.actor for a in incident.attribution] == ["Party B", "Party A"]


def test_a_private_speaker_is_called_by_the_role() -> None:
    resident = Voice("Person A", "Person A", "resident")
    incident = fuse(toll("a", 1, 2, **THERE, voice=resident, actors=(Actor("Party A", None, "blamed"),)))
    assert incident.attribution[0].asserted_by == ("resident",)


def test_a_denied_blame_is_a_denial() -> None:
    incident = fuse(blame("a", 1, "Party A", "blamed", stance="denied", voice=NETWORK, **THERE))
    assert incident.attribution[0].asserted_by == ()
    assert len(incident.attribution[0].denied_by) == 1


def test_a_part_without_blame_takes_that_of_its_total() -> None:
    whole = toll(
        "d",
        0,
        35,
        scope="area_day",
        place=PROVINCE,
        time=day("2016-05-30"),
        actors=(Actor("Party A", "Party A", "blamed"),),
        id="whole",
    )
    part = toll("d", 1, 30, place=IDLIB, time=day("2016-05-30"), part_of="whole", id="part")
    incidents, _ = fuse_claims([whole, part], sources("d"))
    assert {incident.attribution for incident in incidents} == {incidents[0].attribution}
    assert [blamed.actor for blamed in incidents[0].attribution] == ["Party A"]


def say_denial(text: str, **fields: Any) -> Claim:
    claim = blame("a", 2, "Party A", "denies", id="denial", **fields)
    return replace(claim, evidence=Span(200, 200 + len(text), text), cue=Span(200, 204, text[:4]))


@pytest.mark.parametrize("party", ["Party A", "Party B"])
@pytest.mark.parametrize("role", ["blamed", "denies", "admits"])
def test_every_word_on_a_party_has_a_reach_the_same_for_all(party: str, role: str) -> None:
    text = "It has always been so." if role == "denies" else "It was so."
    claim = replace(blame("a", 2, party, role, id="word"), evidence=Span(200, 200 + len(text), text))
    assert find_reach(claim) == ("all" if role == "denies" else "attack")


@pytest.mark.parametrize(
    ("text", "place", "scope", "reach"),
    [
        ("The ministry denied the strike on the market.", IDLIB, "attack", "attack"),
        ("The ministry denied any strikes in the province on Monday.", PROVINCE, "attack", "area_period"),
        ("The ministry denied the strike.", replace(PROVINCE, wording=None), "attack", "attack"),
        ("The ministry denied any strikes that month.", IDLIB, "since_date", "area_period"),
        ("The ministry has repeatedly denied hitting civilian targets.", IDLIB, "attack", "all"),
    ],
)
def test_what_a_denial_is_about(text: str, place: Place, scope: str, reach: str) -> None:
    assert find_reach(say_denial(text, place=place, scope=scope)) == reach


def test_denials_of_this_attack_and_of_all_stand_side_by_side() -> None:
    there: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}
    claims = (
        toll("a", 1, 3, voice=OBSERVATORY, actors=(Actor("Party A", None, "blamed"),), **there),
        say_denial("The ministry denied the strike.", **there),
        replace(say_denial("The ministry has never hit a town.", **there), id="ever"),
    )
    (incident,), _ = fuse_claims(claims, sources("a"))
    told = [(one["role"], one["reach"], one["claims"]) for one in incident.extra["statements"]]
    assert told == [
        ("blamed", "attack", (claims[0].id,)),
        ("denies", "attack", ("denial",)),
        ("denies", "all", ("ever",)),
    ]


def test_blame_of_this_attack_alone_needs_no_more_words() -> None:
    claim = toll("a", 1, 3, place=IDLIB, voice=OBSERVATORY, actors=(Actor("Party A", None, "blamed"),))
    (incident,), _ = fuse_claims((claim,), sources("a"))
    assert "statements" not in incident.extra


def test_a_denial_of_more_stands_beside_the_blame_for_this_attack() -> None:
    there: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}
    told = toll("a", 1, 3, voice=OBSERVATORY, actors=(Actor("Party A", None, "blamed"),), **there)
    month = {"scope": "since_date", "time": day("2016-05-01", "2016-05-31", "month"), "place": PROVINCE}
    denial = say_denial("The ministry denied any strikes in the province that month.", **month)
    total = toll("a", 3, 90, voice=OBSERVATORY, **month)
    (attack_,) = [one for one in fuse_claims((told, denial, total), sources("a"))[0] if one.scope == "attack"]
    (attribution,) = attack_.attribution
    assert (attribution.asserted_by, len(attribution.denied_by)) == (
        ("Syrian Observatory for Human Rights",),
        1,
    )
    (statement,) = [one for one in attack_.extra["statements"] if one["role"] == "denies"]
    assert (statement["reach"], statement["area"], statement["start"]) == (
        "area_period",
        "Idlib",
        "2016-05-01",
    )


def test_a_denial_of_another_party_or_another_time_is_no_answer() -> None:
    there: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}
    told = toll("a", 1, 3, voice=OBSERVATORY, actors=(Actor("Party B", None, "blamed"),), **there)
    ours = replace(told, actors=(Actor("Party A", None, "blamed"),))
    april = {"scope": "since_date", "time": day("2016-04-01", "2016-04-30", "month"), "place": PROVINCE}
    may = april | {"time": day("2016-05-01", "2016-05-31", "month")}
    for claim, when in ((told, may), (ours, april)):
        denial = say_denial("The ministry denied any strikes in the province that month.", **when)
        total = toll("a", 3, 90, voice=OBSERVATORY, **when)
        (attack_,) = [
            one for one in fuse_claims((claim, denial, total), sources("a"))[0] if one.scope == "attack"
        ]
        assert all(not one.denied_by for one in attack_.attribution)
