"""How a toll grew, in words: each voice's figures in the order of publication."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from harmledger.publication.view.extras import read_extra
from harmledger.publication.wording import Wording
from harmledger.records.growth import Growth, GrowthStep, StockEnding
from harmledger.records.incident import GroupExtent, Incident

SHOWN: Final = 200
"""So many figures of one harm are shown, the latest; more would be no picture."""


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """One voice's figure at one time. `series` numbers the voices from 0; `published` is as the document has it, `stamp`
    in words."""

    series: int
    voice: str
    published: str | None
    stamp: str
    low: int | None
    best: int
    high: int
    text: str
    change: str


@dataclass(frozen=True, slots=True)
class GrowthSheet:
    """The figures of one harm over time, with how they end."""

    harm: str
    label: str
    points: tuple[GrowthPoint, ...]
    endings: tuple[str, ...]


def list_growth(incident: Incident, voices: Sequence[str], words: Wording) -> tuple[GrowthSheet, ...]:
    """Give how each harm's figures grew, in the order of the format; a harm of which no voice changed its figure is left
    out. `voices` are what the accounts' voices are called, in the order of the accounts."""
    growth = read_extra(incident, "growth", Growth)
    if growth is None:
        return ()
    changed = {curve.harm for curve in growth.curves}
    harms = changed | {ending.harm for ending in growth.endings}
    return tuple(
        GrowthSheet(
            harm,
            words.label("harm", harm),
            _list_points(incident, growth, harm, voices, words) if harm in changed else (),
            tuple(_tell_ending(ending, words) for ending in growth.endings if ending.harm == harm),
        )
        for harm in words.tables["harm"]
        if harm in harms
    )


def _list_points(
    incident: Incident, growth: Growth, harm: str, voices: Sequence[str], words: Wording
) -> tuple[GrowthPoint, ...]:
    """Give the figures of all voices that give any: those that changed theirs, and the others as they stand."""
    told: dict[int, tuple[GrowthStep, ...]] = {
        curve.account: curve.steps
        for curve in growth.curves
        if curve.harm == harm and 0 <= curve.account < len(voices)
    }
    for number, account in enumerate(incident.accounts[: len(voices)]):
        extent = account.toll.get(harm)
        if number not in told and extent is not None and extent.best is not None:
            high = extent.high if extent.high is not None else extent.best
            step = GrowthStep(
                account.first_published, extent.low, extent.best, high, extent.open_ended, "first"
            )
            told[number] = (step,)
    points = (
        _make_point(series, voices[number], step, words)
        for series, number in enumerate(sorted(told, key=lambda number: (-len(told[number]), number)))
        for step in told[number]
    )
    return tuple(sorted(points, key=lambda point: (point.published or "", point.series)))[-SHOWN:]


def _make_point(series: int, voice: str, step: GrowthStep, words: Wording) -> GrowthPoint:
    return GrowthPoint(
        series=series,
        voice=voice,
        published=step.published,
        stamp=words.stamp(step.published) or words.phrase("not_known"),
        low=step.low,
        best=step.best,
        high=step.high,
        text=words.figure(GroupExtent(step.low, step.high, step.best), step.open_ended),
        change=words.label("change", step.change),
    )


def _tell_ending(ending: StockEnding, words: Wording) -> str:
    name = "ended_rescued" if ending.change == "rescued" else "ended_none_left"
    return words.phrase(
        name,
        harm=words.label("harm", ending.harm).lower(),
        day=words.stamp(ending.published) or words.phrase("not_known"),
    )


def tell_curves(sheets: Iterable[GrowthSheet], words: Wording) -> Iterator[str]:
    """Give the figures of each voice that changed its own as a line: "Killed, a monitor: 38 (22 July) → 41 (23 July)"."""
    for sheet in sheets:
        series = dict.fromkeys(point.series for point in sheet.points)
        for number in series:
            told = [point for point in sheet.points if point.series == number]
            if len(told) > 1:
                steps = " → ".join(
                    words.phrase("growth_step", figure=one.text, day=one.stamp, change=one.change)
                    for one in told
                )
                yield words.phrase("growth_line", harm=sheet.label, voice=told[0].voice, steps=steps)
        yield from sheet.endings
