"""What contains what in a case: worked out for all incidents, or for those that a change bears on.

An area's total contains what lies in its area on its days, and what its text says is part of it. So a change bears on
the incidents that were made, on those that share a day with a total that came, went, moved or got another name, and on
those whose text says that they are part of one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from harmledger.incidents.containment import Located, find_containers, list_indexed_days
from harmledger.incidents.identity import Named
from harmledger.records.vocabulary import IncidentScope
from harmledger.store.view_incidents import Incidents
from harmledger.store.view_placements import Placed, Placements
from harmledger.store.view_readings import Readings

_CONTAINED: Final[tuple[IncidentScope, ...]] = ("attack", "area_day")


@dataclass(frozen=True, slots=True)
class Former:
    """What incidents that go away were for containment: where and when, and the claims that were part of theirs."""

    placed: tuple[Placed, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Contained:
    """The ids of what contains incidents, by number, and what was recorded of it before."""

    wholes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    before: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def list_changed(self) -> set[int]:
        """Give the incidents for which that is no longer the same."""
        return {number for number, wholes in self.wholes.items() if wholes != self.before[number]}


def note_former(placements: Placements, numbers: Collection[int]) -> Former:
    """Give what incidents are for containment before they go."""
    parts = (part for part, _ in placements.list_parts_in(numbers))
    return Former(tuple(placements.load(numbers)), tuple(parts))


def contain_all(
    placements: Placements, readings: Readings, incidents: Incidents, named: Mapping[int, Named]
) -> Contained:
    """Give for every incident what contains it."""
    placed = placements.list_all()
    parts = readings.list_parts()
    return _contain(placed, placed, parts, incidents, named)


def contain_changed(
    placements: Placements,
    incidents: Incidents,
    former: Former,
    made: Collection[int],
    named: Mapping[int, Named],
) -> Contained:
    """Give for the incidents that a change bears on what contains each. `made` are those that are new, and `named` the
    names of these and of some that stay, whose names may have changed."""
    fresh = placements.load(made)
    stays = placements.load(named.keys() - made)
    renamed = [one for one in stays if one.id != named[one.located.number].id]
    moved = {_sign(one) for one in former.placed} ^ {_sign(one) for one in fresh}
    moved |= {sign for one in renamed for sign in (_sign(one), _sign(one, named))}
    days = {day for _, located in moved for day in list_indexed_days(located.days)}
    parts = {*former.parts, *(part for part, _ in placements.list_parts_in({*made, *_number(renamed)}))}
    numbers = {*_number(fresh), *_number(stays), *incidents.load_homes(parts).values()}
    numbers |= _number(placements.find_around(sorted(days), *_CONTAINED))
    touched = placements.load(sorted(numbers))
    told = placements.list_parts_of(sorted(numbers))
    outer = set(incidents.load_homes({whole for _, whole in told}).values())
    around = {day for one in touched for day in list_indexed_days(one.located.days)}
    beside = {one.located.number: one for one in placements.find_around(sorted(around), "area_day")}
    beside |= {one.located.number: one for one in placements.load(sorted(outer - beside.keys()))}
    beside |= {one.located.number: one for one in touched}
    return _contain(touched, beside.values(), told, incidents, named)


def _contain(
    wanted: Iterable[Placed],
    beside: Collection[Placed],
    parts: Collection[tuple[int, int]],
    incidents: Incidents,
    named: Mapping[int, Named],
) -> Contained:
    """Give what contains some incidents, among those beside them."""
    homes = incidents.load_homes({claim for pair in parts for claim in pair})
    containers = find_containers([one.located for one in beside], parts, homes.get)
    ids = {one.located.number: _find_id(one, named) for one in beside}
    wholes: dict[int, tuple[str, ...]] = {}
    before: dict[int, tuple[str, ...]] = {}
    for one in wanted:
        number = one.located.number
        wholes[number] = tuple(sorted(ids[outer] for outer in containers.get(number, ())))
        before[number] = one.part_of
    return Contained(wholes, before)


def _sign(one: Placed, named: Mapping[int, Named] | None = None) -> tuple[str, Located]:
    """Give what of a total bears on others; nothing of an attack does, so that it has no days here."""
    located = one.located
    days = located.days if located.scope == "area_day" else None
    return _find_id(one, named or {}), Located(0, located.scope, located.place, days)


def _find_id(one: Placed, named: Mapping[int, Named]) -> str:
    name = named.get(one.located.number)
    return one.id if name is None else name.id


def _number(placed: Iterable[Placed]) -> set[int]:
    return {one.located.number for one in placed}
