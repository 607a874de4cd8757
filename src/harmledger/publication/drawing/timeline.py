"""The timeline: people killed by day, month or year, from the lowest to the highest account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from harmledger.publication.view.totals import name_period
from harmledger.publication.wording import Wording
from harmledger.tallies.tally import Tally

Step = Literal["day", "month", "year"]

WIDTH: Final = 960.0
HEIGHT: Final = 200.0
_TOP: Final = 22.0
_BOTTOM: Final = 34.0
_LEFT: Final = 44.0
_MOST_DAYS: Final = 100
_MOST_MONTHS: Final = 140
_WIDEST: Final = 26.0


@dataclass(frozen=True, slots=True)
class Column:
    """One period: best figure as a bar, lowest to highest as a line beside it; heights in the drawing's units.

    `y_low` and `y_high` are None where the accounts agree, `bar` is 0 where nobody gives a figure.
    """

    label: str
    x: float
    width: float
    y: float
    bar: float
    y_low: float | None
    y_high: float | None
    is_open: bool
    text: str
    attacks: int
    name: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the drawing with its figure, or a mark under it with its period."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """Everything the template prints of the timeline."""

    step: Step
    columns: tuple[Column, ...]
    levels: tuple[Tick, ...]
    periods: tuple[Tick, ...]
    base: float
    undated: int


def choose_step(first: str, last: str) -> Step:
    """Give the period of a column: days while they can be told apart, then months, then years."""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if days <= _MOST_DAYS:
        return "day"
    return "month" if days <= _MOST_MONTHS * 31 else "year"


def draw_timeline(tallies: Sequence[Tally], step: Step, words: Wording) -> TimelineDrawing | None:
    """Draw tallies by the step, with a column for each period between the first and the last; None without any."""
    dated = {tally.label: tally for tally in tallies if tally.label and (tally.incidents or tally.area_days)}
    if not dated:
        return None
    labels = _list_periods(min(dated), max(dated), step)
    highest = max([1, *(tally.high or 0 for tally in dated.values())])
    levels = _list_levels(highest)
    full = max(highest, levels[-1] if levels else 0)
    base = HEIGHT - _BOTTOM
    room = base - _TOP
    pitch = (WIDTH - _LEFT) / len(labels)
    columns = tuple(
        _make_column(label, dated[label], _LEFT + pitch * n, pitch, room / full, words)
        for n, label in enumerate(labels)
        if label in dated
    )
    return TimelineDrawing(
        step=step,
        columns=columns,
        levels=tuple(Tick(round(base - room * n / full, 1), words.number(n)) for n in levels),
        periods=_list_ticks(labels, pitch, step, words),
        base=base,
        undated=sum(tally.incidents + tally.area_days for tally in tallies if not tally.label),
    )


def _make_column(label: str, tally: Tally, x: float, pitch: float, unit: float, words: Wording) -> Column:
    base = HEIGHT - _BOTTOM
    width = min(pitch * 0.72, _WIDEST)
    best = unit * (tally.best or 0)
    differs = tally.best is not None and tally.low != tally.high
    figure = words.total(tally.low, tally.best, tally.high, tally.open_ended)
    name = name_period(label, words) if len(label) <= len("2019-07") else words.day(label)
    return Column(
        label=label,
        x=round(x + (pitch - width) / 2, 1),
        width=round(max(width, 1.5), 1),
        y=round(base - best, 1),
        bar=round(best, 1),
        y_low=round(base - unit * (tally.low or 0), 1) if differs else None,
        y_high=round(base - unit * (tally.high or 0), 1) if differs else None,
        is_open=tally.open_ended,
        text=figure,
        attacks=tally.incidents,
        name=name,
    )


def _list_periods(first: str, last: str, step: Step) -> list[str]:
    if step == "year":
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    if step == "month":
        start, end = (int(label[:4]) * 12 + int(label[5:7]) - 1 for label in (first, last))
        return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]
    day, end_day = date.fromisoformat(first), date.fromisoformat(last)
    return [(day + timedelta(days=n)).isoformat() for n in range((end_day - day).days + 1)]


def _list_levels(highest: int) -> list[int]:
    step = next(
        (
            size
            for power in range(9)
            for size in (10**power, 2 * 10**power, 5 * 10**power)
            if highest / size <= 4
        ),
        1,
    )
    return list(range(step, highest + step, step))


def _list_ticks(labels: Sequence[str], pitch: float, step: Step, words: Wording) -> tuple[Tick, ...]:
    """Name the years under a timeline of months, the months under one of days; else every so many columns."""
    months = words.tables["months_short"]
    ticks = []
    every = max(1, round(len(labels) / 12))
    for number, label in enumerate(labels):
        x = round(_LEFT + pitch * number + pitch / 2, 1)
        if step == "month" and (label.endswith("-01") or number == 0):
            if number == 0 and any(later.endswith("-01") for later in labels[1 : 1 + round(70 / pitch)]):
                continue
            ticks.append(
                Tick(x, label[:4] if label.endswith("-01") else f"{months[int(label[5:7]) - 1]} {label[:4]}")
            )
        elif step == "day" and number % every == 0:
            ticks.append(Tick(x, f"{int(label[8:])} {months[int(label[5:7]) - 1]}"))
        elif step == "year" and number % every == 0:
            ticks.append(Tick(x, label))
    return tuple(Tick(tick.at, words.digits(tick.text)) for tick in ticks)
