from typing import Any

from harmledger.incidents.fuse import fuse_claims
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.incident import Incident
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
