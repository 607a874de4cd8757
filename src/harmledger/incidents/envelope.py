"""The toll of an incident: the envelope of its accounts, and the figure a careful recorder would quote."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from harmledger.incidents.accounts import Testimony
from harmledger.incidents.growth import STOCKS
from harmledger.incidents.tolls import Figure, HarmFigures
from harmledger.records.incident import Extent, GroupExtent

COUNTING_ROLES: Final = frozenset(
    {"monitor", "rescue", "ngo", "official", "field", "news", "medic", "government"}
)
"""Whose figure is quoted when as many origins support another: bodies that count or check, before single
speakers, parties to the fighting and the unnamed. The publisher's own voice is such a body."""


_NONE_STALE: Final[Mapping[int, str]] = MappingProxyType({})
_HARMED: Final = frozenset({"killed", "injured"})
_WEIGHING_ROLES: Final = frozenset({"monitor", "ngo"})
"""Publishers that assess reports. The figure that such a body gives in its own voice was made with those that
it quotes before it: a first report of "nine" that it quotes beside its own "at least 21" does not lower 21."""


def find_stale(testimonies: Iterable[Testimony], harm: str) -> dict[int, str]:
    """Give the figures that a voice replaced by others, with when it last did, as text that sorts."""
    stale: dict[int, str] = {}
    for testimony in testimonies:
        steps = testimony.progress.steps.get(harm, ())
        for old, new in pairwise(steps):
            if old.figure.best != new.figure.best:
                stale[old.figure.best] = max(new.order, stale.get(old.figure.best, ""))
    return stale


def choose_best(
    told: Sequence[tuple[Testimony, Figure]], is_stock: bool = False, stale: Mapping[int, str] = _NONE_STALE
) -> Figure:
    """Give the figure that a careful recorder would quote.

    A number, though feared, goes before "several" or a bare plural, and any number before "none"; one that an
    account commits to goes before a fear, before a bare "dozens", and before one that is only
    a top ("up to n"). Among these the figure given by most independent origins; then by those whose trade is
    counting or checking (COUNTING_ROLES); then the latest published; then the one told first,
    which a report holds likelier. Who gave a figure before a voice that gave it too replaced it (`stale`: 38 on the first day,
    48 from the second) does not support it any more. Of what is true of a moment alone (`is_stock`: the missing, the trapped) the latest
    finding goes before all others, nobody too.
    """
    roots: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for testimony, figure in told:
        if testimony.is_origin and not "" < testimony.progress.last < stale.get(figure.best, ""):
            roots[figure.best].add(testimony.root)

    def rank(item: tuple[Testimony, Figure]) -> tuple[object, ...]:
        testimony, figure = item
        return (
            is_stock and not figure.is_hedged,
            testimony.published if is_stock else "",
            not figure.is_loose,
            figure.best > 0,
            not figure.is_hedged,
            not figure.is_vague,
            figure.low is not None,
            len(roots[figure.best]),
            testimony.voice.role in COUNTING_ROLES or testimony.is_own_voice,
            testimony.published,
            -order[id(testimony)],
        )

    order = {id(testimony): index for index, (testimony, _) in enumerate(told)}
    return max(told, key=rank)[1]


def _bound(
    told: Sequence[tuple[Testimony, Figure]],
    is_denied: bool = False,
    is_stock: bool = False,
    stale: Mapping[int, str] = _NONE_STALE,
) -> tuple[int | None, int, int, bool]:
    """Give low, high, best and whether the top is open. "Several" or a bare plural beside a number does not
    lower what others counted; one person told of in fewer reports does not lower a bare plural. Where somebody says that nobody
    was harmed at all (`is_denied`), low is zero."""
    counted = [(who, figure) for who, figure in told if not figure.is_loose] or told
    vague = [(who, figure) for who, figure in told if figure.is_loose]
    is_single = all(figure.is_told_of for _, figure in counted)
    if vague and is_single and _count_families(vague) >= _count_families(counted):
        counted = [*vague, *((who, figure) for who, figure in counted if figure.best > vague[0][1].best)]
    weighers = [(who, figure.low) for who, figure in told if _is_weigher(who) and figure.low is not None]
    lows = [
        max([figure.low, *(floor for weigher, floor in weighers if _is_weighed(who, weigher))])
        for who, figure in counted
        if figure.low is not None
    ]
    low = 0 if is_denied else min(lows) if lows else None
    high = max(figure.high for _, figure in told)
    best = min(
        max(choose_best(counted if vague else told, is_stock, stale).best, low if low is not None else 0),
        high,
    )
    return low, high, best, any(figure.is_open for _, figure in told)


