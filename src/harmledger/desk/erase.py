"""`harmledger erase`: a document destroyed, with a tombstone left."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.casework import (
    choose_version,
    name_user,
    take_case,
    take_writing,
    write_case,
)
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import Messages, finish, give_up
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.store.case import Case
    from harmledger.store.erasure_plan import ErasurePlan


@click.command()
@take_case
@click.argument("document", metavar="[DOC]", required=False)
@click.option("--reason", metavar="TEXT", help="Why; kept, and given when the same bytes come again.")
@click.option("--by", metavar="NAME", help="Who decided it; without it the name you are logged in by.")
@click.option("--all-versions", is_flag=True, help="Every version at its address.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@click.option("--finish", "is_finishing", is_flag=True, help="End an erasure that was interrupted.")
@take_writing
@take_messages
def erase(
    folder: Path,
    document: str | None,
    reason: str | None,
    by: str | None,
    all_versions: bool,
    is_sure: bool,
    is_finishing: bool,
    is_waiting: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Destroy a document: its bytes, its text, and everything made from them. This cannot be undone.

    DOC is the id of a document or the beginning of it, its address, or the SHA-256 of a received file. What is
    left is a tombstone: digest, who, when, why; the same bytes, or the same text, are refused when they come
    again. Views and backups are removed. Folders published earlier are named, not touched, and so are copies that
    others made.

    \b
    Examples:
      harmledger erase northwest 3f9a01 --reason "a source is in danger"
      harmledger erase northwest 3f9a01 --reason "court order 12/2026" --by "Example Group" --all-versions --yes
      harmledger erase northwest --finish
    """
    messages = gather_messages(is_quiet, problems_file)
    if is_finishing == (document is not None):
        raise click.UsageError("give DOC, or --finish alone")
    if document is not None and not (reason or "").strip():
        raise click.UsageError("give --reason: it is kept, and tells whoever brings the document again")
    at = read_clock()
    with write_case(folder, "erase", at, messages, is_waiting) as case:
        if document is None:
            return finish((), messages)
        plan = _make_plan(case, document, all_versions, messages)
        if not is_quiet or not is_sure:
            _tell_plan(plan)
        if not is_sure:
            click.confirm("Destroy this?", abort=True, err=True)
        from harmledger.pipeline.erase import erase_documents

        problems = erase_documents(case, plan, reason or "", name_user(by), at)
    if not is_quiet:
        say(f"{len(plan.versions)} documents erased")
        say(f"  → harmledger build {clean_text(str(folder))}, and publish again")
    return finish(problems, messages)


def _make_plan(case: "Case", name: str, all_versions: bool, messages: Messages) -> "ErasurePlan":
    from harmledger.store.erasure_plan import plan_erasure

    if not case.facts.find_version(name):
        plan = plan_erasure(case.facts, file_digest=name)
        if plan.files:
            return plan
    chosen = choose_version(case, name, messages)
    ids = [chosen.id]
    if all_versions:
        ids = [sheet.id for sheet in case.facts.list_versions(chosen.id)]
    plan = plan_erasure(case.facts, ids)
    if not plan.versions:
        give_up((), messages, "nothing was erased")
    return plan


def _tell_plan(plan: "ErasurePlan") -> None:
    """Say what goes, what stays, and what the program does not reach."""
    for row in plan.versions:
        say(f"to be destroyed: {clean_text(row.key)}, {row.size} bytes, received {row.received:%Y-%m-%d}")
    for file in plan.files:
        if file.row.is_kept:
            rest = f"; its {file.residents} other documents stay" if file.residents else ""
            say(f"to be destroyed: the file {clean_text(file.row.name)} that it came in{rest}")
    if plan.unread:
        say(f"  with it go {plan.unread} parts that could never be read")
    for ids, words in (
        (
            plan.holders,
            "hold it inside them: their bytes go too, their text stays; erase them as well if need be",
        ),
        (plan.inside, "lay inside it, and stay"),
        (plan.siblings, "are other versions at its address, and stay (--all-versions takes them too)"),
        (plan.alike, "have the very same text, and stay"),
    ):
        if ids:
            say(f"  {', '.join(map(clean_text, ids[:5]))}{' …' if len(ids) > 5 else ''} {words}")
    for edition in plan.editions:
        say(
            f"  edition {edition.number} in {clean_text(edition.folder)} holds it: remove or publish it again"
        )
