"""How a candidate for a place stands to the place that is said to hold it, or to lie beside it."""

from collections.abc import Sequence
from math import exp
from typing import Final

from harmledger.lexicon.toponyms import Direction
from harmledger.places.candidate import SAME_SOUND, Candidate
from harmledger.places.entry import measure_distance
from harmledger.places.part import lies_toward

NEAR_WEIGHT: Final = 0.06
"""Most that nearness to another place adds to a score."""
NEAR_KM: Final = 30.0
"""The distance in kilometres at which that gain has fallen to 1/e of it."""
_TOWARD_WEIGHT: Final = 0.06
_CITY_PROVINCE_KM: Final = 15.0
_REACH: Final = 1.5
_SHORTEST_REACH_KM: Final = 20.0
_AROUND_KM: Final = 60.0


def sounds_alike(candidate: Candidate) -> bool:
    """Tell whether the name agrees in sound, and not in its consonants alone: that fits a town in every country."""
    return candidate.because[0] in SAME_SOUND


def holds_quarter(candidate: Candidate, container: Candidate) -> bool:
    """Tell whether the candidate lies in or beside the town, or is known for a quarter of another of the province."""
    is_quarter = candidate.place.precision == "neighbourhood" and lies_within(candidate, container)
    return is_quarter or lies_beside(candidate, container)


def is_wall(container: Candidate) -> bool:
    """Tell whether nothing outside the container's province may be taken.

    A province no larger than a city is none, since people mean its suburbs too; nor is a town or an area.
    """
    return container.kind == "province" and (container.place.radius_km or 0.0) > _CITY_PROVINCE_KM


def lies_within(candidate: Candidate, container: Candidate) -> bool:
    """Tell whether the candidate lies in the container's province, and is not that province itself."""
    if candidate.place.country != container.place.country or candidate.division != container.division:
        return False
    return candidate.kind != "country" and candidate.place.id != container.place.id


def lies_beside(candidate: Candidate, container: Candidate) -> bool:
    """Tell whether the candidate lies within reach of the container's point."""
    point, centre = point_of(candidate), point_of(container)
    if point is None or centre is None or candidate.kind in ("country", "province"):
        return False
    reach = max((container.place.radius_km or 0.0) * _REACH, _SHORTEST_REACH_KM)
    return measure_distance(*point, *centre) <= reach


def is_around(candidate: Candidate, container: Candidate) -> bool:
    """Tell whether a place of that very name lies where "south of" the container may mean."""
    point, centre = point_of(candidate), point_of(container)
    if point is None or centre is None or candidate.kind in ("country", "province"):
        return False
    return sounds_alike(candidate) and measure_distance(*point, *centre) <= _AROUND_KM


def is_enclosed(candidate: Candidate, container: Candidate) -> bool:
    """Tell whether the candidate is a quarter that the container surrounds."""
    point, centre = point_of(candidate), point_of(container)
    if point is None or centre is None or candidate.place.precision != "neighbourhood":
        return False
    return measure_distance(*point, *centre) <= (container.place.radius_km or 0.0)


def sort_distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sort candidates, best first, each place once."""
    best: dict[str | None, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.place.id)
        if known is None or candidate.score > known.score:
            best[candidate.place.id] = candidate
    return sorted(best.values(), key=lambda one: (-one.score, str(one.place.id)))


def sort_by_nearness(
    candidates: Sequence[Candidate], container: Candidate, direction: Direction | None
) -> list[Candidate]:
    """Sort candidates for a name in Arabic letters: many villages of one province share one, and the town that is told
    beside it, or the direction from the container's middle, says which is meant."""
    centre = point_of(container)
    is_town = container.kind == "settlement"
    if centre is None or (not is_town and direction is None):
        return list(candidates)
    reach = NEAR_KM if is_town else container.place.radius_km or NEAR_KM

    def merit(candidate: Candidate) -> float:
        point = point_of(candidate)
        if point is None:
            return candidate.score
        gain = NEAR_WEIGHT * exp(-measure_distance(*point, *centre) / reach)
        if is_town and direction is not None and lies_toward(point, centre, direction):
            gain += _TOWARD_WEIGHT
        return candidate.score + gain

    return sorted(candidates, key=lambda one: (-merit(one), str(one.place.id)))


def point_of(candidate: Candidate) -> tuple[float, float] | None:
    """Give latitude and longitude in degrees; None of a place without a point."""
    place = candidate.place
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)
