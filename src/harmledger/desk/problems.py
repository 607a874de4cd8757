"""`harmledger problems`: what a case holds that could not be read."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.casework import read_case, take_case
from harmledger.desk.options import gather_messages, take_json, take_messages
from harmledger.desk.outcome import OK, RECORDS_LOST, finish
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.store.entries import Unread


@click.command()
@take_case
@take_json
@take_messages
def problems(folder: Path, is_json: bool, is_quiet: bool, problems_file: str | None) -> int:
    """List what a case holds that could not be read: files, parts of files, readings that were cut short.

    Everything listed is kept. A later version of the program may read it: harmledger add CASE --retry. What no
    program here reads (photos, say) is counted, and listed with --json.

    \b
    Examples:
      harmledger problems northwest
      harmledger problems northwest --json
    """
    messages = gather_messages(is_quiet, problems_file)
    with read_case(folder, messages) as case:
        unread = tuple(case.facts.list_unread())
    if is_json:
        click.echo(json.dumps([asdict(one) for one in unread], indent=2, ensure_ascii=True))
        return finish((), messages)
    for one in unread:
        if one.severity != "note":
            click.echo(_describe_unread(one))
    notes = sum(one.severity == "note" for one in unread)
    if not is_quiet:
        rest = f"; {notes} more of a kind that is not read" if notes else ""
        say(f"{len(unread) - notes} that could not be read{rest}")
    return RECORDS_LOST if len(unread) > notes else OK


def _describe_unread(one: "Unread") -> str:
    remedy = f" → {one.remedy}" if one.remedy else ""
    return clean_text(f"{one.where or one.file_name}: {one.message}{remedy}")
