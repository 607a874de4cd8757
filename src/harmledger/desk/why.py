"""`harmledger why`: what holds an incident together, and why two claims are, or are not, of one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from harmledger.desk.case_lists import SHOWN_ID, is_case_folder, open_case_view
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import Messages, choose_one, finish, give_up
from harmledger.desk.terminal import open_console, print_hanging

if TYPE_CHECKING:
    from harmledger.incidents.chain import Bond, Chain
    from harmledger.incidents.compare import Comparison
    from harmledger.incidents.folding import Telling
    from harmledger.incidents.source import Sources
    from harmledger.pipeline.why import Ground, Side
    from harmledger.publication.wording import Wording
    from harmledger.records.claim import Claim
    from harmledger.records.incident import Incident
    from harmledger.records.problem import Problem

_INDENT: Final = 4
_DEEPER: Final = 8
_JOINED: Final = {
    "area_day": "Totals of one area and the same days are one, whoever says them: no score joins them.",
    "since_date": "Quotations of one running total are one: the same area and period, and the same voice or figures.",
}


@click.command()
@click.argument("record", metavar="CASE|INCIDENTS")
@click.argument("first", metavar="ID")
@click.argument("second", metavar="[ID]", required=False)
@click.option("--claims", multiple=True, metavar="CLAIMS", help="Of files: the claims that were fused.")
@click.option("--documents", multiple=True, metavar="DOCUMENTS", help="Of files: their documents.")
@take_messages
def why(
    record: str,
    first: str,
    second: str | None,
    claims: tuple[str, ...],
    documents: tuple[str, ...],
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Say what holds an incident together and where it is weakest; of two claims, why they are of one incident or not.

    One ID is an incident's, two are claims' or incidents', or the beginning of them. Each comparison is printed with what it
    adds; tellings that come to 5 or more are taken for one attack, and a veto rules a pair out.

    \b
    Examples:
      harmledger why northwest 67c3
      harmledger why northwest 3f9a 81bd
      harmledger why incidents.jsonl 67c3 --claims claims.jsonl --documents documents.jsonl
    """
    messages = gather_messages(is_quiet, problems_file)
    if is_case_folder(record):
        if claims or documents:
            raise click.UsageError("a case has claims and documents of its own; give none beside it")
    elif not claims or not documents:
        raise click.UsageError("of an incidents file, give its --claims and its --documents too")
    with _open_ground(record, claims, documents, messages) as (ground, problems):
        if second is None:
            lines = _explain_one(ground, _choose_incident(ground, first, problems, messages))
        else:
            sides = [_take_side(ground, prefix, problems, messages) for prefix in (first, second)]
            lines = _explain_two(ground, sides[0], sides[1])
        console = open_console()
        for indent, line in lines:
            print_hanging(console, line, indent)
    return finish(problems, messages)


@contextmanager
def _open_ground(
    record: str, claims: Sequence[str], documents: Sequence[str], messages: Messages
) -> "Iterator[tuple[Ground, tuple[Problem, ...]]]":
    from harmledger.pipeline.why import CaseGround, open_files

    if is_case_folder(record):
        with open_case_view(Path(record), messages) as view:
            yield CaseGround(view), ()
        return
    yield open_files((record,), claims, documents)


def _choose_incident(
    ground: "Ground", prefix: str, problems: "tuple[Problem, ...]", messages: Messages
) -> "Incident":
    found = ground.find_incidents(prefix)
    return choose_one(
        found, prefix, messages, none="no incident", several="several incidents", problems=problems
    )


def _take_side(ground: "Ground", prefix: str, problems: "tuple[Problem, ...]", messages: Messages) -> "Side":
    """Give the claim, or else the incident, whose id begins so, with what it is held against the other with."""
    from harmledger.pipeline.why import take_side

    found: Sequence[Claim | Incident] = ground.find_claims(prefix) or ground.find_incidents(prefix)
    chosen = choose_one(
        found, prefix, messages, none="no claim and no incident", several="several", problems=problems
    )
    side = take_side(ground, chosen)
    if side is None:
        give_up(
            problems,
            messages,
            f"{chosen.id[:SHOWN_ID]} is in no incident: it makes none, or its document does not count",
        )
    return side


