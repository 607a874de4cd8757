"""Incidents to totals with ranges, by period, area or group; nothing counted twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from harmledger.incidents.days import read_days
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import HARMS_TO_PEOPLE, HARMS_TO_PLACES, PEOPLE_GROUPS, PLACE_GROUPS
from harmledger.tallies.area import Area
from harmledger.tallies.balances import Balance, Nest
from harmledger.tallies.figures import Bounds, add_bounds, read_all_bounds
from harmledger.tallies.nesting import nest_incidents
from harmledger.tallies.running import Complete, RunningTotal, compare_running_totals
from harmledger.tallies.selection import (
    PERIODS,
    WAYS,
    By,
    Counted,
    Question,
    label_incident,
    name_period,
    select_incidents,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """One row: the total of one period or area, as far as voices give figures.

    `label` is the period or the area's name; None for the whole (`by` none) or for what is not known that
    finely. `low`, `best`, `high` are None where no incident of the row has a figure: unknown is not zero.
    `incidents` counts attacks, `area_days` published totals of an area and a day, `without_figures` the
    attacks with no figure of their own for this harm and group. `contains` names the rows whose incidents lie
    in this row's totals too: rows of a table by place must not be added up where it is not empty. `day_totals` holds each
    published total of the row that has parts against them.
    """

    by: str
    label: str | None
    area: str | None
    harm: str
    group: str | None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    open_ended: bool = False
    incidents: int = 0
    area_days: int = 0
    without_figures: int = 0
    incident_ids: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    running_totals: tuple[RunningTotal, ...] = ()
    day_totals: tuple[Balance, ...] = ()


def tally_incidents(
    incidents: Iterable[Counted],
    by: By = "none",
    area: Area | str | None = None,
    group: str | None = None,
    harm: str = "killed",
    since: str | date | None = None,
    until: str | date | None = None,
    latest_running: int | None = None,
    complete: Complete | None = None,
) -> tuple[tuple[Tally, ...], tuple[Problem, ...]]:
    """Give the totals of one harm, a row for each period or area, sorted by label, the unknown last.

    `by` is day, week, month, year, place, admin1 or none. `area` is a place, district, province or country (a bare
    name means what bears it); `group` one group of people or kind of place. `since` and `until` are days (YYYY-MM-DD), both included. An
    attack inside an area-day is not added to it: the row takes the larger of the area-day and the sum of its
    parts. Of incidents with one id the last counts. Running totals stand beside the row in which their period ends:
    all, or the `latest_running` that end last; `complete` gives their accounts where `incidents` come without.
    """
    problems = _check_words(by, group, harm)
    days, unread = _read_limits(since, until)
    problems.extend(unread)
    if problems:
        return (), tuple(problems)
    asked = Area(area) if isinstance(area, str) else area
    question = Question(asked, *days)
    by_id = {incident.id: incident for incident in incidents}
    members = [by_id[key] for key in sorted(by_id)]
    selected = select_incidents(members, question)
    inside = _list_inside(selected)
    linked = {one.id: one for one in selected if one.part_of or one.id in inside}
    rows = _spread(selected, linked, by)
    totals = compare_running_totals(members, harm, group, question, latest_running, complete)
    running = _spread_running(totals, members, by)
    labels = sorted(rows.keys() | running.keys(), key=lambda label: (label is None, label or ""))
    homes = {incident.id: label for label, row in rows.items() for incident in row}
    told = read_all_bounds(selected, harm, group)
    nest = Nest(linked.values())
    tallies = []
    for label in labels:
        row = rows.get(label, [])
        empty = Tally(by, label, asked.name if asked else None, harm, group)
        tally = _count_row(row, linked, told, empty)
        contains = _list_contained(row, inside, homes)
        weighed = tuple(_weigh_days(row, nest, harm, group))
        tallies.append(
            replace(
                tally, contains=contains, running_totals=tuple(running.get(label, ())), day_totals=weighed
            )
        )
    return tuple(tallies), (*_note_undated(members, question), *nest.check(harms=(harm,)))


def _weigh_days(row: Sequence[Counted], nest: Nest, harm: str, group: str | None) -> Iterator[Balance]:
    wholes = (one for one in row if one.scope == "area_day" and nest.list_inside(one.id))
    for one in wholes:
        balance = nest.weigh_whole(one.id, harm, group)
        if balance is not None:
            yield balance


def _spread(
    selected: Sequence[Counted], linked: Mapping[str, Counted], by: str
) -> dict[str | None, list[Counted]]:
    """Give the incidents by row. In a table of periods a part stands in the row of its whole. `linked` are those that are part of
    others, or have parts."""
    is_period = by in PERIODS
    forest = nest_incidents(tuple(linked.values()) if is_period else ())
    rows: dict[str | None, list[Counted]] = defaultdict(list)
    labels: dict[int, str | None] = {}  # by the value itself: most share theirs
    for incident in selected:
        shown = incident
        if incident.id in forest.parents:
            shown = forest.incidents[forest.find_root(incident.id)]
        key = id(shown.time if is_period else shown.place)
        if key not in labels:
            labels[key] = label_incident(shown, by)
        rows[labels[key]].append(incident)
    if by == "none" and not rows:
        rows[None] = []
    return rows


def _spread_running(
    totals: Sequence[RunningTotal], incidents: Iterable[Counted], by: str
) -> Mapping[str | None, Sequence[RunningTotal]]:
    wanted = {total.incident for total in totals}
    by_id = {incident.id: incident for incident in incidents if incident.id in wanted} if wanted else {}
    rows: dict[str | None, list[RunningTotal]] = defaultdict(list)
    for total in totals:
        incident = by_id[total.incident]
        days = read_days(incident.time)
        if by in PERIODS:
            label = name_period(date.fromordinal(days[1]), by) if days is not None else None
        else:
            label = label_incident(incident, by)
        rows[label].append(total)
    return rows


def _count_row(
    row: Sequence[Counted], linked: Mapping[str, Counted], told: Mapping[str, Bounds], empty: Tally
) -> Tally:
    """Count a row by the figures of its incidents; those that are not linked with others are simply added."""
    nested = [incident for incident in row if incident.id in linked]
    alone = (told[incident.id] for incident in row if incident.id in told and incident.id not in linked)
    forest = nest_incidents(nested)
    inner = forest.add_up({id: told[id] for id in forest.incidents if id in told})
    total = add_bounds(alone if inner is None else chain(alone, (inner,)))
    attacks = [incident for incident in row if incident.scope == "attack"]
    return replace(
        empty,
        low=total.low if total else None,
        best=total.best if total else None,
        high=total.high if total else None,
        open_ended=bool(total and total.is_open),
        incidents=len(attacks),
        area_days=len(row) - len(attacks),
        without_figures=sum(attack.id not in told for attack in attacks),
        incident_ids=tuple(incident.id for incident in row),
    )


def _list_contained(
    row: Sequence[Counted], inside: Mapping[str, Sequence[str]], homes: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Give the labels of the other rows that hold parts of this row's totals."""
    label = homes[row[0].id] if row else None
    found = {homes[part] for incident in row for part in inside.get(incident.id, ())}
    return tuple(sorted(other for other in found if other is not None and other != label))


