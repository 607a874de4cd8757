"""Answers that are the same for everybody, kept for half a minute: twenty readers of one page cost what one does."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from harmledger.desk.web.cases import ServedCase
from harmledger.desk.web.once import Turns
from harmledger.desk.web.pieces import PiecedResponse, pack_pieces

_SECONDS: Final = 30
_MOST_BYTES: Final = 48 * 1024 * 1024
_LARGEST: Final = 4 * 1024 * 1024
_VARY: Final = "Accept-Encoding, Cookie, HX-Request"

_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it goes out, packed, with the tag by which a browser asks whether it is still the same."""

    packed: bytes
    headers: dict[str, str]
    tag: str


class _Answers:
    """Answers of this process; those not asked for longest go where there are too many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._size = 0

    def find(self, key: _Key) -> _Kept | None:
        """Give an answer that is kept."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: _Key, answer: _Kept) -> None:
        """Keep an answer."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(answer.packed) - (len(before.packed) if before else 0)
            self._kept[key] = answer
            while self._size > _MOST_BYTES:
                _, old = self._kept.popitem(last=False)
                self._size -= len(old.packed)


_answers = _Answers()
_turns = Turns()


def answer_once(request: HttpRequest, case: ServedCase, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Give the answer for whoever has no account, made anew where the case or the half minute is another.

    What is taken out of the case changes its key, and is not kept; what is held back appears half a minute late at most.
    """
    if request.user.is_authenticated:
        return make()
    moment = int(case.now.timestamp()) // _SECONDS
    is_part = request.headers.get("HX-Request") == "true"
    key = (case.key, moment, get_language(), request.get_full_path(), is_part)
    kept = _answers.find(key)
    if kept is not None:
        return _give(request, kept)
    with _turns.take(key):
        kept = _answers.find(key)
        if kept is None:
            answer = make()
            if answer.status_code != 200 or len(answer.content) > _LARGEST:
                return answer
            kept = _pack(answer)
            _answers.keep(key, kept)
    return _give(request, kept)


def _pack(answer: HttpResponse) -> _Kept:
    packed = pack_pieces(answer.pieces if isinstance(answer, PiecedResponse) else (answer.content,))
    tag = f'W/"{hashlib.blake2b(packed, digest_size=12).hexdigest()}"'
    headers = {**dict(answer.items()), "ETag": tag, "Cache-Control": "no-cache", "Vary": _VARY}
    return _Kept(packed, headers, tag)


def _give(request: HttpRequest, kept: _Kept) -> HttpResponse:
    if kept.tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=kept.headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(kept.packed), headers=kept.headers)
    return HttpResponse(kept.packed, headers={**kept.headers, "Content-Encoding": "gzip"})
