"""`harmledger show`: incidents in the terminal, tolls side by side, sentences behind them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.case_lists import is_case_folder, show_case, take_window
from harmledger.desk.options import gather_messages, take_messages, take_states
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, isolate_text, open_console, print_hanging
from harmledger.lexicon.letters import is_right_to_left
from harmledger.records.vocabulary import HARMS_TO_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from harmledger.publication.view.containment import ContainmentSheet
    from harmledger.publication.view.figures import Figure
    from harmledger.publication.view.sheet import IncidentSheet, Quote
    from harmledger.publication.withholding.pieces import Piece
    from harmledger.publication.wording import Wording

_MARKS = ("⟦", "⟧")
_ISOLATE, _RELEASE = "\u2067", "\u2069"
"""Around a quotation that runs from right to left (UAX 9)."""
"""Put around a cue where the output has no bold type."""


@click.command()
@click.argument("incidents", metavar="INCIDENTS|CASE")
@click.argument("id_prefix", metavar="[ID]", required=False)
@click.option(
    "--claims", multiple=True, metavar="CLAIMS", help="Claims, for the sentences behind the figures."
)
@click.option("--documents", multiple=True, metavar="DOCUMENTS", help="Documents, for the publishers.")
@take_window
@take_states
@take_messages
def show(
    incidents: str,
    id_prefix: str | None,
    claims: tuple[str, ...],
    documents: tuple[str, ...],
    since: str | None,
    until: str | None,
    limit: int,
    states: tuple[str, ...],
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Print incidents with every voice's toll side by side, and the sentences behind them.

    ID is an incident's id or the beginning of it; without it all are printed, in order of time. Of a CASE (a folder)
    what it holds is printed and its latest incidents, a line each. Names of private people are withheld here as in
    the report.

    \b
    Examples:
      harmledger show northwest
      harmledger show northwest 3f9a
      harmledger show northwest --since 2019-05-01 --until 2019-05-31
      harmledger show northwest --status published
      harmledger show incidents.jsonl
      harmledger show incidents.jsonl 3f9a --claims claims.jsonl --documents documents.jsonl
    """
    from harmledger.desk.load import load_shown
    from harmledger.pipeline.standings import select_signed
    from harmledger.publication.view.containment import Known, describe_containment
    from harmledger.publication.view.incident import SheetMaker
    from harmledger.publication.view.sheet import order_sheet
    from harmledger.publication.wording import load_wording

    messages = gather_messages(is_quiet, problems_file)
    if is_case_folder(incidents):
        return show_case(Path(incidents), id_prefix, (since, until, limit, states), _print_sheet, messages)
    records, problems = load_shown((incidents,), claims, documents)
    if not records.incidents and any(problem.severity == "error" for problem in problems):
        give_up(problems, messages, "no incident could be read")
    named = (one for one in records.incidents if one.id.startswith(id_prefix or ""))
    chosen = select_signed(named, states)
    if id_prefix and not chosen:
        give_up(problems, messages, f"no incident has an id that starts with {clean_text(id_prefix)!r}")
    words = load_wording()
    maker = SheetMaker(records, words)
    console = open_console()
    headings = {incident.id: maker.make(incident).heading for incident in records.incidents}
    known = Known(records.incidents)
    told = {one.id: describe_containment(one, known, words, str) for one in chosen}
    for sheet in sorted((maker.make(incident) for incident in chosen), key=order_sheet):
        _print_sheet(console, sheet, told[sheet.id], headings, words)
    return finish(problems, messages)


