"""`harmledger take-over`: what people decided in another case, brought in from its export."""

from pathlib import Path

import click

from harmledger.desk.casework import name_user, take_case, take_writing, write_case
from harmledger.desk.clock import read_moment
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say

_FILE = click.Path(exists=True, dir_okay=False)


@click.command("take-over")
@take_case
@click.option(
    "--judgements", multiple=True, type=_FILE, metavar="JUDGEMENTS", help="What people decided about claims."
)
@click.option(
    "--signings", multiple=True, type=_FILE, metavar="SIGNINGS", help="What people signed of incidents."
)
@click.option("--by", metavar="NAME", help="Who takes it over; without it the name you are logged in by.")
@take_writing
@take_messages
def take_over(
    folder: Path,
    judgements: tuple[str, ...],
    signings: tuple[str, ...],
    by: str | None,
    is_waiting: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Take over judgements and signatures that `export` wrote of another case, as they were made.

    The documents come first: add them, and build. Each keeps who decided, when and why; who took it over, when and from
    which file stands beside it. What is here already stays as it is, and what names a claim or an incident that is not
    here is reported and left.

    \b
    Examples:
      harmledger take-over moved --judgements export/judgements.jsonl --signings export/signings.jsonl
    """
    from harmledger.pipeline.case_view import NoView, read_view
    from harmledger.pipeline.take_over import take_over as bring_in

    if not judgements and not signings:
        raise click.UsageError("give what to take over: --judgements FILE, --signings FILE, or both")
    messages = gather_messages(is_quiet, problems_file)
    at = read_moment()
    with write_case(folder, "take-over", at, messages, is_waiting) as case:
        try:
            with read_view(folder) as view:
                if view.stale:
                    give_up((), messages, f"{view.stale}; harmledger build comes first")
                arrival = bring_in(case, view, judgements, signings, name_user(by), at)
        except NoView as error:
            give_up((), messages, f"{error}; harmledger build comes first")
    counts = arrival.counts
    if not is_quiet:
        told = f"{_count(counts['judgements'], 'judgement')} and {_count(counts['signatures'], 'signature')} taken over"
        say(f"{told}; {counts['known']} were here already" if counts["known"] else told)
        if counts["judgements"]:
            say(f"  → harmledger build {clean_text(str(folder))}")
    return finish(arrival.problems, messages)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
