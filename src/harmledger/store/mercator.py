"""The Web Mercator square: longitudes and latitudes as positions from 0 to 1, from the north-west corner."""

import math
from typing import Final

STEEPEST: Final = 85.0511
"""The latitude at which the projected world is a square."""


def project(lon: float, lat: float) -> tuple[float, float]:
    """Give the position of a point given in degrees; beyond the square's edge it stands on the edge."""
    radians = math.radians(max(-STEEPEST, min(STEEPEST, lat)))
    return (lon + 180) / 360, (1 - math.asinh(math.tan(radians)) / math.pi) / 2


def unproject(x: float, y: float) -> tuple[float, float]:
    """Give longitude and latitude, in degrees, of a position."""
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
