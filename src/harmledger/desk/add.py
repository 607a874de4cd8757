"""`harmledger add`: received files into a case."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from harmledger.desk.casework import take_case, take_writing, write_case
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_json, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.documents.parts import ColumnMapping
    from harmledger.pipeline.add import Added, AddedFile
    from harmledger.records.problem import Problem
    from harmledger.store.case import Case

_STANDINGS: Final = {
    "unknown": "added",
    "interrupted": "finished",
    "read": "already here",
    "erased": "refused",
}
_PROBLEMS_KEPT: Final = 100_000


@click.command()
@take_case
@click.argument("files", metavar="FILES...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--mapping", metavar="FILE", type=click.Path(path_type=Path), help="Which column of a table is what."
)
@click.option("--retry", "is_retrying", is_flag=True, help="Read again what is here but could not be read.")
@take_writing
@take_json
@take_messages
def add(
    folder: Path,
    files: tuple[Path, ...],
    mapping: Path | None,
    is_retrying: bool,
    is_waiting: bool,
    is_json: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Add received files to a case: text, HTML, PDF, mail, feeds, tables, exports, archives, folders of these.

    Each file is kept as it came, under its SHA-256, and named on standard output once it and every document in
    it are safely on disk. The same bytes twice change nothing; changed bytes at the same address are a new
    version. Interrupted or killed, add the same files again: what is missing is done.

    \b
    Examples:
      harmledger add northwest reports/ mail.mbox
      harmledger add northwest field.csv --mapping field.toml
      harmledger add northwest --retry
    """
    if bool(files) == is_retrying:
        raise click.UsageError("give FILES to add, or --retry alone")
    messages = gather_messages(is_quiet, problems_file)
    at = read_clock()
    columns, problems = _load_mapping(mapping)
    if mapping is not None and columns is None:
        give_up(problems, messages, "the column mapping cannot be used; nothing was added")
    found: list[Problem] = list(problems)
    totals: Counter[str] = Counter()
    with write_case(folder, "add", at, messages, is_waiting) as case:
        for file in _take_files(_choose_work(case, files, at, columns, is_retrying), found):
            click.echo(json.dumps(asdict(file), ensure_ascii=True) if is_json else _describe(file))
            totals.update(file.fates)
            totals["files"] += 1
    if not is_quiet:
        say(_summarise(totals))
        if totals["new"] or totals["version"] or totals["notice"]:
            say(f"  → harmledger build {clean_text(str(folder))}")
    if not totals["files"] and any(problem.severity == "error" for problem in found):
        give_up(found, messages, "nothing could be added")
    return finish(found, messages)


def _load_mapping(path: Path | None) -> "tuple[ColumnMapping | None, tuple[Problem, ...]]":
    if path is None:
        return None, ()
    from harmledger.documents.parts import load_mapping

    return load_mapping(path)


def _choose_work(
    case: "Case", files: tuple[Path, ...], at: str, mapping: "ColumnMapping | None", is_retrying: bool
) -> "Iterator[Added]":
    from harmledger.pipeline.add import add_files, retry_files

    return retry_files(case, at) if is_retrying else add_files(case, files, at, mapping)


def _take_files(work: "Iterable[Added]", found: "list[Problem]") -> "Iterator[AddedFile]":
    for file, problems in work:
        if len(found) < _PROBLEMS_KEPT:
            found.extend(problems)
        if file is not None:
            yield file


def _describe(file: "AddedFile") -> str:
    """Give a file's line: what was done, its digest, its name, and what was found in it."""
    parts = [
        f"{file.fates[fate]} {words}"
        for fate, words in (
            ("new", "new"),
            ("version", "new versions"),
            ("known", "known"),
            ("refused", "refused"),
            ("notice", "notices"),
        )
        if fate in file.fates
    ]
    if file.unread:
        parts.append(f"{file.unread} unread")
    found = f" ({', '.join(parts)})" if parts else ""
    return clean_text(f"{_STANDINGS[file.standing]}  {file.digest[:16]}  {file.name}{found}")


def _summarise(totals: Counter[str]) -> str:
    parts = [
        f"{totals['files']} files",
        f"{totals['new']} new documents",
        f"{totals['version']} new versions",
    ]
    if totals["known"]:
        parts.append(f"{totals['known']} known already")
    if totals["refused"]:
        parts.append(f"{totals['refused']} refused")
    return ", ".join(parts)
