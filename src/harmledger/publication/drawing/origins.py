"""Origins and the reports that carry them: a small graph of lines from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from harmledger.publication.view.origins import OriginSheet

WIDTH: Final = 640
_ROW: Final = 28
_TOP: Final = 18
_LETTERS: Final = 30
"""A name longer than this is cut in the drawing; the list has it whole."""


@dataclass(frozen=True, slots=True)
class Node:
    """An origin or a report: how high it stands, and its words."""

    y: float
    text: str
    manner: str
    y_origin: float


@dataclass(frozen=True, slots=True)
class OriginDrawing:
    """Everything the template prints: origins on the left, reports on the right, each with where its line begins."""

    height: int
    origins: tuple[Node, ...]
    carriers: tuple[Node, ...]


def draw_origins(sheets: Sequence[OriginSheet]) -> OriginDrawing | None:
    """Draw the origins; None where there is nothing to connect."""
    if not any(len(sheet.carriers) > 1 for sheet in sheets) and len(sheets) < 2:
        return None
    origins: list[Node] = []
    carriers: list[Node] = []
    row = 0
    for sheet in sheets:
        rows = range(row, row + max(1, len(sheet.carriers)))
        middle = _TOP + _ROW * (rows[0] + rows[-1]) / 2
        origins.append(Node(middle, _cut(sheet.name), "origin", middle))
        for at, carrier in zip(rows, sheet.carriers, strict=False):
            text = " ".join(part for part in (_cut(carrier.name), carrier.copies) if part)
            carriers.append(Node(_TOP + _ROW * at, text, carrier.manner, middle))
        row = rows[-1] + 1
    return OriginDrawing(_TOP + _ROW * row, tuple(origins), tuple(carriers))


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
