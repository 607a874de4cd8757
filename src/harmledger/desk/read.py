"""`harmledger read`: documents to claims."""

import os
from typing import TYPE_CHECKING

import click

from harmledger.desk.options import (
    gather_messages,
    refuse_overwriting,
    refuse_two_streams,
    take_messages,
    take_output,
    take_whereabouts,
)
from harmledger.desk.outcome import Messages, finish, give_up
from harmledger.desk.terminal import clean_text, say, show_progress, tell_step

if TYPE_CHECKING:
    from harmledger.desk.decisions import Decisions
    from harmledger.pipeline.gather import Gathered
    from harmledger.pipeline.read import ReadSettings
    from harmledger.records.problem import Problem


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENTS...")
@take_output("CLAIMS")
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=1, show_default=True, help="Processes; 0 is one a core."
)
@take_whereabouts
@click.option("--language", metavar="TAG", help="Language of texts whose own cannot be told (en).")
@click.option(
    "--explain",
    "is_explaining",
    is_flag=True,
    help="Print every decision, sentence by sentence, on standard error.",
)
@click.option(
    "--decisions", metavar="FILE", help="Write every decision to a file, a line of JSON a sentence."
)
@take_messages
def read(
    documents: tuple[str, ...],
    output: str,
    jobs: int,
    countries: tuple[str, ...],
    zone: str | None,
    language: str | None,
    is_explaining: bool,
    decisions: str | None,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Read documents and write claims: one line for one thing one voice says.

    DOCUMENTS are files of JSON lines (see docs/formats.md); - is standard input. Every claim quotes the
    sentence it was read from. The same documents give the same bytes, whatever the order of their lines and
    the number of jobs. No network, no clock.

    \b
    Examples:
      harmledger read documents.jsonl -o claims.jsonl
      harmledger read documents.jsonl -o claims.jsonl --country SY --jobs 4
      harmledger read documents.jsonl -o claims.jsonl --explain 2>&1 | less
      cat documents.jsonl | harmledger read - | head -1
    """
    from harmledger.pipeline.gather import gather_documents
    from harmledger.pipeline.read import ReadSettings
    from harmledger.pipeline.write import OutputError

    refuse_two_streams(documents)
    refuse_overwriting(output, documents)
    if decisions is not None:
        refuse_overwriting(decisions, (*documents, output))
        if decisions == output:
            raise click.UsageError("claims and decisions need a place of their own; name another --decisions")
    messages = gather_messages(is_quiet, problems_file)
    gathered, problems = gather_documents(documents)
    if not gathered and any(problem.severity == "error" for problem in problems):
        give_up(problems, messages, "no document could be read; nothing was written")
    settings = ReadSettings(countries, zone, language)
    found = _write_claims(gathered, settings, output, jobs or os.cpu_count() or 1, messages)
    if is_explaining or decisions is not None:
        try:
            _explain_all(gathered, settings, is_explaining, decisions)
        except OutputError as error:
            give_up((*problems, *found), messages, str(error))
    return finish((*problems, *found), messages)


def _write_claims(
    gathered: "tuple[Gathered, ...]", settings: "ReadSettings", output: str, jobs: int, messages: Messages
) -> "list[Problem]":
    from harmledger.pipeline.read import read_documents
    from harmledger.pipeline.write import OutputError, write_aside

    problems: list[Problem] = []
    documents = claims = 0
    try:
        with (
            write_aside(output) as handle,
            show_progress("reading", len(gathered), messages.is_quiet) as step,
        ):
            tell = None if messages.is_quiet else tell_step
            for result in read_documents(gathered, settings, jobs, tell):
                handle.writelines(result.lines)
                claims += len(result.lines)
                problems.extend(result.problems)
                if result.document:
                    documents += result.is_read
                    step()
    except OutputError as error:
        give_up((), messages, str(error))
    except RuntimeError as error:
        from concurrent.futures import BrokenExecutor  # dear to import, and few commands start processes

        if not isinstance(error, BrokenExecutor):
            raise
        give_up(
            problems,
            messages,
            "a process was ended from outside, for want of memory as a rule; try fewer --jobs",
        )
    if not messages.is_quiet:
        say(f"{documents} documents, {claims} claims → {output}")
    return problems


def _explain_all(
    gathered: "tuple[Gathered, ...]", settings: "ReadSettings", is_explaining: bool, target: str | None
) -> None:
    """Print or write every decision about every document; a second reading, so that a plain one costs nothing for
    it."""
    from contextlib import ExitStack

    from harmledger.desk.decision_lines import describe_decisions
    from harmledger.desk.decisions import list_decisions
    from harmledger.pipeline.read import DocumentReader
    from harmledger.pipeline.write import write_aside

    reader = DocumentReader(settings)
    with ExitStack() as stack:
        handle = stack.enter_context(write_aside(target)) if target is not None else None
        for item in gathered:
            text, _ = reader.open_text(item)
            if text is None:
                continue
            found = list(list_decisions(reader.reader.prepare(text), reader.reader.explain(text)[1]))
            if handle is not None:
                handle.writelines(_encode_decisions(item.id, each) for each in found)
            if is_explaining:
                say(click.style(clean_text(item.id), underline=True))
                for line in describe_decisions(found):
                    say(line)


def _encode_decisions(document: str, decisions: "Decisions") -> bytes:
    import json
    from dataclasses import asdict

    return json.dumps({"document": document} | asdict(decisions), ensure_ascii=False).encode() + b"\n"
