"""Scores of many pairs: what a comparison looks at is told once of each telling, and two values of it are compared once.

Reports of one war name some thousands of towns, days and figures, and come in millions of pairs. So what a pair costs is
looking numbers up, and not comparing eleven things again. Words alone are seldom met twice: they are compared last, where
they can still make a link. The scores are those of `incidents.compare.score_pair`.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Final, NamedTuple

from harmledger.incidents.ambiguity import LEAST
from harmledger.incidents.compare import (
    RULES,
    SCALE,
    Scale,
    Told,
    compare_days,
    compare_place,
    compare_words,
    grade_kinship,
)
from harmledger.incidents.kinship import count_shared

MOST_REMEMBERED: Final = 1 << 18
"""Pairs of values whose points are remembered, of each comparison: a bound on memory alone."""
_MISSING: Final = 1e9
"""Stands for points that are not known yet."""
_BITS: Final = 32
_NEARLY: Final = 0.001
"""More than adding up in another order can change a sum by."""


class Traits(NamedTuple):
    """What is scored of a telling: its document, its words, and as numbers that are equal for equal values what each comparison
    before and after that of words looks at; those of one scorer."""

    document: str
    words: bytes
    before: tuple[int, ...]
    after: tuple[int, ...]


class _Comparison:
    """One comparison with the points of its levels; the values that it met, by number, each with a telling that has it; and
    what it found of two of them."""

    __slots__ = ("compare", "examples", "known", "numbers", "points", "see")

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
        self.examples: list[Told] = []
        self.known: dict[int, float | None] = {}

    def number(self, told: Told) -> int:
        """Give the number of what the comparison looks at in a telling."""
        found = self.numbers.setdefault(self.see(told), len(self.numbers))
        if found == len(self.examples):
            self.examples.append(told)
        return found

    def weigh(self, one: int, other: int) -> float | None:
        """Give the points of two values, by number."""
        key = one << _BITS | other
        worth = self.known.get(key, _MISSING)
        if worth is _MISSING:
            if len(self.known) >= MOST_REMEMBERED:
                self.known.clear()
            worth = self.known[key] = self.points[self.compare(self.examples[one], self.examples[other])]
        return worth


class Scorer:
    """Scores pairs of tellings that were described to it, which need not be held any more."""

    def __init__(self, scale: Scale = SCALE) -> None:
        self._shift = scale.shift
        worth = zip(RULES, scale.levels, strict=True)
        found = [_Comparison(compare, points, rule.see) for rule, (compare, points) in worth]
        place = next(place for place, one in enumerate(found) if one.compare is compare_words)
        self._before, self._after = found[:place], found[place + 1 :]
        self._first = [one for one in self._before if one.compare in (compare_place, compare_days)]
        self._words = found[place].points
        self._most = max((points for points in self._words.values() if points is not None), default=0.0)
        self._shared: dict[tuple[int, int], float | None] = {}

    def describe(self, told: Told, document: str) -> Traits:
        """Give the traits of a telling of a document, by which `score` knows it."""
        before, after = ([one.number(told) for one in group] for group in (self._before, self._after))
        return Traits(document, told.words, tuple(before), tuple(after))

    def glance(self, told: Told) -> tuple[int, ...]:
        """Give the first traits of a telling, by which `may_fit` knows it: most pairs are ruled out by them."""
        return tuple(one.number(told) for one in self._first)

    def may_fit(self, mine: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
        """Tell whether the comparisons of two tellings' first traits leave it open that there is a score."""
        for comparison, one, other in zip(self._first, mine, theirs, strict=True):
            worth = comparison.known.get(one << _BITS | other, _MISSING)
            if (comparison.weigh(one, other) if worth is _MISSING else worth) is None:
                return False
        return True

    def score(self, mine: Traits, theirs: Traits) -> float | None:
        """Give the sum of the points of two tellings; None where it is below `LEAST`, where one comparison rules the pair out,
        and for one document's."""
        score = self._shift
        for comparison, one, other in zip(self._before, mine.before, theirs.before, strict=True):
            worth = comparison.known.get(one << _BITS | other, _MISSING)
            if worth is _MISSING:
                worth = comparison.weigh(one, other)
            if worth is None:
                return None
            score += worth
        if mine.document == theirs.document:
            return None
        later = []
        for comparison, one, other in zip(self._after, mine.after, theirs.after, strict=True):
            worth = comparison.weigh(one, other)
            if worth is None:
                return None
            later.append(worth)
        if score + self._most + sum(later) < LEAST - _NEARLY:
            return None
        worth = self._compare_words(mine.words, theirs.words)
        if worth is None:
            return None
        score = round(sum(later, score + worth), 4)
        return score if score >= LEAST else None

    def weigh(self, mine: Traits, theirs: Traits) -> tuple[bool, float]:
        """Tell whether no comparison rules the pair out, and give the sum of the points of the others, whatever it comes to."""
        found = [
            *map(_Comparison.weigh, self._before, mine.before, theirs.before),
            self._compare_words(mine.words, theirs.words),
            *map(_Comparison.weigh, self._after, mine.after, theirs.after),
        ]
        return None not in found, sum((worth for worth in found if worth is not None), self._shift)

    def _compare_words(self, one: bytes, other: bytes) -> float | None:
        """Give the points of `compare_words`."""
        if not one or not other:
            return self._words["unknown"]
        shared = count_shared(one, other)
        worth = self._shared.get(shared, _MISSING)
        if worth is _MISSING:
            worth = self._shared[shared] = self._words[grade_kinship(*shared)]
        return worth
