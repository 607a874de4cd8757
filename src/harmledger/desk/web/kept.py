"""What a form had sent when it could not be taken, shown again: nothing that somebody typed is lost with a session."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from harmledger.desk.web.pages import open_frame, print_page
from harmledger.desk.web.wording import load_desk_words

_ROOM: Final = "review"
"""Only forms of the review room are shown again; those of accounts hold passwords."""

_HIDDEN: Final = frozenset({"state", "shown_at", "digest", "asked", "pick", "claim", "judgement", "document"})
"""What the page put into the form, and nobody typed."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What is shown of a form that was not taken: its fields in words where there are any, and all of them to be sent again.
    Files cannot be kept."""

    action: str
    told: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]
    has_files: bool
    is_signed_in: bool


def show_kept(request: HttpRequest, status: int) -> HttpResponse | None:
    """Show what a form of the review room had sent, to be sent again once somebody is signed in; None for other forms."""
    if request.method != "POST" or not _is_ours(request):
        return None
    given = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    )
    frame = open_frame(request)
    desk = load_desk_words(frame.words.language)
    page = KeptPage(
        action=request.path,
        told=tuple(_tell_fields(given, desk["review"])),
        given=given,
        has_files=bool(request.FILES),
        is_signed_in=getattr(request, "user", None) is not None and request.user.is_authenticated,
    )
    response = print_page(frame.render("kept.jinja", page, "fault"), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Tell whether the form stands in the review room and was sent from a page of this host. Browsers say where a form comes
    from and let no page change that: what another host wrote is never offered to be sent."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return False
    try:
        return bool(resolve(request.path_info).namespace == _ROOM)
    except Resolver404:
        return False


def _tell_fields(given: tuple[tuple[str, str], ...], review: dict[str, Any]) -> Any:
    for name, value in given:
        if name in _HIDDEN or not value.strip():
            continue
        told = review["kinds"].get(value, value) if name == "kind" else value
        told = review["fields"].get(value, value) if name == "field" else told
        yield review["given"].get(name) or review["fields"].get(name, ""), told
