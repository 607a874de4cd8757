"""`harmledger leak-check`: proof that nothing restricted is in an edition."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import click

from harmledger.desk.casework import read_case
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_json, take_messages
from harmledger.desk.outcome import Messages, finish, give_up
from harmledger.desk.terminal import clean_text, open_console

if TYPE_CHECKING:
    from harmledger.pipeline.leaks import Checked

_LISTED: Final = 50
_LEAKING: Final = 1


@click.command("leak-check")
@click.argument(
    "edition", metavar="EDITION_DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--case",
    "folder",
    metavar="CASE",
    type=click.Path(path_type=Path),
    help="The case it was made from: what it must not let out is looked for. Without it only the form is checked.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LISTED,
    show_default=True,
    help="How many places are listed.",
)
@take_json
@take_messages
def leak_check(
    edition: Path, folder: Path | None, limit: int, is_json: bool, is_quiet: bool, problems_file: str | None
) -> int:
    """Prove that nothing restricted is in an edition: every file of it, decoded, is held against its case.

    Looked for are masked names, private speakers, facilities' names, exact and near coordinates, words of withheld texts,
    incidents that are too young or graded too low, digests of what was erased, and withheld fields. A file that cannot
    be looked into counts as a leak. Exit code 0: nothing was found; 1: something was, and each place is listed, never
    the words themselves.

    \b
    Examples:
      harmledger leak-check site --case northwest
      harmledger leak-check site
    """
    messages = gather_messages(is_quiet, problems_file)
    checked = _check(edition, folder, messages)
    if is_json:
        click.echo(json.dumps(asdict(checked), indent=2, ensure_ascii=False))
    else:
        _print(checked, edition, folder is not None, limit)
    return finish((), messages) or (_LEAKING if checked.report.hits else 0)


def _check(edition: Path, folder: Path | None, messages: Messages) -> "Checked":
    from harmledger.pipeline.editions import EditionError
    from harmledger.pipeline.leaks import check_against_case, check_folder
    from harmledger.publication.leaks.check import NoEditionError

    try:
        if folder is None:
            return check_folder(edition)
        from harmledger.pipeline.case_view import NoView

        with read_case(folder, messages) as case:
            try:
                return check_against_case(edition, case, datetime.fromisoformat(read_clock()))
            except NoView as error:
                give_up((), messages, clean_text(f"{error}; run harmledger build {folder}"))
            except EditionError as error:
                give_up(error.problems, messages, "nothing was checked")
    except NoEditionError as error:
        give_up((), messages, clean_text(str(error)))


def _print(checked: "Checked", edition: Path, has_case: bool, limit: int) -> None:
    from rich.table import Table

    from harmledger.publication.leaks.restricted import Rule

    report, console = checked.report, open_console()
    found = Counter(hit.rule for hit in report.hits)
    table = Table(box=None, pad_edge=False)
    for heading, side in (("rule", "left"), ("looked for", "right"), ("found", "right"), ("", "left")):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    for rule in get_args(Rule):
        sought = report.looked_for.get(rule)
        if not has_case and rule not in _FORM and not found[rule]:
            continue
        table.add_row(rule, "" if sought is None else str(sought), str(found[rule]), _MEANINGS[rule])
    console.print(table)
    for hit in report.hits[:limit]:
        console.print(
            clean_text(f"{edition}/{hit.file}:{hit.line}: {hit.rule}: {hit.what}"),
            markup=False,
            soft_wrap=True,
        )
    left = len(report.hits) - limit
    if left > 0:
        console.print(f"… and {left} more (--limit, --json)", markup=False)
    if checked.is_changed:
        console.print(
            "the case's rules for this edition are others now; it is held against the present ones",
            markup=False,
        )
    told = "nothing restricted was found" if not report.hits else f"{len(report.hits)} leaks"
    scope = "" if has_case else " (its form alone: name the case with --case)"
    console.print(
        f"{clean_text(checked.name)}, {report.files} files, {report.characters} characters: {told}{scope}",
        markup=False,
    )


_FORM: Final = frozenset({"field", "level", "grade", "unreadable"})
_MEANINGS: Final = {
    "name": "names that are masked",
    "speaker": "private people who speak",
    "facility": "names of single hospitals, clinics, rescue centres, schools, camps and other sites",
    "coordinates": "places more finely than they may be told, or near them",
    "text": "eight words on end of a withheld text (documents)",
    "held": "incidents that are held back for a time",
    "grade": "incidents below the least grade",
    "erased": "documents that were withdrawn or erased",
    "id": "ids that a person chose",
    "address": "addresses of private posts",
    "secret": "the key of codes for names",
    "field": "fields that are withheld",
    "level": "places of data finer than their level",
    "unreadable": "files that cannot be looked into",
}
