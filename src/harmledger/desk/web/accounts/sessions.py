"""How long a session lasts: some hours from signing in, and some minutes from the last thing that its holder asked for."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

_SINCE: Final = "since"
_SEEN: Final = "seen"
_SECONDS_BETWEEN_NOTES: Final = 60
"""A session is written again at most so often."""


class IdleMiddleware:
    """Ends sessions that are too old, or whose holder has not asked for anything for too long.

    What a page asks by itself (htmx, GET) and assets tell nothing of anybody being there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or note that its holder is there; then answer."""
        if request.user.is_authenticated:
            _look(request, int(time.time()))
        return self._get_response(request)


def _look(request: HttpRequest, now: int) -> None:
    session = request.session
    since, seen = session.get(_SINCE), session.get(_SEEN)
    if since is None or seen is None:
        session[_SINCE] = session[_SEEN] = now
    elif now - since > settings.SESSION_COOKIE_AGE or now - seen > settings.HARMLEDGER_IDLE_MINUTES * 60:
        logout(request)
    elif now - seen >= _SECONDS_BETWEEN_NOTES and not _is_by_itself(request):
        session[_SEEN] = now


def _is_by_itself(request: HttpRequest) -> bool:
    is_part = request.headers.get("HX-Request") == "true" and request.method == "GET"
    return bool(is_part or request.path_info.startswith("/assets/"))


@receiver(user_logged_in)
def begin_session(request: HttpRequest | None = None, **_: Any) -> None:
    """Count a session from the moment of signing in."""
    if request is not None:
        request.session[_SINCE] = request.session[_SEEN] = int(time.time())
