"""The record's pages: its list with the map and the timeline, an entry, sums, method."""

from calendar import monthrange
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from harmledger.desk.web.access import requires
from harmledger.desk.web.answers import answer_once
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.downloads import find_download
from harmledger.desk.web.faults import show_fault, show_not_ready
from harmledger.desk.web.pages import HTML, DeskFrame, open_frame, print_page
from harmledger.desk.web.pieces import Piece, PiecedResponse, name_place, pack_piece, split_page
from harmledger.desk.web.public.curve import pack_curve
from harmledger.desk.web.public.found import find_answer
from harmledger.desk.web.public.lines import LineGroup, fetch_lines
from harmledger.desk.web.public.questions import LONGEST, NAMES, read_page, read_question
from harmledger.pipeline.downloads import DATA, FEED_LIST, list_feeds
from harmledger.publication.catalogue import read_listing
from harmledger.publication.data.writer import FILES
from harmledger.publication.site.facilities import FacilitiesPage
from harmledger.publication.site.index import IndexPage
from harmledger.publication.site.method import make_method
from harmledger.publication.site.sheets import Around, GonePage, refer_to_entry, render_gone
from harmledger.publication.site.totals import TotalsPage
from harmledger.publication.view.entry import Entry
from harmledger.publication.view.sources import SourceLists
from harmledger.publication.wording import Wording
from harmledger.records.incident import Incident
from harmledger.store.catalogue import Found
from harmledger.store.catalogue_search import Question
from harmledger.store.downloads import name_downloads
from harmledger.store.mercator import unproject

LISTED: Final = 50
"""Entries on a page of the list."""

_KINDS: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".xml": "application/atom+xml; charset=utf-8",
}
_STEM: Final = 16
_INCIDENTS: Final = msgspec.json.Decoder(Incident)
_AROUND: Final = msgspec.json.Decoder(Around)
_DECODERS: Final[Mapping[str, msgspec.json.Decoder[Any]]] = {
    "index": msgspec.json.Decoder(IndexPage),
    "totals": msgspec.json.Decoder(TotalsPage),
    "facilities": msgspec.json.Decoder(FacilitiesPage),
    "sources": msgspec.json.Decoder(SourceLists),
}


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of the list stands among the others: addresses of those beside it."""

    number: int
    count: int
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Everything the first page prints: what looks over the case, what was asked for, and the entries that answer.
    `drawings` is the place where the map and the timeline come in."""

    overview: IndexPage
    drawings: Markup
    asked: dict[str, str]
    months: tuple[LineGroup, ...]
    found: str
    pager: Pager
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class Drawings:
    """What the map and the timeline are drawn from; `bounds` is west,south,east,north in degrees, `periods` those that the
    slider goes through, label and name, as JSON."""

    overview: IndexPage
    bounds: str
    periods: str


@require_safe
@requires("public")
def show_index(request: HttpRequest) -> HttpResponse:
    """Show the record, or what of it answers a question."""
    try:
        with open_served() as case:
            return answer_once(request, case, lambda: _print_index(request, case))
    except NotReadyError:
        return show_not_ready(request)


def _print_index(request: HttpRequest, case: ServedCase) -> HttpResponse:
    frame = open_frame(request, case)
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in NAMES}
    page = _list_page(case, frame, read_question(request.GET), asked, read_page(request.GET.get("page")))
    if request.headers.get("HX-Request") == "true":
        return print_page(frame.render("ledger.jinja", page, "record"))
    text = frame.render("record.jinja", page, "record")
    pieces = split_page(text, {page.drawings: _draw(case, frame, page.overview)})
    return PiecedResponse(pieces, content_type=HTML)


@require_safe
@requires("public")
def show_month(request: HttpRequest, month: str) -> HttpResponse:
    """Lead to the entries of a month, at the address that a publication gives its page."""
    if month == "undated":
        return HttpResponseRedirect(f"{reverse('public:index')}#entries")
    year, number = map(int, month.split("-"))
    if not (1 <= number <= 12 and year):
        raise Http404
    last = monthrange(year, number)[1]
    asked = urlencode({"from": f"{month}-01", "to": f"{month}-{last:02d}"})
    return HttpResponseRedirect(f"{reverse('public:index')}?{asked}#entries")


