"""`harmledger history`: the versions at an address, and what changed between them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.casework import choose_version, describe_version, read_case, take_case
from harmledger.desk.options import gather_messages, take_json, take_messages
from harmledger.desk.outcome import finish
from harmledger.desk.terminal import clean_text

if TYPE_CHECKING:
    from harmledger.pipeline.changes import Change
    from harmledger.records.document import Document
    from harmledger.store.entries import Judgement

_COMPARED = ("title", "url", "publisher", "language", "published", "kind")
_CHANGES_SHOWN = 50


@click.command()
@take_case
@click.argument("document", metavar="DOC")
@take_json
@take_messages
def history(folder: Path, document: str, is_json: bool, is_quiet: bool, problems_file: str | None) -> int:
    """Show every version of a document, what changed from one to the next, and what was decided of it.

    DOC is the id of a document or the beginning of it, or its address. Full texts are compared and names are not
    withheld: what this prints is for the recorder alone. Words taken out stand in [-…-], words put in in {+…+}.

    \b
    Examples:
      harmledger history northwest 3f9a01
      harmledger history northwest https://example.org/story --json
    """
    from harmledger.pipeline.changes import compare_words

    messages = gather_messages(is_quiet, problems_file)
    with read_case(folder, messages) as case:
        chosen = choose_version(case, document, messages)
        sheets = case.facts.list_versions(chosen.id)
        judgements = tuple(case.facts.list_judgements(chosen.id))
        if is_json:
            rows = {"versions": list(map(asdict, sheets)), "judgements": list(map(asdict, judgements))}
            click.echo(json.dumps(rows, indent=2, ensure_ascii=True))
            return finish((), messages)
        earlier: Document | None = None
        for sheet, text in zip(sheets, case.facts.fetch_documents([one.id for one in sheets]), strict=True):
            click.echo(describe_version(sheet))
            place = ", ".join(filter(None, (sheet.file_name, sheet.locator)))
            click.echo(clean_text(f"  from {place}, sha256 {sheet.digest}"))
            if not sheet.is_kept:
                click.echo("  its received bytes were destroyed with another document that they held")
            if earlier is not None:
                _print_changes(earlier, text, list(compare_words(earlier.text or "", text.text or "")))
            earlier = text
    for judgement in judgements:
        click.echo(_describe_judgement(judgement))
    return finish((), messages)


def _print_changes(old: "Document", new: "Document", changes: "list[Change]") -> None:
    for name in _COMPARED:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            click.echo(clean_text(f"  {name}: [-{before or ''}-] {{+{after or ''}+}}"))
    for change in changes[:_CHANGES_SHOWN]:
        removed = f"[-{change.removed}-]" if change.removed else ""
        added = f"{{+{change.added}+}}" if change.added else ""
        click.echo(clean_text(f"  … {change.before}{removed}{added}{change.after} …"))
    if len(changes) > _CHANGES_SHOWN:
        click.echo(f"  and {len(changes) - _CHANGES_SHOWN} more changes")
    if not changes:
        click.echo("  the text is the same")


def _describe_judgement(judgement: "Judgement") -> str:
    what = judgement.verdict if judgement.holds else f"no longer {judgement.verdict}"
    whole = "every version" if judgement.version is None else judgement.version
    return clean_text(
        f"{judgement.at[:10]}  {whole}: {what} by {judgement.by} ({judgement.source}): {judgement.reason}"
    )
