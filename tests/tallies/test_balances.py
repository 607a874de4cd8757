"""Wholes held against their parts; nothing counted twice, whatever is published."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from depth import examples
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.records.claim import Claim
from harmledger.records.incident import Extent, Incident
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.tallies.balances import Nest, Periods
from harmledger.tallies.tally import tally_incidents
from incidents.build import IDLIB, MAARAT, OBSERVATORY, PROVINCE, TAKHARIM, day, toll

DAY = Time("2019-07-22", "2019-07-22", "day")


def tell(name: str, killed: int | None, place: Place = MAARAT, **fields: Any) -> Incident:
    toll = {} if killed is None else {"killed": Extent(killed, killed, killed)}
    return Incident(**({"id": name, "scope": "attack", "time": DAY, "place": place, "toll": toll} | fields))


WHOLE = tell("whole", 59, PROVINCE, scope="area_day")
PART = tell("part", 38, part_of=("whole",))


def test_of_59_are_38_known_and_21_not() -> None:
    balance = Nest((WHOLE, PART)).weigh_whole("whole")
    assert balance is not None
    assert balance.known is not None
    assert (balance.said.best, balance.known.best, balance.unaccounted, balance.parts) == (59, 38, 21, 1)


def test_the_21_elsewhere_are_12_in_other_attacks_and_9_unknown() -> None:
    others = (
        tell("b", 8, TAKHARIM, part_of=("whole",)),
        tell("c", 4, IDLIB, part_of=("whole",)),
        tell("d", None, IDLIB, part_of=("whole",)),
    )
    share = Nest((WHOLE, PART, *others)).weigh_part("part", "whole")
    assert share is not None
    assert (share.rest, share.others, share.parts, share.unaccounted) == (21, 12, 3, 9)
    assert not share.is_larger


def test_a_smaller_day_inside_a_larger_is_not_counted_beside_its_attacks() -> None:
    town = tell("town", 40, MAARAT, scope="area_day", part_of=("whole",))
    part = replace(PART, part_of=("town", "whole"))
    balance = Nest((WHOLE, town, part)).weigh_whole("whole")
    assert balance is not None
    assert balance.known is not None
    assert (balance.known.best, balance.unaccounted) == (40, 19)


def test_a_withdrawn_part_is_no_part() -> None:
    gone = replace(PART, status="withdrawn")
    assert Nest((WHOLE, gone)).list_wholes() == []


def test_what_cannot_be_is_a_problem_that_names_both_claims() -> None:
    claims = (
        toll("a", 1, 38, time=day("2019-07-22"), place=MAARAT, voice=OBSERVATORY),
        toll("a", 2, 30, time=day("2019-07-22"), place=PROVINCE, scope="area_day", voice=OBSERVATORY),
    )
    made, _ = fuse_claims(claims, {"a": Source("a", "2019-07-23", "Outlet a", "news")})
    (problem,) = Nest(made).check({claim.id: claim for claim in claims})
    assert problem.code == "tallies.part-exceeds-whole"
    assert all(claim.id[:16] in problem.message for claim in claims)
    assert "38 killed" in problem.message
    assert "30 killed" in problem.message


def test_parts_that_come_to_more_than_their_whole_are_a_problem() -> None:
    small = tell("whole", 40, PROVINCE, scope="area_day")
    other = tell("other", 9, TAKHARIM, part_of=("whole",))
    (problem,) = Nest((small, PART, other)).check()
    assert problem.code == "tallies.parts-exceed-whole"
    assert "47 killed in 2 attacks" in problem.message


def test_at_least_so_many_contradicts_nothing() -> None:
    least = replace(WHOLE, toll={"killed": Extent(30, 30, 30, True)})
    assert list(Nest((least, PART)).check()) == []


def test_running_totals_hold_what_lies_in_their_area_and_days_the_shortest_first() -> None:
    def run(name: str, start: str, end: str, place: Place = PROVINCE) -> Incident:
        return tell(name, 750, place, scope="since_date", time=Time(start, end, "period"))

    months = run("months", "2019-04-20", "2019-07-23")
    month = run("month", "2019-07-01", "2019-07-23")
    periods = Periods(
        (
            months,
            month,
            run("before", "2019-04-20", "2019-07-21"),
            run("town", "2019-07-01", "2019-07-23", IDLIB),
        )
    )
    assert periods.list_holding(PART) == ["month", "months"]
    assert periods.list_holding(replace(PART, place=None)) == []


def test_a_tally_has_the_day_totals_of_its_rows() -> None:
    rows, problems = tally_incidents((WHOLE, PART), "month")
    assert [balance.unaccounted for row in rows for balance in row.day_totals] == [21]
    assert problems == ()


TOWNS = (MAARAT, TAKHARIM, IDLIB)
DAYS = ("2019-07-01", "2019-07-03", "2019-07-05")


@st.composite
def worlds(draw: st.DrawFn) -> tuple[int, list[Claim]]:
    """What truly happened, and reports of any of it: single attacks, towns' days, the province's days, a running total."""
    killed = {
        (town, at): draw(st.integers(1, 60)) for town in range(3) for at in range(3) if draw(st.booleans())
    }
    claims: list[Claim] = []

    def publish(kind: str, number: int, place: Place, start: str, end: str, scope: str) -> None:
        if number and draw(st.booleans()):
            precision = "period" if scope == "since_date" else "day"
            claims.append(
                toll(
                    f"{kind}{len(claims):02}", 1, number, place=place, time=day(start, end, precision),
                    scope=scope, voice=OBSERVATORY,
                )
            )  # fmt: skip

    for at, date in enumerate(DAYS):
        for town, place in enumerate(TOWNS):
            number = killed.get((town, at), 0)
            publish("attack", number, place, date, date, "attack")
            publish("town", number, place, date, date, "area_day")
        whole = sum(number for (_, when), number in killed.items() if when == at)
        publish("province", whole, PROVINCE, date, date, "area_day")
    publish("running", sum(killed.values()), PROVINCE, DAYS[0], DAYS[-1], "since_date")
    return sum(killed.values()), claims


@examples(150, 40)
@given(worlds())
def test_no_tally_counts_more_than_happened(world: tuple[int, list[Claim]]) -> None:
    """A true attack, its town's day, its province's day and a running total, published in any combination."""
    truth, claims = world
    made, _ = fuse_claims(
        claims, {c.document: Source(c.document, "2019-07-23", None, "news") for c in claims}
    )
    (row,), _ = tally_incidents(made, "none")
    assert (row.best or 0) <= truth
    by_day, _ = tally_incidents(made, "day")
    assert sum(one.best or 0 for one in by_day) == (row.best or 0)
    for one in (balance for each in by_day for balance in each.day_totals):
        assert one.known is None or one.known.best <= one.said.best
    provinces = {
        c.time.start: c.count.value
        for c in claims
        if c.document.startswith("province") and c.time and c.count
    }
    if len(provinces) == len({c.time.start for c in claims if c.time and c.scope != "since_date"}):
        assert (row.best or 0) == sum(number or 0 for number in provinces.values())
