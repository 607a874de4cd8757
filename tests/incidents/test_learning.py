"""Weights estimated from pairs that nobody judged."""

from collections import Counter
from random import Random

import pytest

from harmledger.incidents.compare import RULES
from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import list_tellings
from harmledger.incidents.learning import MOST_POINTS, Patterns, count_patterns, learn_weights
from harmledger.incidents.rulings import gather_rulings
from harmledger.incidents.source import Sources
from harmledger.incidents.weights import load_weights
from harmledger.records.judgement import Judgement
from incidents.build import IDLIB, MAARAT, day, sources, toll

NAMES = [rule.name for rule in RULES]
POINTS = load_weights().list_points()
PLAIN = dict.fromkeys(NAMES, "unknown")

CHANCES = {
    "place": ({"same": 0.9, "inside": 0.1}, {"same": 0.2, "inside": 0.8}),
    "days": ({"same": 0.8, "adjacent": 0.2}, {"same": 0.4, "adjacent": 0.6}),
    "killed": ({"same, 5 to 9": 0.6, "close": 0.4}, {"same, 5 to 9": 0.1, "close": 0.9}),
    "means": ({"same": 0.95, "unlike": 0.05}, {"same": 0.3, "unlike": 0.7}),
}
"""Of each level among pairs of one attack, and of two."""


def make_patterns(pairs: int, share: float, seed: int = 1) -> Counter[tuple[str, ...]]:
    chance = Random(seed)
    made: Counter[tuple[str, ...]] = Counter()
    for _ in range(pairs):
        is_one = chance.random() < share
        drawn = {
            name: chance.choices(*zip(*chances[not is_one].items(), strict=True))[0]
            for name, chances in CHANCES.items()
        }
        made[tuple({**PLAIN, **drawn}[name] for name in NAMES)] += 1
    return made


def test_what_pairs_were_drawn_with_is_found_again() -> None:
    learned = learn_weights(Patterns(make_patterns(40_000, 0.3), {}, {}))
    assert learned.share == pytest.approx(0.3, abs=0.03)
    points = learned.weights.list_points()
    assert points["place"]["same"] == pytest.approx(2.17, abs=0.3)
    assert points["killed"]["same, 5 to 9"] == pytest.approx(2.58, abs=0.3)
    assert points["means"]["unlike"] == pytest.approx(-3.81, abs=0.5)
    assert learned.weights.threshold == pytest.approx(1.22, abs=0.2)


def test_what_rules_out_does_so_still_and_what_was_not_seen_is_worth_nothing() -> None:
    learned = learn_weights(Patterns(make_patterns(500, 0.5), {}, {}))
    points = learned.weights.list_points()
    assert points["place"]["apart"] is points["days"]["apart"] is None
    assert points["place"]["quarter"] == points["words"]["reworked"] == points["rank"]["unknown"] == 0
    assert {name: set(levels) for name, levels in points.items()} == {
        name: set(levels) for name, levels in POINTS.items()
    }
    assert all(abs(worth or 0) <= MOST_POINTS for levels in points.values() for worth in levels.values())


def test_judged_pairs_keep_what_was_judged() -> None:
    odd = tuple({**PLAIN, "place": "same", "days": "same", "targets": "unlike"}[name] for name in NAMES)
    open_pairs = make_patterns(2000, 0.3)
    joined = learn_weights(Patterns(open_pairs, {odd: 200}, {}))
    parted = learn_weights(Patterns(open_pairs, {}, {odd: 200}))
    worth = [one.weights.list_points()["targets"]["unlike"] for one in (joined, parted)]
    assert worth[0] > 0 > worth[1]
    assert joined.share > parted.share
    assert joined.weights.provenance["judged"] == 200


def test_nothing_is_learned_from_nothing() -> None:
    with pytest.raises(ValueError, match="no pair"):
        learn_weights(Patterns({}, {}, {}))


def tell(*claims, rulings=None) -> list[Telling]:
    told = {claim.document: [claim] for claim in claims}
    return list_tellings(told, Sources(sources(*told)))["attack"]


def test_pairs_are_counted_by_pattern_but_those_that_something_rules_out() -> None:
    monday = day("2016-05-30")
    claims = [
        toll("a", 1, 7, place=IDLIB, time=monday),
        toll("b", 1, 7, place=IDLIB, time=monday),
        toll("c", 1, 9, place=MAARAT, time=monday),
    ]
    tellings = tell(*claims)
    patterns = count_patterns(tellings)
    assert patterns.pairs == 1
    ((pattern, number),) = patterns.open.items()
    assert number == 1
    assert dict(zip(NAMES, pattern, strict=True))["killed"] == "same, 5 to 9"
    for kind, place in (("join", "joined"), ("split", "parted")):
        both = (claims[0].id, claims[1].id)
        judgement = Judgement(id="j1", kind=kind, by="A", at="2020-01-01T00:00:00Z", claims=both)
        rulings, _ = gather_rulings([judgement])
        counted = count_patterns(tellings, rulings)
        assert list(getattr(counted, place).values()) == [1]
        assert not counted.open
