"""Pages for what went wrong: not there, not allowed, not ready; they tell nothing of what lies behind, and lead on."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override

from harmledger.desk.web.access import TWO_FACTOR_ROLES, requires
from harmledger.desk.web.accounts.membership import fetch_role
from harmledger.desk.web.cases import name_record
from harmledger.desk.web.kept import show_kept
from harmledger.desk.web.pages import open_frame, print_page
from harmledger.desk.web.processes import print_failure

_PASSING: Final = frozenset({"broken", "busy", "not_ready", "downloads_wait", "too_many"})
"""What may be over when the same is asked again."""
_DEFAULT: Final = "en"


@dataclass(frozen=True, slots=True)
class FaultPage:
    """What went wrong, by its name among the desk's words, and where to go on: `again` asks the same once more, `back` is the
    page that led here, `is_reduced` tells that a second factor would let an editor in."""

    name: str
    again: str = ""
    back: str = ""
    is_reduced: bool = False


def show_fault(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Print the page of a fault by its name among the desk's words; the API gets JSON."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": name.replace("_", " ")}, status=status)
    page = FaultPage(
        name,
        again=request.get_full_path() if name in _PASSING and request.method in ("GET", "HEAD") else "",
        back=_find_way_back(request),
        is_reduced=name == "forbidden" and _is_reduced(request),
    )
    return _forbid_keeping(print_page(open_frame(request).render("fault.jinja", page, "fault"), status))


def show_plain_fault(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Print the page of a fault without asking who it is for: where nothing may be spent on the answer, or nothing else works."""
    language = get_language_from_path(request.path_info) or _DEFAULT
    return _forbid_keeping(print_page(_print_plainly(name, language, name_record()), status))


@lru_cache(maxsize=32)
def _print_plainly(name: str, language: str, record: str | None) -> str:
    """Print a fault as somebody sees it who came to the record by nobody's link; `record` is its name, on which the page hangs."""
    with override(language):
        bare = HttpRequest()
        bare.method, bare.path = "GET", "/" if language == _DEFAULT else f"/{language}/"
        bare.path_info = bare.path
        return open_frame(bare).render("fault.jinja", FaultPage(name), "fault")


def _forbid_keeping(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _find_way_back(request: HttpRequest) -> str:
    """Give the page of this host that led here, as the browser tells it; none where it is this one."""
    try:
        told = urlsplit(request.headers.get("Referer", "")[:1000])
    except ValueError:
        return ""
    if told.netloc != request.META.get("HTTP_HOST") or not told.path.startswith("/"):
        return ""
    found = f"{told.path}?{told.query}" if told.query else told.path
    # Browsers take two slashes for the beginning of a host, also where one of them leans the other way.
    is_ours = url_has_allowed_host_and_scheme(found, None)
    return found if is_ours and found != request.get_full_path() else ""


def _is_reduced(request: HttpRequest) -> bool:
    """Tell whether somebody was given more than counts without a second factor."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    return fetch_role(user) in TWO_FACTOR_ROLES and getattr(request, "role", None) not in TWO_FACTOR_ROLES


@requires("public")
def show_missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that there is no such page."""
    return show_fault(request, "missing", 404)


@requires("public")
def show_refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that the request makes no sense, or is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return show_fault(request, "too_large", 413)
    return show_fault(request, "refused", 400)


@requires("public")
def show_forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that whoever asks may not see the page."""
    return show_fault(request, "forbidden", 403)


@requires("public")
def show_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not sent from our own page, or too late: then what it held is shown, to be sent again."""
    return show_kept(request, 403) or show_fault(request, "forged", 403)


@requires("public")
def show_broken(request: HttpRequest) -> HttpResponse:
    """Say that the program failed; it may fail again where it asks who is there."""
    try:
        return show_fault(request, "broken", 500)
    except Exception as error:
        print_failure("the page of a fault", error)
        return show_plain_fault(request, "broken", 500)


def show_not_ready(request: HttpRequest, name: str = "not_ready") -> HttpResponse:
    """Say that the case's pages, or what was asked for, are being made."""
    response = show_fault(request, name, 503)
    response.headers["Retry-After"] = "10"
    return response