def _list_inside(incidents: Iterable[Counted]) -> Mapping[str, Sequence[str]]:
    inside: dict[str, list[str]] = defaultdict(list)
    for incident in incidents:
        for whole in incident.part_of:
            inside[whole].append(incident.id)
    return inside


def _check_words(by: str, group: str | None, harm: str) -> list[Problem]:
    known = (
        ("by", by, WAYS),
        ("harm", harm, tuple(sorted(HARMS_TO_PEOPLE | HARMS_TO_PLACES))),
        ("group", group or "people", PEOPLE_GROUPS + PLACE_GROUPS),
    )
    return [
        Problem(
            code="tallies.word-unknown",
            message=f"{name} {word!r:.60} is not known",
            severity="error",
            remedy=f"use one of: {', '.join(words)}",
        )
        for name, word, words in known
        if word not in words
    ]


def _read_limits(
    since: str | date | None, until: str | date | None
) -> tuple[tuple[date | None, date | None], list[Problem]]:
    problems: list[Problem] = []
    days: list[date | None] = []
    for name, value in (("since", since), ("until", until)):
        try:
            days.append(date.fromisoformat(value) if isinstance(value, str) else value)
        except ValueError:
            days.append(None)
            message = f"{name} {value!r:.60} is not a date"
            problems.append(Problem("tallies.date-unreadable", message, "error", remedy="write YYYY-MM-DD"))
    return (days[0], days[1]), problems


def _note_undated(incidents: Iterable[Counted], question: Question) -> tuple[Problem, ...]:
    if question.since is None and question.until is None:
        return ()
    undated = sum(i.scope != "since_date" and read_days(i.time) is None for i in incidents)
    if not undated:
        return ()
    message = f"{undated} incidents without a date are not counted in a period"
    return (Problem("tallies.undated", message, "note", remedy="ask without since and until to count them"),)
