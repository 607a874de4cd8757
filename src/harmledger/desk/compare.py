"""`harmledger compare`: other people's registers beside the record."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from harmledger.desk.case_lists import SHOWN_ID, is_case_folder, open_case_view
from harmledger.desk.options import gather_messages, take_json, take_messages
from harmledger.desk.outcome import Messages, finish, give_up
from harmledger.desk.terminal import open_console, print_hanging

if TYPE_CHECKING:
    from harmledger.publication.wording import Wording
    from harmledger.records.incident import Incident
    from harmledger.records.problem import Problem
    from harmledger.registers.comparison import RegisterComparison
    from harmledger.registers.layout import Layout

_LISTED: Final = 50


@click.command()
@click.argument("record", metavar="CASE|INCIDENTS")
@click.argument(
    "registers",
    nargs=-1,
    required=True,
    metavar="REGISTER...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--layout",
    "layout_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column of a register is what, for one that is not known here.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LISTED,
    show_default=True,
    help="How many lines of a list.",
)
@take_json
@take_messages
def compare(
    record: str,
    registers: tuple[Path, ...],
    layout_file: Path | None,
    limit: int,
    is_json: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Compare a record with other people's registers: what both have and where they differ, what only they have,
    what only this record has.

    REGISTER is a CSV, JSON or JSON-lines file. UCDP GED, ACLED and Airwars are known by their columns; --layout names those
    of any other (docs/registers.md). Nothing of a register enters the record.

    \b
    Examples:
      harmledger compare northwest ged251.csv
      harmledger compare incidents.jsonl acled-syria.csv --limit 200
      harmledger compare northwest list.csv --layout list.layout.toml --json
    """
    from harmledger.pipeline.registers import compare_registers
    from harmledger.publication.wording import load_wording

    messages = gather_messages(is_quiet, problems_file)
    layout, problems = _load_layout(layout_file, messages)
    incidents, found = _load_incidents(record, messages)
    compared, unread = compare_registers(registers, incidents, layout)
    problems = (*problems, *found, *unread)
    if not compared:
        give_up(problems, messages, "no entry of a register could be read")
    if is_json:
        click.echo(json.dumps([_encode(one) for one in compared], indent=2, ensure_ascii=False))
    else:
        console = open_console()
        by_id = {incident.id: incident for incident in incidents}
        for one in compared:
            for indent, line in _describe(one, by_id, limit, load_wording()):
                print_hanging(console, line, indent)
    return finish(problems, messages)


def _load_layout(path: Path | None, messages: Messages) -> "tuple[Layout | None, tuple[Problem, ...]]":
    from harmledger.registers.layout import load_layout

    if path is None:
        return None, ()
    layout, problems = load_layout(path)
    if layout is None:
        give_up(problems, messages, "the layout cannot be used; nothing was compared")
    return layout, problems


def _load_incidents(record: str, messages: Messages) -> "tuple[tuple[Incident, ...], tuple[Problem, ...]]":
    if is_case_folder(record):
        with open_case_view(Path(record), messages) as view:
            return tuple(view.incidents.list_by_id()), ()
    from harmledger.desk.load import load_incidents

    incidents, problems = load_incidents((record,))
    if not incidents and any(problem.severity == "error" for problem in problems):
        give_up(problems, messages, "no incident could be read")
    return incidents, problems


def _encode(compared: "RegisterComparison") -> dict[str, Any]:
    """Give a comparison as JSON: entries whole, incidents by id."""
    told = asdict(compared)
    for pairing in (*told["pairings"], *told["lacking"]):
        entry = pairing["entry"]
        entry["actors"] = sorted(entry["actors"])
        if isinstance(pairing["incident"], dict):
            pairing["incident"] = pairing["incident"]["id"]
    return told


def _describe(
    compared: "RegisterComparison", incidents: "dict[str, Incident]", limit: int, words: "Wording"
) -> Iterator[tuple[int, str]]:
    """Give the lines of a comparison, each with how far it is set in."""
    from harmledger.publication.view.registers import (
        describe_lacking,
        describe_only_here,
        describe_pairing,
        summarize_register,
    )

    table = words.tables["compare"]
    yield 0, summarize_register(compared, words)
    sections = (
        ("both", [describe_pairing(one, words, SHOWN_ID) for one in compared.pairings]),
        ("only_they", [[describe_lacking(one, words, SHOWN_ID)] for one in compared.lacking]),
        ("only_here", [[describe_only_here(incidents[id], words, SHOWN_ID)] for id in compared.only_here]),
    )
    for name, blocks in sections:
        if blocks:
            yield 0, ""
            yield 0, str(table[name])
            yield from _list_blocks(blocks, limit, str(table["more"]))
    if compared.not_compared:
        yield 0, str(table["not_compared"]).format(count=len(compared.not_compared))


def _list_blocks(blocks: Sequence[Sequence[str]], limit: int, more: str) -> Iterator[tuple[int, str]]:
    for head, *details in blocks[:limit]:
        yield 2, head
        yield from ((6, detail) for detail in details)
    if len(blocks) > limit:
        yield 2, more.format(count=len(blocks) - limit)
