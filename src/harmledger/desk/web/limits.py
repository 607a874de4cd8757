"""How often one address may ask: a bucket that fills again with time, in the memory of each process."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from harmledger.desk.web.clients import find_address

_MOST_CLIENTS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests at once, and so many a second on the long run."""

    burst: float
    per_second: float


LIMITS: Final = (
    ("/api/", Limit(60, 10)),
    ("/account/", Limit(30, 1)),
    ("/", Limit(300, 50)),
)
"""Limits by the beginning of an address, without the language; the first that fits counts."""


class Buckets:
    """Buckets of many clients; those that have not asked for longest are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, client: str, kind: str, limit: Limit) -> float:
        """Take one from a client's bucket; give the seconds to wait where it is empty, else 0."""
        now = self._clock()
        with self._lock:
            level, then = self._levels.pop((client, kind), (limit.burst, now))
            level = min(limit.burst, level + (now - then) * limit.per_second)
            wait = 0.0 if level >= 1 else (1 - level) / limit.per_second
            self._levels[client, kind] = (level if wait else level - 1, now)
            while len(self._levels) > _MOST_CLIENTS:
                self._levels.popitem(last=False)
        return wait


class LimitMiddleware:
    """Answers 429 where a client asks too often."""

    buckets = Buckets()

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say when to ask again."""
        kind, limit = find_limit(request.path_info)
        wait = self.buckets.take(find_address(request), kind, limit)
        if wait:
            seconds = max(1, round(wait))
            response = _refuse(request, seconds)
            response.headers["Retry-After"] = str(seconds)
            return response
        return self._get_response(request)


def _refuse(request: HttpRequest, seconds: int) -> HttpResponse:
    """Say it to a person by a page that is printed once, and to programs and parts of pages in a line."""
    from harmledger.desk.web.faults import show_plain_fault

    is_page = "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers
    if is_page and not request.path_info.startswith("/api/"):
        return show_plain_fault(request, "too_many", 429)
    return JsonResponse({"detail": f"too many requests: ask again in {seconds} s"}, status=429)


def find_limit(path: str) -> tuple[str, Limit]:
    """Give the limit for an address, and what it is kept under."""
    bare = path[3:] if len(path) > 3 and path[0] == path[3] == "/" else path
    return next((start, limit) for start, limit in LIMITS if bare.startswith(start) or start == "/")
