"""Bounds that places, times and counts keep to beyond their types, whoever says them: a reader, a file, or a person."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Final

from harmledger.records.count import Count
from harmledger.records.place import Place
from harmledger.records.time import Time

LARGEST_COUNT: Final = 999_999_999
"""No count of people or places is larger."""


def find_place_faults(place: Place | None) -> Iterator[str]:
    """Give what is wrong with a place whose types are right."""
    if place is None:
        return
    if place.lat is not None and not -90 <= place.lat <= 90:
        yield "place: the latitude lies outside -90 to 90 degrees"
    if place.lon is not None and not -180 <= place.lon <= 180:
        yield "place: the longitude lies outside -180 to 180 degrees"
    if place.radius_km is not None and place.radius_km < 0:
        yield "place: the radius is negative"
    elif place.radius_km is not None and not math.isfinite(place.radius_km):
        yield "place: the radius is no number of kilometres"


def find_time_faults(time: Time | None) -> Iterator[str]:
    """Give what is wrong with a time whose types are right."""
    if time is None:
        return
    try:
        start, end = date.fromisoformat(time.start), date.fromisoformat(time.end)
    except ValueError:
        yield f"time: {time.start!r:.20} to {time.end!r:.20} are not dates written YYYY-MM-DD"
        return
    if start.isoformat() != time.start or end.isoformat() != time.end:
        yield "time: dates must be written YYYY-MM-DD"
    if end < start:
        yield f"time: the end {time.end} lies before the start {time.start}"


def find_count_faults(count: Count | None) -> Iterator[str]:
    """Give what is wrong with a count whose bounds fit each other."""
    figures = () if count is None else (count.low, count.value, count.high)
    if any(figure is not None and figure > LARGEST_COUNT for figure in figures):
        yield f"count: a figure is larger than {LARGEST_COUNT}"
