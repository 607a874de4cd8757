"""`harmledger claim`: a claim that a person reads in a text, and the program did not."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harmledger.desk.casework import choose_version, name_user, write_case
from harmledger.desk.clock import read_clock, read_moment
from harmledger.desk.judge import describe_judgement, judging
from harmledger.desk.options import gather_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.records.claim import Claim
    from harmledger.store.case import Case


@judging(
    click.argument("document", metavar="DOCUMENT"),
    click.argument("words", metavar="WORDS"),
    click.argument("fields", metavar="FIELD=VALUE...", nargs=-1),
    click.option(
        "--at",
        "start",
        type=click.IntRange(min=0),
        metavar="OFFSET",
        help="Where the words begin, in characters from 0, where they stand in the text more than once.",
    ),
)
def claim(
    folder: Path, document: str, words: str, fields: tuple[str, ...], start: int | None, **given: Any
) -> int:
    """Add a claim that the program did not read: WORDS of a document, and what they say.

    FIELD is kind (toll where none is given), harm, group, count, scope, stance, means, place, time, voice, role (of the voice),
    blamed, denies or admits; each is written as harmledger correct takes it. The claim counts as one that was read,
    says everywhere that a person added it, and is taken back with harmledger undo.

    \b
    Examples:
      harmledger claim northwest 3f9a "two brothers" harm=killed count=2 --reason "the list of names"
    """
    from harmledger.pipeline.claiming import compose_addition
    from harmledger.store.rulings import record_ruling

    messages = gather_messages(given["is_quiet"], given["problems_file"])
    with write_case(folder, "claim", read_clock(), messages, given["is_waiting"]) as case:
        sheet = choose_version(case, document, messages)
        try:
            made = _compose(case, sheet.id, words, start, fields)
            judgement = compose_addition(made, given["reason"], name_user(given["by"]), read_moment())
        except ValueError as error:
            give_up((), messages, clean_text(f"nothing was recorded: {error}"))
        record_ruling(case.facts, judgement, {made.id: made.document})
        if not messages.is_quiet:
            say(describe_judgement(judgement))
            say(f"  → harmledger build {clean_text(str(folder))}")
    return finish((), messages)


def _compose(case: "Case", document: str, words: str, start: int | None, fields: tuple[str, ...]) -> "Claim":
    from harmledger.pipeline.claiming import compose_claim, find_words, open_source, refuse_known
    from harmledger.pipeline.registers import open_place_finder

    source, text = open_source(case.facts, document)
    last = None if start is None else start + len(words)
    cue = find_words(text.working, words, start or 0, last)
    find_place = open_place_finder(case.settings.countries)
    told = dict(_read_field(one) for one in fields)
    made = compose_claim(source, text, cue, told, lambda name: find_place(name, None))
    refuse_known(case.folder, made)
    return made


def _read_field(told: str) -> tuple[str, str]:
    field, equals, value = told.partition("=")
    if not equals:
        raise ValueError(f"{told!r} is no FIELD=VALUE")
    return field.strip(), value.strip()
