"""The figures of one harm over time: a stepped line for each voice, drawn as a small inline SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from harmledger.publication.view.growth import GrowthPoint, GrowthSheet
from harmledger.publication.wording import Wording

WIDTH: Final = 640.0
HEIGHT: Final = 190.0
_LEFT: Final = 44.0
_RIGHT: Final = 40.0
_TOP: Final = 16.0
_BOTTOM: Final = 30.0
_STYLES: Final = 6
"""So many voices are told apart by their line; further ones share the last."""
_TICKS: Final = 4


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure: where it stands, its bounds as a line where they differ, and what it says."""

    x: float
    y: float
    y_low: float | None
    y_high: float | None
    style: int
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One voice's figures: the path from one to the next, and its last figure behind the end."""

    path: str
    style: int
    x: float
    y: float
    last: str


@dataclass(frozen=True, slots=True)
class GrowthDrawing:
    """Everything the template prints of one chart; positions in the drawing's units, from the upper left."""

    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    levels: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    base: float


def style_series(series: int) -> int:
    """Give the number of the line style of a voice."""
    return min(series, _STYLES - 1)


def draw_growth(sheet: GrowthSheet, words: Wording) -> GrowthDrawing | None:
    """Draw what is dated; None where that is fewer than two moments."""
    dated = [(moment, point) for point in sheet.points if (moment := _read_moment(point.published))]
    moments = sorted({moment for moment, _ in dated})
    if len(moments) < 2:
        return None
    first, span = moments[0], (moments[-1] - moments[0]).total_seconds()
    full = float(max(1, *(point.high for _, point in dated)))
    base = HEIGHT - _BOTTOM
    room = WIDTH - _LEFT - _RIGHT

    def place_moment(moment: datetime) -> float:
        return round(_LEFT + room * (moment - first).total_seconds() / span, 1)

    def place_figure(figure: int) -> float:
        return round(base - (base - _TOP) * figure / full, 1)

    dots = [
        Dot(
            place_moment(moment),
            place_figure(point.best),
            place_figure(point.low or 0) if point.low != point.high else None,
            place_figure(point.high) if point.low != point.high else None,
            style_series(point.series),
            f"{point.voice}, {point.stamp}: {point.text}",
        )
        for moment, point in dated
    ]
    by_series: dict[int, list[tuple[Dot, GrowthPoint]]] = {}
    for dot, (_, point) in zip(dots, dated, strict=True):
        by_series.setdefault(point.series, []).append((dot, point))
    return GrowthDrawing(
        lines=tuple(_draw_line(told, words) for told in by_series.values() if len(told) > 1),
        dots=tuple(dots),
        levels=tuple((place_figure(int(n)), words.number(int(n))) for n in sorted({full, full // 2})),
        days=_list_days(moments, place_moment, words),
        base=base,
    )


def _read_moment(published: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _draw_line(told: Sequence[tuple[Dot, GrowthPoint]], words: Wording) -> Line:
    """Draw from one figure to the next: it holds until the next is published."""
    start, *rest = (dot for dot, _ in told)
    path = f"M{start.x} {start.y}" + "".join(f"H{dot.x}V{dot.y}" for dot in rest)
    last, point = told[-1]
    return Line(path, last.style, last.x, last.y, words.number(point.best))


def _list_days(
    moments: Sequence[datetime], place: Callable[[datetime], float], words: Wording
) -> tuple[tuple[float, str], ...]:
    """Name a few moments under the drawing, none so near to another that they would touch."""
    months = words.tables["months_short"]
    ticks: list[tuple[float, str]] = []
    for moment in moments:
        at = place(moment)
        if not ticks or at - ticks[-1][0] >= (WIDTH - _LEFT - _RIGHT) / _TICKS:
            ticks.append((at, words.digits(f"{moment.day} {months[moment.month - 1]}")))
    return tuple(ticks)
