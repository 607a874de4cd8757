"""Country outlines for maps in a browser: world-atlas as TopoJSON on a coarser grid, a third of its size.

`python -m harmledger.publication.drawing.topology countries-50m.json outlines.json` writes it; `make assets` does so.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

STEP: Final = 0.03
"""Degrees of the grid, about three kilometres: what outlines of 1:50,000,000 can show."""


def coarsen_topology(topology: Mapping[str, Any], step: float = STEP) -> dict[str, Any]:
    """Give the countries of a TopoJSON file on a grid of `step` degrees, with their names and nothing else."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    countries = topology["objects"]["countries"]["geometries"]
    shapes = [
        {"type": one["type"], "arcs": one.get("arcs", []), "properties": {"name": one["properties"]["name"]}}
        for one in countries
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [step, step], "translate": [0, 0]},
        "arcs": [_coarsen_arc(arc, scale, shift, step) for arc in topology["arcs"]],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
    }


def _coarsen_arc(
    arc: Sequence[Sequence[int]], scale: Sequence[float], shift: Sequence[float], step: float
) -> list[list[int]]:
    """Move an arc onto the grid, as differences; an arc keeps two points, for TopoJSON wants them."""
    told: list[list[int]] = []
    x = y = at_x = at_y = 0
    for across, down in arc:
        x, y = x + across, y + down
        next_x, next_y = round((x * scale[0] + shift[0]) / step), round((y * scale[1] + shift[1]) / step)
        if not told or (next_x, next_y) != (at_x, at_y):
            told.append([next_x - at_x, next_y - at_y])
        at_x, at_y = next_x, next_y
    return told if len(told) > 1 else [*told, [0, 0]]


def build_topology(source: Path, target: Path) -> None:
    """Read a TopoJSON file of world-atlas and write the coarser one."""
    told = coarsen_topology(json.loads(source.read_text(encoding="utf-8")))
    target.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build_topology(Path(sys.argv[1]), Path(sys.argv[2]))
