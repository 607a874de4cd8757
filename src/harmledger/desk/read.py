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
@click.option("--explain", "is_explaining", is_flag=True, help="Print every decision on standard error.")
@take_messages
def read(
    documents: tuple[str, ...],
    output: str,
    jobs: int,
    countries: tuple[str, ...],
    zone: str | None,
    language: str | None,
    is_explaining: bool,
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
      cat documents.jsonl | harmledger read - | head -1
    """
    from harmledger.pipeline.gather import gather_documents
    from harmledger.pipeline.read import ReadSettings

    refuse_two_streams(documents)
    refuse_overwriting(output, documents)
    messages = gather_messages(is_quiet, problems_file)
    gathered, problems = gather_documents(documents)
    if not gathered and any(problem.severity == "error" for problem in problems):
        give_up(problems, messages, "no document could be read; nothing was written")
    settings = ReadSettings(countries, zone, language)
    found = _write_claims(gathered, settings, output, jobs or os.cpu_count() or 1, messages)
    if is_explaining:
        _explain_all(gathered, settings)
    return finish((*problems, *found), messages)


def _write_claims(
    gathered: "tuple[Gathered, ...]", settings: "ReadSettings", output: str, jobs: int, messages: Messages
) -> "list[Problem]":
    from concurrent.futures import BrokenExecutor

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
    except BrokenExecutor:
        give_up(
            problems,
            messages,
            "a process was ended from outside, for want of memory as a rule; try fewer --jobs",
        )
    if not messages.is_quiet:
        say(f"{documents} documents, {claims} claims → {output}")
    return problems


def _explain_all(gathered: "tuple[Gathered, ...]", settings: "ReadSettings") -> None:
    """Print every decision about every document; a second reading, so that a plain one costs nothing for it."""
    from harmledger.desk.explain import describe_traces
    from harmledger.pipeline.read import DocumentReader

    reader = DocumentReader(settings)
    for item in gathered:
        text, _ = reader.open_text(item)
        if text is not None:
            say(clean_text(item.id))
            for line in describe_traces(text, reader.reader.explain(text)[1]):
                say(f"  {clean_text(line)}")
