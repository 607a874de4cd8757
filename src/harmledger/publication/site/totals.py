"""The page of totals: bands by month, province and group; day totals and others' counts apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from harmledger.publication.drawing.bars import WIDTH, Bar
from harmledger.publication.drawing.cumulative import CurveDrawing, draw_curve
from harmledger.publication.drawing.timeline import choose_step
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.survey import Survey
from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.view.totals import (
    COLUMNS,
    RunningRow,
    list_running_totals,
    name_period,
    tally_columns,
    write_total,
)
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.vocabulary import PEOPLE_GROUPS
from harmledger.tallies.selection import By
from harmledger.tallies.tally import Tally, tally_incidents

_NAMES: Final = ("killed", "killed_children", "injured")
"""What the columns are called, as keys of the words."""
_ROOM: Final = WIDTH


@dataclass(frozen=True, slots=True)
class BandCell:
    """A total in words with its bar from low to high, on its column's scale."""

    text: str
    best: str | None = None
    bar: Bar | None = None
    harm: str = "killed"


@dataclass(frozen=True, slots=True)
class BandRow:
    """One period, province or group."""

    name: str
    cells: tuple[BandCell, ...]


@dataclass(frozen=True, slots=True)
class BandTable:
    """Totals by one thing."""

    caption: str
    note: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[BandRow, ...]


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day's total as said, beside the attacks inside it."""

    href: str
    heading: str
    said: str
    inside: str
    sum: str
    missing: str


@dataclass(frozen=True, slots=True)
class TotalsPage:
    """Everything the page of totals prints."""

    tables: tuple[BandTable, ...]
    days: tuple[DayRow, ...]
    running: tuple[RunningRow, ...]
    curve: CurveDrawing | None = None
    others: tuple[RunningRow, ...] = ()


def make_totals(survey: Survey, frame: Frame, documents: Mapping[str, Document]) -> TotalsPage:
    """Gather what the page of totals prints. `documents` are those that carry running totals."""
    words = frame.words
    site = words.tables["site"]
    tables = (
        _tabulate(survey, "none", site["totals_everything"], site["record"], words),
        _tabulate_groups(survey, words),
        _tabulate(survey, "month", site["totals_by_month"], words.tables["page"]["month"], words),
        _tabulate(survey, "admin1", site["totals_by_province"], words.tables["page"]["province"], words),
    )
    running = tuple(incident for incident in survey.thin if incident.scope == "since_date")
    claims: Mapping[str, Claim] = {}
    mask = NameMask((), running, words, survey.known, naming=frame.naming)
    maker = SheetMaker(Records(running, claims, documents), words, mask, frame.rules)
    rows = list_running_totals(Records(survey.thin, claims, documents), maker, words) if running else ()
    curve, others = _draw_curve(survey, rows, words)
    return TotalsPage(
        tables=tuple(table for table in tables if table.rows),
        days=_list_days(survey, words),
        running=rows,
        curve=curve,
        others=others,
    )


def _draw_curve(
    survey: Survey, rows: Sequence[RunningRow], words: Wording
) -> tuple[CurveDrawing | None, tuple[RunningRow, ...]]:
    """Draw the growing sum, and give the published totals of people killed that stand on it, in their order."""
    from harmledger.tallies.running import compare_running_totals

    days = [entry.start for entry in survey.entries if entry.start and entry.scope != "since_date"]
    if not days:
        return None, ()
    totals = compare_running_totals(survey.thin, "killed")
    placed = [(total, row) for total, row in zip(totals, rows, strict=False) if total.start and total.end]
    tallies = survey.tally(choose_step(min(days), max(days)), None, "killed")
    curve = draw_curve(tallies, [total for total, _ in placed], words)
    return curve, tuple(row for _, row in placed) if curve else ()


def list_tallies(survey: Survey) -> list[Tally]:
    """Give the totals that the data hold: by everything, year, month and province, of the main harms and groups."""
    found: list[Tally] = []
    ways: tuple[By, ...] = ("none", "year", "month", "admin1")
    for by in ways:
        for harm, group in COLUMNS:
            tallies = survey.tally(by, group, harm)
            found.extend(tally for tally in tallies if tally.incidents or tally.area_days)
    return found


def _tabulate(survey: Survey, by: By, caption: str, first: str, words: Wording) -> BandTable:
    site = words.tables["site"]
    columns, labels = tally_columns(survey.tally, by)
    countries = {i.place.admin1: i.place.country for i in survey.thin if i.place and i.place.admin1}
    scales = [max([1, *(column[label].high or 0 for label in labels)]) for column in columns]
    rows = tuple(
        BandRow(
            _name_row(label, by, countries, words),
            (
                BandCell(words.number(columns[0][label].incidents)),
                *(
                    _fill(column[label], scale, harm, words)
                    for column, scale, (harm, _) in zip(columns, scales, COLUMNS, strict=True)
                ),
            ),
        )
        for label in labels
    )
    return BandTable(caption, "", first, (site["attacks"], *(site[name] for name in _NAMES)), rows)


def _name_row(label: str | None, by: By, countries: Mapping[str, str | None], words: Wording) -> str:
    """Name a period or a province."""
    if by == "none":
        return str(words.tables["site"]["totals_everything"])
    if by == "admin1" and label is not None:
        return words.name_place(label, countries.get(label))
    return name_period(label, words)


def _tabulate_groups(survey: Survey, words: Wording) -> BandTable:
    site = words.tables["site"]
    told = {group for i in survey.thin if "killed" in i.toll for group in i.toll["killed"].groups}
    totals = {
        group: survey.tally("none", group, "killed")[0]
        for group in PEOPLE_GROUPS
        if group in told and group != "people"
    }
    scale = max([1, *(tally.high or 0 for tally in totals.values())])
    rows = tuple(
        BandRow(_begin(words.label("group", group)), (_fill(tally, scale, "killed", words),))
        for group, tally in totals.items()
        if tally.best is not None
    )
    return BandTable(
        site["totals_by_group"], site["totals_group_note"], site["group_name"], (site["killed"],), rows
    )


def _fill(tally: Tally, scale: int, harm: str, words: Wording) -> BandCell:
    cell = write_total(words, tally.low, tally.best, tally.high, tally.open_ended)
    if tally.best is None:
        return BandCell(cell.text)
    low, high = tally.low or 0, tally.high if tally.high is not None else tally.best
    start, width = _ROOM * low / scale, max(_ROOM * (high - low) / scale, 1.5)
    bar = Bar(round(start, 1), round(width, 1), round(_ROOM * tally.best / scale, 1), tally.open_ended, True)
    return BandCell(cell.text, cell.best, bar, harm)


def _list_days(survey: Survey, words: Wording) -> tuple[DayRow, ...]:
    """Give each day's total of people killed, beside the sum of the attacks inside it."""
    by_id = {incident.id: incident for incident in survey.thin}
    rows = []
    for entry in survey.entries:
        if entry.scope != "area_day":
            continue
        parts = [by_id[name] for name in survey.parts.get(entry.id, ()) if name in by_id]
        inside = [replace(part, part_of=()) for part in parts if part.scope == "attack"]
        total = tally_incidents(inside, "none")[0][0]
        said = entry.killed.text if entry.killed else words.phrase("none_said")
        balance = survey.around.nest.weigh_whole(entry.id)
        missing = words.number(balance.unaccounted) if balance is not None else words.phrase("none_said")
        rows.append(
            DayRow(
                entry.href,
                entry.heading,
                said,
                words.number(len(inside)),
                words.total(total.low, total.best, total.high, total.open_ended),
                missing,
            )
        )
    return tuple(rows)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
