"""A few reports name a wrong day or quarter; half of them do not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.mentions import describe_mention
from harmledger.incidents.slips import (
    DAY_RATE,
    SPOT_RATE,
    count_misdated,
    count_mislaid,
    measure_surprise,
    weigh_slips,
)
from harmledger.records.claim import Claim
from harmledger.records.time import Time
from incidents.build import IDLIB, day, sources, toll
from incidents.strategies import QUARTER

FIRST, YEAR = 736114, 365
NORTH = replace(QUARTER, id="t:north", name="North Quarter", lat=(IDLIB.lat or 0) + 0.02)
SOUTH = replace(QUARTER, id="t:south", name="South Quarter", lat=(IDLIB.lat or 0) - 0.02)


def test_the_day_that_most_agree_with_is_the_day() -> None:
    assert count_misdated({(FIRST, FIRST): 5, (FIRST + 1, FIRST + 1): 1}) == 1
    assert count_misdated({(FIRST, FIRST): 2, (FIRST + 1, FIRST + 1): 3}) == 2
    assert count_misdated({(FIRST, FIRST): 4}) == 0


def test_a_night_agrees_with_both_of_its_days_and_hides_no_slip() -> None:
    night = {(FIRST, FIRST + 1): 6}
    assert count_misdated({**night, (FIRST, FIRST): 3}) == 0
    assert count_misdated({**night, (FIRST, FIRST): 3, (FIRST + 1, FIRST + 1): 2}) == 2


def test_a_date_of_another_year_is_no_slip_of_a_report() -> None:
    assert count_misdated({(FIRST, FIRST): 5, (FIRST + YEAR, FIRST + YEAR): 2}) == 0


def test_the_city_alone_agrees_with_each_of_its_quarters_and_hides_no_slip() -> None:
    assert count_mislaid({IDLIB: 3, NORTH: 2}) == 0
    assert count_mislaid({IDLIB: 3, NORTH: 2, SOUTH: 2}) == 2
    assert count_mislaid({IDLIB: 9}) == 0


def test_quarters_that_are_confused_are_no_slip() -> None:
    near = replace(NORTH, id="t:near", name="Mill Quarter", lat=(NORTH.lat or 0) + 0.01)
    assert count_mislaid({NORTH: 2, near: 2}) == 0


@pytest.mark.parametrize(("slips", "tellings"), [(0, 4), (1, 8), (0, 0), (2, 16)])
def test_what_is_usual_speaks_against_nothing(slips: int, tellings: int) -> None:
    assert measure_surprise(slips, tellings, DAY_RATE) == 0


def test_as_many_that_slip_as_do_not_speak_against_the_more_the_more_they_are() -> None:
    one, two, five = (measure_surprise(n, 2 * n, DAY_RATE) for n in (1, 2, 5))
    assert 1 < one < 1.5
    assert two == pytest.approx(2 * one)
    assert five == pytest.approx(5 * one)
    assert measure_surprise(1, 2, SPOT_RATE) > 2 * one
    assert measure_surprise(3, 3, DAY_RATE) == pytest.approx(9)


def _tell(name: str, date: str, killed: int, place=IDLIB) -> Claim:  # type: ignore[no-untyped-def]
    return toll(name, 1, killed, place=place, time=day(date), means="air_strike")


def _gather(claims: Sequence[Claim]) -> list[set[str]]:
    incidents, _ = fuse_claims(claims, sources(*{claim.document for claim in claims}))
    return [set(one.documents) for one in incidents]


def _count(claims: Sequence[Claim]) -> list[tuple[object, int]]:
    return [(describe_mention([claim]), 1) for claim in claims]


def test_one_of_six_that_dates_an_attack_a_day_later_stays_with_it() -> None:
    claims = [_tell(f"a{n}", "2016-05-30", 7) for n in range(5)]
    assert len(_gather([*claims, _tell("b", "2016-05-31", 7)])) == 1


def test_two_days_that_are_told_by_as_many_are_two_attacks_though_their_tolls_agree() -> None:
    first = [_tell(f"a{n}", "2016-05-30", 4) for n in range(4)]
    second = [_tell(f"b{n}", "2016-05-31", 4) for n in range(4)]
    assert len(_gather([*first, *second])) == 2


def test_reports_of_the_night_between_do_not_bring_two_days_together() -> None:
    first = [_tell(f"a{n}", "2016-05-30", 4) for n in range(3)]
    second = [_tell(f"b{n}", "2016-05-31", 5) for n in range(3)]
    night = Time("2016-05-30", "2016-05-31", "day", "overnight")
    between = [toll(f"n{n}", 1, 4, place=IDLIB, time=night, means="air_strike") for n in range(3)]
    told = _gather([*first, *second, *between])
    assert not any({"a0", "b0"} <= documents for documents in told)


def test_reports_that_name_the_city_alone_do_not_bring_two_quarters_together() -> None:
    north = [_tell(f"a{n}", "2016-05-30", 4, NORTH) for n in range(3)]
    south = [_tell(f"b{n}", "2016-05-30", 4, SOUTH) for n in range(3)]
    city = [_tell(f"c{n}", "2016-05-30", 4) for n in range(4)]
    told = _gather([*north, *south, *city])
    assert not any({"a0", "b0"} <= documents for documents in told)


_DATES = st.sampled_from(["2016-05-30", "2016-05-31", "2016-06-01"])
_TOLD = st.lists(st.tuples(_DATES, st.sampled_from([IDLIB, NORTH, SOUTH])), min_size=1, max_size=5)


@given(_TOLD, _TOLD)
def test_slips_speak_against_and_never_for_and_the_order_changes_nothing(one, other) -> None:  # type: ignore[no-untyped-def]
    first, second = (_count([_tell("a", date, 3, place) for date, place in told]) for told in (one, other))
    against = weigh_slips(first, second)
    assert against >= 0
    assert against == weigh_slips(second, first) == weigh_slips(first[::-1], second[::-1])
    assert weigh_slips(first[:1], second[:1]) == 0, "two by themselves are weighed by their comparison"
