"""A case in the terminal: what it holds, its incidents a line each, one of them in full."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from harmledger.desk.outcome import Messages, choose_one, finish, give_up
from harmledger.desk.terminal import clean_text, open_console, print_hanging, say

if TYPE_CHECKING:
    from rich.console import Console

    from harmledger.pipeline.case_view import CaseSummary, CaseView
    from harmledger.publication.view.containment import ContainmentSheet
    from harmledger.publication.view.sheet import IncidentSheet
    from harmledger.publication.wording import Wording
    from harmledger.records.incident import Incident
    from harmledger.review.standing import Standing

F = TypeVar("F", bound=Callable[..., Any])

SHOWN_ID: Final = 8
_LISTED: Final = 20
_WIDE: Final = 96
"""From so many columns on there is room for the means of an attack."""
_PLACE: Final = 2
_GRADE: Final = 5
_STATE: Final = 6
_NARROWEST_PLACE: Final = 8
_BETWEEN: Final = 3
"""Columns of the terminal between two of a table."""
_SCOPES: Final = {"attack": "attack", "area_day": "day total", "since_date": "running total"}

PrintSheet = Callable[["Console", "IncidentSheet", "ContainmentSheet", dict[str, str], "Wording"], None]
Window = tuple[str | None, str | None, int, tuple[str, ...]]
"""First day, last day (YYYY-MM-DD, both included, either may be open), how many incidents, and how far they were signed."""


def is_case_folder(name: str) -> bool:
    """Tell whether an argument names a case rather than a file of records."""
    return (Path(name) / "case.toml").is_file()


def take_window(command: F) -> F:
    """Add `--since`, `--until` and `--limit`, for lists of a case."""
    since = click.option(
        "--since", metavar="DATE", callback=_check_day, help="Of a case: first day, YYYY-MM-DD."
    )
    until = click.option("--until", metavar="DATE", callback=_check_day, help="Of a case: last day.")
    limit = click.option(
        "--limit", type=click.IntRange(min=1), default=_LISTED, show_default=True, help="Of a case: how many."
    )
    return since(until(limit(command)))


def _check_day(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date; write YYYY-MM-DD") from error


@contextmanager
def open_case_view(folder: Path, messages: Messages) -> "Iterator[CaseView]":
    """Open a case's view while the block runs, and say where it is behind the case; end the command without one."""
    from harmledger.pipeline.case_view import NoView, read_view

    try:
        with read_view(folder) as view:
            if view.stale and not messages.is_quiet:
                say(f"{view.stale} (harmledger build)")
            yield view
    except NoView as error:
        give_up((), messages, f"{error}: harmledger build {clean_text(str(folder))}")


def show_case(
    folder: Path, id_prefix: str | None, window: Window, print_sheet: PrintSheet, messages: Messages
) -> int:
    """Print what a case holds and its latest incidents, or one incident in full."""
    from harmledger.publication.wording import load_wording

    words = load_wording()
    with open_case_view(folder, messages) as view:
        if id_prefix:
            _show_incident(folder, view, _choose_incident(view, id_prefix, messages), print_sheet, words)
        else:
            _show_list(folder, view, window, words, messages)
    return finish((), messages)


def _choose_incident(view: "CaseView", prefix: str, messages: Messages) -> "Incident":
    found = view.incidents.find(prefix)
    chosen = choose_one(found, prefix, messages, none="no incident", several="several incidents")
    if not chosen.id.startswith(prefix) and not messages.is_quiet:
        say(f"{clean_text(prefix)} goes on as {chosen.id[:SHOWN_ID]}")
    return chosen


def _show_incident(
    folder: Path, view: "CaseView", incident: "Incident", print_sheet: PrintSheet, words: "Wording"
) -> None:
    from harmledger.pipeline.case_view import gather_around, gather_records
    from harmledger.pipeline.standings import mark_standing, read_standings
    from harmledger.publication.view.containment import describe_containment
    from harmledger.publication.view.incident import SheetMaker

    standings = read_standings(folder, view.incidents)
    standing = standings.get(incident.id)
    incident = incident if standing is None else mark_standing(incident, standing)
    parts = view.incidents.list_parts(incident.id)
    containment = describe_containment(incident, gather_around(view, incident, parts), words, str)
    others = view.incidents.fetch((*incident.part_of, *containment.periods))
    maker = SheetMaker(gather_records(view, (incident, *others.values())), words)
    console = open_console()
    headings = {id: maker.make(other).heading for id, other in others.items()}
    print_sheet(console, maker.make(incident), containment, headings, words)
    for line in _tell_signatures(standing, words):
        print_hanging(console, line)
    if parts:
        console.print(f"{words.tables['page']['parts']}:")
        _print_rows(console, parts, standings, words)


