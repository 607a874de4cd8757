"""Handing documents in, and seeing what came of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from harmledger.desk.web.access import requires
from harmledger.desk.web.cases import NotReadyError, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.intake.limits import LARGEST_UPLOAD, MOST_FILES
from harmledger.desk.web.intake.taking import take_addresses, take_files, take_text
from harmledger.desk.web.intake.works import (
    find_delivery,
    hand_in,
    list_latest,
    open_folder,
    read_problems,
    remove_folder,
)
from harmledger.desk.web.pages import mark_internal, open_frame, print_page
from harmledger.documents.fetching.listing import MOST_ADDRESSES
from harmledger.records.vocabulary import VOCABULARIES
from harmledger.store.received import ReceivedText, list_received

if TYPE_CHECKING:
    from harmledger.desk.web.intake.models import Delivery
    from harmledger.records.problem import Problem
    from harmledger.store.entries import Unread

MOST_TEXTS: Final = 50
"""Texts of a delivery that are linked."""
MOST_UNREAD: Final = 200
_MEGABYTE: Final = 1_000_000
_LANGUAGES: Final = ("en", "ar")


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """What the page for handing in prints. `given` is what was typed, where it was not taken; `faults` say why."""

    deliveries: "tuple[Delivery, ...]"
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    can_fetch: bool
    megabytes: int
    most_files: int
    most_addresses: int
    given: dict[str, str]
    faults: tuple[str, ...] = ()
    problems: "tuple[Problem, ...]" = ()


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """What the page of one delivery prints."""

    delivery: "Delivery"
    counts: dict[str, int]
    problems: "tuple[Problem, ...]"
    texts: tuple[ReceivedText, ...]
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """What could not be read; `is_more` tells that there is more than is shown."""

    unread: "tuple[Unread, ...]"
    is_more: bool


@require_safe
@requires("analyst")
def show_documents(request: HttpRequest) -> HttpResponse:
    """Show the forms for handing in, and what was handed in lately."""
    return _print_documents(request)


def _print_documents(
    request: HttpRequest, faults: tuple[str, ...] = (), problems: "tuple[Problem, ...]" = ()
) -> HttpResponse:
    page = DocumentsPage(
        deliveries=tuple(list_latest()),
        kinds=VOCABULARIES["document kind"],
        languages=_LANGUAGES,
        can_fetch=settings.HARMLEDGER_FETCH != "no",
        megabytes=LARGEST_UPLOAD // _MEGABYTE,
        most_files=MOST_FILES,
        most_addresses=MOST_ADDRESSES,
        given={name: str(value) for name, value in request.POST.items()} if faults else {},
        faults=faults,
        problems=problems,
    )
    return _print(request, "documents.jinja", page, 422 if faults else 200)


def _print(request: HttpRequest, template: str, page: Any, status: int = 200) -> HttpResponse:
    try:
        with open_served() as case:
            frame = mark_internal(open_frame(request, case))
    except NotReadyError:  # documents may be handed in before anything was built
        frame = mark_internal(open_frame(request))
    return print_page(frame.render(template, page, "documents"), status)


@require_POST
@requires("analyst")
def give_files(request: HttpRequest) -> HttpResponse:
    """Take files."""

    def take(folder: Path) -> "tuple[int, list[Problem], list[str]]":
        count, problems = take_files(request.FILES.getlist("files"), folder)
        return count, problems, [] if count or problems else ["files_none"]

    return _take(request, "files", take)


@require_POST
@requires("analyst")
def give_text(request: HttpRequest) -> HttpResponse:
    """Take a typed text."""

    def take(folder: Path) -> "tuple[int, list[Problem], list[str]]":
        faults = take_text(request.POST, folder)
        return int(not faults), [], faults

    return _take(request, "text", take)


@require_POST
@requires("analyst")
def give_addresses(request: HttpRequest) -> HttpResponse:
    """Take a list of addresses, where this desk may ask for them."""
    if settings.HARMLEDGER_FETCH == "no":
        return _print_documents(request, ("fetch_off",))

    def take(folder: Path) -> "tuple[int, list[Problem], list[str]]":
        count, problems = take_addresses(str(request.POST.get("addresses", "")), folder)
        return count, problems, [] if count else ["addresses_none"]

    return _take(request, "addresses", take)


@require_POST
@requires("analyst")
def retry(request: HttpRequest) -> HttpResponse:
    """Have what could not be read tried again."""
    return _take(request, "retry", lambda _: (0, [], []))


def _take(
    request: HttpRequest, kind: str, take: "Callable[[Path], tuple[int, list[Problem], list[str]]]"
) -> HttpResponse:
    token, folder = open_folder()
    try:
        count, problems, faults = take(folder)
    except BaseException:
        remove_folder(token)
        raise
    if faults or (not count and kind != "retry"):
        remove_folder(token)
        return _print_documents(request, tuple(faults) or ("files_refused",), tuple(problems))
    delivery = hand_in(kind, request.user.name, token, count, problems)
    return HttpResponseRedirect(reverse("review:delivery", args=(delivery.pk,)), status=303)


@require_safe
@requires("analyst")
def show_delivery(request: HttpRequest, key: int) -> HttpResponse:
    """Show how adding gets on, and what came of it."""
    delivery = find_delivery(key)
    if delivery is None:
        raise Http404
    is_part = request.headers.get("HX-Request") == "true"
    texts: tuple[ReceivedText, ...] = ()
    if delivery.finished is not None:
        texts = tuple(_list_texts(json.loads(delivery.files)))
    page = DeliveryPage(delivery, json.loads(delivery.counts), tuple(read_problems(delivery)), texts, is_part)
    return _print(request, "delivery_state.jinja" if is_part else "delivery.jinja", page)


def _list_texts(digests: list[str]) -> list[ReceivedText]:
    try:
        with open_served() as case:
            return list_received(case.open_facts(), digests, MOST_TEXTS)
    except NotReadyError:
        return []


@require_safe
@requires("reader")
def show_unread(request: HttpRequest) -> HttpResponse:
    """Show what came in and could not be read, with what to do about it."""
    try:
        with open_served() as case:
            found = list(islice(case.open_facts().list_unread(), MOST_UNREAD + 1))
            page = UnreadPage(tuple(found[:MOST_UNREAD]), len(found) > MOST_UNREAD)
            frame = mark_internal(open_frame(request, case))
            return print_page(frame.render("unread.jinja", page, "documents"))
    except NotReadyError:
        return show_not_ready(request)
