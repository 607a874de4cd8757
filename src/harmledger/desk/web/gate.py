"""The gate before every view: finds the role of whoever asks, and lets through whom the view is for."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from harmledger.desk.web.access import find_need, is_enough
from harmledger.desk.web.accounts.membership import find_role, is_closed
from harmledger.desk.web.faults import show_fault, show_forbidden
from harmledger.desk.web.kept import show_kept


class AccessMiddleware:
    """Gives each request the role of whoever asks (`request.role`, None for the public), and holds views to their need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the role, and answer."""
        request.role = find_role(request)
        if request.role is None and request.user.is_authenticated and is_closed(request.user):
            logout(request)
        response = self._get_response(request)
        if response.status_code != 405 or response.content or request.path_info.startswith("/api/"):
            return response
        told = show_fault(request, "unfit", 405)
        told.headers["Allow"] = response.headers.get("Allow", "")
        return told

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _given: Any
    ) -> HttpResponse | None:
        """Refuse whoever may not see the view."""
        need = find_need(view)
        if need is not None and is_enough(request.role, need):
            return None
        if need is not None and request.path_info.startswith("/api/"):
            status = 403 if request.user.is_authenticated else 401
            return JsonResponse({"detail": f"needs the role {need}"}, status=status)
        if need is not None and not request.user.is_authenticated and _is_part(request):
            return HttpResponse(status=401, headers={"HX-Refresh": "true"})  # the page leads to signing in
        if need is not None and not request.user.is_authenticated:
            kept = show_kept(request, 401)
            if kept is not None:
                return kept
            return HttpResponseRedirect(
                f"{reverse('accounts:sign-in')}?next={quote(request.get_full_path())}"
            )
        return show_forbidden(request)


def _is_part(request: HttpRequest) -> bool:
    """Tell whether a page asks for a part of itself."""
    return bool(request.headers.get("HX-Request") == "true")
