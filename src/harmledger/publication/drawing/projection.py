"""A piece of the world on paper: equirectangular, true to scale along its middle parallel."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from harmledger.publication.drawing.atlas import Point

KM_PER_DEGREE: Final = 111.32
"""Kilometres of one degree of latitude."""

WIDTH: Final = 960.0
_FLATTEST: Final = 0.46
_TALLEST: Final = 0.7
_LEAST_SPAN: Final = 0.9
_MARGIN: Final = 0.14
_STEPS: Final = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """The piece drawn, in degrees, and the drawing's size in its own units."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> Point:
        """Give the position in the drawing, from its upper left corner."""
        x = (lon - self.west) / (self.east - self.west) * self.width
        y = (self.north - lat) / (self.north - self.south) * self.height
        return x, y

    def measure_km(self, km: float) -> float:
        """Give the length of so many kilometres, along the middle parallel."""
        return km / KM_PER_DEGREE / (self.north - self.south) * self.height

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in the piece drawn."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def frame_points(points: Iterable[tuple[float, float, float]]) -> Frame | None:
    """Give the frame around points (longitude, latitude, radius in km) with a margin; None without any.

    It is never smaller than a district's surroundings, and neither flat nor tall beyond reading.
    """
    edges = [
        (lon - reach / math.cos(math.radians(min(abs(lat), 85.0))), lat - reach, lon, lat, reach)
        for lon, lat, km in points
        for reach in (km / KM_PER_DEGREE,)
    ]
    if not edges:
        return None
    west, south = min(edge[0] for edge in edges), min(edge[1] for edge in edges)
    east = max(edge[2] + (edge[2] - edge[0]) for edge in edges)
    north = max(edge[3] + edge[4] for edge in edges)
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    stretch = math.cos(math.radians(min(abs(middle_lat), 80.0)))
    tall = max(north - south, _LEAST_SPAN) * (1 + 2 * _MARGIN)
    wide = max((east - west) * stretch, _LEAST_SPAN) * (1 + 2 * _MARGIN)
    tall = max(tall, wide * _FLATTEST)
    wide = max(wide, tall / _TALLEST)
    half_lon, half_lat = wide / stretch / 2, tall / 2
    height = round(WIDTH * tall / wide, 1)
    return Frame(
        middle_lon - half_lon,
        max(middle_lat - half_lat, -90.0),
        middle_lon + half_lon,
        min(middle_lat + half_lat, 90.0),
        WIDTH,
        height,
    )


def list_degrees(low: float, high: float) -> list[float]:
    """Give the round degrees between two, few enough to label."""
    step = next((step for step in _STEPS if (high - low) / step <= _LINES), _STEPS[-1])
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def choose_scale_km(frame: Frame) -> int:
    """Give the length of the scale bar: a round number of kilometres, about a sixth of the width."""
    whole = frame.width / frame.measure_km(1.0)
    return max(
        length
        for length in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
        if length == 1 or length <= whole / 5
    )
