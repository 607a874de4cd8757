"""Totals with an honest band: two reports that may tell of one attack, or of two."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depth import examples
from harmledger.incidents.admission import admit_claims
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.doubts import MARGIN, find_doubts, measure_chance
from harmledger.incidents.fuse import fuse_claims, list_tellings
from harmledger.incidents.links import find_links
from harmledger.incidents.rulings import gather_rulings
from harmledger.incidents.source import Source, Sources
from harmledger.records.claim import Claim
from harmledger.records.judgement import Judgement
from harmledger.tallies.bands import Band, Ground, find_band, index_homes
from harmledger.tallies.tally import tally_incidents
from incidents.build import IDLIB, MAARAT, NETWORK, OBSERVATORY, PROVINCE, day, sources, toll
from incidents.strategies import SOURCES, ledgers

MONDAY: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}


def open_ground(
    claims: Sequence[Claim], facts: Mapping[str, Source], judgements: Sequence[Judgement] = ()
) -> Ground:
    incidents, _ = fuse_claims(claims, facts, judgements=judgements)
    rulings, _ = gather_rulings(judgements)
    known = Sources(facts, rulings)
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in admit_claims(claims, facts)[0]:
        told[claim.document].append(claim)
    tellings = list_tellings(told, known).get("attack", [])

    def tell(documents: Sequence[str]) -> Mapping[str, Sequence[Claim]]:
        return {name: told[name] for name in documents}

    return Ground(tellings, incidents, index_homes(incidents).get, tell, known)


def find(*claims: Claim, judgements: Sequence[Judgement] = ()) -> Band:
    return find_band(open_ground(claims, sources(*{claim.document for claim in claims}), judgements))


def test_reports_that_are_one_beyond_doubt_have_no_band() -> None:
    band = find(
        toll("a", 1, 38, **MONDAY, voice=OBSERVATORY, means="air_strike"),
        toll("b", 1, 38, **MONDAY, voice=NETWORK, means="air_strike"),
    )
    assert band.doubtful == 0
    assert (band.least, band.best, band.most) == (38, 38, 38)
    assert (band.sampled_low, band.sampled_mid, band.sampled_high) == (38, 38, 38)


def test_two_days_that_are_told_by_as_many_are_two_beyond_doubt() -> None:
    days = [
        toll(f"{name}{n}", 1, killed, place=IDLIB, time=day(date), means="air_strike")
        for name, killed, date in (("a", 4, "2016-05-30"), ("b", 5, "2016-05-31"))
        for n in range(4)
    ]
    band = find(*days)
    assert (band.doubtful, band.least, band.most) == (0, 9, 9)
    assert find(days[0], days[4]).doubtful == 1


def test_far_towns_are_two_beyond_doubt() -> None:
    band = find(toll("a", 1, 30, **MONDAY), toll("b", 1, 30, **(MONDAY | {"place": MAARAT})))
    assert band.doubtful == 0
    assert band.best == 60


def find_doubtful() -> tuple[Claim, Claim]:
    """Two reports of neighbouring days, whose link is within the margin whatever the weights of the day are."""
    for first, second in ((6, 5), (5, 5), (12, 12), (30, 30), (8, 9), (20, 14)):
        pair = (
            toll("a", 1, first, **MONDAY, voice=OBSERVATORY),
            toll("b", 1, second, place=IDLIB, time=day("2016-05-31"), voice=NETWORK),
        )
        if find(*pair).doubtful:
            return pair
    pytest.skip("the weights leave no doubt about neighbouring days")


def test_the_band_spans_one_attack_and_two() -> None:
    first, second = find_doubtful()
    assert first.count is not None
    assert second.count is not None
    one, two = first.count.value or 0, second.count.value or 0
    band = find(first, second)
    assert (band.merged.low, band.merged.high) == (min(one, two), max(one, two))
    assert (band.split.low, band.split.best, band.split.high) == (one + two,) * 3
    assert (band.least, band.most) == (min(one, two), one + two)
    assert band.sampled_low in {one, two, one + two}
    assert band.sampled_high == one + two


def test_a_judgement_leaves_no_doubt() -> None:
    pair = find_doubtful()
    ids = (pair[0].id, pair[1].id)
    for kind in ("join", "split"):
        judged = Judgement(id=kind, kind=kind, claims=ids, by="Person A", at="2026-01-01T00:00:00Z")  # type: ignore[arg-type]
        band = find(*pair, judgements=(judged,))
        assert band.doubtful == 0
        assert band.merged == band.split


def test_inside_a_published_day_doubt_moves_nothing_that_the_day_counts() -> None:
    first, second = find_doubtful()
    week = toll(
        "w", 1, 99, place=PROVINCE, time=day("2016-05-30", "2016-05-31"), scope="area_day", voice=OBSERVATORY
    )
    band = find(first, second, week)
    assert (band.merged.best, band.split.best, band.best) == (99, 99, 99)


def test_chances_are_even_at_the_threshold_and_four_to_one_at_the_margin() -> None:
    assert measure_chance(THRESHOLD) == pytest.approx(0.5)
    assert measure_chance(THRESHOLD + MARGIN) == pytest.approx(0.8)
    assert measure_chance(THRESHOLD - MARGIN) == pytest.approx(0.2)


@examples(60, 15)
@given(ledgers(), st.randoms(use_true_random=False))
def test_a_band_holds_its_total_and_needs_no_order(claims: list[Claim], random: Any) -> None:
    ground = open_ground(claims, SOURCES)
    band = find_band(ground)
    (row,), _ = tally_incidents(ground.incidents, "none")
    assert (band.low, band.best, band.high) == (row.low or 0, row.best or 0, row.high or 0)
    assert band.least <= band.low <= band.best <= band.high <= band.most
    assert band.sampled_low <= band.sampled_mid <= band.sampled_high
    random.shuffle(claims)
    assert find_band(open_ground(claims, SOURCES)) == band


@examples(40, 10)
@given(ledgers())
def test_cores_part_the_tellings_and_doubts_lie_between_them(claims: list[Claim]) -> None:
    ground = open_ground(claims, SOURCES)
    doubts = find_doubts(
        ground.tellings, [[n] for n in range(len(ground.tellings))], list(find_links(ground.tellings))
    )
    assert sorted(n for core in doubts.cores for n in core) == list(range(len(ground.tellings)))
    assert all(link.one < link.other for link in doubts.links)
    assert all(0 < link.chance < 1 for link in doubts.links)
