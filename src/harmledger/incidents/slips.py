"""Slips: how many reports must name a wrong day or a wrong spot, if what two clusters tell is to be one attack.

A report dates an attack by the day after, or puts it into the next quarter; but few do, each by itself, and seldom as many
as get it right. One stray report among five is what reports are like; three beside three are two attacks. The mean over
pairs (`incidents.ties`) does not tell these apart, and reports that leave it open, as those of a night between two
days or of a city without a quarter, hide what the others say. So it is counted: of all days, and of all spots, that which most tellings
agree with; the others slipped.

What so many slips speak against, beyond the usual, is how unlikely they are: of n tellings a share s slips, where a share r
does, with a probability of at most 2^(-n D), D = s log2(s / r) + (1 - s) log2((1 - s) / (1 - r)) (Chernoff 1952; D is
the divergence of Kullback and Leibler). These are points, which are doublings of odds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import log2
from typing import Final, TypeVar

from harmledger.incidents.compare import Told
from harmledger.incidents.days import Days, relate_days
from harmledger.incidents.geography import lie_across, rank_precision, relate_places
from harmledger.records.place import Place

V = TypeVar("V")

DAY_RATE: Final = 1 / 8
"""Of so many tellings that name a day, one names one beside it: "on Tuesday" for the night before, the day of publication."""
SPOT_RATE: Final = 1 / 100
"""Of so many that name a quarter or a village, one names another one, some kilometres off."""
_REMEMBERED: Final = 65536


def weigh_slips(one: Iterable[tuple[Told, int]], other: Iterable[tuple[Told, int]]) -> float:
    """Give the points that speak against two clusters being one attack, because too many tellings would have slipped: 0
    where no more slip than is usual, and of two single tellings, which are weighed by their comparison. Of each cluster the
    tellings that differ in place or days are given, with how many tell the same. Those that already slip within one of the
    two do not count against both together. Symmetric."""
    first, second = tuple(one), tuple(other)
    days = [_count((told.days, number) for told, number in group) for group in (first, second)]
    spots = [_count((told.place, number) for told, number in group) for group in (first, second)]
    return _weigh(days, count_misdated, DAY_RATE) + _weigh(spots, count_mislaid, SPOT_RATE)


def _count(told: Iterable[tuple[V | None, int]]) -> Counter[V]:
    counted: Counter[V] = Counter()
    for value, number in told:
        if value is not None:
            counted[value] += number
    return counted


def _weigh(groups: list[Counter[V]], count: Callable[[Mapping[V, int]], int], rate: float) -> float:
    one, other = groups
    if len(one.keys() | other.keys()) < 2 or one.total() == other.total() == 1:
        return 0.0
    together = one + other
    against = measure_surprise(count(together), together.total(), rate)
    if not against:
        return 0.0
    apart = (measure_surprise(count(group), group.total(), rate) for group in groups)
    return max(0.0, against - sum(apart))


def count_misdated(days: Mapping[Days, int]) -> int:
    """Give how many tellings name another day than most do; a night agrees with both of its days, and a date with that of
    another year, which texts leave to their page."""
    if len(days) < 2:
        return 0
    each = {day for first, last in days for day in range(first, last + 1)}
    agreed = (
        sum(number for told, number in days.items() if relate_days((day, day), told) in ("same", "year"))
        for day in each
    )
    return sum(days.values()) - max(agreed)


def count_mislaid(places: Mapping[Place, int]) -> int:
    """Give how many tellings name another spot than most do. Asked is where those put it that are most precise: who names the
    city alone agrees with each of its quarters, of which two that lie apart do not agree."""
    if len(places) < 2:
        return 0
    narrowest = min(map(rank_precision, places))
    agreed = (
        sum(number for told, number in places.items() if _agree(place, told))
        for place in places
        if rank_precision(place) == narrowest
    )
    return sum(places.values()) - max(agreed)


@lru_cache(maxsize=_REMEMBERED)
def _agree(one: Place, other: Place) -> bool:
    """Tell whether two tellings may mean one spot by these places."""
    relation = relate_places(one, other)
    return relation not in ("apart", "beside") and not (relation == "quarter" and lie_across(one, other))


@lru_cache(maxsize=_REMEMBERED)
def measure_surprise(slips: int, tellings: int, rate: float) -> float:
    """Give the bits by which so many slips, or more, are unlikely where a share `rate` is usual; 0 where they are not more than that."""
    share = slips / tellings if tellings else 0.0
    if share <= rate:
        return 0.0
    kept = (1 - share) * log2((1 - share) / (1 - rate)) if share < 1 else 0.0
    return tellings * (share * log2(share / rate) + kept)
