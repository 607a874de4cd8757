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


class _Stand(NamedTuple):
    """Where a telling that goes or comes stands: its order, and the blocks."""

    order: str
    blocks: tuple[Block, ...]


class _Amended:
    """The blocks as they are before the removed tellings are out and the added ones are in, and as they are then."""

    def __init__(self, before: Standing, removed: Mapping[int, _Stand], added: Mapping[int, _Stand]):
        self._before = before
        self._removed = removed.keys()
        self._lost: dict[Block, int] = {}
        self._added: dict[Block, list[Member]] = {}
        for one in removed.values():
            for block in one.blocks:
                self._lost[block] = self._lost.get(block, 0) + 1
        for number, one in added.items():
            for block in one.blocks:
                insort(self._added.setdefault(block, []), (one.order, number))

    def list_window(self, block: Block, order: str) -> Sequence[Member]:
        """Give the members of a block that a telling at `order` is compared with after the change."""
        return self.list_windows(block, order)[1]

    def list_windows(self, block: Block, order: str) -> tuple[Sequence[Member], Sequence[Member]]:
        """Give the members of a block that a telling at `order` is compared with, before the change and after it."""
        lost = self._lost.get(block, 0)
        members = self._before.list_before(block, order, WINDOW + lost)
        left = self._keep(members) if lost else members
        added = self._added.get(block)
        if added is not None and added[0][0] < order:
            left = sorted((*left, *added[: bisect_left(added, (order,))]))
        window = members[-WINDOW:]
        return window, window if left is members else left[-WINDOW:]

    def find_limit(self, block: Block, order: str) -> str:
        """Give the order after which a change at `order` lies outside every window onto the block, before and after; the last of
        all where the block is too small for that."""
        lost = self._lost.get(block, 0)
        members = self._before.list_from(block, order, WINDOW + 1 + lost)
        left = self._keep(members) if lost else members
        added = self._added.get(block)
        if added is not None and added[-1][0] >= order:
            left = sorted((*left, *added[bisect_left(added, (order,)) :]))
        if min(len(members), len(left)) <= WINDOW:
            return _LAST
        return max(members[WINDOW][0], left[WINDOW][0])

    def _keep(self, members: Sequence[Member]) -> list[Member]:
        return [one for one in members if one[1] not in self._removed]


def _find_affected(changed: Sequence[_Stand], before: Standing, after: _Amended) -> dict[Block, set[Member]]:
    """Give for each block those whose window onto it may have changed, and those that went among them."""
    before.fetch(Span(block, one.order, WINDOW + 1) for one in changed for block in one.blocks)
    own: dict[Block, dict[str, str]] = {}
    for one in changed:
        for block in one.blocks:
            own.setdefault(block, {})[one.order] = after.find_limit(block, one.order)
    reached = {block: tuple(reach_block(block)) for block in own}
    limits: dict[tuple[Block, str], str] = {}
    for block, stretches in own.items():
        for order, limit in stretches.items():
            for other in reached[block]:
                limits[other, order] = max(limit, limits.get((other, order), ""))
    before.fetch(Span(block, order, WINDOW, until) for (block, order), until in limits.items())
    affected: dict[Block, set[Member]] = {}
    for block, stretches in own.items():
        found: set[Member] = set()
        for order, limit in stretches.items():
            for other in reached[block]:
                found.update(before.list_span(other, order, limit))
        if found:
            affected[block] = found
    return affected


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
    gone, fresh = (
        {number: _Stand(one.order, list_blocks(one)) for number, one in tellings.items()}
        for tellings in (removed, added)
    )
    after = _Amended(standing, gone, fresh)
    left: set[tuple[int, int]] = set()
    met: set[tuple[int, int]] = set()
    for block, members in _find_affected((*gone.values(), *fresh.values()), standing, after).items():
        for order, number in members:
            if number in gone:
                continue
            old, new = after.list_windows(block, order)
            if new is not old:
                left.update((number, one) for _, one in set(old).difference(new) if one not in gone)
                met.update((number, one) for _, one in set(new).difference(old))
    linked = {link[:2]: link for link in find_links(left | {pair for pair in met if pair[1] not in added})}
    met -= linked.keys()
    for number, (order, blocks) in fresh.items():
        for block in list_sought(blocks):
            met.update((number, other) for _, other in after.list_window(block, order))
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
        if any(_has(after.list_window(block, orders[later]), earlier) for block in blocks)
    }


def _has(members: Iterable[Member], number: int) -> bool:
    return any(one == number for _, one in members)