def _print_sheet(
    console: "Console",
    sheet: "IncidentSheet",
    containment: "ContainmentSheet",
    headings: dict[str, str],
    words: "Wording",
) -> None:
    from rich.text import Text

    from harmledger.publication.view.containment import tell_containment
    from harmledger.publication.view.growth import tell_curves
    from harmledger.publication.view.origins import tell_origins

    console.rule(style="dim")
    console.print(Text(clean_text(sheet.heading), style="bold"))
    labels = words.tables["page"]
    facts = [sheet.scope_label, sheet.means, sheet.targets, sheet.origins, sheet.grade, sheet.status_label]
    console.print(Text(clean_text(" · ".join(fact for fact in facts if fact)), style="dim"))
    console.print(Text(sheet.id[:16], style="dim"))
    for grade in _tell_grades(sheet, words):
        print_hanging(console, grade)
    for note in tell_containment(containment, headings, words):
        print_hanging(console, note)
    if sheet.figures or sheet.damages:
        console.print(_tabulate(sheet, words))
    origins = (*tell_origins(sheet.roots, words), sheet.more_roots)
    for told in filter(None, (*tell_curves(sheet.growth, words), *origins)):
        print_hanging(console, told)
    for item in sheet.allegations:
        line = [f"{item.actor}:"]
        for name in ("alleged_by", "denied_by", "admitted_by"):
            voices = getattr(item, name)
            if voices or name != "admitted_by":
                line.append(f"{labels[name]} {'; '.join(voices) or labels['nobody']};")
        console.print(clean_text(" ".join(line).rstrip(";")))
    for row in sheet.accounts:
        for quote in row.quotes:
            console.print(_compose_quote(quote, row.voice, words))
    for quote in sheet.quotes:
        console.print(_compose_quote(quote, None, words))
    console.print()


def _tell_grades(sheet: "IncidentSheet", words: "Wording") -> "Iterator[str]":
    """Give the grade with its reasons and what would change it; of an attack on health care WHO's level too."""
    labels = words.tables["page"]
    told = [(labels["grade"], sheet.grade, sheet.grade_because, sheet.would_change)]
    if sheet.certainty is not None:
        level = sheet.certainty
        told.append((labels["health_care"], level.label, level.because, level.would_change))
    for name, label, because, changes in told:
        if label:
            line = f"{name}: {label}. {'; '.join(because)}."
            yield f"{line} {labels['would_change']}: {'; '.join(changes)}." if changes else line


def _tabulate(sheet: "IncidentSheet", words: "Wording") -> "Table":
    """Put the voices in rows and the harms in columns, those to people first."""
    from rich import box
    from rich.table import Table

    page = words.tables["page"]
    columns = (*sheet.figures, *sheet.damages)
    table = Table(page["voice"], *(column.label for column in columns), box=box.SIMPLE_HEAD, pad_edge=False)
    for row in sheet.accounts:
        told = {figure.harm: figure for figure in (*row.figures, *row.damages)}
        if told:
            cells = [_fill_cell(told.get(column.harm), words) for column in columns]
            table.add_row("\n".join(isolate_text(part) for part in (row.voice, row.via) if part), *cells)
    table.add_section()
    table.add_row(page["all_accounts"], *(_fill_cell(column, words) for column in columns), style="bold")
    return table


def _fill_cell(figure: "Figure | None", words: "Wording") -> str:
    if figure is None:
        return words.phrase("none_said")
    is_people = figure.harm in HARMS_TO_PEOPLE
    parts = [figure.text] if figure.has_total and (is_people or not figure.groups) else []
    if is_people and figure.best is not None and figure.low != figure.high:
        parts.append(words.phrase("best", best=words.number(figure.best)))
    return "\n".join(clean_text(part) for part in (*parts, *figure.groups, *figure.earlier))


def _compose_quote(quote: "Quote", voice: str | None, words: "Wording") -> "Text":
    from rich.text import Text

    line = Text("  ")
    if voice:
        line.append(f"{isolate_text(voice)}: ", style="bold")
    if quote.pieces:
        is_isolated = is_right_to_left(quote.pieces[0].text)
        line.append(_ISOLATE if is_isolated else "")
        for piece in quote.pieces:
            _append_piece(line, piece)
        line.append(_RELEASE if is_isolated else "")
    else:
        line.append(words.phrase("withheld_post"), style="dim")
    sources = "; ".join(
        ", ".join(part for part in (source.publisher, source.published) if part) for source in quote.sources
    )
    line.append(f"  ({clean_text(' · '.join((sources, *quote.notes)))})", style="dim")
    return line


def _append_piece(line: "Text", piece: "Piece") -> None:
    text = clean_text(piece.text)
    if not piece.is_cue:
        line.append(text, style="dim" if piece.is_withheld else "")
    elif sys.stdout.isatty():
        line.append(text, style="bold underline")
    else:
        line.append(text.join(_MARKS))
