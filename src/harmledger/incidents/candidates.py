"""Which tellings are worth comparing: those of one patch of ground and one day, never all with all."""

import math
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Final

from harmledger.incidents.compare import Told
from harmledger.incidents.days import is_short
from harmledger.incidents.geography import has_point, is_area, name_of
from harmledger.incidents.mentions import LINKING_HARMS
from harmledger.incidents.names import fold_name
from harmledger.records.place import Place

CELL_DEGREES: Final = 0.2
"""Side of a patch of the grid, in degrees of latitude and longitude (22 km from south to north, 14 km from
west to east at 50 degrees): towns that can match lie in one patch or in neighbours."""
WINDOW: Final = 24
"""How many earlier tellings of one block a telling is compared with: work grows with their number alone."""

Block = tuple[Any, ...]
"""A patch, an area or a figure, and a day: see `list_blocks`."""


def _find_cell(place: Place) -> tuple[int, int] | None:
    if not has_point(place) or place.lat is None or place.lon is None:
        return None
    return math.floor(place.lat / CELL_DEGREES), math.floor(place.lon / CELL_DEGREES)


def _find_spot(place: Place) -> Block:
    cell = _find_cell(place)
    return cell if cell is not None else ("name", fold_name(place.country or ""), name_of(place))


def _spread(spot: Block) -> Iterator[Block]:
    """Give the spot's own patch and its eight neighbours; a place without a point only itself."""
    row, column = spot[0], spot[1]
    if not (isinstance(row, int) and isinstance(column, int)):
        yield spot
        return
    for y in (row - 1, row, row + 1):
        for x in (column - 1, column, column + 1):
            yield y, x


def _list_areas(place: Place) -> Iterator[Block]:
    """Give the areas that hold the place, by name: for a wide place itself and those above it."""
    country = fold_name(place.country or "")
    names = {fold_name(n) for n in (place.admin1, place.admin2, place.name if is_area(place) else None) if n}
    for name in sorted(names):
        yield "area", country, name
    if country:
        yield "area", country, ""


def _list_figures(told: Told) -> Iterator[Block]:
    """Give the figures by which tellings without a clear place or day can still find each other."""
    for harm in LINKING_HARMS:
        for low, _ in sorted(told.figures.get(harm, ()), key=str):
            yield harm, low


def _list_days(told: Told) -> tuple[int, ...]:
    """Give the single days that a day or night spans; none where the time is missing or vague."""
    if told.days is None or not is_short(told.days):
        return ()
    return tuple(range(told.days[0], told.days[1] + 1))


def list_blocks(told: Told) -> tuple[Block, ...]:
    """Give the blocks that a telling stands in, each once.

    Its patch of ground by each of its days; its patch by each figure, with whether it has a day; each area that
    holds it by day and figure, with whether its place is an area itself.
    """
    place = told.place
    if place is None:
        return ()
    days = _list_days(told)
    figures = tuple(_list_figures(told))
    is_wide = is_area(place)
    blocks: list[Block] = []
    if not is_wide:
        spot = _find_spot(place)
        blocks.extend((spot, day) for day in days)
        blocks.extend((spot, figure, bool(days)) for figure in figures)
    if figures and days:
        for area in _list_areas(place):
            blocks.extend((area, day, figure, is_wide) for figure in figures for day in days)
    return tuple(dict.fromkeys(blocks))


def reach_block(block: Block) -> Iterator[Block]:
    """Give the blocks in which a telling that stands in this one looks for others.

    Neighbouring patches and days one off; by a figure alone only where one of the two has no day, by area only
    where one of the two is no town. Symmetric: whoever looks into a block stands in one that it reaches.
    """
    match block:
        case (spot, int(day)):
            for near in _spread(spot):
                yield near, day - 1
                yield near, day
                yield near, day + 1
        case (spot, figure, bool(is_dated)):
            for near in _spread(spot):
                yield near, figure, False
                if not is_dated:
                    yield near, figure, True
        case (area, int(day), figure, bool(is_wide)):
            for other in (day - 1, day, day + 1):
                yield area, other, figure, True
                if is_wide:
                    yield area, other, figure, False


def list_sought(blocks: Iterable[Block]) -> set[Block]:
    """Give the blocks in which a telling that stands in `blocks` looks for others."""
    return {reached for block in blocks for reached in reach_block(block)}


def pair_candidates(tellings: Iterable[Told]) -> Iterator[tuple[int, int]]:
    """Give the pairs of positions (smaller first) worth comparing, each once, for tellings in their order.

    Blocks are patches of a grid by single days; a telling looks into neighbouring patches and days. A telling
    with no day, a vague time or only a province is compared where it shares a figure. Within a block only the
    WINDOW latest are compared, so that the work stays proportional to the number of tellings.
    """
    standing: dict[Block, deque[int]] = {}
    for position, told in enumerate(tellings):
        blocks = list_blocks(told)
        found: set[int] = set()
        for block in list_sought(blocks):
            members = standing.get(block)
            if members:
                found.update(members)
        for other in sorted(found):
            yield other, position
        for block in blocks:
            standing.setdefault(block, deque(maxlen=WINDOW)).append(position)
