"""Judgements on claims: `join`, `split`, `exclude`, `correct`, `note`, `undo`, and the list of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from harmledger.desk.case_lists import SHOWN_ID, open_case_view
from harmledger.desk.casework import (
    name_user,
    read_case,
    take_case,
    take_judgement,
    take_writing,
    write_case,
)
from harmledger.desk.clock import read_clock, read_moment
from harmledger.desk.options import gather_messages, take_json, take_messages
from harmledger.desk.outcome import Messages, choose_one, finish, give_up
from harmledger.desk.terminal import clean_text, open_console, print_hanging, say
from harmledger.records.moment import order_moment
from harmledger.records.taking_over import TAKEN_OVER, TakenOver

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.records.claim import Claim
    from harmledger.records.judgement import Judgement
    from harmledger.records.vocabulary import JudgementKind
    from harmledger.store.case import Case

Decorator = Callable[[Any], Any]
"""Adds an argument or an option to a command."""

_CLAIM: Final = click.argument("claim", metavar="CLAIM")


def judging(*arguments: Decorator) -> Callable[[Callable[..., int]], click.Command]:
    """Make a command that judges: a case, what is judged, why and by whom, and how the command writes and tells."""

    def decorate(function: Callable[..., int]) -> click.Command:
        command: Any = function
        taken: tuple[Decorator, ...] = (take_case, *arguments, take_judgement, take_writing, take_messages)
        for take in reversed(taken):
            command = take(command)
        return click.command()(command)

    return decorate


@judging(click.argument("first", metavar="ID"), click.argument("second", metavar="ID"))
def join(folder: Path, first: str, second: str, **given: Any) -> int:
    """Say that two claims, or two incidents, are of one incident, whatever the comparisons say.

    Kept through every rebuild, a new version of the reader, and new reports, which may join either of the two.

    \b
    Examples:
      harmledger join northwest 3f9a 81bd --reason "the same street, says the rescuers' film"
    """
    return _judge_pair(folder, "join", (first, second), **given)


@judging(click.argument("first", metavar="ID"), click.argument("second", metavar="ID"))
def split(folder: Path, first: str, second: str, **given: Any) -> int:
    """Say that two claims are of two incidents: they never meet in one again.

    Claims of one document, and of near-copies, are told apart too. harmledger why says what holds them together.

    \b
    Examples:
      harmledger split northwest 3f9a 81bd --reason "the second raid, an hour later"
    """
    return _judge_pair(folder, "split", (first, second), **given)


@judging(_CLAIM)
def exclude(folder: Path, claim: str, **given: Any) -> int:
    """Leave a claim out of every incident: it was read wrongly, or tells of something else.

    \b
    Examples:
      harmledger exclude northwest 3f9a --reason "the number is a street's"
    """
    with _open_claims(folder, "exclude", given) as (case, view, messages):
        chosen = _choose_claim(view, claim, messages)
        _record(case, messages, "exclude", [chosen], given)
    return _finish(folder, messages)


@judging(_CLAIM, click.argument("changes", metavar="FIELD=VALUE...", nargs=-1, required=True))
def correct(folder: Path, claim: str, changes: tuple[str, ...], **given: Any) -> int:
    """Correct what was read of a claim. The sentence and its reading stay on record beside the correction.

    FIELD is harm, group, scope, stance, count, means, place, time, actors or voice. A count is 23, 20-60 or 23+ (at least); a time
    2019-07-22 or 2019-07-22/2019-07-23; a place a name of the gazetteer; null empties a field; any may be given as JSON
    (docs/formats.md).

    \b
    Examples:
      harmledger correct northwest 3f9a count=23 group=civilians --reason "the table counts civilians"
      harmledger correct northwest 3f9a place=Saraqib time=2019-07-22 --reason "dated by the film"
    """
    from harmledger.pipeline.judging import read_correction
    from harmledger.pipeline.registers import open_place_finder

    with _open_claims(folder, "correct", given) as (case, view, messages):
        chosen = _choose_claim(view, claim, messages)
        find_place = open_place_finder(case.settings.countries)
        try:
            read = [
                read_correction(change, chosen, lambda name: find_place(name, None)) for change in changes
            ]
        except ValueError as error:
            give_up((), messages, clean_text(f"nothing was recorded: {error}"))
        for field, value in read:
            _record(case, messages, "correct", [chosen], given, field=field, value=value)
    return _finish(folder, messages)


@judging(_CLAIM)
def note(folder: Path, claim: str, **given: Any) -> int:
    """Keep a note on a claim, for those who come next; it changes nothing. --reason is the note.

    \b
    Examples:
      harmledger note northwest 3f9a --reason "asked the publisher on Monday"
    """
    with _open_claims(folder, "note", given) as (case, view, messages):
        _record(case, messages, "note", [_choose_claim(view, claim, messages)], given)
    return _finish(folder, messages)


@judging(click.argument("judgement", metavar="[JUDGEMENT]", required=False))
def undo(folder: Path, judgement: str | None, **given: Any) -> int:
    """Take a judgement on claims back; without its id, the latest. Both stay on record, and an undoing can be undone.

    \b
    Examples:
      harmledger undo northwest --reason "typed the wrong id"
      harmledger undo northwest 5c12 --reason "the film shows one raid"
    """
    from harmledger.store.rulings import list_rulings

    messages = gather_messages(given["is_quiet"], given["problems_file"])
    with write_case(folder, "undo", read_clock(), messages, given["is_waiting"]) as case:
        made = sorted(list_rulings(case.facts), key=lambda one: order_moment(one.at))
        chosen = _choose_judgement(made, judgement, messages)
        _record(case, messages, "undo", [], given, undoes=chosen.id)
        if not messages.is_quiet:
            say(f"undone: {describe_judgement(chosen)}")
    return _finish(folder, messages)


@click.command()
@take_case
@click.argument("claim", metavar="[CLAIM]", required=False)
@click.option("--all", "is_all", is_flag=True, help="Those taken back, too.")
@take_json
@take_messages
def judgements(
    folder: Path, claim: str | None, is_all: bool, is_json: bool, is_quiet: bool, problems_file: str | None
) -> int:
    """List the judgements on claims that stand, the earliest first: what, who, when and why.

    \b
    Examples:
      harmledger judgements northwest
      harmledger judgements northwest 3f9a --all
    """
    from harmledger.incidents.rulings import list_standing
    from harmledger.store.rulings import list_rulings

    messages = gather_messages(is_quiet, problems_file)
    with read_case(folder, messages) as case:
        made = list(list_rulings(case.facts))
    standing = {one.id for one in list_standing(made)}
    wanted = [
        one
        for one in made
        if (is_all or one.id in standing)
        and (claim is None or any(id.startswith(claim) for id in one.claims))
    ]
    if is_json:
        click.echo(json.dumps([asdict(one) | {"stands": one.id in standing} for one in wanted], indent=2))
        return finish((), messages)
    console = open_console()
    for one in wanted:
        print_hanging(
            console,
            describe_judgement(one) + ("" if one.id in standing or one.kind == "undo" else " (taken back)"),
        )
    if not wanted and not is_quiet:
        say("no judgement on a claim stands")
    return finish((), messages)


def _judge_pair(folder: Path, kind: "JudgementKind", ids: tuple[str, str], **given: Any) -> int:
    with _open_claims(folder, kind, given) as (case, view, messages):
        chosen = [_choose_either(view, id, messages) for id in ids]
        _record(case, messages, kind, chosen, given)
    return _finish(folder, messages)


@contextmanager
def _open_claims(
    folder: Path, kind: str, given: dict[str, Any]
) -> "Iterator[tuple[Case, CaseView, Messages]]":
    """Hold a case, with its view open to look claims up in."""
    messages = gather_messages(given["is_quiet"], given["problems_file"])
    with (
        write_case(folder, kind, read_clock(), messages, given["is_waiting"]) as case,
        open_case_view(folder, Messages(is_quiet=True)) as view,
    ):
        yield case, view, messages


def _choose_claim(view: "CaseView", prefix: str, messages: Messages) -> "Claim":
    found = view.readings.find_claims(prefix)
    return choose_one(found, prefix, messages, none="no claim", several="several claims")


def _choose_either(view: "CaseView", prefix: str, messages: Messages) -> "Claim":
    """Give the claim, or else the first claim of the incident, whose id begins so."""
    if view.readings.find_claims(prefix):
        return _choose_claim(view, prefix, messages)
    found = view.incidents.find(prefix)
    home = choose_one(found, prefix, messages, none="no claim and no incident", several="several incidents")
    return view.readings.fetch_claims_by_id(home.claims[:1])[home.claims[0]]


def _choose_judgement(made: "list[Judgement]", prefix: str | None, messages: Messages) -> "Judgement":
    from harmledger.incidents.rulings import list_standing

    if prefix is None:
        standing = list_standing(made)
        if not standing:
            give_up((), messages, "no judgement on a claim stands")
        return standing[-1]
    found = [one for one in made if one.id.startswith(prefix)]
    return choose_one(found, prefix, messages, none="no judgement", several="several judgements")


def _record(
    case: "Case",
    messages: Messages,
    kind: "JudgementKind",
    claims: "list[Claim]",
    given: dict[str, Any],
    **fields: Any,
) -> None:
    from harmledger.pipeline.judging import compose_judgement
    from harmledger.store.rulings import record_ruling

    ids = [claim.id for claim in claims]
    try:
        judgement = compose_judgement(
            kind, ids, given["reason"], name_user(given["by"]), read_moment(), **fields
        )
    except ValueError as error:
        give_up((), messages, clean_text(f"nothing was recorded: {error}"))
    record_ruling(case.facts, judgement, {claim.id: claim.document for claim in claims})
    if not messages.is_quiet and kind != "undo":
        say(describe_judgement(judgement))


def describe_judgement(judgement: "Judgement") -> str:
    """Give a judgement in one line."""
    from harmledger.publication.view.extras import read_extra

    about = " and ".join(claim[:SHOWN_ID] for claim in judgement.claims)
    claims = f" {about}" if about else ""
    what = f" {judgement.field}={_write_value(judgement.value)}" if judgement.field else ""
    if judgement.kind == "add" and judgement.value is not None:
        what = f" {_write_value(judgement.value)}"
    undone = f" {judgement.undoes[:SHOWN_ID]}" if judgement.undoes else ""
    reason = f": {judgement.reason}" if judgement.reason else ""
    origin = read_extra(judgement, TAKEN_OVER, TakenOver)
    taken = f" (taken over by {origin.by})" if origin else ""
    return clean_text(
        f"{judgement.id[:SHOWN_ID]}  {judgement.at[:10]}  {judgement.kind}{undone}{claims}{what}, "
        f"by {judgement.by}{taken}{reason}"
    )


def _write_value(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if value.get("name"):
        return str(value["name"])
    if "cue" in value:
        return " ".join(
            part
            for part in (value["kind"], value["harm"], json.dumps(value["cue"]["text"], ensure_ascii=False))
            if part
        )
    if "quantifier" in value:
        low, high = value.get("low"), value.get("high")
        return f"{value['quantifier']} {low if low is not None else ''}–{high if high is not None else ''}"
    if "start" in value:
        return str(value["start"]) if value["start"] == value["end"] else f"{value['start']}/{value['end']}"
    return json.dumps(value, ensure_ascii=False)


def _finish(folder: Path, messages: Messages) -> int:
    if not messages.is_quiet:
        say(f"  → harmledger build {clean_text(str(folder))}")
    return finish((), messages)
