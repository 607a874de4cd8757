"""What the levels of the comparisons are worth."""

from itertools import product

import msgspec
import pytest
from hypothesis import given

from harmledger.incidents.compare import RULES, THRESHOLD, compare_mentions, score_pair
from harmledger.incidents.mentions import Mention, describe_mention
from harmledger.incidents.weights import load_weights, read_weights
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