def _is_weigher(testimony: Testimony) -> bool:
    """Tell whether the voice is a publisher whose trade is to weigh what others say of an attack."""
    return testimony.is_own_voice and testimony.voice.role in _WEIGHING_ROLES


def _is_weighed(testimony: Testimony, weigher: Testimony) -> bool:
    """Tell whether all that the voice says was quoted, and so weighed, by the publisher."""
    return testimony.families <= weigher.families


def _keep(
    told: Iterable[tuple[Testimony, Figure | None]],
) -> list[tuple[Testimony, Figure]]:
    return [(testimony, figure) for testimony, figure in told if figure is not None]


def _span_harm(testimonies: Sequence[Testimony], harm: str) -> Extent:
    told = [(testimony, testimony.figures[harm]) for testimony in testimonies if harm in testimony.figures]
    groups = {}
    for group in sorted({group for _, figures in told for group in figures.groups}):
        low, high, best, _ = _bound(_keep((who, figures.groups.get(group)) for who, figures in told))
        groups[group] = GroupExtent(low, high, best)
    totals = _keep((who, figures.total) for who, figures in told)
    if not totals:
        return Extent(groups=groups)
    is_denied = harm in _HARMED and any(map(_denies_all, testimonies))
    stale = find_stale(testimonies, harm)
    low, high, best, is_open = _bound(totals, is_denied, harm in STOCKS, stale)
    return Extent(low, high, best, is_open, groups)


def _denies_all(testimony: Testimony) -> bool:
    """ "There were no casualties": neither killed nor injured."""
    told = testimony.figures.get("killed_or_injured")
    return told is not None and told.total is not None and told.total.high == 0


def set_parts_aside(testimonies: Sequence[Testimony]) -> None:
    """Where a voice tells a total, take no larger figures of children, women, medics … of other voices for
    parts of it: they stand in their group, not beside the total. Where the only totals are "several" or bare plurals, and
    more reports tell of those few, they are all that is known of it ("a medic was killed", beside "people were killed").
    """
    for harm in {harm: None for testimony in testimonies for harm in testimony.figures}:
        told = [(who, who.figures[harm]) for who in testimonies if harm in who.figures]
        wholes = [(who, f.total) for who, f in told if f.total is not None and not f.is_partial]
        parts = [(who, f.total) for who, f in told if f.total is not None and f.is_partial]
        if all(whole.is_loose for _, whole in wholes) and _count_families(wholes) < _count_families(parts):
            continue
        largest = max((whole.high for _, whole in wholes), default=-1)
        for who, part in parts:
            if part.best <= largest:
                who.figures[harm] = HarmFigures(None, who.figures[harm].groups, True)


def _count_families(told: Iterable[tuple[Testimony, Figure]]) -> int:
    """Give in how many stories the voices are heard, copies not counted."""
    return len({family for who, _ in told for family in who.families})


def span_tolls(testimonies: Sequence[Testimony]) -> dict[str, Extent]:
    """Give the envelope of the testimonies by harm, harms and groups in alphabetical order.

    `low` is the smallest figure that an account commits to, `high` the largest that one gives, `best` the one
    to quote (`choose_best`), kept within the two.
    """
    harms = sorted({harm for testimony in testimonies for harm in testimony.figures})
    return {harm: _span_harm(testimonies, harm) for harm in harms}
