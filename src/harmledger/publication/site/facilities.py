"""The page of facilities hit, and hit again."""

from dataclasses import dataclass, replace
from typing import Final

from harmledger.publication.site.frame import Frame, count_noun
from harmledger.publication.site.survey import Survey
from harmledger.publication.templating import Reference
from harmledger.publication.view.facilities import Series, gather_facilities
from harmledger.publication.view.totals import Cell, write_total
from harmledger.tallies.tally import tally_incidents

MOST_NAMED: Final = 40
"""Attacks with a date that a row names, the latest; a list of thousands would tell nobody anything."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Attacks on one kind of facility in one area: how many, who was killed in them, and the latest by their days; `more`
    tells how many are not named."""

    kind: str
    area: str
    count: str
    killed: Cell
    attacks: tuple[Reference, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class FacilitiesPage:
    """Everything the page of facilities prints."""

    again: tuple[SeriesRow, ...]
    once: tuple[SeriesRow, ...]
    note: str


def make_facilities(survey: Survey, frame: Frame) -> FacilitiesPage:
    """Gather what the page of facilities prints."""
    facilities = survey.facilities or gather_facilities(survey.entries, frame.words, frame.rules.keeps_sites)
    thin = {incident.id: incident for incident in survey.thin}

    def make_row(series: Series) -> SeriesRow:
        words = frame.words
        told = [replace(thin[entry.id], part_of=()) for entry in series.entries if entry.id in thin]
        total = tally_incidents(told, "none")[0][0]
        left = max(0, len(series.numbers) - MOST_NAMED)
        named = series.entries[left:]
        return SeriesRow(
            words.label("group", series.kind),
            series.area,
            words.number(len(series.entries)),
            write_total(words, total.low, total.best, total.high, total.open_ended),
            tuple(Reference(entry.href, entry.time_text) for entry in named),
            count_noun(words, "facilities_more", left) if left else "",
        )

    site = frame.words.tables["site"]
    return FacilitiesPage(
        tuple(make_row(one) for one in facilities.series if one.is_repeated),
        tuple(make_row(one) for one in facilities.series if not one.is_repeated),
        site["facilities_note_inside" if frame.rules.keeps_sites else "facilities_note"],
    )
