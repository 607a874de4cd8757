"""The scorer of many pairs gives what `score_pair` gives of one."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents import scoring
from harmledger.incidents.ambiguity import LEAST
from harmledger.incidents.compare import RULES, SCALE, Scale, score_pair
from harmledger.incidents.mentions import Mention, describe_mention
from harmledger.incidents.scoring import Scorer
from incidents.strategies import ledgers


def _describe(claims) -> list[Mention]:
    """Give what claims tell, every second as all that its document tells."""
    told = [describe_mention([claim]) for claim in claims]
    for mention in told[::2]:
        mention.rank = "only"
    return told


def _expect(one: Mention, other: Mention, scale: Scale) -> float | None:
    score = score_pair(one, other, scale)
    return score if score is not None and score >= LEAST else None


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Points of any kind, with levels that rule out where none does, down to the last decimal."""
    worth = st.one_of(st.none(), st.floats(-6, 6), st.integers(-6, 6))
    levels = tuple((compare, {level: draw(worth) for level in points}) for compare, points in SCALE.levels)
    return Scale(levels, draw(st.sampled_from((0.0, -1.25))))


@given(ledgers(), st.one_of(st.just(SCALE), scales()))
def test_many_pairs_score_as_each_does(claims, scale: Scale) -> None:
    told = _describe(claims)
    scorer = Scorer(scale)
    traits = [scorer.describe(one, str(place)) for place, one in enumerate(told)]
    for (one, mine), (other, theirs) in product(zip(told, traits, strict=True), repeat=2):
        expected = None if one is other else _expect(one, other, scale)
        assert scorer.score(mine, theirs) == expected
        assert scorer.score(mine, theirs) == expected


@pytest.mark.long
@given(ledgers())
def test_what_is_forgotten_is_found_again(claims) -> None:
    told = _describe(claims)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "MOST_REMEMBERED", 2)
        scorer = Scorer()
        traits = [scorer.describe(one, str(place)) for place, one in enumerate(told)]
        for (one, mine), (other, theirs) in product(zip(told, traits, strict=True), repeat=2):
            assert scorer.score(mine, theirs) == (None if one is other else _expect(one, other, SCALE))


@given(ledgers())
def test_a_comparison_looks_at_nothing_but_what_it_says(claims) -> None:
    told = _describe(claims)
    for rule in RULES:
        alike: dict[object, Mention] = {}
        firsts = [alike.setdefault(rule.see(one), one) for one in told]
        for (one, first), other in product(zip(told, firsts, strict=True), told):
            assert rule.compare(one, other) == rule.compare(first, other)
