"""The list of entries: by month, the latest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from harmledger.publication.view.entry import Entry
from harmledger.publication.view.totals import name_period
from harmledger.publication.wording import Wording

UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as the list prints it."""

    stem: str
    href: str
    day: str
    place: str
    told: str
    killed: str | None
    killed_label: str
    other: str | None
    other_label: str
    grade: str


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The entries of one month; `key` is YYYY-MM, or undated."""

    key: str
    title: str
    entries: tuple[EntryRow, ...]


def group_months(entries: Iterable[Entry], words: Wording) -> tuple[MonthGroup, ...]:
    """Group entries, which stand in order of time, by the month in which they begin."""
    return tuple(
        MonthGroup(key, name_month(key, words), tuple(make_row(entry, words) for entry in group))
        for key, group in groupby(entries, key=lambda entry: key_month(entry.start))
    )


def key_month(start: str | None) -> str:
    """Give the month of an entry that begins on a day, YYYY-MM, or `undated`."""
    return start[:7] if start else UNDATED


def name_month(key: str, words: Wording) -> str:
    """Give a month in words."""
    return str(words.tables["site"]["undated"]) if key == UNDATED else name_period(key, words)


def make_row(entry: Entry, words: Wording) -> EntryRow:
    """Give an entry as the list prints it: day, place, what is told of it, and its main figure."""
    killed = entry.killed if entry.killed is not None and entry.killed.has_total else None
    injured = entry.injured if entry.injured is not None and entry.injured.has_total else None
    return EntryRow(
        stem=entry.stem,
        href=entry.href,
        day=name_days(entry, words),
        place=entry.place_text,
        told=" · ".join(tell_entry(entry, words)),
        killed=killed.text if killed else None,
        killed_label=killed.label.lower() if killed else "",
        other=injured.text if injured and not killed else None,
        other_label=injured.label.lower() if injured and not killed else "",
        grade=words.label("grade", entry.grade) if entry.grade else "",
    )


def name_days(entry: Entry, words: Wording) -> str:
    """Give the day within its month, "22", "30–31", or nothing for what is vaguer."""
    if not entry.start or not entry.end:
        return ""
    if entry.start == entry.end:
        return words.digits(str(int(entry.start[8:])))
    if entry.start[:7] == entry.end[:7] and not (entry.start.endswith("-01") and int(entry.end[8:]) >= 28):
        return words.digits(words.phrase("range", low=int(entry.start[8:]), high=int(entry.end[8:])))
    return ""


def tell_entry(entry: Entry, words: Wording) -> Sequence[str]:
    """Give what is told of an entry beside its figures: its scope, means, what was hit, who is blamed."""
    site = words.tables["site"]
    told = []
    if entry.scope == "area_day":
        told.append(site["day_total"])
    elif entry.scope == "since_date":
        told += [site["running_total"], entry.time_text]
    told += [words.list_labels("means", entry.means[:3]), words.list_labels("group", entry.targets[:3])]
    if entry.parties:
        told.append(site["alleged"].format(parties=words.comma.join(entry.parties)))
    if entry.wholes:
        told.append(site["part"])
    return [str(part) for part in told if part]
