"""Totals as they are shown: by month and province, and others' running totals beside ours."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from harmledger.publication.wording import Wording
from harmledger.records.incident import Extent, Incident
from harmledger.records.time import Time

if TYPE_CHECKING:
    from harmledger.publication.view.incident import Records, SheetMaker
    from harmledger.tallies.bands import Band
    from harmledger.tallies.figures import Bounds
    from harmledger.tallies.running import RunningTotal
    from harmledger.tallies.selection import By
    from harmledger.tallies.tally import Tally

COLUMNS: Final = (("killed", None), ("killed", "children"), ("injured", None))
"""Harm and group of each column of figures."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words, and the best figure where the words give a range."""

    text: str
    best: str | None = None


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One period or area, with its figures."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """Totals by one thing, with the names of its columns."""

    caption: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[TotalsRow, ...]


@dataclass(frozen=True, slots=True)
class RunningRow:
    """A running total that somebody published, beside ours for the same area and days."""

    voice: str
    period: str
    theirs: str
    what: str
    ours: Cell
    missing: str


def tabulate_totals(incidents: Sequence[Incident], words: Wording) -> tuple[TotalsTable, ...]:
    """Give the totals by month and by province."""
    page = words.tables["page"]
    months = _tabulate(incidents, "month", page["totals_by_month"], page["month"], words)
    provinces = _tabulate(incidents, "admin1", page["totals_by_province"], page["province"], words)
    return tuple(table for table in (months, provinces) if table.rows)


def list_running_totals(records: "Records", maker: "SheetMaker", words: Wording) -> tuple[RunningRow, ...]:
    """Give every published running total of harm to people, in the order of the format's harms."""
    from harmledger.tallies.running import compare_running_totals

    by_id = {incident.id: incident for incident in records.incidents}
    return tuple(
        _describe_running(total, by_id[total.incident], maker, words)
        for harm in words.tables["harm"]
        for total in compare_running_totals(records.incidents, harm)
    )


def write_total(words: Wording, low: int | None, best: int | None, high: int | None, is_open: bool) -> Cell:
    """Give a total in words; without a best figure nothing is known of it."""
    if best is None:
        return Cell(words.phrase("none_said"))
    text = words.figure(Extent(low, high, best, is_open), is_open)
    return Cell(text, None if low == high else words.phrase("best", best=words.number(best)))


def name_period(label: str | None, words: Wording) -> str:
    """Give a row's label in words: a month by its name, the rest as it is."""
    if label is None:
        return words.phrase("not_known")
    year, _, month = label.partition("-")
    if len(month) == len("07") and month.isdigit():
        return words.digits(f"{words.tables['months'][int(month) - 1]} {year}")
    return words.digits(label) if label.isdigit() else label


def tally_columns(
    count: "Callable[[By, str | None, str], Iterable[Tally]]", by: "By"
) -> "tuple[list[dict[str | None, Tally]], list[str | None]]":
    """Give the tallies of each column by label, and the labels of the rows that count anything, in order.

    `count` gives the tallies by period or area, of a group, of a harm."""
    columns = [{tally.label: tally for tally in count(by, group, harm)} for harm, group in COLUMNS]
    labels = [label for label, tally in columns[0].items() if tally.incidents or tally.area_days]
    return columns, labels


def _tabulate(
    incidents: Sequence[Incident], by: "By", caption: str, first: str, words: Wording
) -> TotalsTable:
    page = words.tables["page"]
    from harmledger.tallies.tally import tally_incidents

    def count(by: "By", group: str | None, harm: str) -> "Iterable[Tally]":
        return tally_incidents(incidents, by, group=group, harm=harm)[0]

    tallies, labels = tally_columns(count, by)
    names = [_name_column(harm, group, words) for harm, group in COLUMNS]
    rows = tuple(
        TotalsRow(
            name_period(label, words),
            (
                Cell(str(tallies[0][label].incidents)),
                *(_fill_cell(column.get(label), words) for column in tallies),
            ),
        )
        for label in labels
    )
    return TotalsTable(caption, first, (page["attack_count"], *names), rows)


def _name_column(harm: str, group: str | None, words: Wording) -> str:
    if group is None:
        return words.label("harm", harm)
    return words.phrase("harm_of", harm=words.label("harm", harm), group=words.label("group", group))


def _fill_cell(tally: "Tally | None", words: Wording) -> Cell:
    if tally is None:
        return Cell(words.phrase("none_said"))
    return write_total(words, tally.low, tally.best, tally.high, tally.open_ended)


def _describe_running(
    total: "RunningTotal", incident: Incident, maker: "SheetMaker", words: Wording
) -> RunningRow:
    period = Time(total.start, total.end, "period") if total.start and total.end else None
    place = words.place(incident.place) if incident.place else None
    said = Extent(total.low, total.high, total.count, total.open_ended)
    what = words.label("harm", total.harm).lower()
    if total.counted and total.counted != "people":
        what = f"{words.label('group', total.counted)} {what}"
    return RunningRow(
        voice=maker.name_voice(total.voice, incident.documents[0], incident.status == "reviewed"),
        period=" · ".join(part for part in (place, words.time(period)) if part),
        theirs=words.figure(said, total.open_ended),
        what=what,
        ours=write_total(words, total.ours_low, total.ours_best, total.ours_high, False),
        missing=words.number(total.unaccounted) or words.phrase("none_said"),
    )


def tell_band(band: "Band", words: Wording) -> Iterator[str]:
    """Give a total's band in sentences: what stands, what is doubtful, the two ends, and how likely the middle is."""

    def write(bounds: "Bounds") -> str:
        return words.total(bounds.low, bounds.best, bounds.high, bounds.is_open)

    number = words.number
    what = words.label("harm", band.harm)
    if band.group and band.group != "people":
        what = words.phrase("harm_of", harm=what, group=words.label("group", band.group))
    high = f"{number(band.high)}+" if band.open_ended else number(band.high)
    yield words.phrase("band_stands", harm=what, best=number(band.best), low=number(band.low), high=high)
    yield words.phrase("band_links", doubtful=number(band.doubtful), joined=number(band.joined))
    yield words.phrase("band_merged", total=write(band.merged))
    yield words.phrase("band_split", total=write(band.split))
    yield words.phrase(
        "band_sampled",
        draws=number(band.draws),
        low=number(band.sampled_low),
        mid=number(band.sampled_mid),
        high=number(band.sampled_high),
    )
    yield words.phrase("band_whole", least=number(band.least), most=number(band.most))
