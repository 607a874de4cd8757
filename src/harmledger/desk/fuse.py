"""`harmledger fuse`: claims to incidents."""

from pathlib import Path

import click

from harmledger.desk.options import (
    gather_messages,
    refuse_overwriting,
    refuse_two_streams,
    take_jobs,
    take_messages,
    take_output,
)
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import say
from harmledger.records.problem import Problem


@click.command()
@click.argument("claims", nargs=-1, required=True, metavar="CLAIMS...")
@click.option(
    "--documents",
    "documents",
    multiple=True,
    required=True,
    metavar="DOCUMENTS",
    help="The documents that the claims were read from; may be given several times.",
)
@take_output("INCIDENTS")
@click.option(
    "--each-document",
    "each_document",
    is_flag=True,
    help="Fuse every document on its own, as when single articles are coded.",
)
@click.option(
    "--previous", multiple=True, metavar="INCIDENTS", help="Earlier incidents, whose ids are carried on."
)
@click.option(
    "--judgements",
    multiple=True,
    metavar="JUDGEMENTS",
    help="What people decided about claims, to be followed.",
)
@click.option(
    "--signings",
    multiple=True,
    metavar="SIGNINGS",
    help="What people signed of incidents: they say then how far they have come.",
)
@click.option(
    "--weights",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="WEIGHTS",
    help="What each comparison is worth, as `learn` writes it; the program's own without it.",
)
@take_jobs("How many processes link and weigh; the result is the same.")
@take_messages
def fuse(
    claims: tuple[str, ...],
    documents: tuple[str, ...],
    output: str,
    each_document: bool,
    previous: tuple[str, ...],
    judgements: tuple[str, ...],
    signings: tuple[str, ...],
    weights: Path | None,
    jobs: int,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Bring claims about one attack together, and keep every voice's account apart.

    A later figure of the same voice replaces its earlier one, never another voice's. Copies of one report
    count once. Day totals and running totals become incidents of their own and are never added to attacks.
    Claims of retracted documents, and of documents that another one supersedes, do not enter.

    \b
    Examples:
      harmledger fuse claims.jsonl --documents documents.jsonl -o incidents.jsonl
      harmledger fuse claims.jsonl --documents documents.jsonl --previous incidents.jsonl -o new.jsonl
      harmledger fuse --each-document claims.jsonl --documents documents.jsonl -o single.jsonl
      harmledger fuse claims.jsonl --documents documents.jsonl --weights learned.json -o other.jsonl
    """
    from concurrent.futures import BrokenExecutor

    from harmledger.pipeline.formats import encode_records
    from harmledger.pipeline.fuse import FuseInputs, WeightsError, fuse_files
    from harmledger.pipeline.write import OutputError, write_aside

    sources = (*claims, *documents, *previous, *judgements, *signings)
    refuse_two_streams(sources)
    refuse_overwriting(output, (*claims, *documents))
    messages = gather_messages(is_quiet, problems_file)
    try:
        with write_aside(output) as handle:
            fused = fuse_files(
                FuseInputs(claims, documents, previous, judgements, weights, signings), each_document, jobs
            )
            if not fused.made and any(problem.severity == "error" for problem in fused.problems):
                give_up(fused.problems, messages, "no claim could be used; nothing was written")
            broken: list[Problem] = []
            number = 0
            for incident in fused.list_incidents():
                lines, found = encode_records((incident,))
                broken.extend(found)
                handle.writelines(lines)
                number += len(lines)
    except (OutputError, WeightsError) as error:
        give_up((), messages, str(error))
    except BrokenExecutor:
        give_up((), messages, "a process was ended from outside, for want of memory as a rule; try --jobs 1")
    if not is_quiet:
        say(f"{number} incidents → {output}")
    return finish((*fused.problems, *broken), messages)
