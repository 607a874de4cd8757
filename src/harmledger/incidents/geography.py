"""How two places stand to each other, with what is known of each: id, names, coordinates, precision, radius."""

import math
from typing import Final, Literal

from harmledger.incidents.names import fold_name
from harmledger.records.place import Place

PlaceRelation = Literal["same", "within", "near", "inside", "area", "quarter", "beside", "apart", "unknown"]

EARTH_DIAMETER_KM: Final = 12742.0
SAME_NAME_KM: Final = 10.0
"""Two gazetteer entries of one name this close are one place."""
BESIDE_KM: Final = 8.0
"""Neighbouring villages up to this far are confused in reports; farther ones are different places."""
QUARTER_KM: Final = 3.0
"""Names of quarters and sites up to this far from each other are confused in reports."""
CITY_KM: Final = 15.0
"""Two quarters or sites at most this far apart may belong to one city."""

_RANK: Final = {"site": 0, "neighbourhood": 1, "settlement": 2, "district": 3, "province": 4, "country": 5}
_REACH_KM: Final = (0.5, 2.0, 3.0, 25.0, 75.0, 500.0)
_SETTLEMENT: Final = 2
_PART: Final = "/"
"""Parts the id of a place from the direction in which a part of it lies ("geonames:169387/north")."""
SPOT_KM: Final = 5.0
"""An area with no larger radius, such as a dam, is as good as a town."""


def rank_precision(place: Place) -> int:
    """Give 0 for a site up to 5 for a country; a place whose precision is not known ranks as a settlement, and so does an area
    of at most `SPOT_KM`."""
    rank = _RANK.get(place.precision or "settlement", _SETTLEMENT)
    is_small = place.radius_km is not None and place.radius_km <= SPOT_KM
    return _SETTLEMENT if rank > _SETTLEMENT and is_small else rank


def measure_width(place: Place) -> tuple[int, float]:
    """Give what sorts places from narrow to wide: how precise, and of areas the radius in kilometres."""
    return rank_precision(place), reach_km(place) if is_area(place) else 0.0


def is_region(place: Place) -> bool:
    """Tell whether the place is an area that is known by its circle alone: a mountain, a plain, the north of a province, the
    east of a country; no unit with a name by which the places inside it go."""
    if not is_area(place) or not has_point(place):
        return False
    if _PART in (place.id or ""):
        return True
    if place.precision == "country":
        return False
    return (
        not place.admin2
        if place.precision == "district"
        else not place.admin1 or _differ(place.name, place.admin1)
    )


def is_area(place: Place) -> bool:
    """Tell whether the place is a district, a province or a country rather than a town or a spot in one."""
    return rank_precision(place) > _SETTLEMENT


def has_point(place: Place) -> bool:
    """Tell whether the place has coordinates on the globe."""
    return (
        place.lat is not None
        and place.lon is not None
        and -90 <= place.lat <= 90
        and -180 <= place.lon <= 180
    )


def measure_km(a: Place, b: Place) -> float | None:
    """Give the great-circle distance in kilometres (haversine); None where a point is missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    if not (has_point(a) and has_point(b)):
        return None
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(min(1.0, h)))


def reach_km(place: Place) -> float:
    """Give the radius in kilometres in which the event lies: the gazetteer's, else one for the precision."""
    if place.radius_km is not None and place.radius_km >= 0:
        return place.radius_km
    return _REACH_KM[rank_precision(place)]


def name_of(place: Place) -> str:
    """Give the folded name, or the folded wording of a place that the gazetteer does not know."""
    return fold_name(place.name or place.wording or "")


def _differ(a: str | None, b: str | None) -> bool:
    return bool(a and b) and fold_name(a or "") != fold_name(b or "")


