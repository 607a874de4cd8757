"""`harmledger explain`: one claim, the sentence it was read from, and every decision on the way."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.case_lists import is_case_folder, open_case_view
from harmledger.desk.casework import read_case
from harmledger.desk.options import check_country, check_zone, gather_messages, take_messages
from harmledger.desk.outcome import Messages, finish, give_up
from harmledger.desk.terminal import clean_text, is_colour_wanted, isolate_text

if TYPE_CHECKING:
    from harmledger.pipeline.gather import Gathered
    from harmledger.pipeline.read import ReadSettings
    from harmledger.records.claim import Claim
    from harmledger.records.problem import Problem

_MARKS = ("⟦", "⟧")
_LABEL_WIDTH = 12


@click.command()
@click.argument("claims", metavar="CLAIMS|CASE")
@click.argument("id_prefix", metavar="ID")
@click.option(
    "--documents", multiple=True, metavar="DOCUMENTS", help="Documents, to read the sentence again."
)
@click.option(
    "--country", "countries", multiple=True, metavar="CODE", callback=check_country, help="As in read."
)
@click.option("--zone", metavar="ZONE", callback=check_zone, help="As in read.")
@click.option("--language", metavar="TAG", help="As in read.")
@take_messages
def explain(
    claims: str,
    id_prefix: str,
    documents: tuple[str, ...],
    countries: tuple[str, ...],
    zone: str | None,
    language: str | None,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Print a claim with its evidence, the words that carry it, and the rules that fired.

    ID is a claim's id or the beginning of it. With --documents, and of a CASE (a folder) always, the sentence is read
    again, and what was marked and what was set aside in it is printed with the reason. This is for the recorder's
    own desk: nothing is withheld.

    \b
    Examples:
      harmledger explain northwest 3f9a
      harmledger explain claims.jsonl 3f9a
      harmledger explain claims.jsonl 3f9a --documents documents.jsonl --country SY
    """
    from harmledger.pipeline.gather import gather_documents
    from harmledger.pipeline.lines import load_records
    from harmledger.pipeline.read import ReadSettings
    from harmledger.pipeline.soundness import keep_sound
    from harmledger.pipeline.sources import index_working, open_texts
    from harmledger.records.claim import Claim

    messages = gather_messages(is_quiet, problems_file)
    if is_case_folder(claims):
        if documents or countries or zone or language:
            raise click.UsageError("a case has documents and settings of its own; give none beside it")
        return _explain_in_case(Path(claims), id_prefix, messages)
    told, problems = load_records((claims,), Claim)
    claim = _choose_claim(told, id_prefix, problems, messages)
    gathered, more = gather_documents(documents)
    source = next((item for item in gathered if item.id == claim.document), None)
    if documents and source is None:
        why = f"the document {clean_text(claim.document)!r} is not among those given"
        give_up((*problems, *more), messages, why)
    if source is not None:
        texts, lost = open_texts((source,))
        _, stray = keep_sound((claim,), index_working(texts))
        if stray:
            give_up((*problems, *more, *lost, *stray), messages, "the document given does not hold the claim")
    for line in _describe_claim(claim):
        click.echo(line)
    if source is not None:
        _explain_again(claim, source, ReadSettings(countries, zone, language))
    return finish((*problems, *more), messages)


def _choose_claim(
    told: "Iterable[Claim]", prefix: str, problems: "Sequence[Problem]", messages: Messages
) -> "Claim":
    """Give the one claim whose id begins so; end the command where there is none, or several."""
    chosen = sorted({claim.id: claim for claim in told if claim.id.startswith(prefix)}.items())
    if not chosen:
        give_up(problems, messages, f"no claim has an id that starts with {clean_text(prefix)!r}")
    if len(chosen) > 1:
        few = ", ".join(name[: len(prefix) + 6] for name, _ in chosen[:5])
        give_up(problems, messages, f"several claims have such an id ({few} …); give more of it")
    return chosen[0][1]


