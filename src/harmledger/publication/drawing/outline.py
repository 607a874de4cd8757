"""Outlines cut to a frame and made as simple as the drawing can show."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from harmledger.publication.drawing.atlas import Country, Point
from harmledger.publication.drawing.projection import Frame

_FINEST: Final = 0.7
"""Points nearer than this to the last, in the drawing's units, are left out."""

_LEAST_RING: Final = 3
_LEAST_LABEL: Final = 0.025
"""The least share of the drawing that a country has when its name is written."""

_CLEAR: Final = 40.0


def draw_countries(countries: Iterable[Country], frame: Frame) -> Iterator[tuple[str, str, Point | None]]:
    """Give name, path and label position of each country in the frame; no position where it is too small."""
    for country in countries:
        rings = [_draw_ring(ring, frame) for ring in country.rings if _meets(ring, frame)]
        drawn = [ring for ring in rings if len(ring) >= _LEAST_RING]
        if drawn:
            path = "".join(
                "M" + "L".join(f"{_write(x)} {_write(y)}" for x, y in ring) + "Z" for ring in drawn
            )
            yield country.name, path, _place_label(max(drawn, key=lambda ring: abs(_measure(ring))), frame)


def _meets(ring: Sequence[Point], frame: Frame) -> bool:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    is_beside = min(lons) > frame.east or max(lons) < frame.west
    return not is_beside and min(lats) <= frame.north and max(lats) >= frame.south


def _draw_ring(ring: Iterable[Point], frame: Frame) -> list[Point]:
    return _simplify(_clip([frame.place(lon, lat) for lon, lat in ring], frame))


def _clip(ring: list[Point], frame: Frame) -> list[Point]:
    """Cut a polygon to the drawing and a little beyond, side by side (Sutherland and Hodgman 1974)."""
    low, right, bottom = -4.0, frame.width + 4.0, frame.height + 4.0
    ring = _clip_side(ring, lambda p: p[0] - low)
    ring = _clip_side(ring, lambda p: right - p[0])
    ring = _clip_side(ring, lambda p: p[1] - low)
    return _clip_side(ring, lambda p: bottom - p[1])


def _clip_side(ring: list[Point], inside: Callable[[Point], float]) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was, now = inside(before), inside(point)
        if (was >= 0) != (now >= 0):
            share = was / (was - now)
            kept.append(
                (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
            )
        if now >= 0:
            kept.append(point)
    return kept


def _simplify(ring: list[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in ring:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _FINEST:
            kept.append(point)
    return kept


def _measure(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _place_label(ring: list[Point], frame: Frame) -> Point | None:
    """Give the ring's centre of gravity, where it stands clear of the edges."""
    area = _measure(ring)
    if abs(area) < _LEAST_LABEL * frame.width * frame.height:
        return None
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    x, y = x / (6 * area), y / (6 * area)
    is_clear = 2 * _CLEAR < x < frame.width - 2 * _CLEAR and _CLEAR < y < frame.height - _CLEAR
    return (round(x, 1), round(y, 1)) if is_clear else None


def _write(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
