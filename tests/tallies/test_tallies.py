"""Totals with ranges; nothing counted twice; running totals beside ours."""

from dataclasses import replace

import pytest
from hypothesis import given

from depth import examples
from harmledger.incidents.fuse import fuse_claims
from harmledger.records.claim import Claim
from harmledger.records.incident import Extent, Incident
from harmledger.tallies.area import Area
from harmledger.tallies.nesting import nest_incidents
from harmledger.tallies.running import compare_running_totals
from harmledger.tallies.superlatives import find_deadliest
from harmledger.tallies.tally import Tally, tally_incidents
from incidents.build import HAMA, IDLIB, MAARAT, OBSERVATORY, PROVINCE, TAKHARIM, count, day, sources, toll
from incidents.strategies import SOURCES, ledgers

MONDAY = day("2019-07-22")
NORTHWEST = replace(PROVINCE, id="t:nw", name="Idlib and Hama", admin1=None, precision="country")


def fuse(*claims: Claim) -> tuple[Incident, ...]:
    return fuse_claims(claims, sources(*{c.document for c in claims}))[0]


def tally(incidents: tuple[Incident, ...], **question: object) -> tuple[Tally, ...]:
    tallies, problems = tally_incidents(incidents, **question)  # type: ignore[arg-type]
    assert not problems
    return tallies


DAY = (
    toll("m", 1, 59, place=PROVINCE, time=MONDAY, scope="area_day", voice=OBSERVATORY, id="day"),
    toll("m", 2, 38, place=MAARAT, time=MONDAY, voice=OBSERVATORY, part_of="day"),
    toll("m", 3, count("nearly", 750), group="civilians", place=PROVINCE, scope="since_date", voice=OBSERVATORY,
         time=day("2019-04-20", "2019-07-22", "period")),
)  # fmt: skip


def test_the_38_are_not_added_to_the_59_nor_either_to_the_750() -> None:
    (row,) = tally(fuse(*DAY))
    assert (row.low, row.best, row.high) == (59, 59, 59)
    assert (row.incidents, row.area_days, row.without_figures) == (1, 1, 0)


def test_the_running_total_stands_beside_ours() -> None:
    (row,) = tally(fuse(*DAY))
    (running,) = row.running_totals
    assert (running.voice.name, running.count, running.low, running.counted) == (
        "Syrian Observatory for Human Rights", 750, None, "civilians",
    )  # fmt: skip
    assert (running.start, running.end, running.area) == ("2019-04-20", "2019-07-22", "Idlib")
    assert (running.ours_low, running.ours_best, running.ours_high, running.unaccounted) == (59, 59, 59, 691)


def test_parts_that_sum_to_more_than_the_day_are_not_cut() -> None:
    more = toll("n", 1, 30, place=TAKHARIM, time=MONDAY)
    (row,), (problem,) = tally_incidents(fuse(*DAY, more))
    assert problem.code == "tallies.parts-exceed-whole"
    assert (row.low, row.best, row.high) == (68, 68, 68)


def test_a_day_of_the_town_alone_is_its_own() -> None:
    (row,) = tally(fuse(*DAY), area="Maarat al-Numan")
    assert (row.best, row.area_days, row.running_totals) == (38, 0, ())


def test_rows_by_place_say_what_they_contain() -> None:
    rows = {row.label: row for row in tally(fuse(*DAY), by="place")}
    assert rows["Idlib"].best == 59
    assert rows["Idlib"].contains == ("Maarat al-Numan",)
    assert rows["Maarat al-Numan"].contains == ()
    (province,) = tally(fuse(*DAY), by="admin1")
    assert (province.label, province.best) == ("Idlib", 59)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("day", ["2016-05-30", "2016-06-02", "2017-01-01", None]),
        ("week", ["2016-W22", "2016-W52", None]),
        ("month", ["2016-05", "2016-06", "2017-01", None]),
        ("year", ["2016", "2017", None]),
        ("none", [None]),
    ],
)
def test_periods(by: str, labels: list[str | None]) -> None:
    incidents = fuse(
        toll("a", 1, 5, place=IDLIB, time=day("2016-05-30", "2016-05-31")),
        toll("b", 1, 6, place=IDLIB, time=day("2016-06-02")),
        toll("c", 1, 7, place=HAMA, time=day("2017-01-01")),
        toll("d", 1, 8, place=TAKHARIM),
    )
    rows = tally(incidents, by=by)
    assert [row.label for row in rows] == labels
    assert sum(row.best or 0 for row in rows) == 26


