"""Links kept up with: what changes among the links when some tellings go and others come.

A telling is compared with the latest WINDOW tellings before it in each block that it looks into. So the
candidates of a telling change only where such a block gained or lost a member not far before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.candidates import WINDOW, Block, list_blocks, list_sought, reach_block
from harmledger.incidents.cluster import score_link
from harmledger.incidents.folding import Telling

Member = tuple[str, int]
"""A telling that stands in a block: its order and its number."""
Standing = Callable[[Block], Sequence[Member]]
"""Tells who stands in a block, sorted."""
Load = Callable[[Iterable[int]], Mapping[int, Telling]]
"""Gives tellings by number."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """What changed among the links of tellings that are still there; those of removed ones are gone anyway."""

    gained: tuple[Link, ...]
    lost: tuple[tuple[int, int], ...]


class _Amended:
    """The blocks once the removed tellings are out and the added ones are in."""

    def __init__(self, before: Standing, removed: Mapping[int, Telling], added: Mapping[int, Telling]):
        self._before = before
        self._removed = removed.keys()
        self._known: dict[Block, Sequence[Member]] = {}
        self._added: dict[Block, list[Member]] = {}
        for number, telling in added.items():
            for block in list_blocks(telling):
                self._added.setdefault(block, []).append((telling.order, number))

    def __call__(self, block: Block) -> Sequence[Member]:
        found = self._known.get(block)
        if found is None:
            kept = [member for member in self._before(block) if member[1] not in self._removed]
            found = self._known[block] = sorted((*kept, *self._added.get(block, ())))
        return found


def _find_window(block: Block, order: str, standing: Standing) -> set[int]:
    """Give the numbers of the tellings of a block that one at `order` is compared with."""
    members = standing(block)
    end = bisect_left(members, (order,))
    return {number for _, number in members[max(0, end - WINDOW) : end]}


def _find_earlier(telling: Telling, standing: Standing) -> set[int]:
    """Give the numbers of the tellings that this one is compared with."""
    sought = list_sought(list_blocks(telling))
    return {number for block in sought for number in _find_window(block, telling.order, standing)}


class _Shift(NamedTuple):
    """What changed in the windows of a telling that stays: the numbers of the tellings that left one, and that entered
    one."""

    went: set[int]
    came: set[int]


def _find_shift(order: str, blocks: Iterable[Block], before: Standing, after: Standing) -> _Shift:
    """Give what changed in the windows that a telling at `order` has onto these blocks."""
    found = _Shift(set(), set())
    for block in blocks:
        old, new = (_find_window(block, order, standing) for standing in (before, after))
        found.went.update(old - new)
        found.came.update(new - old)
    return found


def _leave_out(
    numbers: set[int], telling: Telling, known: Mapping[int, Telling], standing: Standing
) -> set[int]:
    """Give the numbers but for those of tellings that stand in another window of the telling."""
    if not numbers:
        return numbers
    sought = list_sought(list_blocks(telling))
    return {
        number
        for number in numbers
        if not any(
            number in _find_window(block, telling.order, standing)
            for block in sought & set(list_blocks(known[number]))
        )
    }


def _find_affected(
    changed: Iterable[Telling], before: Standing, after: Standing, is_standing: Callable[[int], bool]
) -> dict[int, set[Block]]:
    """Give the tellings that stay, and may be compared with others than before, each with the blocks onto which its window
    may have changed."""
    affected: dict[int, set[Block]] = {}
    for telling in changed:
        for block in list_blocks(telling):
            limit = _find_limit(telling.order, (before(block), after(block)))
            for reached in reach_block(block):
                members = before(reached)
                start = bisect_right(members, (telling.order, -1))
                for order, number in members[start:]:
                    if limit is not None and order > limit:
                        break
                    if is_standing(number):
                        affected.setdefault(number, set()).add(block)
    return affected


def _find_limit(order: str, states: Iterable[Sequence[Member]]) -> str | None:
    """Give the order after which a change at `order` lies outside every window onto the block, before and
    after; None where the block is too small for that."""
    limits = []
    for members in states:
        place = bisect_right(members, (order, -1)) + WINDOW
        if place >= len(members):
            return None
        limits.append(members[place][0])
    return max(limits)


def relink(
    removed: Mapping[int, Telling], added: Mapping[int, Telling], standing: Standing, load: Load
) -> Relinked:
    """Give what changes among the links when the removed tellings go and the added ones come.

    `standing` and `load` speak of the tellings before the change. The links after it are those that
    `find_links` gives for all tellings that are left.
    """
    after = _Amended(standing, removed, added)
    changed = (*removed.values(), *added.values())
    affected = _find_affected(changed, standing, after, lambda number: number not in removed)
    stay = load(sorted(affected))
    lost: list[tuple[int, int]] = []
    wanted: dict[int, set[int]] = {number: _find_earlier(added[number], after) for number in added}
    shifts = {
        number: _find_shift(stay[number].order, affected[number], standing, after)
        for number in sorted(affected)
    }
    near = {one for shift in shifts.values() for one in (*shift.went, *shift.came)}
    told = {**stay, **load(sorted(near - stay.keys() - added.keys())), **added}
    for number, shift in shifts.items():
        went = _leave_out(shift.went - removed.keys(), stay[number], told, after)
        fresh = shift.came & added.keys()
        came = fresh | _leave_out(shift.came - fresh, stay[number], told, standing)
        lost.extend((number, other) for other in sorted(went))
        if came:
            wanted[number] = came
    others = {other for found in wanted.values() for other in found} - added.keys()
    known = {**stay, **load(sorted(others - stay.keys())), **added}
    return Relinked(tuple(_score_all(wanted, known)), tuple(lost))


def _score_all(wanted: Mapping[int, set[int]], known: Mapping[int, Telling]) -> Iterator[Link]:
    for later in sorted(wanted):
        for earlier in sorted(wanted[later]):
            score = score_link(known[earlier], known[later])
            if score is not None:
                yield Link(later, earlier, score)
