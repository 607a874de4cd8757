"""Links kept up with: what changes among the links when some tellings go and others come.

A telling is compared with the latest WINDOW tellings before it in each block that it looks into. So the
candidates of a telling change only where such a block gained or lost a member not far before it; and of a block, which in
a large case holds thousands, only those near a change are asked for.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.candidates import WINDOW, Block, list_blocks, list_sought, reach_block
from harmledger.incidents.folding import Telling
from harmledger.incidents.links import score_links

Member = tuple[str, int]
"""A telling that stands in a block: its order and its number."""
Load = Callable[[Iterable[int]], Mapping[int, Telling]]
"""Gives tellings by number."""
FindLinks = Callable[[AbstractSet[tuple[int, int]]], Iterable[Link]]
"""Gives the links between some pairs, later and earlier."""


_LAST: Final = "\U0010ffff"
"""Sorts after every order."""


class Span(NamedTuple):
    """A stretch of a block around an order: so many members before it, and as many from it on, or all up to another order."""

    block: Block
    order: str
    number: int
    until: str | None = None
    """The last order; None for `number` members from `order` on."""


class Standing(Protocol):
    """Who stands in which block, in order."""

    def fetch(self, spans: Iterable[Span]) -> None:
        """Make ready for being asked about these: many at once are looked up faster than each by itself."""

    def list_before(self, block: Block, order: str, number: int) -> Sequence[Member]:
        """Give so many members of a block, the latest before an order."""

    def list_from(self, block: Block, order: str, number: int) -> Sequence[Member]:
        """Give so many members of a block, the first from an order on."""

    def list_span(self, block: Block, order: str, until: str) -> Sequence[Member]:
        """Give the members of a block from one order to another, both included."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """What changed among the links of tellings that are still there; those of removed ones are gone anyway."""

    gained: tuple[Link, ...]
    lost: tuple[Link, ...]


class _Amended:
    """The blocks once the removed tellings are out and the added ones are in."""

    def __init__(self, before: Standing, removed: Mapping[int, Telling], added: Mapping[int, Telling]):
        self._before = before
        self._removed = removed.keys()
        self._lost: dict[Block, int] = {}
        self._added: dict[Block, list[Member]] = {}
        for telling in removed.values():
            for block in list_blocks(telling):
                self._lost[block] = self._lost.get(block, 0) + 1
        for number, telling in added.items():
            for block in list_blocks(telling):
                insort(self._added.setdefault(block, []), (telling.order, number))

    def list_before(self, block: Block, order: str, number: int) -> Sequence[Member]:
        """Give so many members of a block, the latest before an order."""
        lost = self._lost.get(block, 0)
        members = self._before.list_before(block, order, number + lost)
        added = self._added.get(block)
        if lost:
            members = [one for one in members if one[1] not in self._removed]
        if added:
            members = sorted((*members, *added[: bisect_left(added, (order,))]))
        return members[-number:]

    def list_from(self, block: Block, order: str, number: int) -> Sequence[Member]:
        """Give so many members of a block, the first from an order on."""
        lost = self._lost.get(block, 0)
        members = self._before.list_from(block, order, number + lost)
        kept = (one for one in members if one[1] not in self._removed)
        added = self._added.get(block, [])
        return sorted((*kept, *added[bisect_left(added, (order,)) :]))[:number]


State = Standing | _Amended


def _find_window(block: Block, order: str, standing: State) -> set[int]:
    """Give the numbers of the tellings of a block that one at `order` is compared with."""
    return {number for _, number in standing.list_before(block, order, WINDOW)}


class _Affected(NamedTuple):
    """A telling that stays and may be compared with others than before: its order, and the blocks onto which its window may
    have changed."""

    order: str
    blocks: set[Block]


def _find_affected(
    changed: Sequence[Telling], before: Standing, after: _Amended, is_standing: Callable[[int], bool]
) -> dict[int, _Affected]:
    """Give the tellings that stay, and may be compared with others than before."""
    own = [(telling.order, block) for telling in changed for block in list_blocks(telling)]
    before.fetch(Span(block, order, WINDOW + 1) for order, block in own)
    limits = [_find_limit(block, order, before, after) for order, block in own]
    reached: dict[tuple[Block, str], str] = {}
    for (order, block), limit in zip(own, limits, strict=True):
        for other in reach_block(block):
            reached[other, order] = max(limit, reached.get((other, order), ""))
    before.fetch(Span(block, order, WINDOW, until) for (block, order), until in reached.items())
    affected: dict[int, _Affected] = {}
    for (order, block), limit in zip(own, limits, strict=True):
        for other in reach_block(block):
            for place, number in before.list_span(other, order, limit):
                if is_standing(number):
                    affected.setdefault(number, _Affected(place, set())).blocks.add(block)
    return affected


def _find_limit(block: Block, order: str, before: Standing, after: _Amended) -> str:
    """Give the order after which a change at `order` lies outside every window onto the block, before and after; the last of
    all where the block is too small for that."""
    ends = [state.list_from(block, order, WINDOW + 1) for state in (before, after)]
    return _LAST if any(len(end) <= WINDOW for end in ends) else max(end[-1][0] for end in ends)


def relink(
    removed: Mapping[int, Telling],
    added: Mapping[int, Telling],
    standing: Standing,
    load: Load,
    find_links: FindLinks,
) -> Relinked:
    """Give what changes among the links when the removed tellings go and the added ones come.

    `standing`, `load` and `find_links` speak of the tellings before the change. The links after it are those that
    `find_links` gives for all tellings that are left.
    """
    after = _Amended(standing, removed, added)
    changed = (*removed.values(), *added.values())
    affected = _find_affected(changed, standing, after, lambda number: number not in removed)
    left: set[tuple[int, int]] = set()
    met: set[tuple[int, int]] = set()
    for number, (order, blocks) in affected.items():
        for block in blocks:
            old, new = (_find_window(block, order, state) for state in (standing, after))
            left.update((number, other) for other in old - new if other not in removed)
            met.update((number, other) for other in new - old)
    linked = {link[:2]: link for link in find_links(left | {pair for pair in met if pair[1] not in added})}
    met -= linked.keys()
    for number, telling in added.items():
        sought = list_sought(list_blocks(telling))
        found = {other for block in sought for other in _find_window(block, telling.order, after)}
        met.update((number, other) for other in found)
    left &= linked.keys()
    told = {**load(sorted({one for pair in left | met for one in pair} - added.keys())), **added}
    compared = _find_compared(left, told, standing, after)
    # one that was compared before and not linked is not linked now
    gained = score_links(((earlier, later) for later, earlier in sorted(met)), told)
    return Relinked(tuple(gained), tuple(linked[pair] for pair in sorted(left - compared)))


def _find_compared(
    pairs: Iterable[tuple[int, int]], told: Mapping[int, Telling], before: Standing, after: _Amended
) -> set[tuple[int, int]]:
    """Give those of some pairs, later and earlier, in which the earlier still stands in a window of the later."""
    sought: dict[int, set[Block]] = {}
    shared: dict[tuple[int, int], set[Block]] = {}
    for later, earlier in pairs:
        if later not in sought:
            sought[later] = list_sought(list_blocks(told[later]))
        shared[later, earlier] = sought[later].intersection(list_blocks(told[earlier]))
    orders = {later: told[later].order for later in sought}
    before.fetch(
        Span(block, orders[later], WINDOW, orders[later])
        for (later, _), blocks in shared.items()
        for block in blocks
    )
    return {
        (later, earlier)
        for (later, earlier), blocks in shared.items()
        if any(earlier in _find_window(block, orders[later], after) for block in blocks)
    }
