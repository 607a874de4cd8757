"""Where something happened, as the public may know it: no single site, and no point for what is protected."""

from dataclasses import replace
from typing import Final

from harmledger.publication.withholding.public_words import SITE_KINDS
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.place import Place

COARSE_RADIUS_KM: Final = 15.0
"""The least radius of a place that was made coarse: about that of a district."""

_COARSE_DIGITS: Final = 1
"""Decimals of a coarse coordinate: a tenth of a degree, about 11 km."""

_POINT_DIGITS: Final = 4
_FINE: Final = ("site", "neighbourhood")


def is_protected(incident: Incident) -> bool:
    """Tell whether an incident is about a hospital, clinic, rescue centre, school or camp."""
    told = {group for extent in incident.toll.values() for group in extent.groups}
    return not SITES.isdisjoint(incident.targets) or not SITES.isdisjoint(told)


def is_claim_protected(claim: Claim) -> bool:
    """Tell whether a claim is about a hospital, clinic, rescue centre, school or camp."""
    return claim.group in SITES


def coarsen_place(place: Place | None, is_protected_site: bool) -> Place | None:
    """Give a place as the public may see it.

    A site loses its name, wording, id and coordinates for those of the area around it. A place of something
    protected keeps the name of its town, and coordinates of a tenth of a degree alone, as a district.
    """
    if place is None:
        return None
    is_fine = place.precision in _FINE
    if place.precision == "site" or (is_fine and is_protected_site):
        place = replace(place, name=None, wording=None, id=None)
    if place.lat is None or place.lon is None:
        return place
    if place.precision != "site" and not is_protected_site:
        return replace(place, lat=round(place.lat, _POINT_DIGITS), lon=round(place.lon, _POINT_DIGITS))
    is_area = place.precision in ("district", "province", "country")
    return replace(
        place,
        lat=round(place.lat, _COARSE_DIGITS),
        lon=round(place.lon, _COARSE_DIGITS),
        precision=place.precision if is_area else "district",
        radius_km=max(COARSE_RADIUS_KM, place.radius_km or 0.0),
    )


SITES: Final = frozenset(SITE_KINDS)