def _explain_one(ground: "Ground", incident: "Incident") -> Iterator[tuple[int, str]]:
    """Give the lines that tell what holds an incident together, each with how far it is set in."""
    from harmledger.pipeline.why import explain_incident
    from harmledger.publication.wording import load_wording

    words = load_wording()
    chain, sources = explain_incident(ground, incident), ground.load_sources()
    yield 0, f"{incident.id[:SHOWN_ID]}: {words.place(incident.place)}, {words.time(incident.time)}"
    yield 0, _count_tellings(chain)
    if incident.scope != "attack":
        yield 0, _JOINED[incident.scope]
    for number, telling in enumerate(chain.tellings, 1):
        yield 2, f"{number}. {_describe_telling(telling, sources, words)}"
    weakest = chain.weakest
    if incident.scope != "attack" or weakest is None:
        return
    yield 0, ""
    yield 0, "Held together by"
    for bond in chain.bonds:
        yield from _describe_bond(bond, is_weakest=bond is weakest)
    near, far = chain.part(weakest)
    yield 0, ""
    yield 0, f"Without the weakest link it would be two: {_list_numbers(near)}; and {_list_numbers(far)}."


def _explain_two(ground: "Ground", first: "Side", second: "Side") -> Iterator[tuple[int, str]]:
    """Give the lines that tell why two claims or incidents are, or are not, of one incident."""
    from harmledger.incidents.chain import find_closest
    from harmledger.publication.wording import load_wording

    words, sources = load_wording(), ground.load_sources()
    if first.incident is not None and second.incident is not None and first.incident.id == second.incident.id:
        yield from _explain_same(first, second, sources, words)
        return
    yield 0, "They are of two incidents."
    closest = find_closest(first.tellings, second.tellings)
    if closest is None:
        return
    one, other, comparisons = closest
    tellings = first.tellings[one], second.tellings[other]
    for side, telling in zip((first, second), tellings, strict=True):
        yield (
            2,
            f"{side.name[:SHOWN_ID]}, incident {_name_home(side)}: {_describe_telling(telling, sources, words)}",
        )
    if set(tellings[0].documents) & set(tellings[1].documents):
        yield 0, "One document tells them apart, as two: the order of its text decides, and no score."
    yield 0, ""
    yield from _describe_comparisons(comparisons, 2, is_told_what=True)
    yield 0, ""
    yield 0, _judge(comparisons)
    if _is_enough(comparisons) and all(
        side.incident and side.incident.scope == "attack" for side in (first, second)
    ):
        yield from _judge_wholes(first, second, sources, words)


def _explain_same(
    first: "Side", second: "Side", sources: "Sources", words: "Wording"
) -> Iterator[tuple[int, str]]:
    chain = first.chain
    yield 0, f"They are of one incident, {_name_home(first)}."
    if first.position is None or second.position is None:
        return
    if first.position == second.position:
        yield (
            0,
            "One telling: one document, or near-copies of it, tells them as one attack, in the order of its text.",
        )
        yield 2, _describe_telling(chain.tellings[first.position], sources, words)
        return
    for bond in chain.find_path(first.position, second.position):
        for position in (bond.first, bond.second):
            yield 2, f"{position + 1}. {_describe_telling(chain.tellings[position], sources, words)}"
        yield from _describe_bond(bond, is_weakest=False)


def _name_home(side: "Side") -> str:
    return side.incident.id[:SHOWN_ID] if side.incident is not None else ""


def _count_tellings(chain: "Chain") -> str:
    documents = {document for telling in chain.tellings for document in telling.documents}
    told = f"{len(chain.tellings)} telling{'s' if len(chain.tellings) > 1 else ''}"
    return f"{told}, from {len(documents)} document{'s' if len(documents) > 1 else ''}"


def _describe_telling(telling: "Telling", sources: "Sources", words: "Wording") -> str:
    """Give where, when and how many a telling says, and who published it."""
    source = sources.get(telling.document)
    publisher = source.publisher or telling.document[:SHOWN_ID]
    day = words.stamp(source.published) or words.phrase("no_time")
    copies = len(telling.documents) - 1
    more = f" and {copies} near-cop{'ies' if copies > 1 else 'y'}" if copies else ""
    figures = ", ".join(
        f"{words.label('harm', harm).lower()} {' or '.join(sorted(_write_figure(*one) for one in told))}"
        for harm, told in telling.figures.items()
    )
    facts = (words.place(telling.place), _write_days(telling, words), figures)
    return f"{publisher}, {day}{more}: {', '.join(fact for fact in facts if fact)}"


