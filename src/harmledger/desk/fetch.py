"""`harmledger fetch`: pages at web addresses into a web archive."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.records.problem import Problem


@click.command()
@click.argument("lists", metavar="LIST...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="ARCHIVE",
    type=click.Path(path_type=Path),
    help="The web archive (WARC) that is written; it must not be there yet.",
)
@click.option("--allow-private", is_flag=True, help="Ask hosts of this machine and of its own network, too.")
@take_messages
def fetch(
    lists: tuple[Path, ...], output: Path, allow_private: bool, is_quiet: bool, problems_file: str | None
) -> int:
    """Fetch the pages at the addresses in a LIST, one a line, and keep them as they came: headers, moment, bytes.

    Only these addresses are asked, and where they lead on to; hosts that are not public, and pages that robots.txt asks
    programs to leave alone, are not. harmledger add reads the archive.

    \b
    Examples:
      harmledger fetch addresses.txt -o monday.warc
    """
    from harmledger.documents.fetching import FetchRules, fetch_addresses, read_addresses

    messages = gather_messages(is_quiet, problems_file)
    if output.exists():
        give_up((), messages, clean_text(f"{output} is there already; give another name"))
    addresses, problems = read_addresses("\n".join(path.read_text("utf-8", "replace") for path in lists))
    found: list[Problem] = list(problems)
    count = 0
    for fetched in fetch_addresses(
        addresses, output, read_clock, FetchRules(is_private_allowed=allow_private)
    ):
        found.extend(fetched.problems)
        if fetched.final is not None:
            count += 1
            click.echo(clean_text(f"{fetched.size}  {fetched.final}"))
    if not count:
        output.unlink(missing_ok=True)
        give_up(found, messages, "nothing could be fetched")
    if not is_quiet:
        say(f"{count} pages → {clean_text(str(output))}")
    return finish(found, messages)
