"""Scores of many pairs: what a comparison looks at is told once of each telling, and two values of it are compared once.

Reports of one war name some thousands of towns, days and figures, and come in millions of pairs. So what a pair costs is
looking numbers up, and not comparing eleven things again. Words alone are seldom met twice: they are compared last, where
they can still make a link. The scores are those of `incidents.compare.score_pair`.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Final

from harmledger.incidents.ambiguity import LEAST
from harmledger.incidents.compare import RULES, SCALE, Scale, Told, compare_words, grade_kinship
from harmledger.incidents.kinship import count_shared

MOST_REMEMBERED: Final = 1 << 18
"""Pairs of values whose points are remembered, of each comparison: a bound on memory alone."""
_MISSING: Final = 1e9
"""Stands for points that are not known yet."""
_BITS: Final = 32
_NEARLY: Final = 0.001
"""More than adding up in another order can change a sum by."""

Traits = tuple[int, ...]
"""What each comparison but that of words looks at in a telling, as numbers that are equal for equal values; those of one
scorer."""


class _Comparison:
    """One comparison with the points of its levels, the values that it met, by number, and what it found of two of them."""

    __slots__ = ("compare", "known", "numbers", "points", "see")

    def __init__(
        self,
        compare: Callable[[Told, Told], str],
        points: Mapping[str, float | None],
        see: Callable[[Told], Hashable],
    ) -> None:
        self.compare = compare
        self.points = points
        self.see = see
        self.numbers: dict[Hashable, int] = {}
        self.known: dict[int, float | None] = {}

    def number(self, told: Told) -> int:
        """Give the number of what the comparison looks at in a telling."""
        return self.numbers.setdefault(self.see(told), len(self.numbers))

    def weigh(self, a: Told, mine: int, b: Told, theirs: int) -> float | None:
        """Give the points of two tellings with these numbers."""
        key = mine << _BITS | theirs
        worth = self.known.get(key, _MISSING)
        if worth is _MISSING:
            if len(self.known) >= MOST_REMEMBERED:
                self.known.clear()
            worth = self.known[key] = self.points[self.compare(a, b)]
        return worth


class Scorer:
    """Scores pairs of tellings that were described to it."""

    def __init__(self, scale: Scale = SCALE) -> None:
        self._shift = scale.shift
        worth = zip(RULES, scale.levels, strict=True)
        found = [_Comparison(compare, points, rule.see) for rule, (compare, points) in worth]
        place = next(place for place, one in enumerate(found) if one.compare is compare_words)
        self._before, self._after = found[:place], found[place + 1 :]
        self._words = found[place].points
        self._most = max((points for points in self._words.values() if points is not None), default=0.0)
        self._shared: dict[tuple[int, int], float | None] = {}

    def describe(self, told: Told) -> Traits:
        """Give the traits of a telling, by which `score` knows it."""
        return tuple([one.number(told) for one in (*self._before, *self._after)])

    def score(self, a: Told, mine: Traits, b: Told, theirs: Traits) -> float | None:
        """Give the sum of the points of two tellings with their traits; None where it is below `LEAST`, or one comparison rules
        the pair out."""
        score = self._shift
        for comparison, one, other in zip(self._before, mine, theirs, strict=False):
            worth = comparison.known.get(one << _BITS | other, _MISSING)
            if worth is _MISSING:
                worth = comparison.weigh(a, one, b, other)
            if worth is None:
                return None
            score += worth
        later = []
        for place, comparison in enumerate(self._after, len(self._before)):
            worth = comparison.weigh(a, mine[place], b, theirs[place])
            if worth is None:
                return None
            later.append(worth)
        if score + self._most + sum(later) < LEAST - _NEARLY:
            return None
        worth = self._compare_words(a.words, b.words)
        if worth is None:
            return None
        score = round(sum(later, score + worth), 4)
        return score if score >= LEAST else None

    def _compare_words(self, one: bytes, other: bytes) -> float | None:
        """Give the points of `compare_words`."""
        if not one or not other:
            return self._words["unknown"]
        shared = count_shared(one, other)
        worth = self._shared.get(shared, _MISSING)
        if worth is _MISSING:
            worth = self._shared[shared] = self._words[grade_kinship(*shared)]
        return worth
