"""`harmledger learn`: what the levels of the comparisons are worth, estimated from reports that nobody linked."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from harmledger.desk.case_lists import is_case_folder, open_case_view
from harmledger.desk.options import (
    gather_messages,
    refuse_overwriting,
    refuse_two_streams,
    take_messages,
    take_output,
)
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import say

if TYPE_CHECKING:
    from harmledger.incidents.learning import Learned
    from harmledger.records.problem import Problem

_NAME_WIDTH: Final = 10
_LEVEL_WIDTH: Final = 22


@click.command()
@click.argument("record", metavar="CASE|CLAIMS")
@click.option("--documents", multiple=True, metavar="DOCUMENTS", help="Of claims: their documents.")
@click.option("--judgements", multiple=True, metavar="JUDGEMENTS", help="Of claims: what people decided.")
@take_output("WEIGHTS")
@take_messages
def learn(
    record: str,
    documents: tuple[str, ...],
    judgements: tuple[str, ...],
    output: str,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Estimate what each comparison is worth when reports are linked, from reports alone.

    No pair needs to be judged: which are of one attack is estimated along with the weights (Fellegi and Sunter, by EM).
    Pairs of claims that people joined or split keep what was judged. The table says for each level how many pairs came
    out at it, what it is worth today and what was learned. The weights are written as JSON for a person to review; the
    program links with its own until they are put in their place (docs/fusing.md).

    \b
    Examples:
      harmledger learn northwest -o weights.json
      harmledger learn claims.jsonl --documents documents.jsonl -o weights.json
    """
    from harmledger.pipeline.learn import NothingToLearn, learn_from_case, learn_from_files, write_weights
    from harmledger.pipeline.write import OutputError, write_aside

    messages = gather_messages(is_quiet, problems_file)
    problems: tuple[Problem, ...] = ()
    is_case = is_case_folder(record)
    if is_case and (documents or judgements):
        raise click.UsageError("a case has documents and judgements of its own; give none beside it")
    if not is_case and not documents:
        raise click.UsageError("of claims, give their --documents too")
    sources = () if is_case else (record, *documents, *judgements)
    refuse_two_streams(sources)
    refuse_overwriting(output, sources)
    try:
        with write_aside(output) as handle:
            if is_case:
                with open_case_view(Path(record), messages) as view:
                    learned = learn_from_case(view)
            else:
                learned, problems = learn_from_files((record,), documents, judgements)
            handle.write(write_weights(learned.weights))
    except (NothingToLearn, OutputError) as error:
        give_up(problems, messages, str(error))
    if not is_quiet:
        for line in _describe(learned):
            say(line)
    return finish(problems, messages)


def _describe(learned: "Learned") -> list[str]:
    """Give the table: comparison, level, pairs, points today, points learned."""
    from harmledger.incidents.weights import load_weights

    today = load_weights().list_points()
    found = learned.weights.provenance
    lines = [
        f"{found['pairs']} pairs, {found['judged']} of them judged; {learned.share:.0%} are of one attack",
        f"{'':{_NAME_WIDTH}}{'':{_LEVEL_WIDTH}}{'pairs':>9}{'today':>8}{'learned':>9}",
    ]
    for name, points in learned.weights.list_points().items():
        for level, worth in points.items():
            pairs, before = learned.seen[name].get(level, 0), today[name].get(level)
            if pairs and worth is not None:
                lines.append(
                    f"{name:{_NAME_WIDTH}}{level:{_LEVEL_WIDTH}}{pairs:>9}{before or 0.0:>+8.2f}{worth:>+9.2f}"
                )
    return lines
