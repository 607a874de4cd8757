"""The growing sum: people killed since the first entry, from the lowest to the highest account, with others' totals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from harmledger.publication.drawing.timeline import Tick
from harmledger.publication.view.totals import name_period
from harmledger.publication.wording import Wording
from harmledger.tallies.running import RunningTotal
from harmledger.tallies.tally import Tally

WIDTH: Final = 960.0
HEIGHT: Final = 260.0
_TOP, _BOTTOM, _LEFT, _RIGHT = 18.0, 34.0, 52.0, 12.0
_LEVELS: Final = 4


@dataclass(frozen=True, slots=True)
class Step:
    """The sums up to the end of one period, in words and as heights of the drawing; `until` is its last day, and `sums`
    are the numbers themselves: low, best, high."""

    label: str
    name: str
    text: str
    x: float
    low: float
    best: float
    high: float
    until: str
    sums: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class OtherMark:
    """A running total that somebody published: from its first to its last day, at its height, with a number to find it
    in the list; and the same as days and a number."""

    number: str
    x: float
    end: float
    y: float
    since: str
    until: str
    value: int


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """Everything the template prints of the curve. `band` and `line` are paths."""

    band: str
    line: str
    steps: tuple[Step, ...]
    others: tuple[OtherMark, ...]
    levels: tuple[Tick, ...]
    periods: tuple[Tick, ...]
    base: float


def draw_curve(
    tallies: Sequence[Tally], others: Sequence[RunningTotal], words: Wording
) -> CurveDrawing | None:
    """Draw the sums over tallies by month or by day; None with fewer than two periods.

    `others` are those running totals of the same harm that have a first and a last day.
    """
    dated = sorted((t for t in tallies if t.label and t.best is not None), key=lambda t: t.label or "")
    if len(dated) < 2:
        return None
    told = [other for other in others if other.start and other.end and _find_value(other) is not None]
    first = min([_begin(dated[0]), *(date.fromisoformat(o.start or "") for o in told)])
    last = max([_finish(dated[-1]), *(date.fromisoformat(o.end or "") for o in told)])
    top = max([sum(t.high or t.best or 0 for t in dated), *(_find_value(other) or 0 for other in told)])
    levels = _list_levels(max(top, 1))
    unit = (HEIGHT - _TOP - _BOTTOM) / max(levels[-1], 1)
    pitch = (WIDTH - _LEFT - _RIGHT) / max((last - first).days, 1)

    def across(day: date) -> float:
        return round(_LEFT + (day - first).days * pitch, 1)

    def up(value: float) -> float:
        return round(HEIGHT - _BOTTOM - value * unit, 1)

    steps = []
    low = best = high = 0
    is_open = False
    for tally in dated:
        low, best, high = (
            low + (tally.low or 0),
            best + (tally.best or 0),
            high + (tally.high or tally.best or 0),
        )
        is_open = is_open or tally.open_ended
        label = tally.label or ""
        name = name_period(label, words) if len(label) <= len("2019-07") else words.day(label)
        text = words.total(low, best, high, is_open)
        end = _finish(tally)
        heights = (up(low), up(best), up(high))
        steps.append(Step(label, name, text, across(end), *heights, end.isoformat(), (low, best, high)))
    start = across(_begin(dated[0]))
    marks = tuple(
        OtherMark(
            words.number(n),
            across(date.fromisoformat(o.start or "")),
            across(date.fromisoformat(o.end or "")),
            up(_find_value(o) or 0),
            o.start or "",
            o.end or "",
            _find_value(o) or 0,
        )
        for n, o in enumerate(told, 1)
    )
    return CurveDrawing(
        band=_draw_band(steps, start, up(0)),
        line=_draw_line([(step.x, step.best) for step in steps], start, up(0)),
        steps=tuple(steps),
        others=marks,
        levels=tuple(Tick(up(level), words.number(level)) for level in levels),
        periods=_list_ticks(first, last, across, words),
        base=up(0),
    )


def _find_value(other: RunningTotal) -> int | None:
    return next((value for value in (other.count, other.low, other.high) if value is not None), None)


def _begin(tally: Tally) -> date:
    label = tally.label or ""
    return date.fromisoformat(f"{label}-01-01"[:10] if len(label) == 4 else f"{label}-01"[:10])


def _finish(tally: Tally) -> date:
    """Give the last day of a tally's period."""
    label = tally.label or ""
    if len(label) == len("2019-07-22"):
        return date.fromisoformat(label)
    year, _, month = label.partition("-")
    following = date(int(year) + (not month or month == "12"), int(month) % 12 + 1 if month else 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _draw_line(points: Sequence[tuple[float, float]], start: float, base: float) -> str:
    """Give a path that climbs at the end of each period: in between nothing is known."""
    return f"M{start} {base}" + "".join(f"H{x}V{y}" for x, y in points)


def _draw_band(steps: Sequence[Step], start: float, base: float) -> str:
    upper = "".join(f"H{step.x}V{step.high}" for step in steps)
    before = [(start, base), *((step.x, step.low) for step in steps[:-1])]
    lower = "".join(f"V{low}H{x}" for x, low in reversed(before))
    return f"M{start} {base}{upper}{lower}Z"


def _list_levels(highest: int) -> list[int]:
    step = next(
        size
        for power in range(10)
        for size in (10**power, 2 * 10**power, 5 * 10**power)
        if highest / size <= _LEVELS
    )
    return list(range(step, highest + step, step))


def _list_ticks(first: date, last: date, across: Callable[[date], float], words: Wording) -> tuple[Tick, ...]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next(size for size in (1, 2, 3, 6, 12, 24, 60, 120, 600) if months / size <= 9)
    ticks = []
    for number in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        day = date(year, month + 1, 1)
        if number % every or not first <= day <= last:
            continue
        text = str(year) if every % 12 == 0 else f"{words.tables['months_short'][month]} {year}"
        ticks.append(Tick(across(day), words.digits(text)))
    return tuple(ticks)
