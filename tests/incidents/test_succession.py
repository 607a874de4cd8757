"""Which claim of a later version an incident's id goes on with."""

from harmledger.incidents.succession import find_heirs, follow_heirs
from harmledger.records.claim import Claim
from incidents.build import IDLIB, MAARAT, attack, count, day, toll

MONDAY, TUESDAY = day("2016-05-30"), day("2016-05-31")


def say(document: str, at: int, **fields: object) -> Claim:
    return toll(document, at, count("exact", 5), **({"place": IDLIB, "time": MONDAY} | fields))


def test_the_same_kind_of_claim_goes_before_others_and_the_first_of_several() -> None:
    before = say("a", 0)
    other, first, second = attack("b", 0, place=IDLIB, time=MONDAY), say("b", 100), say("b", 200)
    assert find_heirs([before], [second, first, other]) == {before.id: first.id}
    assert find_heirs([before], [other]) == {before.id: other.id}


def test_what_is_said_of_another_place_day_or_scope_is_no_heir() -> None:
    before = say("a", 0)
    for change in ({"place": MAARAT}, {"time": TUESDAY}, {"scope": "area_day"}, {"place": None}):
        assert find_heirs([before], [say("b", 0, **change)]) == {}, change
    assert find_heirs([before], []) == {}


def test_heirs_are_followed_to_the_nearest_that_is_in_an_incident() -> None:
    heirs = {"a": "b", "b": "c", "c": "d"}
    assert follow_heirs("a", {"c": 3, "d": 4}.get, heirs) == 3
    assert follow_heirs("a", {"a": 1, "d": 4}.get, heirs) == 1
    assert follow_heirs("a", {}.get, heirs) is None


def test_versions_that_replace_each_other_in_a_circle_come_to_an_end() -> None:
    assert follow_heirs("a", {}.get, {"a": "b", "b": "a"}) is None
