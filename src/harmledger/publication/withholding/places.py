"""Where something happened, as the public may know it: no single site, and no point for what is protected."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, get_args

from harmledger.publication.withholding.public_words import SITE_KINDS
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.records.vocabulary import PlacePrecision

COARSE_RADIUS_KM: Final = 15.0
"""The least radius of a place that was made coarse: about that of a district."""

_COARSE: Final[Mapping[str, tuple[Callable[[float], float], float]]] = {
    "district": (lambda degrees: round(degrees, 1), COARSE_RADIUS_KM),
    "province": (lambda degrees: round(degrees * 2) / 2, 60.0),
}
"""By level, how coordinates are rounded (a tenth of a degree is about 11 km) and the least radius in kilometres."""

_POINT_DIGITS: Final = 4
_FINE: Final = ("site", "neighbourhood")
_LEVELS: Final[tuple[str, ...]] = get_args(PlacePrecision)


def list_kinds(incident: Incident) -> frozenset[str]:
    """Give the kinds of people and places that an incident names as hit."""
    return frozenset(incident.targets) | {
        group for extent in incident.toll.values() for group in extent.groups
    }


def is_protected(incident: Incident) -> bool:
    """Tell whether an incident is about a hospital, clinic, rescue centre, school or camp."""
    return not SITES.isdisjoint(list_kinds(incident))


def is_claim_protected(claim: Claim) -> bool:
    """Tell whether a claim is about a hospital, clinic, rescue centre, school or camp."""
    return claim.group in SITES


def choose_level(is_protected_site: bool) -> PlacePrecision:
    """Give how finely a place may be told in public where nothing else is set."""
    return "district" if is_protected_site else "neighbourhood"


def coarsen_place(place: Place | None, level: PlacePrecision) -> Place | None:
    """Give a place as finely as `level` allows; one that is vaguer stays as vague as it is.

    A site or a neighbourhood that is too fine loses its name, wording, id and coordinates for those of the area around
    it. A town at the level of its district keeps its name, because the reports name it, and coordinates of a
    tenth of a degree alone. At the level of the province it loses its name too, at that of the country its province.
    """
    if place is None or level == "site":
        return place
    own, rank = _LEVELS.index(place.precision or "settlement"), _LEVELS.index(level)
    is_fine = own < rank
    if place.precision == "site" or (
        is_fine and (place.precision in _FINE or rank >= _LEVELS.index("province"))
    ):
        place = replace(place, name=None, wording=None, id=None)
    if rank >= _LEVELS.index("province"):
        place = replace(place, admin2=None, admin1=None if level == "country" else place.admin1)
    if level == "country":
        return replace(place, lat=None, lon=None, radius_km=None, precision="country")
    if place.lat is None or place.lon is None:
        return place
    area = level if level in _COARSE else "district" if is_fine else None
    if area is None:
        return replace(place, lat=round(place.lat, _POINT_DIGITS), lon=round(place.lon, _POINT_DIGITS))
    coarsen, radius_km = _COARSE[area]
    return replace(
        place,
        lat=coarsen(place.lat),
        lon=coarsen(place.lon),
        precision=area if own < _LEVELS.index(area) else place.precision,
        radius_km=max(radius_km, place.radius_km or 0.0),
    )


SITES: Final = frozenset(SITE_KINDS)