def _explain_in_case(folder: Path, prefix: str, messages: Messages) -> int:
    """Print a claim of a case, with its document, the incident it is in, and its sentence read again."""
    from harmledger.desk.judge import describe_judgement
    from harmledger.pipeline.case_settings import describe_settings
    from harmledger.pipeline.gather import Gathered

    with read_case(folder, messages) as case, open_case_view(folder, messages) as view:
        claim = _choose_claim(view.readings.find_claims(prefix), prefix, (), messages)
        for line in _describe_claim(claim):
            click.echo(line)
        for judgement in view.list_judgements(claim.id):
            click.echo(_line("judged", describe_judgement(judgement)))
        home = view.incidents.find_home(claim.id)
        click.echo(_line("incident", home or "none: it makes none, or its document does not count"))
        document = next(case.facts.fetch_documents((claim.document,)), None)
        if document is None:
            return finish((), messages)
        sheet = next(iter(case.facts.find_version(claim.document)), None)
        facts = (document.title, document.publisher, document.published, sheet.state if sheet else None)
        click.echo(_line("told in", " · ".join(fact for fact in facts if fact)))
        _explain_again(claim, Gathered(document, None, claim.document), describe_settings(case.settings))
    return finish((), messages)


def _explain_again(claim: "Claim", source: "Gathered", settings: "ReadSettings") -> None:
    from harmledger.desk.decision_lines import describe_decisions
    from harmledger.desk.decisions import list_decisions
    from harmledger.pipeline.read import DocumentReader

    reader = DocumentReader(settings)
    text, _ = reader.open_text(source)
    if text is not None:
        _, traces = reader.reader.explain(text)
        text = reader.reader.prepare(text)
        click.echo("\nread again:")
        for line in describe_decisions(list_decisions(text, traces, claim.evidence)):
            click.echo(line, color=None if is_colour_wanted() else False)


def _describe_claim(claim: "Claim") -> Iterator[str]:
    yield _line("claim", claim.id)
    yield _line("document", claim.document)
    yield _line("evidence", _mark_cue(claim))
    yield _line(
        "offsets",
        f"evidence {claim.evidence.start}–{claim.evidence.end}, cue {claim.cue.start}–{claim.cue.end}",
    )
    yield _line("says", " · ".join(part for part in (claim.kind, claim.stance, claim.scope) if part))
    if claim.harm:
        yield _line("harm", f"{claim.harm} {claim.group or ''}".strip())
    if claim.count:
        count = claim.count
        bounds = f"value {_or_none(count.value)}, low {_or_none(count.low)}, high {_or_none(count.high)}"
        yield _line("count", f"{count.wording!r}: {bounds}, {count.quantifier}")
    voice = claim.voice
    name = voice.name or "the publisher"
    chain = f", as told by {', '.join(voice.via)}" if voice.via else ""
    yield _line("voice", f"{name} ({voice.wording or 'own words'}, role {_or_none(voice.role)}){chain}")
    for actor in claim.actors:
        yield _line(actor.role, f"{actor.name} ({actor.wording or 'carried from elsewhere'})")
    if claim.means:
        yield _line("means", claim.means)
    if claim.place:
        place = claim.place
        area = ", ".join(part for part in (place.name, place.admin2, place.admin1, place.country) if part)
        point = "" if place.lat is None else f"; {place.lat}, {place.lon} within {place.radius_km} km"
        yield _line("place", f"{place.wording or 'carried from elsewhere'!s}: {area or 'not found'}{point}")
    if claim.time:
        time = claim.time
        yield _line(
            "time",
            f"{time.wording or 'carried from elsewhere'}: {time.start} to {time.end}, {time.precision}",
        )
    if claim.part_of:
        yield _line("part of", claim.part_of)
    for number, rule in enumerate(claim.because, 1):
        yield _line("because" if number == 1 else "", f"{number}. {rule}")
    yield _line("made by", claim.made_by or "not stated")


def _line(label: str, value: str) -> str:
    return f"{label:<{_LABEL_WIDTH}}{isolate_text(value)}"


def _mark_cue(claim: "Claim") -> str:
    text, base = claim.evidence.text, claim.evidence.start
    start, end = claim.cue.start - base, claim.cue.end - base
    cue = text[start:end]
    marked = click.style(cue, bold=True, underline=True) if sys.stdout.isatty() else cue.join(_MARKS)
    return f"{text[:start]}{marked}{text[end:]}"


def _or_none(value: object) -> str:
    return "none" if value is None else str(value)
