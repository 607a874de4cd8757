"""One place of a gazetteer layer, the kinds of place, and how far each reaches."""

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from harmledger.lexicon.toponyms import Level
from harmledger.records.vocabulary import PlacePrecision

PlaceKind = Level
"""What a place is: the same list as the levels that words announce."""

EARTH_RADIUS_KM: Final = 6371.0

_PRECISION: Final[dict[PlaceKind, PlacePrecision]] = {
    "country": "country",
    "province": "province",
    "district": "district",
    "settlement": "settlement",
    "neighbourhood": "neighbourhood",
    "crossing": "site",
    "airbase": "site",
}
_RADIUS_KM: Final[dict[PlaceKind, float]] = {
    "country": 300.0,
    "province": 50.0,
    "district": 20.0,
    "area": 15.0,
    "neighbourhood": 1.5,
    "crossing": 2.0,
    "airbase": 3.0,
}
_SETTLEMENT_RADIUS_KM: Final = ((5_000, 1.0), (20_000, 2.0), (100_000, 3.0), (500_000, 5.0), (2_000_000, 8.0))
_LARGEST_SETTLEMENT_RADIUS_KM: Final = 12.0
_DISTRICT_AREA_LIMIT_KM: Final = 30.0


class Entry(NamedTuple):
    """A place as a layer holds it; `admin1` and `admin2` are codes within the country, coordinates WGS 84.

    `id` carries its source (geonames:168620). `radius_km` is None where the kind and the population tell.
    `names` are all spellings known, the principal name first.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    kind: PlaceKind
    feature: str
    population: int
    radius_km: float | None
    names: tuple[str, ...]


def judge_precision(kind: PlaceKind, radius_km: float) -> PlacePrecision:
    """Give what coordinates of such a place stand for; an area is a district, or a province when large."""
    if kind == "area":
        return "district" if radius_km <= _DISTRICT_AREA_LIMIT_KM else "province"
    return _PRECISION[kind]


def estimate_radius(kind: PlaceKind, population: int) -> float:
    """Give a usual radius in kilometres for a place whose extent nobody noted."""
    if kind != "settlement":
        return _RADIUS_KM[kind]
    for limit, radius in _SETTLEMENT_RADIUS_KM:
        if population < limit:
            return radius
    return _LARGEST_SETTLEMENT_RADIUS_KM


def measure_distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance in kilometres between two points in degrees (haversine)."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
