"""`harmledger tally`: totals with their ranges."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harmledger.desk.case_lists import is_case_folder, open_case_view
from harmledger.desk.options import gather_messages, take_json, take_messages, take_states
from harmledger.desk.outcome import OK, finish, give_up
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.desk.tables import Justify, Printer
    from harmledger.publication.wording import Wording
    from harmledger.records.problem import Problem
    from harmledger.tallies.bands import Ground
    from harmledger.tallies.running import Complete, RunningTotal
    from harmledger.tallies.selection import Counted, Question
    from harmledger.tallies.tally import Tally

    Answer = tuple[tuple[Tally, ...], tuple[Problem, ...]]

_RUNNING_SHOWN = 40
"""So many running totals are printed; of a case of years there are thousands."""

_DAYS_SHOWN = 12
"""So many day totals are printed beside what is known inside them."""


@click.command()
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENTS...|CASE")
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year", "place", "admin1", "none"]),
    default="month",
    show_default=True,
    help="What a row is; admin1 is the province.",
)
@click.option("--area", metavar="NAME", help="Only a place, district, province or country, in any spelling.")
@click.option(
    "--group", metavar="GROUP", help="Only one group of people or kind of place (children, school)."
)
@click.option("--harm", metavar="HARM", default="killed", show_default=True, help="What is counted.")
@click.option("--since", metavar="DATE", help="First day, YYYY-MM-DD.")
@click.option("--until", metavar="DATE", help="Last day, YYYY-MM-DD.")
@click.option(
    "--deadliest",
    "is_superlative",
    is_flag=True,
    help="Name the attack with the largest toll, and its rivals.",
)
@click.option(
    "--band",
    "is_band",
    is_flag=True,
    help="Say how far the whole total moves where it is doubtful which reports tell of one attack.",
)
@click.option("--claims", multiple=True, metavar="CLAIMS", help="For --band: the claims behind INCIDENTS.")
@click.option("--documents", multiple=True, metavar="DOCUMENTS", help="For --band: their documents.")
@take_states
@take_json
@take_messages
def tally(
    incidents: tuple[str, ...],
    by: Any,
    area: str | None,
    group: str | None,
    harm: str,
    since: str | None,
    until: str | None,
    is_superlative: bool,
    is_band: bool,
    claims: tuple[str, ...],
    documents: tuple[str, ...],
    states: tuple[str, ...],
    is_json: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Add incidents up, from the smallest figure that any account commits to, to the largest.

    An attack inside a day's total for its area is not added to it. Running totals that others published
    stand beside ours and are never added. HARM and GROUP are terms of docs/formats.md. What people set aside is not
    counted.

    \b
    Examples:
      harmledger tally northwest --by month
      harmledger tally incidents.jsonl --by month --area Idlib --group children
      harmledger tally incidents.jsonl --by admin1 --harm injured --since 2019-07-01 --json
      harmledger tally northwest --status accepted
      harmledger tally northwest --band --area Idlib
      harmledger tally incidents.jsonl --band --claims claims.jsonl --documents documents.jsonl
      harmledger tally incidents.jsonl --deadliest --since 2019-04-20 --area Idlib
    """
    from harmledger.pipeline.areas import find_area, report_unknown_area
    from harmledger.pipeline.cycles import MANY_OBJECTS, collect_rarely
    from harmledger.pipeline.standings import read_standings, select_counted, select_signed
    from harmledger.publication.wording import load_wording
    from harmledger.tallies.selection import Question
    from harmledger.tallies.tally import tally_incidents

    messages = gather_messages(is_quiet, problems_file)
    problems: tuple[Problem, ...] = ()
    asked = find_area(area) if area else None
    latest = None if is_json else _RUNNING_SHOWN + 1

    def count(records: "Sequence[Counted]", complete: "Complete | None" = None) -> "Answer":
        return tally_incidents(records, by, asked, group, harm, since, until, latest, complete)

    if is_case_folder(incidents[0]):
        if len(incidents) > 1:
            raise click.UsageError("give one case, or files of incidents")
        with open_case_view(Path(incidents[0]), messages) as view:
            collect_rarely(MANY_OBJECTS)
            standings = read_standings(Path(incidents[0]), view.incidents)
            records: Sequence[Counted] = select_counted(view.incidents.list_counted(), standings, states)
            if is_band:
                from harmledger.pipeline.band import open_case_ground

                ground = open_case_ground(view, records)
                return _answer_band(
                    ground, Question(asked, _read_day(since), _read_day(until)), harm, group, is_json
                )
            rows, found = count(records, view.incidents.complete)
    elif is_band:
        from harmledger.pipeline.band import open_file_ground

        if states:
            raise click.UsageError("--status and --band go together for a case alone")
        if not claims or not documents:
            raise click.UsageError("--band needs the claims and documents: --claims FILE --documents FILE")
        ground, problems = open_file_ground(incidents, claims, documents)
        _answer_band(ground, Question(asked, _read_day(since), _read_day(until)), harm, group, is_json)
        return finish(problems, messages)
    else:
        from harmledger.desk.load import load_incidents

        loaded, problems = load_incidents(incidents)
        records = select_signed(loaded, states)
        rows, found = count(records)
    if asked and not asked.is_known and not any(row.incident_ids for row in rows):
        found = (*found, report_unknown_area(asked.name))
    if any(problem.severity == "error" for problem in found):
        raise click.UsageError("; ".join(f"{problem.message}; {problem.remedy}" for problem in found))
    if not records and any(problem.severity == "error" for problem in problems):
        give_up(problems, messages, "no incident could be read")
    if is_superlative:
        question = Question(asked, _read_day(since), _read_day(until))
        _answer_superlative(records, question, harm, group, is_json, load_wording())
    elif is_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
    else:
        _print_tallies(rows, by, {one.id: one for one in records}, load_wording())
    return finish((*problems, *found), messages)


