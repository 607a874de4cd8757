"""Which tellings are worth comparing: those of one patch of ground and one day, never all with all."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from harmledger.incidents.compare import Told
from harmledger.incidents.days import find_date, is_short
from harmledger.incidents.geography import has_point, is_area, is_region, name_of
from harmledger.incidents.mentions import LINKING_HARMS
from harmledger.incidents.names import fold_name
from harmledger.records.place import Place

CELL_DEGREES: Final = 0.2
"""Side of a patch of the grid, in degrees of latitude and longitude (22 km from south to north, 14 km from
west to east at 50 degrees): towns that can match lie in one patch or in neighbours."""
TOWN_DEGREES: Final = 0.05
"""Side of the smaller patches (5 km) in which a telling without a day looks for others of its town."""
WINDOW: Final = 24
"""How many earlier tellings of one block a telling is compared with: work grows with their number alone."""

_PLACES: Final = 16384
"""Of so many places it is remembered where they lie."""

Block = tuple[Any, ...]
"""A kind, and what tellings of that kind share: see `list_blocks`."""


def _find_cell(place: Place, side: float) -> tuple[int, int] | None:
    if not has_point(place) or place.lat is None or place.lon is None:
        return None
    return math.floor(place.lat / side), math.floor(place.lon / side)


@lru_cache(maxsize=_PLACES)
def _find_spot(place: Place, side: float = CELL_DEGREES) -> Block:
    cell = _find_cell(place, side)
    return cell if cell is not None else ("name", fold_name(place.country or ""), name_of(place))


@lru_cache(maxsize=_PLACES)
def _spread(spot: Block) -> tuple[Block, ...]:
    """Give the spot's own patch and its eight neighbours; a place without a point only itself."""
    row, column = spot[0], spot[1]
    if not (isinstance(row, int) and isinstance(column, int)):
        return (spot,)
    return tuple((y, x) for y in (row - 1, row, row + 1) for x in (column - 1, column, column + 1))


@lru_cache(maxsize=_PLACES)
def _list_areas(place: Place) -> tuple[tuple[Block, bool], ...]:
    """Give the areas that hold the place, by country and name, with whether each is all that the place names.

    A region, whose name tells of no place inside it, stands for its province, or else for its country.
    """
    country = fold_name(place.country or "")
    own: set[str] = set()
    if is_area(place):
        own.add("" if place.precision == "country" else fold_name(place.name or ""))
        if is_region(place):
            own.add(fold_name(place.admin1 or ""))
    above = {fold_name(name) for name in (place.admin1, place.admin2) if name}
    if country:
        above.add("")
    held = [((country, name), True) for name in sorted(own)]
    return (*held, *(((country, name), False) for name in sorted(above - own)))


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
    """Give the blocks that a telling stands in, each once; the first word of a block is its kind.

    Of a town: its patch of ground by each of its days (`day`), by each figure and whether it has a day (`figure`), the
    smaller patch by whether it has a day (`town`), and the town by each date of the year (`date`). Of all that have a
    day: each area that holds the place by day (`area`), and by day and figure (`part`), with whether the place is that area
    itself; and the day alone, with whether there is a place (`where`). Of what leaves day or town open: each area by figure,
    with whether the place is that area itself and whether there is a day (`count`).
    """
    place, days = told.place, _list_days(told)
    blocks: list[Block] = [("where", day, place is not None) for day in days]
    if place is None:
        return tuple(blocks)
    figures = tuple(_list_figures(told))
    if not is_area(place):
        spot = _find_spot(place)
        blocks.extend(("day", spot, day) for day in days)
        blocks.extend(("figure", spot, figure, bool(days)) for figure in figures)
        blocks.append(("town", _find_spot(place, TOWN_DEGREES), bool(days)))
        blocks.extend(("date", place.id or spot, *find_date(day)) for day in days)
    is_loose = not days or is_area(place)
    for area, is_own in _list_areas(place):
        blocks.extend(("area", area, day, is_own) for day in days)
        blocks.extend(("part", area, day, figure, is_own) for figure in figures for day in days)
        if is_loose:
            blocks.extend(("count", area, figure, is_own, bool(days)) for figure in figures)
    return tuple(dict.fromkeys(blocks))


