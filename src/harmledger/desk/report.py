"""`harmledger report`: the record as one HTML page."""

import click

from harmledger.desk.options import gather_messages, refuse_overwriting, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import say


@click.command()
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENTS...")
@click.option(
    "--claims", multiple=True, metavar="CLAIMS", help="Claims, for the sentences behind the figures."
)
@click.option("--documents", multiple=True, metavar="DOCUMENTS", help="Documents, for publishers and links.")
@click.option(
    "-o", "--output", metavar="HTML", required=True, help="The page to write; - is standard output."
)
@click.option("--title", metavar="TEXT", help="Title of the page.")
@take_messages
def report(
    incidents: tuple[str, ...],
    claims: tuple[str, ...],
    documents: tuple[str, ...],
    output: str,
    title: str | None,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Write a page that anyone can read: accounts side by side, denials beside allegations, the sentences.

    One HTML file without scripts, which asks nothing of the network. Names of private people are withheld
    and their roles shown; posts and messages of private people are withheld whole until a person has
    reviewed them; nothing is located by coordinates. Names are found by patterns, which may miss one: read
    the page before you publish it.

    \b
    Examples:
      harmledger report incidents.jsonl -o report.html
      harmledger report incidents.jsonl --claims claims.jsonl --documents documents.jsonl -o report.html
    """
    from harmledger.desk.load import load_shown
    from harmledger.pipeline.write import OutputError, write_aside
    from harmledger.publication.report import render_report
    from harmledger.publication.wording import load_wording

    messages = gather_messages(is_quiet, problems_file)
    refuse_overwriting(output, (*incidents, *claims, *documents))
    try:
        with write_aside(output) as handle:
            records, problems = load_shown(incidents, claims, documents)
            if not records.incidents and any(problem.severity == "error" for problem in problems):
                give_up(problems, messages, "no incident could be read; nothing was written")
            handle.write(render_report(records, load_wording(), title).encode())
    except OutputError as error:
        give_up((), messages, str(error))
    if not is_quiet:
        say(f"{len(records.incidents)} incidents → {output}")
    return finish(problems, messages)