def _print_tallies(
    rows: "Sequence[Tally]", by: str, incidents: "Mapping[str, Counted]", words: "Wording"
) -> None:
    from harmledger.desk.tables import Printer
    from harmledger.publication.view.totals import name_period

    page = words.tables["page"]
    names = ("low", "best", "high", "attack_count", "day_count", "no_figures")
    columns: list[tuple[str, Justify]] = [
        (page["by"][by], "left"),
        *((page[name], "right") for name in names),
    ]
    cells: list[tuple[str, ...]] = []
    counted = [row for row in rows if row.incidents or row.area_days]
    for row in counted:
        figures = (
            words.number(bound) or words.phrase("none_said") for bound in (row.low, row.best, row.high)
        )
        low, best, high = figures
        counts = (str(count) for count in (row.incidents, row.area_days, row.without_figures))
        label = page["everything"] if by == "none" else name_period(row.label, words)
        cells.append((clean_text(label), low, best, f"{high}+" if row.open_ended else high, *counts))
    printer = Printer()
    if counted:
        printer.print_table(columns, cells)
    else:
        say(page["nothing_counted"])
    _print_balances(printer, rows, incidents, words)
    totals = sorted((total for row in rows for total in row.running_totals), key=lambda t: t.end or "~")
    for total in totals[-_RUNNING_SHOWN:]:
        printer.print_line(_describe_running(total, words))
    if len(totals) > _RUNNING_SHOWN:
        say(f"these are the last {_RUNNING_SHOWN} running totals; --json gives all")
    if any(row.contains for row in rows):
        printer.print_line(page["overlap_note"])


def _print_balances(
    printer: "Printer", rows: "Sequence[Tally]", incidents: "Mapping[str, Counted]", words: "Wording"
) -> None:
    """Print the published day totals beside what is known inside them, those that differ most first."""
    from harmledger.publication.view.containment import tell_balance

    balances = sorted(
        (one for row in rows for one in row.day_totals), key=lambda one: (-one.unaccounted, one.whole)
    )
    for one in balances[:_DAYS_SHOWN]:
        incident = incidents[one.whole]
        where = incident.place.name if incident.place and incident.place.name else words.phrase("no_place")
        printer.print_line(clean_text(f"{where}, {words.time(incident.time)}: {tell_balance(one, words)}"))
    if len(balances) > _DAYS_SHOWN:
        say(f"these are {_DAYS_SHOWN} day totals, those of which most is not accounted for; --json gives all")


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _answer_band(ground: "Ground", asked: "Question", harm: str, group: str | None, is_json: bool) -> int:
    """Print the whole total with what is doubtful about it."""
    from harmledger.publication.view.totals import tell_band
    from harmledger.publication.wording import load_wording
    from harmledger.tallies.bands import find_band

    band = find_band(ground, harm, group, asked)
    if is_json:
        click.echo(json.dumps(asdict(band), indent=2, ensure_ascii=False))
        return OK
    from harmledger.desk.tables import Printer

    printer = Printer()
    for line in tell_band(band, load_wording()):
        printer.print_line(clean_text(line))
    return OK


def _answer_superlative(
    incidents: "Sequence[Counted]",
    asked: "Question",
    harm: str,
    group: str | None,
    is_json: bool,
    words: "Wording",
) -> None:
    """Print the attack with the largest best figure, and how many others may have been as large."""
    from harmledger.desk.tables import Printer
    from harmledger.tallies.superlatives import find_deadliest

    found = find_deadliest(incidents, asked.since, asked.area, asked.until, harm, group)
    if is_json:
        click.echo(json.dumps(asdict(found) if found else None, indent=2, ensure_ascii=False))
        return
    page = words.tables["page"]
    if found is None:
        say(page["nothing_counted"])
        return
    incident = next(one for one in incidents if one.id == found.incident)
    sentence = page["deadliest_line"].format(
        place=incident.place.name if incident.place and incident.place.name else words.phrase("no_place"),
        day=incident.time.start if incident.time else words.phrase("none_said"),
        low=words.number(found.low),
        best=words.number(found.best),
        high=f"{words.number(found.high)}+" if found.open_ended else words.number(found.high),
        what=words.label("harm", harm).lower(),
        compared=found.compared,
        rivals=len(found.rivals),
        since=found.since or words.phrase("none_said"),
        id=incident.id[:16],
    )
    Printer().print_line(clean_text(str(sentence)))


def _describe_running(total: "RunningTotal", words: "Wording") -> str:
    """Give a published running total beside ours, in a sentence; a voice that may be a person by its role."""
    from harmledger.publication.view.totals import write_total
    from harmledger.publication.view.voices import name_voice
    from harmledger.records.incident import Extent

    page = words.tables["page"]
    said = words.figure(Extent(total.low, total.high, total.count, total.open_ended), total.open_ended)
    ours = write_total(words, total.ours_low, total.ours_best, total.ours_high, False)
    missing = words.number(total.unaccounted) or words.phrase("none_said")
    sentence = page["running_line"].format(
        voice=name_voice(total.voice, words),
        said=said,
        what=words.label("harm", total.harm).lower(),
        area=total.area or words.phrase("no_place"),
        start=total.start or "?",
        end=total.end or "?",
        ours=f"{ours.text} ({ours.best})" if ours.best else ours.text,
        missing=missing,
    )
    return clean_text(str(sentence))