def reach_block(block: Block) -> Iterator[Block]:
    """Give the blocks in which a telling that stands in this one looks for others.

    Neighbouring patches and days one off; without regard to days only where one of the two has none, by area only where
    one of the two names no more than that area, by day alone only where one has no place. Symmetric: whoever looks into a block stands
    in one that it reaches.
    """
    grounds, marks = _reach(block)
    for ground in grounds:
        for mark in marks:
            yield block[0], ground, *mark


_EITHER: Final = ((False,), (True,))
_NEITHER: Final = ((False,),)


def _reach(block: Block) -> tuple[Sequence[Any], Sequence[tuple[Any, ...]]]:
    """Give what `reach_block` gives in two parts: what comes second in the blocks, and for each of these what comes after."""
    match block:
        case "day", spot, int(day):
            return _spread(spot), ((day - 1,), (day,), (day + 1,))
        case "figure", spot, figure, bool(is_dated):
            marks = ((figure, False),) if is_dated else ((figure, False), (figure, True))
            return _spread(spot), marks
        case "town", spot, bool(is_dated):
            return _spread(spot), _NEITHER if is_dated else _EITHER
        case "area", area, int(day), bool(is_own):
            return (area,), ((day, True), (day, False)) if is_own else ((day, True),)
        case "part", area, int(day), figure, bool(is_own):
            owns = (True, False) if is_own else (True,)
            return (area,), [(other, figure, own) for other in (day - 1, day, day + 1) for own in owns]
        case "count", area, figure, bool(is_own), bool(is_dated):
            owns = (True, False) if is_own else (True,)
            dates = (False,) if is_dated else (False, True)
            return (area,), [(figure, own, dated) for own in owns for dated in dates]
        case "where", int(day), bool(is_placed):
            return (day,), _NEITHER if is_placed else _EITHER
        case _, ground, *mark:  # a date of the year
            return (ground,), (tuple(mark),)
    raise ValueError(block)


def list_sought(blocks: Iterable[Block]) -> set[Block]:
    """Give the blocks in which a telling that stands in `blocks` looks for others."""
    return {reached for block in blocks for reached in reach_block(block)}


class Grounds:
    """Who stands in which block, by its kind, by what comes second in it, and by the rest: of the neighbouring patches most
    are empty, and are passed by at once."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[Any, dict[tuple[Any, ...], list[int]]]] = defaultdict(dict)

    def put(self, blocks: Iterable[Block], position: int) -> None:
        """Have a telling stand in blocks; in each only the WINDOW latest do."""
        for block in blocks:
            members = self._kinds[block[0]].setdefault(block[1], {}).setdefault(block[2:], [])
            members.append(position)
            if len(members) > WINDOW:
                del members[0]

    def find(self, blocks: Iterable[Block]) -> list[int]:
        """Give those who stand in the blocks in which one that stands in these looks for others, each once, in order."""
        found: set[int] = set()
        for block in blocks:
            kind = self._kinds[block[0]]
            grounds, marks = _reach(block)
            for ground in grounds:
                known = kind.get(ground)
                if known is None:
                    continue
                for mark in marks:
                    members = known.get(mark)
                    if members is not None:
                        found.update(members)
        return sorted(found)


def pair_candidates(tellings: Iterable[Told]) -> Iterator[tuple[int, int]]:
    """Give the pairs of positions (smaller first) worth comparing, each once, for tellings in their order.

    They are those that find each other in a block (`list_blocks`, `reach_block`). Within a block only the WINDOW latest are
    compared, so that the work stays proportional to the number of tellings.
    """
    grounds = Grounds()
    for position, told in enumerate(tellings):
        blocks = list_blocks(told)
        for other in grounds.find(blocks):
            yield other, position
        grounds.put(blocks, position)
