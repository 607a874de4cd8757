"""The first page: what this is, the map, the timeline, the list, and the data that finds entries."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from harmledger.publication.drawing.atlas import Country
from harmledger.publication.drawing.map import MapDrawing, draw_map
from harmledger.publication.drawing.timeline import TimelineDrawing, choose_step, draw_timeline
from harmledger.publication.site.frame import Frame, count_noun
from harmledger.publication.site.ledger import MonthGroup, group_months, key_month, make_row, name_month
from harmledger.publication.site.survey import Survey
from harmledger.publication.view.entry import Entry
from harmledger.publication.view.totals import write_total
from harmledger.publication.wording import Wording

LISTED: Final = 400
"""Entries that the first page lists itself; where there are more, pages of months list all of them."""

_CHOICES: Final = ("province", "means", "target", "group", "party", "grade", "scope")
_COUNTED: Final = (
    ("killed", None, "killed"),
    ("killed", "children", "killed_children"),
    ("injured", None, "injured"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from: value and label, in the order of the labels."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeadFigure:
    """A sum for the head of the page."""

    label: str
    text: str
    best: str | None


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Everything the first page prints."""

    description: str
    lead: str
    figures: tuple[HeadFigure, ...]
    counts_note: tuple[str, str]
    is_machine_made: bool
    held: str
    count: int
    first: str | None
    last: str | None
    choices: tuple[Choice, ...]
    found: str
    map: MapDrawing | None
    map_desc: str
    unmapped: str
    timeline: TimelineDrawing | None
    timeline_title: str
    timeline_desc: str
    undated: str
    months: tuple[MonthGroup, ...]
    lists: tuple[tuple[str, str], ...]
    part_note: str


def make_index(survey: Survey, frame: Frame, countries: Iterable[Country], description: str) -> IndexPage:
    """Gather what the first page prints."""
    words, entries = frame.words, survey.entries
    site = words.tables["site"]
    drawing = draw_map(entries, countries, words)
    timeline = _draw_time(survey, words)
    step = site[f"step_{timeline.step}"] if timeline else ""
    starts = [entry.start for entry in entries if entry.start]
    ends = [entry.end for entry in entries if entry.end]
    before, _, after = str(site["counts_note"]).partition("[totals]")
    listed = entries[:LISTED]
    return IndexPage(
        description=description,
        lead=_compose_lead(survey, words),
        figures=_sum_up(survey, words),
        counts_note=(before, after),
        is_machine_made=survey.is_machine_made,
        held=count_noun(words, "held", len(survey.held), hours=frame.rules.delay_hours)
        if survey.held
        else "",
        count=len(entries),
        first=min(starts, default=None),
        last=max(ends, default=None),
        choices=_list_choices(entries, words),
        found=site["found_all"].format(count=words.number(len(entries))),
        map=drawing,
        map_desc=_describe_map(drawing, words) if drawing else "",
        unmapped=count_noun(words, "map_unmapped", drawing.unmapped) if drawing and drawing.unmapped else "",
        timeline=timeline,
        timeline_title=site["timeline_title"].format(step=step),
        timeline_desc=site["timeline_desc"].format(step=step),
        undated=count_noun(words, "timeline_undated", timeline.undated)
        if timeline and timeline.undated
        else "",
        months=group_months(listed, words),
        lists=tuple(list_months(entries, words)) if len(entries) > LISTED else (),
        part_note=site["entries_part"].format(
            count=words.number(len(listed)), all=words.number(len(entries))
        ),
    )


def list_months(entries: Iterable[Entry], words: Wording) -> list[tuple[str, str]]:
    """Give address and name of the page of each month, the latest first."""
    keys = dict.fromkeys(key_month(entry.start) for entry in entries)
    return [(f"list/{key}.html", name_month(key, words)) for key in keys]


def compose_data(entries: Sequence[Entry], words: Wording, periods: Sequence[tuple[str, str]] = ()) -> str:
    """Give the script that holds what the filters look at: one assignment, safe in any page.

    Rows are arrays: stem, kind, first and last day, province, means, targets, groups, grade, words to search,
    the texts of the list, and the parties blamed. Characters that could end a script, or a line of one, are written as escapes.
    """
    site = words.tables["site"]
    rows = [_pack_entry(entry, words) for entry in entries]
    given = {
        "entries": rows,
        "listed": LISTED,
        "words": {
            name: site[name] for name in ("found_all", "found_some", "no_figure", "undated", "slider_all")
        }
        | {
            "months": words.tables["months"],
            "digits": words.digits("0123456789"),
            "separator": words.number(1000)[1:-3],
        },
        "periods": [[label, name] for label, name in periods],
    }
    text = json.dumps(given, ensure_ascii=True, separators=(",", ":"))
    return (
        f"window.HARMLEDGER_RECORD={text.replace('<', chr(92) + 'u003c').replace('&', chr(92) + 'u0026')};\n"
    )


