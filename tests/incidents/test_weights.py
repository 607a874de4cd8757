"""What the levels of the comparisons are worth."""

from itertools import product

import msgspec
import pytest
from hypothesis import given

from harmledger.incidents.compare import RULES, THRESHOLD, compare_mentions, make_scale, score_pair
from harmledger.incidents.fuse import Crew, fuse_claims
from harmledger.incidents.mentions import Mention, describe_mention
from harmledger.incidents.weights import Weighing, Weights, load_weights, read_weights
from incidents.build import IDLIB, day, sources, toll
from incidents.strategies import ledgers

POINTS = load_weights().list_points()


def describe_all(claims) -> list[Mention]:
    return [describe_mention([claim]) for claim in claims]


def test_every_comparison_has_points_and_a_reason() -> None:
    weights = load_weights()
    assert set(weights.comparisons) == {rule.name for rule in RULES}
    assert all(weighing.why for weighing in weights.comparisons.values())
    assert weights.provenance


def test_better_levels_are_worth_more() -> None:
    killed = POINTS["killed"]
    better = ["same, 20 or more", "same, 10 to 19", "same, 5 to 9", "same, 2 to 4", "same, 1", "compatible"]
    levels = [killed[level] for level in (*better, "close", "unlike", "far")]
    assert levels == sorted(levels, reverse=True)
    for name in ("means", "targets", "actors", "words", "rank", "place", "days"):
        assert POINTS[name]["unknown"] is not None


def test_a_town_and_a_day_are_enough_and_a_town_alone_is_not() -> None:
    place, days = POINTS["place"], POINTS["days"]
    assert (
        place["same"] + days["same"]
        >= THRESHOLD
        > place["same"] + days["unknown"] + POINTS["rank"]["only and only"]
    )


@given(ledgers())
def test_every_level_that_comes_out_has_points(claims) -> None:
    told = describe_all(claims)
    for one, other in product(told, told):
        comparisons = compare_mentions(one, other)
        score = score_pair(one, other)
        assert (score is None) == any(comparison.is_veto for comparison in comparisons)
        if score is not None:
            assert score == round(sum(comparison.contribution for comparison in comparisons), 4)
        assert score == score_pair(other, one)


@pytest.mark.parametrize(
    "text", [b"{}", b"[]", b'{"format": 2, "threshold": 5, "comparisons": {}, "provenance": {}}']
)
def test_what_is_no_table_of_weights_is_refused(text: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_weights(text)


def test_other_weights_link_by_their_own_threshold() -> None:
    about = {"place": IDLIB, "time": day("2016-05-30")}
    one, other = toll("a", 1, 5, **about), toll("b", 1, 7, **about)
    facts = sources("a", "b")
    own = load_weights()

    def fuse(weights: Weights | None) -> int:
        return len(fuse_claims([one, other], facts, crew=Crew(weights))[0])

    assert fuse(None) == fuse(own) == 1
    assert fuse(msgspec.structs.replace(own, threshold=12)) == 2
    doubled = {
        name: Weighing(one.why, {level: worth and 2 * worth for level, worth in one.levels.items()})
        for name, one in own.comparisons.items()
    }
    assert fuse(msgspec.structs.replace(own, threshold=2 * own.threshold, comparisons=doubled)) == 1


def test_weights_that_lack_a_level_or_know_no_bounds_are_refused() -> None:
    own = load_weights()
    short = {name: one for name, one in own.comparisons.items() if name != "days"}
    with pytest.raises(ValueError, match="days"):
        make_scale(msgspec.structs.replace(own, comparisons=short))
    for threshold in (1e300, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="points"):
            make_scale(msgspec.structs.replace(own, threshold=threshold))
