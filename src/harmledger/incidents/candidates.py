"""Which tellings are worth comparing: those of one patch of ground and one day, never all with all."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from harmledger.incidents.days import is_short
from harmledger.incidents.geography import has_point, is_area, name_of
from harmledger.incidents.mentions import LINKING_HARMS, Mention
from harmledger.incidents.names import fold_name
from harmledger.records.place import Place

CELL_DEGREES: Final = 0.2
"""Side of a patch of the grid, in degrees of latitude and longitude (22 km from south to north, 14 km from
west to east at 50 degrees): towns that can match lie in one patch or in neighbours."""
WINDOW: Final = 24
"""How many earlier tellings of one block a telling is compared with: work grows with their number alone."""

Block = tuple[Hashable, ...]


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


def _list_figures(mention: Mention) -> Iterator[Block]:
    """Give the figures by which tellings without a clear place or day can still find each other."""
    for harm in LINKING_HARMS:
        for low, _ in sorted(mention.figures.get(harm, ()), key=str):
            yield harm, low


def _list_days(mention: Mention) -> tuple[int, ...]:
    """Give the single days that a day or night spans; none where the time is missing or vague."""
    if mention.days is None or not is_short(mention.days):
        return ()
    return tuple(range(mention.days[0], mention.days[1] + 1))


def _list_own_blocks(mention: Mention) -> Iterator[Block]:
    """Give the blocks under which a telling is found."""
    place = mention.place
    if place is None:
        return
    days = _list_days(mention)
    figures = tuple(_list_figures(mention))
    spot = None if is_area(place) else _find_spot(place)
    if spot is not None:
        for day in days:
            yield spot, day
        for figure in figures:
            yield spot, figure, bool(days)
    for area in _list_areas(place):
        for figure in figures:
            for day in days:
                yield area, day, figure, is_area(place)


def _list_sought_blocks(mention: Mention) -> Iterator[Block]:
    """Give the blocks in which a telling looks for others: neighbouring patches, and days one off."""
    place = mention.place
    if place is None:
        return
    days = _list_days(mention)
    near_days = range(days[0] - 1, days[-1] + 2) if days else range(0)
    figures = tuple(_list_figures(mention))
    if not is_area(place):
        for spot in _spread(_find_spot(place)):
            for day in near_days:
                yield spot, day
            for figure in figures:
                yield spot, figure, False
                if not days:
                    yield spot, figure, True
    for area in _list_areas(place):
        for figure in figures:
            for day in near_days:
                yield area, day, figure, True
                if is_area(place):
                    yield area, day, figure, False


def pair_candidates(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Give the pairs of positions (smaller first) worth comparing, each once, for tellings in a fixed order.

    Blocks are patches of a grid by single days; a telling looks into neighbouring patches and days. A telling
    with no day, a vague time or only a province is compared where it shares a figure. Within a block only the
    WINDOW latest are compared, so that the work stays proportional to the number of tellings.
    """
    blocks: dict[Block, list[int]] = defaultdict(list)
    for position, mention in enumerate(mentions):
        found: set[int] = set()
        for block in _list_sought_blocks(mention):
            members = blocks.get(block)
            if members:
                found.update(members[-WINDOW:])
        for other in sorted(found):
            yield other, position
        for block in dict.fromkeys(_list_own_blocks(mention)):
            blocks[block].append(position)
