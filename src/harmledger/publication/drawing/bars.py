"""Range bars: from the low to the high figure on one scale, drawn as small inline SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from harmledger.publication.view.figures import Figure

WIDTH: Final = 120.0
"""Width of a bar's scale, in SVG units; the page stretches it to its column."""

_LEAST: Final = 3.0
"""A range narrower than this is drawn this wide, so that a single figure can be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a bar starts, how wide it is, where its best figure stands, and whether it is open upwards.

    All in SVG units from the left; `has_low` is false for "at most n", which starts at nought and fades in.
    """

    start: float
    width: float
    best: float | None
    is_open: bool
    has_low: bool


def find_scales(figures: Iterable[Figure]) -> dict[str, float]:
    """Give for each harm the figure that the full width stands for: the largest that any account gives."""
    scale: dict[str, float] = {}
    for figure in figures:
        known = [n for n in (figure.low, figure.high, figure.best) if n is not None]
        scale[figure.harm] = max([scale.get(figure.harm, 1.0), *map(float, known)])
    return scale


def draw_bar(figure: Figure, full: float) -> Bar | None:
    """Place one figure on a scale that ends at `full`; None where it has no bounds at all."""
    if figure.low is None and figure.high is None:
        return None
    room = WIDTH * 0.86  # what an open bar needs for its arrow is kept free on the right
    low = 0 if figure.low is None else figure.low
    high = low if figure.high is None else figure.high
    start = room * low / full
    width = max(room * (high - low) / full, _LEAST)
    best = None if figure.best is None else room * figure.best / full
    is_open = figure.is_open or figure.high is None
    return Bar(round(start, 1), round(width, 1), _round(best), is_open, figure.low is not None)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
