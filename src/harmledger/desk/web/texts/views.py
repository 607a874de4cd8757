"""The page of a text: what came in, with every claim marked where it stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from harmledger.desk.web.access import is_enough, requires
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.pages import mark_internal, open_frame, print_page
from harmledger.desk.web.texts.marking import Piece, cut_pieces, list_parts
from harmledger.desk.web.texts.sheets import ClaimSheet, draw_claims
from harmledger.lexicon.letters import is_right_to_left
from harmledger.pipeline.case_additions import find_waiting
from harmledger.pipeline.read import order_claim
from harmledger.store.rulings import list_rulings_about

if TYPE_CHECKING:
    from harmledger.records.claim import Claim
    from harmledger.records.document import Document
    from harmledger.store.entries import VersionSheet

LONGEST_CUT: Final = 2_000_000
"""Code points of a text in which claims are added at the desk: it is cut into its sentences for each form."""

MOST_CLAIMS: Final = 500
"""Claims that are listed beside one part of a text."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """Everything the page of a text prints. `chosen` is the number of the claim that was asked for."""

    document: "Document"
    version: "VersionSheet"
    direction: str
    pieces: tuple[Piece, ...]
    claims: tuple[ClaimSheet, ...]
    left_out: int
    chosen: int | None
    part: int
    parts: int
    link_incident: Any = None
    may_add: bool = False
    is_waiting: bool = False


@require_safe
@requires("reader")
def show_text(request: HttpRequest, document: str) -> HttpResponse:
    """Show the working text of a document; `claim` leads to a claim in it, `part` to a part of a long text."""
    try:
        with open_served() as case:
            page = _gather(case, request, document)
            frame = mark_internal(open_frame(request, case))
            return print_page(frame.render("text.jinja", page, "text"))
    except NotReadyError:
        return show_not_ready(request)


def find_text(case: ServedCase, id: str) -> "tuple[Document, VersionSheet]":
    """Give a document with its text, by its whole id. Raises Http404."""
    facts = case.open_facts()
    if "\0" in id:
        raise Http404
    document = next(iter(facts.fetch_documents([id])), None)
    sheet = next((one for one in facts.find_version(id) if one.id == id), None)
    if document is None or sheet is None:
        raise Http404
    return document, sheet


def _gather(case: ServedCase, request: HttpRequest, id: str) -> TextPage:
    document, sheet = find_text(case, id)
    text = document.text or ""
    parts = list_parts(text)
    words = open_frame(request, case).words
    with case.read_view() as view:
        read = [claim for _, claims in view.readings.fetch_claims([id]) for claim in claims]
        waiting = find_waiting(view, list_rulings_about(case.open_facts(), [id]))
        known = {claim.id for claim in read}
        told = sorted((*read, *(one for one in waiting.added if one.id not in known)), key=order_claim)
        chosen = _find_claim(told, request.GET.get("claim", ""))
        number = choose_part(parts, told[chosen] if chosen is not None else None, request.GET.get("part", ""))
        first, last = parts[number - 1]
        shown = [claim for claim in told if first <= claim.cue.start < last]
        listed = shown[:MOST_CLAIMS]
        sheets = tuple(draw_claims(view, listed, words, known))
    target = told[chosen] if chosen is not None else None
    return TextPage(
        document=document,
        version=sheet,
        direction="rtl" if is_right_to_left(text[first : first + 400]) else "ltr",
        pieces=tuple(cut_pieces(text, listed, (first, last))),
        claims=sheets,
        left_out=len(shown) - len(listed),
        chosen=listed.index(target) if target in listed else None,
        part=number,
        parts=len(parts),
        link_incident=link_incident,
        may_add=is_enough(request.role, "analyst") and len(text) <= LONGEST_CUT,
        is_waiting=bool(waiting.count),
    )


def _find_claim(claims: "list[Claim]", wanted: str) -> int | None:
    if not wanted:
        return None
    return next((number for number, claim in enumerate(claims) if claim.id.startswith(wanted)), None)


def choose_part(parts: list[tuple[int, int]], claim: "Claim | None", asked: str) -> int:
    """Give the number of the part to show, from 1: the one that a claim stands in, else the one asked for."""
    if claim is not None:
        return next(
            (number for number, (start, end) in enumerate(parts, 1) if start <= claim.cue.start < end), 1
        )
    return min(int(asked), len(parts)) or 1 if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1


def link_incident(id: str) -> str:
    """Give the address of an incident in the review room, or in the record where there is no such room."""
    try:
        return str(reverse("review:incident", args=(id,)))
    except NoReverseMatch:
        return str(reverse("public:incident", args=(id[:16],)))