def _tell_signatures(standing: "Standing | None", words: "Wording") -> Iterator[str]:
    """Give each step that counts with who took it; of an incident that changed since, who signed last."""
    if standing is None:
        return
    steps = (standing.accepted, standing.approved, standing.published, standing.set_aside)
    counted = [one for one in steps if one is not None]
    if standing.state == "changed" and standing.last is not None:
        counted = [standing.last]
    for one in counted:
        label = words.label("signing", one.step)
        told = words.phrase("signed_by", step=label, by=one.by, at=words.stamp(one.at) or one.at)
        yield clean_text(f"{told}: {one.reason}" if one.reason else told)
    if standing.state == "changed":
        yield words.label("signed", "changed")


def _show_list(folder: Path, view: "CaseView", window: Window, words: "Wording", messages: Messages) -> None:
    from harmledger.pipeline.case_view import summarize_case
    from harmledger.pipeline.standings import choose_wanted, read_standings

    since, until, limit, states = window
    standings = read_standings(folder, view.incidents)
    wanted = choose_wanted(standings, states) if states else None
    found = view.incidents.list_latest(limit + 1, since, until, wanted)
    console = open_console()
    for line in _describe_case(summarize_case(folder, view)):
        console.print(clean_text(line))
    if found:
        _print_rows(console, found[:limit], standings, words)
    if len(found) > limit and not messages.is_quiet:
        last = found[limit - 1].time
        hint = f"--until {last.start}" if last is not None else "--since and --until"
        say(f"there are more: {hint}, or --limit {limit * 5}; harmledger show CASE ID prints one in full")


def _describe_case(summary: "CaseSummary") -> Iterator[str]:
    yield summary.name
    states = ", ".join(f"{number} {state}" for state, number in sorted(summary.documents.items()))
    yield f"documents: {states or 'none'}"
    if summary.unread:
        yield f"not read: {summary.unread} files or parts of files (harmledger problems)"
    scopes = ", ".join(
        f"{number} {_SCOPES[scope]}{'s' if number > 1 else ''}"
        for scope, number in sorted(summary.incidents.items())
    )
    period = f", {summary.first} to {summary.last}" if summary.first and summary.last else ""
    yield f"incidents: {scopes or 'none'}{period}"


def _print_rows(
    console: "Console",
    incidents: "Sequence[Incident]",
    standings: "Mapping[str, Standing]",
    words: "Wording",
) -> None:
    from rich import box
    from rich.table import Table

    page = words.tables["page"]
    named = [
        ("ID", "left"),
        (page["by"]["day"], "left"),
        (page["by"]["place"], "left"),
        (words.label("harm", "killed"), "right"),
        (words.label("harm", "injured"), "right"),
        (page["grade"], "left"),
        (page["means"], "left"),
    ]
    rows = [[clean_text(cell) for cell in _list_cells(incident, words)] for incident in incidents]
    kept = list(range(len(named) if console.width >= _WIDE else len(named) - 1))
    if standings:  # how far people have signed, before the means: it is what they look for
        named.insert(_STATE, (page["signed"], "left"))
        kept.append(len(kept))
        for incident, row in zip(incidents, rows, strict=True):
            state = standings[incident.id].state if incident.id in standings else "new"
            row.insert(_STATE, words.label("state", state))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    widths = [
        max(len(text) for text in (name, *(row[n] for row in rows))) for n, (name, _) in enumerate(named)
    ]
    # The place gives way where the terminal is narrow, and then the grade.
    others = sum(widths[n] + _BETWEEN for n in kept) - widths[_PLACE]
    if standings and console.width - others < _NARROWEST_PLACE:
        kept.remove(_GRADE)
        others -= widths[_GRADE] + _BETWEEN
    widths[_PLACE] = max(_NARROWEST_PLACE, min(widths[_PLACE], console.width - others))
    for name, justify, width in ((*named[n], widths[n]) for n in kept):
        table.add_column(name, justify=justify, no_wrap=True, width=width, overflow="ellipsis")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(row[n] for n in kept))
    console.print(table)


def _list_cells(incident: "Incident", words: "Wording") -> tuple[str, ...]:
    """Give an incident as a row of the list: the means last, for which there is not always room."""
    scope = "" if incident.scope == "attack" else f" ({_SCOPES[incident.scope]})"
    return (
        incident.id[:SHOWN_ID],
        incident.time.start if incident.time else words.phrase("none_said"),
        _name_place(incident, words) + scope,
        _write_toll(incident, "killed", words),
        _write_toll(incident, "injured", words),
        words.label("grade", incident.grade.value) if incident.grade else "",
        words.list_labels("means", incident.means[:1]),
    )


def _name_place(incident: "Incident", words: "Wording") -> str:
    """Name the place no more finely than public pages do."""
    from harmledger.publication.withholding.places import choose_level, coarsen_place, is_protected

    return words.place(coarsen_place(incident.place, choose_level(is_protected(incident))))


def _write_toll(incident: "Incident", harm: str, words: "Wording") -> str:
    extent = incident.toll.get(harm)
    return words.figure(extent, extent.open_ended) if extent is not None and extent.best is not None else ""
