"""Who may see what: every view says it, and one that does not is shown to nobody."""

from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar, get_args
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

Role = Literal["reader", "analyst", "editor", "admin"]
"""What a person may do in a case, each with what those before it may: read what is internal; judge and add documents;
sign off and publish; keep accounts."""

Need = Literal["public", "reader", "analyst", "editor", "admin"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
TWO_FACTOR_ROLES: Final = frozenset({"editor", "admin"})
"""Roles that count only once the second factor was given; until then their holder is an analyst."""

View = TypeVar("View", bound=Callable[..., Any])


def requires(need: Need) -> Callable[[View], View]:
    """Say who may see a view: everybody (`public`), or whoever has this role or a higher one."""

    def declare(view: View) -> View:
        view.need = need  # type: ignore[attr-defined]
        return view

    return declare


def find_need(view: Callable[..., Any]) -> Need | None:
    """Give what a view requires; None where it does not say."""
    return getattr(view, "need", None)


def is_enough(role: Role | None, need: Need) -> bool:
    """Tell whether a role is enough for a need."""
    if need == "public":
        return True
    return role is not None and ROLES.index(role) >= ROLES.index(need)


class AccessMiddleware:
    """Gives each request the role of whoever asks (`request.role`, None for the public), and holds views to their need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the role, and answer."""
        from harmledger.desk.web.accounts.membership import find_role

        request.role = find_role(request)
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _given: Any
    ) -> HttpResponse | None:
        """Refuse whoever may not see the view."""
        from harmledger.desk.web.faults import show_forbidden

        need = find_need(view)
        if need is not None and is_enough(request.role, need):
            return None
        if need is not None and request.path_info.startswith("/api/"):
            status = 403 if request.user.is_authenticated else 401
            return JsonResponse({"detail": f"needs the role {need}"}, status=status)
        if need is not None and not request.user.is_authenticated:
            return HttpResponseRedirect(
                f"{reverse('accounts:sign-in')}?next={quote(request.get_full_path())}"
            )
        return show_forbidden(request)
