"""Which claims of one document tell of one attack."""

from dataclasses import replace

from harmledger.incidents.source import Sources
from harmledger.incidents.telling import group_document
from harmledger.records.claim import Claim
from incidents.build import IDLIB, MAARAT, OBSERVATORY, PROVINCE, TAKHARIM, attack, blame, count, day, toll

MONDAY, TUESDAY = day("2016-05-30"), day("2016-05-31")


def group(*claims: Claim) -> list[list[str]]:
    return [[claim.id for claim in mention.claims] for mention in group_document(claims, Sources({}))]


def test_a_round_up_tells_several_attacks() -> None:
    """Five killed in one town, two in another; later a child among the first."""
    first = toll("d", 1, 5, place=IDLIB, time=MONDAY, id="one")
    second = toll("d", 2, 2, place=TAKHARIM, time=MONDAY, id="two")
    part = toll("d", 3, 1, group="children", part_of="one", id="part")
    assert group(first, second, part) == [["one", "part"], ["two"]]


def test_a_claim_without_place_or_time_goes_with_the_nearest_before_it() -> None:
    first = attack("d", 1, place=IDLIB, time=MONDAY, id="one")
    second = attack("d", 2, place=TAKHARIM, time=MONDAY, id="two")
    third = toll("d", 3, 4, id="three")
    assert group(first, second, third) == [["one"], ["two", "three"]]


def test_a_headline_without_a_place_goes_with_what_follows() -> None:
    headline = toll("d", 0, 5, id="headline")
    body = toll("d", 1, 5, place=IDLIB, time=MONDAY, id="body")
    other = toll("d", 2, 3, place=MAARAT, time=MONDAY, id="other")
    assert group(headline, body, other) == [["headline", "body"], ["other"]]


def test_another_day_is_another_attack_unless_the_figure_is_shared() -> None:
    monday = toll("d", 1, 5, place=IDLIB, time=MONDAY, id="monday")
    assert group(monday, toll("d", 2, 9, place=IDLIB, time=TUESDAY, id="x")) == [["monday"], ["x"]]
    assert group(monday, toll("d", 2, 5, place=IDLIB, time=TUESDAY, id="x")) == [["monday", "x"]]


def test_a_denial_is_no_attack_of_its_day_of_speaking() -> None:
    told = toll("d", 1, 5, place=IDLIB, time=MONDAY, id="told")
    denial = blame("d", 2, "Party A", "denies", place=PROVINCE, time=day("2016-06-02"), id="denial")
    later = toll("d", 3, 2, "injured", id="later")
    assert group(told, denial, later) == [["told", "denial", "later"]]


def test_a_denial_told_first_waits_for_its_attack() -> None:
    denial = blame("d", 0, "Party A", "denies", time=TUESDAY, id="denial")
    told = toll("d", 1, 5, place=IDLIB, time=MONDAY, id="told")
    assert group(denial, told) == [["denial", "told"]]


def test_the_provinces_other_figure_of_one_voice_stays_apart() -> None:
    town = toll("d", 1, 38, place=MAARAT, time=MONDAY, voice=OBSERVATORY, id="town")
    province = toll("d", 2, 59, place=PROVINCE, time=MONDAY, voice=OBSERVATORY, id="province")
    assert group(town, province) == [["town"], ["province"]]
    assert group(town, replace(province, count=town.count)) == [["town", "province"]]


def test_scopes_never_mix() -> None:
    one = toll("d", 1, 38, place=MAARAT, time=MONDAY, id="one")
    whole = toll("d", 2, 59, place=PROVINCE, time=MONDAY, scope="area_day", id="day")
    since = toll("d", 3, count("nearly", 750), place=PROVINCE, scope="since_date", id="since")
    assert group(one, whole, since) == [["one"], ["day"], ["since"]]


def test_a_list_of_two_thousand_villages_is_read_in_one_pass() -> None:
    claims = [
        toll("d", n, 1, place=replace(IDLIB, id=f"v{n}", name=f"V{n}", lat=30 + n / 100), time=MONDAY)
        for n in range(2000)
    ]
    assert len(group(*claims)) == 2000


def test_what_tells_of_the_dead_of_a_total_without_a_number_goes_with_it() -> None:
    total = toll("d", 0, 120, scope="area_day", place=IDLIB, time=MONDAY, id="total")
    loose = toll("d", 1, count("unspecified", 2), place=IDLIB, time=MONDAY, id="loose")
    part = toll("d", 2, count("unspecified", 2), place=MAARAT, time=MONDAY, part_of="total", id="part")
    assert sorted(id_ for ids in group(total, loose, part) for id_ in ids) == ["loose", "part", "total"]
    assert all(mention.scope != "attack" for mention in group_document([total, loose], Sources({})))
    early = toll("d", 0, count("unspecified", 2), place=MAARAT, part_of="total", offset=0, id="early")
    assert {mention.scope for mention in group_document([early, total], Sources({}))} == {"area_day"}
    numbered = toll("d", 3, 4, place=IDLIB, time=MONDAY, id="numbered")
    assert ["numbered"] in group(total, numbered)
