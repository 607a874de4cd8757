"""Why two tellings are, or are not, of one attack."""

from dataclasses import replace

import pytest

from harmledger.incidents.cluster import merge_links
from harmledger.incidents.compare import RULES, THRESHOLD, explain_pair
from harmledger.incidents.folding import fold_family
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.links import find_links
from harmledger.incidents.mentions import describe_mention
from harmledger.incidents.source import Sources
from harmledger.records.claim import Actor, Claim
from incidents.build import HAMA, IDLIB, MAARAT, PROVINCE, attack, count, day, sources, toll
from incidents.strategies import QUARTER

MONDAY, TUESDAY = day("2016-05-30"), day("2016-05-31")
SOUTH = replace(QUARTER, id="t:south", name="South Quarter", lat=35.91)


def is_one(a: Claim, b: Claim) -> bool:
    linked = len(fuse_claims([a, b], sources("a", "b"))[0]) == 1
    found = explain_pair(a, b)
    explained = sum(c.contribution for c in found) >= THRESHOLD and not any(c.is_veto for c in found)
    assert linked == explained
    return linked


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"place": IDLIB, "time": MONDAY}, {"place": IDLIB, "time": MONDAY}, True),
        ({"place": IDLIB, "time": MONDAY}, {"place": MAARAT, "time": MONDAY}, False),
        ({"place": IDLIB, "time": MONDAY}, {"place": QUARTER, "time": MONDAY}, True),
        ({"place": IDLIB, "time": MONDAY}, {"place": IDLIB, "time": day("2016-06-02")}, False),
        ({"place": IDLIB, "time": MONDAY}, {"place": IDLIB, "time": day("2016-05-30", "2016-05-31")}, True),
        ({"place": IDLIB, "time": MONDAY}, {"place": PROVINCE, "time": MONDAY}, False),
        ({"place": IDLIB, "time": MONDAY}, {"place": HAMA, "time": MONDAY}, False),
        ({"place": None, "time": MONDAY}, {"place": None, "time": MONDAY}, False),
        ({"place": QUARTER, "time": MONDAY}, {"place": SOUTH, "time": MONDAY}, False),
        ({"place": IDLIB, "time": MONDAY}, {"place": IDLIB, "time": TUESDAY}, False),
        ({"place": IDLIB, "time": None}, {"place": IDLIB, "time": MONDAY}, False),
    ],
)
def test_place_and_day_decide_for_attacks_without_figures(first: dict, second: dict, expected: bool) -> None:
    assert is_one(attack("a", 1, **first), attack("b", 1, **second)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"place": IDLIB, "time": MONDAY}, {"place": PROVINCE, "time": MONDAY}, True),
        ({"place": IDLIB, "time": MONDAY}, {"place": IDLIB, "time": TUESDAY}, True),
        ({"place": IDLIB, "time": None}, {"place": IDLIB, "time": MONDAY}, True),
        ({"place": QUARTER, "time": MONDAY}, {"place": SOUTH, "time": MONDAY}, True),
        ({"place": None, "time": MONDAY}, {"place": IDLIB, "time": MONDAY}, True),
        ({"place": MAARAT, "time": MONDAY}, {"place": IDLIB, "time": MONDAY}, False),
    ],
)
def test_a_shared_figure_of_weight_settles_what_place_and_day_leave_open(
    first: dict, second: dict, expected: bool
) -> None:
    assert is_one(toll("a", 1, 38, **first), toll("b", 1, 38, **second)) is expected


def test_a_shared_figure_of_one_settles_little() -> None:
    assert not is_one(toll("a", 1, 1, place=IDLIB, time=MONDAY), toll("b", 1, 1, place=IDLIB, time=TUESDAY))


def test_different_tolls_of_one_night_are_still_one_attack() -> None:
    assert is_one(
        toll("a", 1, count("at_least", 23), place=IDLIB, time=MONDAY),
        toll("b", 1, 50, place=IDLIB, time=MONDAY),
    )


def test_other_means_and_a_far_toll_make_another_attack() -> None:
    assert not is_one(
        toll("a", 1, 2, place=IDLIB, time=MONDAY, means="gunfire"),
        toll("b", 1, 60, place=IDLIB, time=MONDAY, means="air_strike"),
    )


def test_every_comparison_is_shown_and_says_what_it_means() -> None:
    found = explain_pair(attack("a", 1, place=IDLIB), attack("b", 1, place=MAARAT))
    assert [c.name for c in found] == [rule.name for rule in RULES]
    assert found[0].is_veto
    assert all(rule.compare.__doc__ for rule in RULES)


def test_shared_blame_and_targets_add_to_the_score() -> None:
    blamed = (Actor("Party A", None, "blamed"),)
    a = toll("a", 1, 1, "damaged", kind="damage", group="market", place=IDLIB, actors=blamed)
    b = toll("b", 1, 1, "damaged", kind="damage", group="market", place=IDLIB, actors=blamed)
    by_name = {c.name: c.contribution for c in explain_pair(a, b)}
    assert by_name["targets"] > 0
    assert by_name["actors"] > 0


def test_a_chain_of_neighbours_never_glues_two_towns_together() -> None:
    villages = [
        replace(IDLIB, id=f"t:{n}", name=f"Village {n}", lat=35.90 + n * 0.03, radius_km=3.0)
        for n in range(6)
    ]
    claims = [
        toll(f"d{n}", 1, 38, place=place, time=MONDAY, means="air_strike") for n, place in enumerate(villages)
    ]
    mentions = [describe_mention([claim]) for claim in claims]
    tellings = [telling for mention in mentions for telling in fold_family([mention], Sources({}))]
    clusters = merge_links(tellings, find_links(tellings))
    assert 1 < len(clusters) < 6
    for cluster in clusters:
        latitudes = [p.lat for number in cluster if (p := tellings[number].place) and p.lat]
        assert max(latitudes) - min(latitudes) < 0.08


def test_a_document_that_tells_two_attacks_keeps_them_apart() -> None:
    claims = [
        toll("a", 1, 5, place=QUARTER, time=MONDAY),
        toll("a", 5, 9, place=SOUTH, time=MONDAY),
        toll("b", 1, 14, place=IDLIB, time=MONDAY),
    ]
    incidents, _ = fuse_claims(claims, sources("a", "b"))
    assert not any({claims[0].id, claims[1].id} <= set(i.claims) for i in incidents)
