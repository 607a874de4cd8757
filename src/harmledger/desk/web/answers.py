"""Answers that are the same for everybody, kept for half a minute: twenty readers of one page cost what one does."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from harmledger.desk.web.cases import ServedCase

_SECONDS: Final = 30
_MOST_BYTES: Final = 48 * 1024 * 1024
_LARGEST: Final = 1024 * 1024

_kept: OrderedDict[tuple[Any, ...], tuple[bytes, dict[str, str]]] = OrderedDict()
_lock = threading.Lock()
_size = 0


def answer_once(request: HttpRequest, case: ServedCase, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Give the answer for whoever has no account, made anew where the case or the half minute is another.

    What is taken out of the case changes its key, and is not kept; what is held back appears half a minute late at most.
    """
    if request.user.is_authenticated:
        return make()
    moment = int(case.now.timestamp()) // _SECONDS
    is_part = request.headers.get("HX-Request") == "true"
    key = (case.key, moment, get_language(), request.get_full_path(), is_part)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
    if found is not None:
        return HttpResponse(found[0], headers=found[1])
    answer = make()
    if answer.status_code == 200 and len(answer.content) <= _LARGEST:
        _keep(key, answer)
    return answer


def _keep(key: tuple[Any, ...], answer: HttpResponse) -> None:
    """Keep an answer; those not asked for longest go where there are too many."""
    global _size  # noqa: PLW0603 - one for the process
    with _lock:
        before = _kept.pop(key, None)
        _size += len(answer.content) - (len(before[0]) if before else 0)
        _kept[key] = (answer.content, dict(answer.items()))
        while _size > _MOST_BYTES:
            _, (old, _) = _kept.popitem(last=False)
            _size -= len(old)
