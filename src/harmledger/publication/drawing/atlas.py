"""Country outlines: taken once from world-atlas (Natural Earth, public domain), read when a map is drawn.

`python -m harmledger.publication.drawing.atlas countries-50m.json outlines.json` writes the compact file. It is
built, not committed: `make assets` does so. Without it a map has a graticule and labels, and no coasts or borders.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from harmledger.records.problem import Problem

OUTLINES: Final = "outlines.json"
SCALE: Final = 100
"""Units of a degree in the compact file: hundredths, about a kilometre."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name and rings, longitude and latitude in degrees. Holes are rings like any other."""

    name: str
    rings: tuple[Ring, ...]


@cache
def load_outlines() -> tuple[tuple[Country, ...], tuple[Problem, ...]]:
    """Give the countries' outlines; none, and a note, where the file was not built."""
    source = files("harmledger.publication.drawing").joinpath(OUTLINES)
    if not source.is_file():
        note = Problem(
            "publication.outlines-missing",
            "the map has no coasts and borders: the outlines were not built",
            "note",
            remedy="run make assets (it needs npm), then publish again",
        )
        return (), (note,)
    rows = json.loads(source.read_text(encoding="utf-8"))
    return tuple(Country(name, tuple(_unpack(ring) for ring in rings)) for name, rings in rows), ()


def compact_topology(topology: Mapping[str, Any]) -> list[list[Any]]:
    """Give name and rings of each country of a TopoJSON file, rings as differences in hundredths of a degree.

    A ring that shrinks to nothing at that scale is left out.
    """
    arcs = [_decode_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    rows = []
    for shape in topology["objects"]["countries"]["geometries"]:
        rings = [_pack(_join_arcs(ring, arcs)) for ring in _list_rings(shape)]
        rows.append([shape["properties"]["name"], [ring for ring in rings if len(ring) >= 2 * 4]])
    return sorted(rows)


def _decode_arc(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[Point]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    return [(x * kx + dx, y * ky + dy) for x, y in zip(xs, ys, strict=True)]


def _list_rings(shape: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    elif shape["type"] == "MultiPolygon":
        for polygon in shape["arcs"]:
            yield from polygon


def _join_arcs(indices: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Join arcs to a ring; a negative index ~i is arc i backwards, as TopoJSON has it."""
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _pack(ring: Sequence[Point]) -> list[int]:
    steps: list[int] = []
    x = y = 0
    for lon, lat in ring:
        next_x, next_y = round(lon * SCALE), round(lat * SCALE)
        if not steps or (next_x, next_y) != (x, y):
            steps += [next_x - x, next_y - y]
        x, y = next_x, next_y
    return steps


def _unpack(steps: Sequence[int]) -> Ring:
    xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((x / SCALE, y / SCALE) for x, y in zip(xs, ys, strict=True))


def build_outlines(source: Path, target: Path) -> None:
    """Read a TopoJSON file of world-atlas and write the compact file."""
    rows = compact_topology(json.loads(source.read_text(encoding="utf-8")))
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    build_outlines(Path(sys.argv[1]), Path(sys.argv[2]))
