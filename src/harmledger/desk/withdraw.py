"""`harmledger withdraw` and `harmledger retract`: judgements that take a document out of the views."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.casework import (
    choose_version,
    describe_version,
    name_user,
    take_case,
    take_judgement,
    take_writing,
    write_case,
)
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import finish
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.store.entries import Verdict, VersionSheet


@click.command()
@take_case
@click.argument("document", metavar="DOC")
@take_judgement
@click.option("--undo", "is_undone", is_flag=True, help="Take the withdrawal back; both stay on record.")
@click.option(
    "--all-versions", "of_address", is_flag=True, help="Every version at its address, to come as well."
)
@take_writing
@take_messages
def withdraw(
    folder: Path,
    document: str,
    reason: str,
    by: str | None,
    is_undone: bool,
    of_address: bool,
    is_waiting: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Take a document out of every view: nothing it says counts any more. Nothing is destroyed.

    DOC is the id of a document or the beginning of it, or its address. Where it replaced an earlier version,
    that one counts again, unless all versions are withdrawn. Public pages say that it was withdrawn once the case
    is built and published again.

    \b
    Examples:
      harmledger withdraw northwest 3f9a01 --reason "not about this conflict"
      harmledger withdraw northwest 3f9a01 --undo --reason "checked again with the reporter"
    """
    return _judge(folder, document, "withdrawn", reason, by, not is_undone, of_address,
                  is_waiting, is_quiet, problems_file)  # fmt: skip


@click.command()
@take_case
@click.argument("document", metavar="DOC")
@take_judgement
@click.option("--undo", "is_undone", is_flag=True, help="Take it back; both stay on record.")
@take_writing
@take_messages
def retract(
    folder: Path,
    document: str,
    reason: str,
    by: str | None,
    is_undone: bool,
    is_waiting: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Record that a publisher took a document back: its claims, in every version, count no more.

    For a notice that a person read; notices that the program recognises are recorded when they are added. DOC is
    the id of a document or the beginning of it, or its address.

    \b
    Examples:
      harmledger retract northwest 3f9a01 --reason "correction of 4 June on the publisher's site"
      harmledger retract northwest 3f9a01 --undo --reason "it was another story"
    """
    return _judge(folder, document, "retracted", reason, by, not is_undone, True,
                  is_waiting, is_quiet, problems_file)  # fmt: skip


def _judge(
    folder: Path,
    document: str,
    verdict: "Verdict",
    reason: str,
    by: str | None,
    holds: bool,
    of_address: bool,
    is_waiting: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    messages = gather_messages(is_quiet, problems_file)
    at = read_clock()
    with write_case(folder, verdict, at, messages, is_waiting) as case:
        chosen = choose_version(case, document, messages)
        before = case.facts.list_versions(chosen.id)
        case.facts.judge(chosen.id, verdict, reason, name_user(by), at, holds=holds, of_address=of_address)
        after = case.facts.list_versions(chosen.id)
    if not is_quiet:
        _tell_changes(before, after, folder)
    return finish((), messages)


def _tell_changes(
    before: "tuple[VersionSheet, ...]", after: "tuple[VersionSheet, ...]", folder: Path
) -> None:
    """Say which versions changed their state; the judgement is on record either way."""
    changed = [new for old, new in zip(before, after, strict=True) if old.state != new.state]
    for sheet in changed:
        say(describe_version(sheet))
    if changed:
        say(f"  → harmledger build {clean_text(str(folder))}, and publish again")
    else:
        say("recorded; it changes the state of no version")