def test_unknown_is_not_zero() -> None:
    incidents = fuse(toll("a", 1, 5, "injured", place=IDLIB, time=MONDAY))
    (row,) = tally(incidents)
    assert (row.low, row.best, row.high, row.incidents, row.without_figures) == (None, None, None, 1, 1)
    (empty,) = tally(())
    assert (empty.best, empty.incidents) == (None, 0)


def test_one_group() -> None:
    incidents = fuse(
        toll("a", 1, 23, place=IDLIB, time=MONDAY, id="whole"),
        toll("a", 2, count("at_least", 7), group="children", part_of="whole"),
        toll("b", 1, 4, place=MAARAT, time=MONDAY),
    )
    (row,) = tally(incidents, group="children")
    assert (row.low, row.best, row.high, row.without_figures) == (7, 7, 7, 1)


def test_limits_are_included_and_the_undated_are_reported() -> None:
    incidents = fuse(
        toll("a", 1, 5, place=IDLIB, time=day("2016-05-30")),
        toll("b", 1, 6, place=IDLIB, time=day("2016-06-02")),
        toll("c", 1, 8, place=TAKHARIM),
    )
    (row,), problems = tally_incidents(incidents, since="2016-05-30", until="2016-05-30")
    assert row.best == 5
    assert [p.code for p in problems] == ["tallies.undated"]


def test_words_that_are_not_known_are_problems() -> None:
    rows, problems = tally_incidents((), by="decade", harm="deaths", group="folk", since="soon")  # type: ignore[arg-type]
    assert rows == ()
    assert [p.code for p in problems] == ["tallies.word-unknown"] * 3 + ["tallies.date-unreadable"]


def test_areas_match_by_district_province_country_and_alias() -> None:
    incidents = fuse(toll("a", 1, 5, place=MAARAT, time=MONDAY))
    for area in ("idlib", "MAARAT AL NUMAN", "SY"):
        assert tally(incidents, area=area)[0].best == 5
    assert tally(incidents, area="Hama")[0].best is None
    for meant in (
        Area("Maarrat", ids=frozenset({MAARAT.id or ""})),
        Area("Maarrat", named=frozenset({("SY", "maarat al numan")})),
        Area("Idleb", named=frozenset({("SY", "idlib")})),
        Area("Syria", countries=frozenset({"sy", "syria"})),
    ):
        (row,) = tally(incidents, area=meant)
        assert (row.best, row.area) == (5, meant.name)
    elsewhere = Area("Idleb", ids=frozenset({"t:other"}), named=frozenset({("IQ", "idlib")}))
    assert tally(incidents, area=elsewhere)[0].best is None


def test_withdrawn_incidents_are_not_counted() -> None:
    (incident,) = fuse(toll("a", 1, 5, place=MAARAT, time=MONDAY))
    assert tally((replace(incident, status="withdrawn"),))[0].best is None


def make_incident(name: str, best: int, *wholes: str, scope: str = "attack") -> Incident:
    extent = Extent(best, best, best)
    return Incident(
        id=name, scope=scope, time=MONDAY, place=PROVINCE, toll={"killed": extent}, part_of=wholes
    )  # type: ignore[arg-type]


def test_an_attack_in_two_overlapping_days_is_counted_once() -> None:
    incidents = (
        make_incident("x", 40, scope="area_day"),
        make_incident("y", 50, scope="area_day"),
        make_incident("both", 30, "x", "y"),
        make_incident("only-y", 10, "y"),
    )
    (row,) = tally(incidents)
    assert row.best == 40 + 50 - 30


