"""A part of a place: northern Hama, the east of Aleppo province."""

from dataclasses import replace
from math import atan2, cos, degrees, radians, sin
from typing import Final

from harmledger.lexicon.toponyms import Direction
from harmledger.places.candidate import Candidate
from harmledger.places.entry import EARTH_RADIUS_KM, PlaceKind, judge_precision

_BEARINGS: Final[dict[Direction, float]] = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135,
    "south": 180, "southwest": 225, "west": 270, "northwest": 315,
}  # fmt: skip
_DIVISIBLE: Final[frozenset[PlaceKind]] = frozenset({"country", "province", "district", "area"})
_SHIFT: Final = 0.5
_SHRINKAGE: Final = 0.6
_ASIDE: Final = 60.0
"""Degrees by which a place told to lie in a direction may lie beside it."""


def take_part(candidate: Candidate, direction: Direction) -> Candidate:
    """Give the part of a province, district, area or country that lies in the direction.

    The point moves by half the radius along the bearing, the radius shrinks to six tenths (so the part
    still reaches past the middle), and the precision is that of an area of this size. A town keeps its
    point: its parts are no place on a map.
    """
    place = candidate.place
    if candidate.kind not in _DIVISIBLE or place.lat is None or place.lon is None or place.radius_km is None:
        return replace(candidate, because=(*candidate.because, "direction-within"))
    shift = 0.0 if direction == "central" else degrees(_SHIFT * place.radius_km / EARTH_RADIUS_KM)
    bearing = radians(_BEARINGS.get(direction, 0.0))
    radius_km = round(place.radius_km * _SHRINKAGE, 1)
    part = replace(
        place,
        id=f"{place.id}/{direction}",
        lat=round(place.lat + shift * cos(bearing), 4),
        lon=round(place.lon + shift * sin(bearing) / max(cos(radians(place.lat)), 0.1), 4),
        radius_km=radius_km,
        precision=judge_precision("area", radius_km),
    )
    return replace(candidate, place=part, because=(*candidate.because, "part-of"))


def lies_toward(point: tuple[float, float], centre: tuple[float, float], direction: Direction) -> bool:
    """Tell whether a point (degrees north and east) lies in the direction from the centre, give or take a sixth of the
    circle; nothing lies toward the middle."""
    if direction not in _BEARINGS or point == centre:
        return False
    east = (point[1] - centre[1]) * cos(radians(centre[0]))
    turn = abs(degrees(atan2(east, point[0] - centre[0])) - _BEARINGS[direction]) % 360
    return min(turn, 360 - turn) <= _ASIDE