@require_safe
@requires("public")
def show_incident(request: HttpRequest, stem: str) -> HttpResponse:
    """Show an entry by the name of its page; an earlier name leads to the entry that it became part of."""
    try:
        with open_served() as case:
            return answer_once(request, case, lambda: _print_incident(request, case, stem))
    except NotReadyError:
        return show_not_ready(request)


def _print_incident(request: HttpRequest, case: ServedCase, stem: str) -> HttpResponse:
    from harmledger.pipeline.public_incident import Surroundings, open_public

    found = case.catalogue.find(stem) or case.catalogue.find(stem[:_STEM])
    if found is None:
        raise Http404
    frame = open_frame(request, case)
    if not case.catalogue.is_shown(found):
        return show_fault(request, "held", 404)
    if found.stem != stem:
        return _show_moved(found, stem, frame)
    with case.read_view() as view:
        shown = open_public(case.open_facts(), view, found.id, case.settings, case.now, frame)
        if shown is None:
            return show_fault(request, "held", 404)
        older, newer = case.catalogue.find_neighbours(found)
        kept = case.catalogue.fetch_surroundings(found.number, frame.words.language)
        told = _AROUND.decode(kept) if kept else Around()
        around = Surroundings(
            wholes=tuple(read_entries(case.catalogue.fetch(shown.incident.part_of), frame.words)),
            parts=tuple(read_entries(case.catalogue.list_parts(found.id), frame.words)),
            periods=tuple(read_entries(case.catalogue.fetch(told.containment.periods), frame.words)),
            told=told,
            older=read_entry(older, frame.words) if older else None,
            newer=read_entry(newer, frame.words) if newer else None,
        )
        return print_page(shown.render(around))


def _show_moved(found: Found, stem: str, frame: DeskFrame) -> HttpResponse:
    """Lead on from an earlier address; where it is a longer or shorter form of the name, without a word."""
    if found.stem.startswith(stem[:_STEM]):
        return HttpResponseRedirect(reverse("public:incident", args=(found.stem,)))
    entry = read_entry(found, frame.words)
    response = print_page(render_gone(GonePage(stem, refer_to_entry(entry)), frame), status=200)
    response.headers["Link"] = f'<{reverse("public:incident", args=(found.stem,))}>; rel="canonical"'
    return response


@require_safe
@requires("public")
def show_totals(request: HttpRequest) -> HttpResponse:
    """Show the sums."""
    return _show_kept(request, "totals", "totals", "sums.jinja")


@require_safe
@requires("public")
def show_facilities(request: HttpRequest) -> HttpResponse:
    """Show facilities hit, and hit again."""
    return _show_kept(request, "facilities", "facilities")


@require_safe
@requires("public")
def show_sources(request: HttpRequest) -> HttpResponse:
    """Show who tells the record, and how each is known."""
    return _show_kept(request, "sources", "sources_title")


def _show_kept(request: HttpRequest, name: str, page_name: str, template: str | None = None) -> HttpResponse:
    """Show a page that looks over the whole case, as it was kept when the catalogue was made."""

    def print_kept() -> HttpResponse:
        frame = open_frame(request, case)
        page = _load(case, name, frame.words.language)
        text = frame.render(template or f"{name}.jinja", page, page_name, curve_data=pack_curve)
        return print_page(text)

    try:
        with open_served() as case:
            return answer_once(request, case, print_kept)
    except NotReadyError:
        return show_not_ready(request)


@require_safe
@requires("public")
def show_method(request: HttpRequest) -> HttpResponse:
    """Show how the record is made, and where its data are."""
    try:
        with open_served() as case:
            frame = open_frame(request, case)
            with suppress(NotReadyError):
                find_download(
                    case, FEED_LIST
                )  # begins to make them, so that the next reader is told of the feeds
            feeds = list_feeds(name_downloads(case.folder, case.stamp))
            files = (*FILES, "datapackage.json")
            page = make_method(frame, case.settings.contact, None, None, (), files, feeds)
            page = replace(page, changes_title="", changes_note="")
            return print_page(frame.render("method.jinja", page, "method"))
    except NotReadyError:
        return show_not_ready(request)


