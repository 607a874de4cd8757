"""Towns and villages as a map shows them, and the part of it that is in sight."""

from typing import NamedTuple


class Town(NamedTuple):
    """A town or village by its first name, and where it is (WGS 84). `size` is how many live there; a seat of a country,
    province or district counts as large even where nobody says."""

    id: str
    name: str
    country: str | None
    lat: float
    lon: float
    size: int


class Box(NamedTuple):
    """A part of a map, by its edges in degrees."""

    west: float
    south: float
    east: float
    north: float