def _pack_entry(entry: Entry, words: Wording) -> list[Any]:
    row = make_row(entry, words)
    place = entry.place
    search = " ".join(
        part
        for part in (
            entry.place_text,
            *((place.admin1 or "", place.admin2 or "", place.wording or "") if place else ()),
            *entry.parties,
            entry.time_text,
        )
        if part
    )
    figure = [row.killed, row.killed_label] if row.killed else [row.other or "", row.other_label]
    return [
        entry.stem,
        entry.scope,
        entry.start or "",
        entry.end or "",
        (place.admin1 or "") if place else "",
        list(entry.means),
        list(entry.targets),
        list(entry.groups),
        entry.grade or "",
        search,
        [row.day, row.place, row.told, *figure, row.grade],
        list(entry.actors),
    ]


def _compose_lead(survey: Survey, words: Wording) -> str:
    site, page = words.tables["site"], words.tables["page"]
    scopes = Counter(entry.scope for entry in survey.entries)
    dated = [entry for entry in survey.entries if entry.scope == "attack" and entry.start and entry.end]
    days, running = scopes["area_day"], scopes["since_date"]
    period = ""
    if dated:
        first, last = min(entry.start or "" for entry in dated), max(entry.end or "" for entry in dated)
        period = page["period_day" if first == last else "period"].format(
            start=words.day(first), end=words.day(last)
        )
    return str(
        site["lead"].format(
            attacks=count_noun(words, "attacks", scopes["attack"]),
            days=site["lead_days"].format(days=count_noun(words, "days", days)) if days else "",
            running=site["lead_running"].format(running=count_noun(words, "running", running))
            if running
            else "",
            documents=count_noun(words, "documents", len(survey.documents)),
            period=period,
        )
    )


def _sum_up(survey: Survey, words: Wording) -> tuple[HeadFigure, ...]:
    figures = []
    for harm, group, label in _COUNTED:
        tallies = survey.tally("none", group, harm)
        total = tallies[0] if tallies else None
        if total is not None and total.best is not None:
            cell = write_total(words, total.low, total.best, total.high, total.open_ended)
            figures.append(HeadFigure(words.tables["site"][label], cell.text, cell.best))
    return tuple(figures)


def _draw_time(survey: Survey, words: Wording) -> TimelineDrawing | None:
    days = [entry.start for entry in survey.entries if entry.start and entry.scope != "since_date"]
    if not days:
        return None
    step = choose_step(min(days), max(days))
    tallies = survey.tally(step, None, "killed")
    return draw_timeline(tallies, step, words)


def _describe_map(drawing: MapDrawing, words: Wording) -> str:
    return str(words.tables["site"]["map_desc"]).format(
        points=count_noun(words, "map_points", len(drawing.points)),
        areas=count_noun(words, "map_areas", len(drawing.areas)),
    )


def _list_choices(entries: Iterable[Entry], words: Wording) -> tuple[Choice, ...]:
    """Give the lists to choose from: what occurs, in the order of the labels, grades and kinds in their own."""
    site = words.tables["site"]
    found: Mapping[str, set[str]] = {name: set() for name in _CHOICES}
    for entry in entries:
        found["province"].update({entry.place.admin1} - {None} if entry.place else ())  # type: ignore[arg-type]
        found["means"].update(entry.means)
        found["target"].update(entry.targets)
        found["group"].update(entry.groups)
        found["party"].update(entry.actors)
        found["grade"].update({entry.grade} if entry.grade else ())
        found["scope"].add(entry.scope)
    provinces = {
        entry.place.admin1: words.name_place(entry.place.admin1, entry.place.country)
        for entry in entries
        if entry.place and entry.place.admin1
    }
    names: Mapping[str, Callable[[str], str]] = {"province": provinces.__getitem__, "party": words.name_body}
    vocabulary = {"means": "means", "target": "group", "group": "group", "grade": "grade", "scope": "scope"}
    choices = []
    for name in _CHOICES:
        told = {
            value: words.label(vocabulary[name], value) if name in vocabulary else names[name](value)
            for value in found[name]
        }
        if name in ("grade", "scope"):
            order = list(words.tables[name])
            options = sorted(told.items(), key=lambda item: order.index(item[0]))
        else:
            options = sorted(told.items(), key=lambda item: (item[1].casefold(), item[0]))
        if options:
            choices.append(Choice(name, site[name], tuple(options)))
    return tuple(choices)
