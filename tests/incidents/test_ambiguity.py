"""Where tellings belong that name no day, or no town."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents.ambiguity import (
    Leaf,
    Link,
    choose_attack,
    choose_leaf,
    is_pinned,
    list_open,
    place_leaves,
)
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.mentions import describe_mention
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from incidents.build import IDLIB, MAARAT, PROVINCE, TAKHARIM, attack, day, sources, toll

MONDAY, TUESDAY, FRIDAY = day("2016-05-30"), day("2016-05-31"), day("2016-06-03")


def fuse(*claims: Claim) -> list[Incident]:
    return list(fuse_claims(claims, sources(*{claim.document for claim in claims}))[0])


def find_mates(incidents: list[Incident], document: str) -> set[str]:
    (home,) = [incident for incident in incidents if document in incident.documents]
    return set(home.documents) - {document}


@pytest.mark.parametrize(
    ("place", "time", "expected"),
    [
        (MAARAT, MONDAY, True),
        (MAARAT, day("2016-05-30", "2016-05-31"), True),
        (MAARAT, None, False),
        (MAARAT, day("2016-05-01", "2016-05-31", "month"), False),
        (PROVINCE, MONDAY, False),
        (None, MONDAY, False),
    ],
)
def test_a_town_and_a_day_pin_a_telling(place, time, expected: bool) -> None:
    assert is_pinned(describe_mention([attack("a", 1, place=place, time=time)])) is expected


def test_an_undated_report_joins_the_only_attack_that_it_agrees_with() -> None:
    dated = toll("a", 1, 7, place=TAKHARIM, time=MONDAY, means="air_strike")
    undated = toll("b", 1, 7, place=TAKHARIM, means="air_strike")
    assert len(fuse(dated, undated)) == 1


def test_place_alone_tells_nothing_of_an_undated_report() -> None:
    assert len(fuse(attack("a", 1, place=TAKHARIM, time=MONDAY), attack("b", 1, place=TAKHARIM))) == 2


def test_of_two_attacks_an_undated_report_joins_the_one_with_its_toll() -> None:
    about = {"place": TAKHARIM, "means": "air_strike"}
    incidents = fuse(
        toll("a", 1, 7, time=MONDAY, **about),
        toll("b", 1, 30, time=FRIDAY, **about),
        toll("c", 1, 30, **about),
    )
    assert len(incidents) == 2
    assert find_mates(incidents, "c") == {"b"}


def test_an_undated_report_that_fits_many_attacks_joins_none() -> None:
    about = {"place": TAKHARIM, "means": "air_strike"}
    days = [day(f"2016-06-{n:02}") for n in (2, 6, 10, 14, 18, 22)]
    incidents = fuse(
        *(toll(f"a{n}", 1, 2, time=time, **about) for n, time in enumerate(days)), toll("u", 1, 2, **about)
    )
    assert len(incidents) == len(days) + 1
    assert find_mates(incidents, "u") == set()


def test_a_report_that_names_the_province_joins_the_attack_with_its_toll_alone() -> None:
    incidents = fuse(
        toll("a", 1, 12, place=MAARAT, time=MONDAY, means="air_strike"),
        toll("b", 1, 3, place=TAKHARIM, time=MONDAY, means="air_strike"),
        toll("c", 1, 12, place=PROVINCE, time=MONDAY, means="air_strike"),
    )
    assert find_mates(incidents, "c") == {"a"}


def test_undated_reports_never_bring_two_attacks_together() -> None:
    about = {"place": TAKHARIM, "means": "air_strike"}
    incidents = fuse(
        toll("a", 1, 7, time=MONDAY, **about),
        toll("b", 1, 7, time=FRIDAY, **about),
        toll("c", 1, 7, **about),
        toll("d", 1, 7, **about),
    )
    assert not any({"a", "b"} <= set(incident.documents) for incident in incidents)


def test_a_date_whose_year_came_from_the_page_may_be_that_of_another_year() -> None:
    about = {"place": TAKHARIM, "means": "air_strike"}
    right, wrong = toll("a", 1, 7, time=MONDAY, **about), toll("b", 1, 7, time=day("2019-05-30"), **about)
    assert len(fuse(right, wrong)) == 1
    assert len(fuse(right, replace(wrong, time=day("2019-05-28")))) == 2
    assert len(fuse(right, replace(wrong, place=IDLIB))) == 2


def test_two_that_fit_alike_cost_a_point_and_a_weak_one_little() -> None:
    assert choose_attack([(1, "a", 6.5), (2, "b", 6.5)]) == Leaf(2, 1, 5.5, is_direct=True)
    one = choose_attack([(1, "a", 6.5), (2, "b", 3.5)])
    assert one.holder == 1
    assert 6.3 < one.left < 6.5
    assert choose_attack([(1, "a", THRESHOLD), (2, "a", 5.5)]) == Leaf(1, 2, 5.5, is_direct=True)
    assert choose_attack([(1, "a", THRESHOLD), (2, "b", THRESHOLD)]) == Leaf(2)
    assert choose_attack([]) == Leaf(0)


def test_a_leaf_without_an_attack_hangs_on_the_leaf_that_it_fits_best_of_those_that_have_one() -> None:
    placed, open_leaf = Leaf(1, 7, 6.0, is_direct=True), Leaf(1)
    assert choose_leaf(Leaf(0), [(1, open_leaf, 9.0), (2, placed, 6.0), (3, placed, 6.5)]) == Leaf(0, 3, 6.5)
    assert choose_leaf(Leaf(0), [(1, open_leaf, 9.0)]) == Leaf(0)
    assert choose_leaf(Leaf(4), [(2, placed, 6.5)]) == Leaf(4)
    assert choose_leaf(Leaf(4), [(2, placed, 7.0)]) == Leaf(4, 2, THRESHOLD)


def test_leaves_join_with_each_other_only_where_neither_has_a_better_home() -> None:
    leaves = {0: Leaf(0), 1: Leaf(2), 2: Leaf(0, 9, 5.0, is_direct=True)}
    links = [Link(1, 0, 6.0), Link(2, 0, 9.0), Link(2, 1, 9.0)]
    assert list(list_open(leaves, links)) == [Link(1, 0, 5.0)]


LOOSE = (0, 2, 5)


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 5), st.integers(0, 4)), st.integers(6, 18).map(lambda n: n / 2), max_size=12
    ),
    st.permutations(range(12)),
)
def test_the_order_of_links_changes_nothing(scores, order) -> None:
    links = [Link(later, earlier, score) for (later, earlier), score in scores.items() if earlier < later]
    links = [link for link in links if {link.later, link.earlier} & {*LOOSE}]
    shuffled = [links[n] for n in order if n < len(links)]
    assert place_leaves(LOOSE, links, str, int) == place_leaves(LOOSE, shuffled, str, int)


@given(st.dictionaries(st.tuples(st.integers(1, 5), st.integers(0, 4)), st.floats(3, 9), max_size=12))
def test_a_leaf_hangs_on_one_attack_at_most_and_no_circle_of_leaves_holds_itself(scores) -> None:
    links = [Link(later, earlier, score) for (later, earlier), score in scores.items() if earlier < later]
    links = [link for link in links if {link.later, link.earlier} & {*LOOSE}]
    leaves = place_leaves(LOOSE, links, str, int)
    for leaf in leaves.values():
        if leaf.holder is not None:
            assert leaf.left >= THRESHOLD
            assert leaf.is_direct == (leaf.holder not in leaves)
            assert leaf.is_direct or leaves[leaf.holder].is_direct


def test_a_leaf_never_brings_two_attacks_together_whatever_it_fits() -> None:
    about = {"place": TAKHARIM, "means": "air_strike"}
    first, second = toll("a", 1, 40, time=MONDAY, **about), toll("b", 1, 2, time=TUESDAY, **about)
    assert len(fuse(first, second)) == 2
    night = toll("c", 1, 40, place=PROVINCE, time=day("2016-05-30", "2016-05-31"), means="air_strike")
    incidents = fuse(first, second, night)
    assert len(incidents) == 2
    assert find_mates(incidents, "c") == {"a"}


def test_reports_of_one_province_and_toll_find_each_other_though_one_names_no_day() -> None:
    dated = toll("a", 1, 12, place=PROVINCE, time=MONDAY, means="air_strike")
    undated = toll("b", 1, 12, place=PROVINCE, means="air_strike")
    assert len(fuse(dated, undated)) == 1
    assert len(fuse(dated, replace(undated, place=TAKHARIM))) == 1
    assert len(fuse(dated, toll("b", 1, 2, place=PROVINCE, means="air_strike"))) == 2
