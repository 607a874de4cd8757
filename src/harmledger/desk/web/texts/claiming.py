"""A claim that a person adds: its words chosen in the text, what they say told in a form, recorded as a judgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from harmledger.desk.clock import read_moment
from harmledger.desk.web.access import requires
from harmledger.desk.web.building.works import ask_build, list_open
from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.journal.chain import write_line
from harmledger.desk.web.pages import mark_internal, open_frame, print_page
from harmledger.desk.web.processes import hold_turn
from harmledger.desk.web.texts.marking import list_parts, show_plainly
from harmledger.desk.web.texts.views import LONGEST_CUT, choose_part, find_text
from harmledger.documents.text import Text
from harmledger.incidents.rulings import list_standing
from harmledger.lexicon.letters import is_right_to_left
from harmledger.pipeline.claiming import (
    FIELDS,
    compose_addition,
    compose_claim,
    find_evidence,
    find_words,
    list_sentences,
    open_source,
    refuse_known,
)
from harmledger.pipeline.judging import compose_judgement
from harmledger.pipeline.placing import find_place
from harmledger.pipeline.recording import BUSY, BusyError, record_judgements
from harmledger.pipeline.suggesting import suggest_fields
from harmledger.publication.wording import Wording
from harmledger.records.document import Document
from harmledger.records.vocabulary import PEOPLE_GROUPS, PLACE_GROUPS, VOCABULARIES
from harmledger.store.lock import ACTS_FILE
from harmledger.store.rulings import list_rulings_about

_LONGEST: Final = 2_000
_CHOICES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "kind": ("kind", VOCABULARIES["claim kind"]),
    "harm": ("harm", VOCABULARIES["harm"]),
    "group": ("group", PEOPLE_GROUPS + PLACE_GROUPS),
    "scope": ("scope", VOCABULARIES["scope"]),
    "stance": ("stance", VOCABULARIES["stance"]),
    "means": ("means", VOCABULARIES["means"]),
    "role": ("role", VOCABULARIES["voice role"]),
}
_ALWAYS: Final = {"kind": "toll", "scope": "attack", "stance": "asserted"}


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """The sentences of a part of a text, each with the address of its form."""

    document: Document
    direction: str
    sentences: tuple[tuple[str, str], ...]
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """What the form prints: the sentence around the chosen words, and what the fields hold to begin with."""

    document: Document
    direction: str
    before: str
    cue: str
    after: str
    start: int
    end: int
    words: str
    given: Mapping[str, str]
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    reason: str = ""
    wrong: str = ""


@require_safe
@requires("analyst")
def show_form(request: HttpRequest) -> HttpResponse:
    """Show the form of a claim on the words from `start` to `end` of a document; without them its sentences, to choose from."""
    try:
        with open_served() as case:
            document, text = _open(case, request.GET.get("document", ""))
            cue = _read_cue(request.GET, text)
            if cue is None:
                choice = _list_choice(document, text, request.GET.get("part", ""))
                frame = mark_internal(open_frame(request, case))
                return print_page(frame.render("claim_choice.jinja", choice, "text"))
            return _print_form(request, case, document, text, cue, _suggest(case, document, text, cue))
    except NotReadyError:
        return show_not_ready(request)


@require_POST
@requires("analyst")
def add_claim(request: HttpRequest) -> HttpResponse:
    """Record the claim that the form tells, and have the case built."""
    given = request.POST
    told = {name: _clean(given.get(name, "")) for name in FIELDS if given.get(name, "").strip()}
    try:
        with open_served() as case, hold_turn(case.folder / ACTS_FILE) as is_ours:
            document, text = _open(case, given.get("document", ""))
            cue = _read_cue(given, text)
            if cue is None:
                raise Http404
            try:
                if not is_ours:
                    raise BusyError(BUSY)
                claim_id = _record(request, case, document, text, cue, told)
            except (ValueError, BusyError) as error:
                return _print_form(request, case, document, text, cue, told, str(error))
            address = reverse("review:text", args=(document.id,))
            return HttpResponseRedirect(f"{address}?{urlencode({'claim': claim_id})}", status=303)
    except NotReadyError:
        return show_not_ready(request)


@require_POST
@requires("analyst")
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back a claim that somebody added."""
    document, wanted = request.POST.get("document", ""), request.POST.get("judgement", "")
    try:
        with open_served() as case, hold_turn(case.folder / ACTS_FILE) as is_ours:
            if not is_ours:
                raise BusyError(BUSY)
            facts = case.open_facts()
            find_text(case, document)
            standing = list_standing(list_rulings_about(facts, [document]))
            if any(one.id == wanted and one.kind == "add" for one in standing):
                name, at = request.user.name, read_moment()
                reason = _clean(request.POST.get("reason", ""))
                undo = compose_judgement("undo", (), reason, name, at, undoes=wanted)
                record_judgements(facts, case.folder, [undo], {})
                write_line(name, "judgement.undo", wanted, judgement=undo.id)
                ask_build(name)
            return HttpResponseRedirect(reverse("review:text", args=(document,)), status=303)
    except NotReadyError:
        return show_not_ready(request)
    except BusyError:
        return show_not_ready(request, "busy")