def _write_figure(low: int, high: int | None) -> str:
    return str(low) if high == low else f"{low}+" if high is None else f"{low}–{high}"


def _write_days(telling: "Telling", words: "Wording") -> str:
    from datetime import date

    from harmledger.records.time import Time

    if telling.days is None:
        return words.phrase("no_time")
    start, end = (date.fromordinal(day).isoformat() for day in telling.days)
    return words.time(Time(start, end, "day" if start == end else "period"))


def _describe_bond(bond: "Bond", is_weakest: bool) -> Iterator[tuple[int, str]]:
    mark = ", the weakest link" if is_weakest else ""
    yield _INDENT, f"{bond.first + 1} and {bond.second + 1}: {bond.score:g}{mark}"
    yield from _describe_comparisons(bond.comparisons, _DEEPER)


def _describe_comparisons(
    comparisons: "Sequence[Comparison]", indent: int, is_told_what: bool = False
) -> Iterator[tuple[int, str]]:
    """Give a line a comparison that says something; with `is_told_what` what its levels mean below it."""
    from inspect import getdoc

    from harmledger.incidents.compare import RULES

    meanings = {rule.name: " ".join((getdoc(rule.compare) or "").split()) for rule in RULES}
    for one in comparisons:
        if one.contribution or one.is_veto or one.level not in ("unknown", ""):
            verdict = "veto" if one.is_veto else f"{one.contribution:+g}"
            yield indent, f"{one.name}: {one.level}, {verdict}"
            if is_told_what:
                yield indent + 2, f"({meanings[one.name]})"


def _judge(comparisons: "Sequence[Comparison]") -> str:
    from harmledger.incidents.compare import THRESHOLD

    total = round(sum(one.contribution for one in comparisons), 4)
    vetoes = [one.name for one in comparisons if one.is_veto]
    if vetoes:
        verb = "rules" if len(vetoes) == 1 else "rule"
        return f"Sum {total:g}, and {' and '.join(vetoes)} {verb} it out; {THRESHOLD:g} and no veto make one attack."
    if total >= THRESHOLD:
        return f"Sum {total:g}, and {THRESHOLD:g} make one attack: these two by themselves would be one."
    return f"Sum {total:g}; {THRESHOLD:g} make one attack."


def _is_enough(comparisons: "Sequence[Comparison]") -> bool:
    from harmledger.incidents.compare import THRESHOLD

    total = round(sum(one.contribution for one in comparisons), 4)
    return total >= THRESHOLD and not any(one.is_veto for one in comparisons)


def _judge_wholes(
    first: "Side", second: "Side", sources: "Sources", words: "Wording"
) -> Iterator[tuple[int, str]]:
    """Give what keeps two incidents apart although two tellings of theirs fit."""
    from harmledger.incidents.compare import THRESHOLD
    from harmledger.incidents.wholes import weigh_wholes

    one, other = first.chain.tellings, second.chain.tellings
    wholes = weigh_wholes(one, other)
    if wholes.shared:
        yield 0, f"But one document tells both, as two: {', '.join(id[:SHOWN_ID] for id in wholes.shared)}."
    if wholes.contradiction is not None:
        yield 0, "But others of the two rule each other out by place or day:"
        near, far = wholes.contradiction
        yield 2, _describe_telling(one[near], sources, words)
        yield 2, _describe_telling(other[far], sources, words)
    if wholes.pairs > 1 and wholes.mean < wholes.needed:
        yield (
            0,
            f"But as wholes they do not fit: the mean of {wholes.pairs} pairs is {wholes.mean:g}, and {wholes.needed:g} is needed.",
        )
        if wholes.needed > THRESHOLD:
            more = round(wholes.needed - THRESHOLD, 2)
            yield (
                2,
                f"(Of this {more:g} because too many of the reports would name a wrong day or a wrong spot, if the two were one.)",
            )
    elif not wholes.pairs:
        yield 0, "But one of them leaves day or town open, and may be of another attack as well."


def _list_numbers(positions: Sequence[int]) -> str:
    return ", ".join(str(position + 1) for position in positions)