@require_safe
@requires("public")
def give_file(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """Give a file of data or a feed; where the files have yet to be made, say when to come again."""
    try:
        with open_served() as case:
            path = find_download(case, f"{folder}/{name}")
    except NotReadyError:
        return show_not_ready(request)
    if path is None:
        return show_not_ready(request, "downloads_wait")
    if not path.is_file():
        raise Http404
    kind = _KINDS[path.suffix]
    return FileResponse(
        path.open("rb"),
        content_type=kind,
        as_attachment=folder == DATA and path.suffix != ".md",
        filename=name,
    )


def load_overview(case: ServedCase, language: str) -> IndexPage:
    """Give what looks over the whole case. Raises NotReadyError."""
    page: IndexPage = _load(case, "index", language)
    return page


def _load(case: ServedCase, name: str, language: str) -> Any:
    kept = _decode(case.key, name, language)
    if kept is None:
        body = case.catalogue.fetch_page(name, language)
        if body is None:
            raise NotReadyError(f"the page {name} was not made in {language}")
        kept = _keep(case.key, name, language, body)
    return kept


_pages: dict[tuple[str, str], tuple[str, Any]] = {}


def _decode(key: str, name: str, language: str) -> Any:
    found = _pages.get((name, language))
    return found[1] if found is not None and found[0] == key else None


def _keep(key: str, name: str, language: str, body: bytes) -> Any:
    page = _DECODERS[name].decode(body)
    _pages[name, language] = (key, page)
    return page


def read_entry(found: Found, words: Wording) -> Entry:
    """Give an entry of the catalogue in the words of a language."""
    return read_listing(_INCIDENTS.decode(found.body), found.stem, bool(found.is_place_hidden), words)


def read_entries(found: list[Found], words: Wording) -> list[Entry]:
    """Give entries of the catalogue in the words of a language."""
    return [read_entry(one, words) for one in found]


def _list_page(
    case: ServedCase,
    frame: DeskFrame,
    question: Question,
    asked: dict[str, str],
    number: int,
) -> RecordPage:
    answer = find_answer(case, question)
    pages = max(1, -(-answer.count // LISTED))
    number = min(number, pages)
    is_filtered = question != Question()
    words = frame.words
    numbers = answer.cut((number - 1) * LISTED, number * LISTED)
    overview = load_overview(case, words.language)
    return RecordPage(
        overview=overview,
        drawings=Markup(name_place()),  # noqa: S704 - letters and digits
        asked=asked,
        months=fetch_lines(case, numbers, words),
        found=_tell_found(answer.count, overview, words, is_filtered),
        pager=Pager(
            number,
            pages,
            _link_page(asked, number - 1) if number > 1 else None,
            _link_page(asked, number + 1) if number < pages else None,
        ),
        is_filtered=is_filtered,
    )


def _draw(case: ServedCase, frame: DeskFrame, overview: IndexPage) -> Piece:
    """Give the map and the timeline as they are printed on every page of the list."""
    language = frame.words.language
    kept = _drawings.get(language)
    if kept is None or kept[0] != case.key:
        columns = overview.timeline.columns if overview.timeline else ()
        periods = msgspec.json.encode([(one.label, one.name) for one in columns]).decode()
        told = Drawings(overview, _tell_bounds(case), periods)
        kept = (case.key, pack_piece(frame.render("drawn.jinja", told, "record")))
        _drawings[language] = kept
    return kept[1]


_drawings: dict[str, tuple[str, Piece]] = {}


def _tell_bounds(case: ServedCase) -> str:
    """Give the box around all positions as west,south,east,north in degrees; nothing where there is no position."""
    told = case.meta.get("bounds", "")
    if not told:
        return ""
    box = [float(edge) for edge in told.split(",")]
    west, north = unproject(box[0], box[1])
    east, south = unproject(box[2], box[3])
    return ",".join(f"{edge:.3f}" for edge in (west, south, east, north))


def _tell_found(count: int, overview: IndexPage, words: Wording, is_filtered: bool) -> str:
    site = words.tables["site"]
    if not is_filtered:
        return str(site["found_all"]).format(count=words.number(count))
    return str(site["found_some"]).format(count=words.number(count), all=words.number(overview.count))


def _link_page(asked: dict[str, str], number: int) -> str:
    told = {name: value for name, value in asked.items() if value}
    return f"?{urlencode({**told, 'page': number})}#entries"
