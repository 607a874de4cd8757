"""Pages for what went wrong: not there, not allowed, not ready; they tell nothing of what lies behind."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from harmledger.desk.web.access import requires
from harmledger.desk.web.kept import show_kept
from harmledger.desk.web.pages import open_frame, print_page


def show_fault(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Print the page of a fault by its name among the desk's words; the API gets JSON."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": name.replace("_", " ")}, status=status)
    response = print_page(open_frame(request).render("fault.jinja", name, "fault"), status)
    response.headers["Cache-Control"] = "no-store"
    return response


@requires("public")
def show_missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that there is no such page."""
    return show_fault(request, "missing", 404)


@requires("public")
def show_refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that the request makes no sense, or is too large."""
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
    """Say that the program failed."""
    return show_fault(request, "broken", 500)


def show_not_ready(request: HttpRequest, name: str = "not_ready") -> HttpResponse:
    """Say that the case's pages, or what was asked for, are being made."""
    response = show_fault(request, name, 503)
    response.headers["Retry-After"] = "10"
    return response
