"""Where tellings belong that name no day, or no town."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents.ambiguity import Link, is_pinned, weigh_alternatives
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.mentions import describe_mention
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from incidents.build import IDLIB, MAARAT, PROVINCE, TAKHARIM, attack, day, sources, toll

MONDAY, FRIDAY, SUNDAY = day("2016-05-30"), day("2016-06-03"), day("2016-06-05")


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
    tellings = [
        describe_mention([attack("u", 1, place=TAKHARIM)]),
        describe_mention([attack("a", 1, place=TAKHARIM, time=MONDAY)]),
        describe_mention([attack("b", 1, place=TAKHARIM, time=SUNDAY)]),
    ]
    alike = list(weigh_alternatives(tellings, [Link(1, 0, 6.5), Link(2, 0, 6.5)], range(3)))
    assert [link.score for link in alike] == [5.5, 5.5]
    (one,) = weigh_alternatives(tellings, [Link(1, 0, 6.5), Link(2, 0, 3.5)], range(3))
    assert one.later == 1
    assert 6.3 < one.score < 6.5
    (sole,) = weigh_alternatives(tellings, [Link(1, 0, THRESHOLD), Link(2, 0, 5.5)], [0, 1, 1])
    assert sole.score == 5.5


@given(
    st.dictionaries(st.tuples(st.integers(1, 5), st.integers(0, 4)), st.floats(3, 9), max_size=12),
    st.permutations(range(12)),
)
def test_the_order_of_links_changes_nothing(scores, order) -> None:
    times = (None, MONDAY, None, FRIDAY, MONDAY, None)
    tellings = [
        describe_mention([attack(f"d{n}", 1, place=TAKHARIM, time=time)]) for n, time in enumerate(times)
    ]
    links = [Link(later, earlier, score) for (later, earlier), score in scores.items() if earlier < later]
    shuffled = [links[n] for n in order if n < len(links)]
    assert set(weigh_alternatives(tellings, links, range(6))) == set(
        weigh_alternatives(tellings, shuffled, range(6))
    )