@require_safe
@requires("reader")
def show_building(request: HttpRequest) -> HttpResponse:
    """Say how far the builds have come; once there are none, have the page load again."""
    working = list_open()
    response = print_page(
        open_frame(request).render("review_work.jinja", working[0].step if working else "", "text")
    )
    if not working:
        response.headers["HX-Refresh"] = "true"
    return response


def _open(case: ServedCase, id: str) -> tuple[Document, Text]:
    """Give a document with its text. Raises Http404 for one that is not there, or too long to be cut here."""
    document, _ = find_text(case, id)
    if len(document.text or "") > LONGEST_CUT:
        raise Http404
    try:
        return open_source(case.open_facts(), id)
    except ValueError as error:
        raise Http404 from error


def _read_cue(given: Mapping[str, str], text: Text) -> tuple[int, int] | None:
    """Give where the chosen words stand, without the space around them; None where nothing is chosen."""
    try:
        start, end = int(given.get("start", "")[:12]), int(given.get("end", "")[:12])
    except ValueError:
        return None
    if not 0 <= start < end <= len(text.working):
        return None
    chosen = text.working[start:end]
    start += len(chosen) - len(chosen.lstrip())
    end -= len(chosen) - len(chosen.rstrip())
    return (start, end) if start < end else None


def _list_choice(document: Document, text: Text, asked: str) -> ChoicePage:
    parts = list_parts(text.working)
    number = choose_part(parts, None, asked)
    first, last = parts[number - 1]
    found = []
    for start, end in list_sentences(text):
        if first <= start < last and text.working[start:end].strip():
            query = urlencode({"document": document.id or "", "start": start, "end": end})
            found.append((show_plainly(text.working[start:end]), f"?{query}"))
    return ChoicePage(document, _tell_direction(text.working[first:last]), tuple(found), number, len(parts))


def _suggest(case: ServedCase, document: Document, text: Text, cue: tuple[int, int]) -> dict[str, str]:
    with case.read_view() as view:
        told = [claim for _, claims in view.readings.fetch_claims([document.id or ""]) for claim in claims]
        known = list(view.correct_claims(told))
    return suggest_fields(case.given, document, known, cue, find_evidence(text, *cue))


def _print_form(
    request: HttpRequest,
    case: ServedCase,
    document: Document,
    text: Text,
    cue: tuple[int, int],
    given: Mapping[str, str],
    wrong: str = "",
) -> HttpResponse:
    frame = mark_internal(open_frame(request, case))
    first, last = find_evidence(text, *cue)
    start, end = cue
    page = ClaimPage(
        document=document,
        direction=_tell_direction(text.working[first:last]),
        before=show_plainly(text.working[first:start]),
        cue=show_plainly(text.working[start:end]),
        after=show_plainly(text.working[end:last]),
        start=start,
        end=end,
        words=request.POST.get("words", text.working[start:end])[:_LONGEST],
        given={**dict.fromkeys(FIELDS, ""), **_ALWAYS, **given},
        choices={name: tuple(_list_options(name, frame.words)) for name in _CHOICES},
        reason=_clean(request.POST.get("reason", "")),
        wrong=wrong,
    )
    return print_page(frame.render("claim_form.jinja", page, "text"), 422 if wrong else 200)


def _list_options(name: str, words: Wording) -> list[tuple[str, str]]:
    vocabulary, terms = _CHOICES[name]
    none = [] if name in _ALWAYS else [("", "—")]
    return [*none, *((term, words.label(vocabulary, term)) for term in terms)]


def _record(
    request: HttpRequest,
    case: ServedCase,
    document: Document,
    text: Text,
    cue: tuple[int, int],
    told: Mapping[str, str],
) -> str:
    """Record a claim; give its id. Raises ValueError, with the reason, and BusyError."""
    words = request.POST.get("words", "").replace("\r\n", "\n")
    if words.strip() and words != text.working[slice(*cue)]:
        cue = find_words(text.working, words.strip(), *find_evidence(text, *cue))
    claim = compose_claim(document, text, cue, told, lambda name: find_place(name, case.given.countries))
    refuse_known(case.folder, claim)
    judgement = compose_addition(
        claim, _clean(request.POST.get("reason", "")), request.user.name, read_moment()
    )
    record_judgements(case.open_facts(), case.folder, [judgement], {claim.id: claim.document})
    write_line(request.user.name, "judgement.add", claim.id, judgement=judgement.id)
    ask_build(request.user.name)
    return claim.id


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST]


def _tell_direction(text: str) -> str:
    return "rtl" if is_right_to_left(text[:400]) else "ltr"