def _holds(area: Place, place: Place) -> bool:
    """Tell whether the area (district or wider) holds the place, by names first and by distance else."""
    if _differ(area.country, place.country):
        return False
    km = measure_km(area, place)
    if is_region(area) and km is not None:
        if _differ(area.admin1, place.admin1):
            return False
        return km <= reach_km(area) + (0 if is_area(place) else reach_km(place))
    level = rank_precision(area)
    if level == _RANK["country"]:
        return bool(area.country and place.country)
    if level == _RANK["province"]:
        own, theirs = area.admin1 or area.name, place.admin1
    else:
        if _differ(area.admin1, place.admin1):
            return False
        own, theirs = area.admin2 or area.name, place.admin2
    if own and theirs:
        return fold_name(theirs) in {fold_name(own), name_of(area)}
    return km is not None and km <= reach_km(area)


def contains_place(outer: Place, inner: Place) -> bool:
    """Tell whether `inner` is the same place as `outer` or lies in it; a wider place is never contained."""
    if rank_precision(inner) > rank_precision(outer):
        return False
    if is_area(outer):
        return relate_places(outer, inner) == "area" or (
            rank_precision(inner) < rank_precision(outer) and _holds(outer, inner)
        )
    return relate_places(outer, inner) in ("same", "within")


def _relate_areas(a: Place, b: Place) -> PlaceRelation:
    if a.id is not None and a.id == b.id and rank_precision(a) == rank_precision(b):
        return "area"
    if is_area(a) and is_area(b) and (is_region(a) or is_region(b)):
        return _relate_regions(a, b)
    if rank_precision(a) == rank_precision(b):
        if _differ(a.country, b.country) or _differ(a.admin1, b.admin1):
            return "apart"
        return "area" if name_of(a) == name_of(b) else "apart"
    wide, narrow = (a, b) if rank_precision(a) > rank_precision(b) else (b, a)
    return "inside" if _holds(wide, narrow) else "apart"


def _relate_regions(a: Place, b: Place) -> PlaceRelation:
    """Tell how two areas stand of which one is no unit: by their circles."""
    if _differ(a.country, b.country) or _differ(a.admin1, b.admin1):
        return "apart"
    km = measure_km(a, b)
    if km is None:
        return "unknown"
    if km <= max(reach_km(a), reach_km(b)):
        return "inside"
    return "near" if km <= reach_km(a) + reach_km(b) else "apart"


def _relate_by_name(a: Place, b: Place) -> PlaceRelation:
    if _differ(a.country, b.country) or _differ(a.admin1, b.admin1):
        return "apart"
    if name_of(a) and name_of(a) == name_of(b):
        return "same"
    both_settled = rank_precision(a) == rank_precision(b) == _SETTLEMENT
    return "apart" if both_settled and a.name and b.name else "unknown"


def lie_across(a: Place, b: Place) -> bool:
    """Tell whether two quarters or sites of a city lie so far from each other that their names are not confused."""
    km = measure_km(a, b)
    return km is not None and km > max(QUARTER_KM, reach_km(a) + reach_km(b))


def relate_places(a: Place | None, b: Place | None) -> PlaceRelation:
    """Tell how two places stand to each other; symmetric.

    `same`: one town or spot. `within`: a site or quarter inside the town. `near`: their radii meet. `area`:
    the same district, province or country. `inside`: a place inside such an area, or an area about the middle of another. `quarter`: different
    quarters or sites of one city. `beside`: different places so close that reports confuse them. `apart`:
    different places. `unknown`: one is missing, or was not found in the gazetteer.
    """
    if a is None or b is None:
        return "unknown"
    if is_area(a) or is_area(b):
        return _relate_areas(a, b)
    if a.id is not None and a.id == b.id:
        return "same"
    km = measure_km(a, b)
    if km is None:
        return _relate_by_name(a, b)
    if km <= SAME_NAME_KM and name_of(a) == name_of(b):
        return "same"
    is_spot = rank_precision(a) < _SETTLEMENT, rank_precision(b) < _SETTLEMENT
    if all(is_spot):
        return "quarter" if km <= CITY_KM else "apart"
    reach = reach_km(a) + reach_km(b)
    if any(is_spot):
        return "within" if km <= max(reach, BESIDE_KM) else "apart"
    if km <= min(reach, SAME_NAME_KM):
        return "near"
    return "beside" if km <= BESIDE_KM else "apart"
