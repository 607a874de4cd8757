"""The pages and files of one edition, written one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from harmledger.publication.data.writer import FILES, DataWriter, explain_data
from harmledger.publication.drawing.atlas import load_outlines
from harmledger.publication.material import Material, Settings, Withdrawn
from harmledger.publication.site.edition import Changes, Edition, Line, make_line
from harmledger.publication.site.facilities import make_facilities
from harmledger.publication.site.feeds import compose_feeds, find_moment
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.index import LISTED, compose_data, make_index
from harmledger.publication.site.ledger import MonthGroup, group_months, key_month
from harmledger.publication.site.method import make_method, name_changes
from harmledger.publication.site.sheets import (
    GonePage,
    Leaf,
    fetch_leaf,
    refer_to_entry,
    render_gone,
    render_sheet,
    translate_leaf,
)
from harmledger.publication.site.survey import Survey
from harmledger.publication.site.totals import list_tallies, make_totals
from harmledger.publication.templating import clean_controls, load_static
from harmledger.publication.view.entry import Entry
from harmledger.publication.view.sources import SourceGatherer
from harmledger.publication.withholding.links import hide_id, show_address
from harmledger.records.document import Document
from harmledger.records.problem import Problem

_STEM = 16


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the page of one month prints."""

    title: str
    months: tuple[MonthGroup, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything the page of one report prints; there are such pages for internal eyes alone."""

    title: str
    publisher: str
    published: str | None
    url: str | None
    text: str


class SiteWriter:
    """Writes one edition into a folder: incidents and data as they pass, then what looks over all of them.

    Pages are written in the language of each frame, the first in the folder itself; data once, in the first.
    """

    def __init__(
        self,
        folder: Path,
        frames: Sequence[Frame],
        settings: Settings,
        material: Material,
        surveys: Sequence[Survey],
    ) -> None:
        self._folder = folder
        self._frame = frames[0]
        self._settings = settings
        self._material = material
        self._survey = surveys[0]
        self._tongues = tuple(zip(frames, surveys, strict=True))
        self._written: set[str] = set()
        self._moments: dict[str, str] = {}
        self._sources = SourceGatherer()

    def write_sheets(self) -> Mapping[str, Line]:
        """Write the page and the lines of data of every incident that is shown; give the edition's lines."""
        survey, frame = self._survey, self._frame
        neighbours = [_list_neighbours(told.entries) for _, told in self._tongues]
        lines: dict[str, Line] = {}
        (self._folder / "incidents").mkdir()
        with DataWriter(self._folder / "data") as data:
            for incident in self._material.list_incidents():
                entry = survey.by_id.get(incident.id)
                if entry is None:
                    continue
                leaf = fetch_leaf(incident, self._material, survey, frame)
                for number, (own, told) in enumerate(self._tongues):
                    page = translate_leaf(leaf, told, own) if number else leaf
                    around = neighbours[number][incident.id]
                    self._write(own.folder + entry.href, render_sheet(page, told, own, around))
                lines[entry.stem] = make_line(entry, self._write_data(data, leaf))
                self._keep_sources(leaf)
                moment = find_moment(incident, leaf.documents.values())
                if moment is not None:
                    self._moments[incident.id] = moment
            data.write_tallies(list_tallies(survey))
        return dict(sorted(lines.items()))

    def write_gone(self, before: Edition | None) -> tuple[str, ...]:
        """Write a page for each incident that is not in the record any more; give the names of those pages.

        An id that became part of another leads there. What earlier editions held stays reachable, empty.
        """
        survey = self._survey
        withdrawn = {
            hide_id(one.id)[:_STEM]: one for one in self._material.list_withdrawn() if one.kind == "incident"
        }
        moved = {hide_id(old)[:_STEM]: new for old, new in survey.formerly.items()}
        held = {hide_id(name)[:_STEM] for name in (*survey.held, *survey.low)}
        gone = {*withdrawn, *moved, *(before.lines if before else ()), *(before.gone if before else ())}
        pages = sorted(gone - {entry.stem for entry in survey.entries} - held)
        for stem in pages:
            for frame, told in self._tongues:
                text = _render_gone(frame, told, stem, moved.get(stem), withdrawn.get(stem))
                self._write(f"{frame.folder}incidents/{stem}.html", text)
        return tuple(pages)

    def write_overview(
        self, before: Edition | None, changes: Changes | None, kept: Sequence[tuple[int, str]]
    ) -> tuple[Problem, ...]:
        """Write the first page, the lists, totals, method, styles, scripts, and what explains the data."""
        survey, frame, settings = self._survey, self._frame, self._settings
        feeds = compose_feeds(survey.entries, self._moments, frame)
        for feed in feeds:
            self._write(feed.path, feed.text)
        problems: tuple[Problem, ...] = ()
        running = self._fetch_running()
        for own, told in self._tongues:
            countries, problems = load_outlines()
            index = make_index(told, own, countries, settings.description)
            facilities = make_facilities(told, own)
            sources = self._sources.list_sources(own.words)
            totals = make_totals(told, own, running)
            files = (*FILES, "datapackage.json")
            named = changes and name_changes(changes, {one.stem: one.heading for one in told.entries})
            method = make_method(own, settings.contact, before, named, kept, files, feeds)
            for path, template, page, name in (
                ("index.html", "index.jinja", index, "record"),
                ("facilities.html", "facilities.jinja", facilities, "facilities"),
                ("sources.html", "sources.jinja", sources, "sources_title"),
                ("totals.html", "totals.jinja", totals, "totals"),
                ("method.html", "method.jinja", method, "method"),
            ):
                self._write(own.folder + path, own.render(template, page, name, path=path))
            self._write_lists(own, told)
            periods = [(one.label, one.name) for one in index.timeline.columns] if index.timeline else []
            self._write(f"{own.folder}assets/record.js", compose_data(told.entries, own.words, periods))
        self._write("assets/site.js", load_static("site.js"))
        self._write("assets/style.css", load_static("record.css") + load_static("site.css"))
        explain_data(self._folder / "data", frame.words, settings.name, frame.as_of, frame.rules)
        return problems

    def _write_data(self, data: DataWriter, leaf: Leaf) -> bytes:
        incident = leaf.incident
        claims = [leaf.claims[name] for name in incident.claims if name in leaf.claims]
        disclose = leaf.discloser
        public = [disclose.disclose_claim(claim, incident) for claim in claims]
        seen = replace(incident, part_of=tuple(w for w in incident.part_of if w in self._survey.by_id))
        shown = disclose.disclose_incident(seen)
        self._sources.add(shown, leaf.documents.values())
        return data.write_incident(shown, public)

    def _keep_sources(self, leaf: Leaf) -> None:
        """Where the edition has full texts, write that of each report once."""
        if not self._frame.rules.has_full_texts:
            return
        for name, document in leaf.documents.items():
            if name in self._written:
                continue
            self._written.add(name)
            page = DocumentPage(
                title=document.title or document.publisher or name,
                publisher=document.publisher or "",
                published=self._frame.words.stamp(document.published),
                url=show_address(document.url),
                text=document.text or "",
            )
            self._write(
                f"documents/{hide_id(name)}.html",
                self._frame.render("document.jinja", page, "document", root="../"),
            )

    def _write_lists(self, frame: Frame, survey: Survey) -> None:
        entries = survey.entries
        if len(entries) <= LISTED:
            return
        for key, group in groupby(entries, key=lambda entry: key_month(entry.start)):
            months = group_months(group, frame.words)
            title = frame.words.tables["site"]["list_title"].format(month=months[0].title)
            page = ListPage(title, months)
            path = f"list/{key}.html"
            self._write(frame.folder + path, frame.render("list.jinja", page, "list", root="../", path=path))

    def _fetch_running(self) -> Mapping[str, Document]:
        """Fetch the reports that carry running totals, to name whose they are."""
        names = [name for i in self._survey.thin if i.scope == "since_date" for name in i.documents]
        return self._material.fetch_documents(tuple(dict.fromkeys(names)))

    def _write(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(clean_controls(text), encoding="utf-8", newline="\n")


def _render_gone(
    frame: Frame, survey: Survey, stem: str, target: str | None, withdrawn: Withdrawn | None
) -> str:
    entry = survey.by_id.get(target) if target else None
    reason = withdrawn.reason if withdrawn is not None and frame.is_internal else None
    page = GonePage(stem, refer_to_entry(entry) if entry else None, withdrawn is not None, reason)
    return render_gone(page, frame)


def _list_neighbours(entries: Sequence[Entry]) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Give the entries before and after each in time; the list has the latest first."""
    return {
        entry.id: (
            entries[n + 1] if n + 1 < len(entries) else None,
            entries[n - 1] if n else None,
        )
        for n, entry in enumerate(entries)
    }
