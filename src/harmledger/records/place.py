"""Where something happened, as far as the words and the gazetteer tell."""

from dataclasses import dataclass

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import PlacePrecision


@dataclass(frozen=True, slots=True)
class Place:
    """A place as said and as found in the gazetteer; coordinates are WGS 84 degrees."""

    name: str | None = meant("the gazetteer's name; null when the wording was not found")
    wording: str | None = meant(
        "the words of the text; null when the place was carried from an earlier sentence"
    )
    id: str | None = meant(
        "the gazetteer's id, with its source (geonames:168620, overlay:sy-east-ghouta)", None
    )
    country: str | None = meant("ISO 3166-1 alpha-2 code", None)
    admin1: str | None = meant("name of the province or governorate", None)
    admin2: str | None = meant("name of the district", None)
    lat: float | None = meant("latitude in degrees, -90 to 90", None)
    lon: float | None = meant("longitude in degrees, -180 to 180", None)
    precision: PlacePrecision | None = meant("what the coordinates stand for", None)
    radius_km: float | None = meant("radius around the point in which the event lies, in kilometres", None)
