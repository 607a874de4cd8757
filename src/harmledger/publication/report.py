"""Incidents to one HTML file: no script, no request, every text escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from harmledger.publication.templating import (
    Reference,
    draw_figure,
    load_static,
    open_templates,
    pick_figure,
    refer_to,
    scale_figures,
)
from harmledger.publication.view.containment import ContainmentSheet, Known, describe_containment
from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.view.sheet import IncidentSheet, SourceLine, order_sheet
from harmledger.publication.view.totals import RunningRow, TotalsTable, list_running_totals, tabulate_totals
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.wording import Wording
from harmledger.records.incident import Incident


@dataclass(frozen=True, slots=True)
class Group:
    """Sheets that stand under one heading."""

    id: str
    title: str
    note: str
    sheets: tuple[IncidentSheet, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template prints."""

    title: str
    summary: str
    made_by: str
    is_machine_made: bool
    attacks: tuple[IncidentSheet, ...]
    days: tuple[IncidentSheet, ...]
    groups: tuple[Group, ...]
    totals: tuple[TotalsTable, ...]
    running: tuple[RunningRow, ...]
    sources: tuple[SourceLine, ...]


def render_report(records: Records, words: Wording, title: str | None = None) -> str:
    """Give the report as one HTML document."""
    maker = SheetMaker(records, words)
    shown = [incident for incident in records.incidents if incident.status != "withdrawn"]
    sheets = sorted((maker.make(incident) for incident in shown), key=order_sheet)
    references = {sheet.id: refer_to(sheet, f"#i-{sheet.id[:16]}") for sheet in sheets}
    template = open_templates().get_template("report.jinja")
    return template.render(
        page=_make_page(records, maker, sheets, words, title),
        words=words,
        text=words.tables["page"],
        css=_load_style(),
        level=4,
        pick=pick_figure,
        draw=partial(draw_figure, scale_figures(sheets)),
        anchors={sheet.id: f"i-{sheet.id[:16]}" for sheet in sheets},
        references=references,
        parts=_index_parts(sheets, references),
        containment=_index_containment(shown, words),
    )


def _index_containment(incidents: Sequence[Incident], words: Wording) -> dict[str, ContainmentSheet]:
    known = Known(incidents)
    return {one.id: describe_containment(one, known, words, hide_id) for one in incidents}


def _make_page(
    records: Records, maker: SheetMaker, sheets: Sequence[IncidentSheet], words: Wording, title: str | None
) -> Page:
    text = words.tables["page"]
    attacks = tuple(sheet for sheet in sheets if sheet.scope == "attack")
    days = tuple(sheet for sheet in sheets if sheet.scope == "area_day")
    running = tuple(sheet for sheet in sheets if sheet.scope == "since_date")
    return Page(
        title=title or text["title"],
        summary=_summarise(records, attacks, days, running, words),
        made_by=_name_makers(records),
        is_machine_made=any(sheet.status == "machine" for sheet in sheets),
        attacks=attacks,
        days=days,
        groups=(
            Group("attacks", text["attacks_title"], text["attacks_note"], attacks),
            Group("days", text["day_totals_title"], text["day_totals_note"], days),
            Group("periods", text["running_title"], text["running_title_note"], running),
        ),
        totals=tabulate_totals(records.incidents, words),
        running=list_running_totals(records, maker, words),
        sources=maker.list_sources(),
    )


def _summarise(
    records: Records,
    attacks: Sequence[IncidentSheet],
    days: Sequence[IncidentSheet],
    running: Sequence[IncidentSheet],
    words: Wording,
) -> str:
    text = words.tables["page"]
    times = [incident.time for incident in records.incidents if incident.time and incident.scope == "attack"]
    documents = {document for incident in records.incidents for document in incident.documents}
    start, end = (min((t.start for t in times), default=""), max((t.end for t in times), default=""))
    period = (
        text["period_day" if start == end else "period"].format(start=words.day(start), end=words.day(end))
        if times
        else ""
    )
    return str(text["summary"]).format(
        attacks=_count(text, "attacks", len(attacks)),
        days=_count(text, "days", len(days)),
        running=_count(text, "running", len(running)),
        documents=_count(text, "documents", len(documents)),
        period=period,
    )


def _count(text: Mapping[str, Any], noun: str, count: int) -> str:
    return str(text[f"{noun}_one"] if count == 1 else text[f"{noun}_many"]).format(count=count)


def _name_makers(records: Records) -> str:
    return "; ".join(sorted({incident.made_by or "" for incident in records.incidents} - {""}))


def _index_parts(
    sheets: Sequence[IncidentSheet], references: Mapping[str, Reference]
) -> dict[str, list[Reference]]:
    parts: dict[str, list[Reference]] = {sheet.id: [] for sheet in sheets}
    for sheet in sheets:
        for whole in sheet.wholes:
            parts.setdefault(whole, []).append(references[sheet.id])
    return parts


def _load_style() -> Any:
    """Give our own style sheet, which is no foreign text and stands in the page as it is."""
    from markupsafe import Markup

    return Markup(load_static("record.css"))  # noqa: S704 - packaged with the program
