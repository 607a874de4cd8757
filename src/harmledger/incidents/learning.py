"""Weights learned: how often reports of one attack, and of two, stand so to each other, estimated from pairs that nobody judged.

The model is that of Fellegi and Sunter (1969): each comparison comes out at a level, with one probability among pairs of one
attack (m) and another among pairs of two (u), and comparisons bear on each other only through that. Which pairs are
which is estimated along with the rest (EM; Winkler 1988, as Splink does it). Pairs that a person judged keep
what was judged. A level is worth log2(m / u); a comparison that came out unknown tells nothing, and counts for nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

from harmledger.incidents.candidates import pair_candidates
from harmledger.incidents.compare import RULES, compare_mentions
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import NO_RULINGS, Rulings
from harmledger.incidents.weights import Weighing, Weights, load_weights

UNKNOWN: Final = "unknown"
MOST_POINTS: Final = 6.0
"""No level is worth more, for or against: a comparison that never failed in what was seen may yet."""
ROUNDS: Final = 100
SETTLED: Final = 0.0001
"""The estimate stands when the share of pairs that are of one attack changes by less."""

Pattern = tuple[str, ...]
"""The levels of a pair, in the order of RULES."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """How many pairs came out at each pattern: those nobody judged, those judged one attack, and those judged two."""

    open: Mapping[Pattern, int]
    joined: Mapping[Pattern, int]
    parted: Mapping[Pattern, int]

    @property
    def pairs(self) -> int:
        """The number of all pairs."""
        return sum(sum(counted.values()) for counted in (self.open, self.joined, self.parted))


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights, the share of the pairs that are estimated to be of one attack, and for each comparison and level the
    number of pairs that came out at it."""

    weights: Weights
    share: float
    seen: Mapping[str, Mapping[str, int]]


def count_patterns(tellings: Sequence[Telling], rulings: Rulings = NO_RULINGS) -> Patterns:
    """Give how the pairs worth comparing come out, for tellings of attacks in their order.

    Pairs of one document, and pairs that something rules out, are left aside: no weight bears on them.
    """
    counted: dict[bool | None, Counter[Pattern]] = {None: Counter(), True: Counter(), False: Counter()}
    joined = {frozenset(judgement.claims) for judgement in rulings.joined}
    for earlier, later in pair_candidates(tellings):
        one, other = tellings[earlier], tellings[later]
        if one.document == other.document:
            continue
        found = compare_mentions(one, other)
        if not any(comparison.is_veto for comparison in found):
            verdict = _find_verdict(one, other, rulings, joined) if rulings else None
            counted[verdict][tuple(comparison.level for comparison in found)] += 1
    return Patterns(counted[None], counted[True], counted[False])


def _find_verdict(one: Telling, other: Telling, rulings: Rulings, joined: set[frozenset[str]]) -> bool | None:
    mine, theirs = ({claim for _, claim in told.claims} for told in (one, other))
    if not rulings.list_barred(mine).isdisjoint(theirs):
        return False
    return True if any(len(pair & mine) == len(pair & theirs) == 1 for pair in joined) else None


def learn_weights(patterns: Patterns, start: Weights | None = None) -> Learned:
    """Give the weights that make the patterns most likely, found from those at the start (the program's own, without any).

    What rules a pair out does so still. Each level is counted once more than it was seen, split as all pairs are: one that
    was never seen is worth nothing. Raises ValueError where there is no pair.
    """
    if not patterns.pairs:
        raise ValueError("there is no pair of reports to learn from")
    weights = start or load_weights()
    points = [weights.list_points()[rule.name] for rule in RULES]
    odds = {pattern: _add_points(pattern, points) - weights.threshold for pattern in patterns.open}
    share = 0.0
    for _ in range(ROUNDS):
        chances = {pattern: 1 / (1 + 2.0**-score) for pattern, score in odds.items()}
        before, share = share, _find_share(patterns, chances)
        points = [
            _weigh_levels(place, points[place], patterns, chances, share) for place in range(len(RULES))
        ]
        prior = log2(share / (1 - share))
        odds = {pattern: _add_points(pattern, points) + prior for pattern in patterns.open}
        if abs(share - before) < SETTLED:
            break
    learned = {
        rule.name: Weighing(f"Learned; before: {weights.comparisons[rule.name].why}", dict(levels))
        for rule, levels in zip(RULES, points, strict=True)
    }
    provenance = {
        "made": "learned from pairs of reports (harmledger learn)",
        "pairs": patterns.pairs,
        "judged": sum(patterns.joined.values()) + sum(patterns.parted.values()),
        "share": round(share, 4),
    }
    threshold = round(-log2(share / (1 - share)), 2)
    return Learned(Weights(weights.format, threshold, learned, provenance), share, _count_levels(patterns))


def _add_points(pattern: Pattern, points: Sequence[Mapping[str, float | None]]) -> float:
    return sum(levels[level] or 0.0 for level, levels in zip(pattern, points, strict=True))


def _list_all(patterns: Patterns, chances: Mapping[Pattern, float]) -> Iterator[tuple[Pattern, int, float]]:
    """Give each pattern with its number of pairs and the chance that they are of one attack, in a fixed order."""
    for pattern in sorted(patterns.open):
        yield pattern, patterns.open[pattern], chances[pattern]
    for counted, chance in ((patterns.joined, 1.0), (patterns.parted, 0.0)):
        for pattern in sorted(counted):
            yield pattern, counted[pattern], chance


def _find_share(patterns: Patterns, chances: Mapping[Pattern, float]) -> float:
    """Give the share of the pairs that are of one attack, as if there were one pair more of either kind."""
    ones = sum(number * chance for _, number, chance in _list_all(patterns, chances))
    return (ones + 1) / (patterns.pairs + 2)


def _weigh_levels(
    place: int,
    points: Mapping[str, float | None],
    patterns: Patterns,
    chances: Mapping[Pattern, float],
    share: float,
) -> dict[str, float | None]:
    """Give what the levels of one comparison are worth."""
    levels = [level for level, worth in points.items() if worth is not None and level != UNKNOWN]
    ones = dict.fromkeys(levels, share)
    twos = dict.fromkeys(levels, 1 - share)
    for pattern, number, chance in _list_all(patterns, chances):
        level = pattern[place]
        if level != UNKNOWN:
            ones[level] += number * chance
            twos[level] += number * (1 - chance)
    one, two = sum(ones.values()), sum(twos.values())
    found: dict[str, float | None] = dict.fromkeys(points)
    for level in levels:
        worth = log2((ones[level] / one) / (twos[level] / two))
        found[level] = round(max(-MOST_POINTS, min(MOST_POINTS, worth)), 2) + 0.0
    if UNKNOWN in points:
        found[UNKNOWN] = 0.0
    return found


def _count_levels(patterns: Patterns) -> dict[str, dict[str, int]]:
    seen: dict[str, Counter[str]] = {rule.name: Counter() for rule in RULES}
    for counted in (patterns.open, patterns.joined, patterns.parted):
        for pattern, number in counted.items():
            for rule, level in zip(RULES, pattern, strict=True):
                seen[rule.name][level] += number
    return {name: dict(levels) for name, levels in seen.items()}