def test_a_day_inside_a_wider_day() -> None:
    incidents = (
        make_incident("wide", 70, scope="area_day"),
        make_incident("narrow", 59, "wide", scope="area_day"),
        make_incident("attack", 38, "narrow", "wide"),
        make_incident("beside", 5, "wide"),
    )
    assert tally(incidents)[0].best == 70
    assert nest_incidents(incidents).parents["attack"] == "narrow"


def test_a_circle_in_a_damaged_file_ends() -> None:
    incidents = (make_incident("a", 1, "b"), make_incident("b", 2, "c"), make_incident("c", 3, "a"))
    (row,), _ = tally_incidents(incidents)
    assert row.incidents == 3
    assert row.best == 6


def test_a_running_total_without_a_period_is_compared_with_nothing() -> None:
    incidents = fuse(toll("a", 1, 900, place=PROVINCE, scope="since_date"), *DAY[:2])
    (running,) = compare_running_totals(incidents)
    assert (running.count, running.ours_best, running.unaccounted) == (900, None, None)


def test_the_deadliest_since() -> None:
    incidents = fuse(
        *DAY,
        toll("a", 1, 40, place=IDLIB, time=day("2018-01-01")),
        toll("b", 1, 12, place=IDLIB, time=day("2019-06-01")),
        toll("c", 1, count("range", 30, 45), place=TAKHARIM, time=day("2019-06-09")),
    )
    from datetime import date

    found = find_deadliest(incidents, since=date(2019, 4, 20), area="Idlib")
    assert found is not None
    assert (found.best, found.compared, found.since) == (38, 3, "2018-01-01")
    by_id = {i.id: i for i in incidents}
    assert [by_id[r].place.name for r in found.rivals if by_id[r].place] == ["Kafr Takharim"]
    assert find_deadliest(incidents, area="Nowhere") is None


@examples(80, 20)
@given(ledgers())
def test_a_total_lies_between_its_largest_incident_and_the_sum_of_all(claims: list[Claim]) -> None:
    incidents = fuse_claims(claims, SOURCES)[0]
    counted = [i.toll["killed"] for i in incidents if i.scope != "since_date" and "killed" in i.toll]
    bests = [e.best for e in counted if e.best is not None]
    (row,) = [t for t in tally(incidents) if t.label is None]
    if not bests:
        assert row.best is None
        return
    assert row.low is not None
    assert row.best is not None
    assert row.high is not None
    assert row.low <= row.best <= row.high
    assert max(bests) <= row.best <= sum(bests)


@examples(80, 20)
@given(ledgers())
def test_rows_of_periods_sum_to_the_whole(claims: list[Claim]) -> None:
    incidents = fuse_claims(claims, SOURCES)[0]
    (whole,) = tally(incidents)
    for by in ("day", "week", "month", "year"):
        rows = tally(incidents, by=by)
        assert sum(row.best or 0 for row in rows) == (whole.best or 0)
        assert sum(row.incidents for row in rows) == whole.incidents


def test_an_incident_given_twice_is_counted_once() -> None:
    incidents = fuse(*DAY)
    assert tally((*incidents, *incidents)) == tally(incidents)


def test_a_running_total_is_compared_with_its_own_days_alone() -> None:
    after = toll("n", 1, 30, place=TAKHARIM, time=day("2019-07-23"))
    (running,) = compare_running_totals(fuse(*DAY, after))
    assert running.ours_best == 59
    night = toll("n", 1, 30, place=TAKHARIM, time=day("2019-07-22", "2019-07-23"))
    (running,) = compare_running_totals(fuse(*DAY, night))
    assert running.ours_best == 68
    undated = toll("n", 1, 59, place=PROVINCE, time=day("2019-04-20", "2019-07-22"), scope="area_day")
    (running,) = compare_running_totals(fuse(*DAY, undated))
    assert running.ours_best == 59


def test_a_running_total_with_a_top_alone_is_compared_by_its_top() -> None:
    def strip(incident: Incident) -> Incident:
        accounts = tuple(replace(a, toll={"killed": Extent(None, 750, None)}) for a in incident.accounts)
        return replace(incident, accounts=accounts) if incident.scope == "since_date" else incident

    (running,) = compare_running_totals(tuple(strip(incident) for incident in fuse(*DAY)))
    assert (running.count, running.unaccounted) == (750, 691)
