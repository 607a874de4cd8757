"""The case that is served: its settings, its view, its facts and its catalogue, opened for one request at a time."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harmledger.publication.catalogue import write_moment

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.publication.material import Settings
    from harmledger.store.catalogue_search import Catalogue
    from harmledger.store.facts import Facts
    from harmledger.store.settings import CaseSettings

_SECONDS_BETWEEN_LOOKS: Final = 1.0
_LOCK: Final = ".catalogue.lock"


class NotReadyError(LookupError):
    """The case cannot be shown yet: it was never built, its settings are wrong, or its catalogue is being made."""


@dataclass(slots=True)
class _Opened:
    """A catalogue, what it says of itself, and which documents were taken out of the case since it was made."""

    path: Path
    meta: dict[str, str]
    gone: frozenset[str] = frozenset()
    mark: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ServedCase:
    """What a request sees of the case; `now` is its moment (UTC), `has_gone` tells that something was taken out of the case
    that still stands in its view."""

    folder: Path
    given: "CaseSettings"
    settings: "Settings"
    catalogue: "Catalogue"
    meta: dict[str, str]
    key: str
    now: datetime
    has_gone: bool = False

    @property
    def stamp(self) -> str:
        """Tell the catalogue from any other, in letters that a file's name may have."""
        return self.meta["stamp"]

    @contextmanager
    def read_view(self) -> Iterator["CaseView"]:
        """Open the view. Raises NotReadyError."""
        from harmledger.pipeline.case_view import NoView, read_view

        try:
            with read_view(self.folder) as view:
                yield view
        except NoView as error:
            raise NotReadyError(str(error)) from error

    def open_facts(self) -> "Facts":
        """Give the facts, for reading."""
        return _Facts.open(self.folder)


class _Facts:
    """The facts of the case, opened once in a process; Django keeps a connection for each thread."""

    lock = threading.Lock()
    held: "Facts | None" = None

    @classmethod
    def open(cls, folder: Path) -> "Facts":
        """Give the facts. Raises NotReadyError where they cannot be read."""
        from harmledger.store.case import open_case

        with cls.lock:
            if cls.held is None:
                case, problems = open_case(folder)
                if case is None:
                    raise NotReadyError("; ".join(problem.message for problem in problems))
                cls.held = case.facts
            return cls.held


class _Keeper:
    """Keeps the catalogue up with the case: one thread of one process makes it, everybody else goes on with the last."""

    def __init__(self) -> None:
        self._opened: _Opened | None = None
        self._looked = 0.0
        self._guard = threading.Lock()
        self._making: threading.Thread | None = None

    def give(self, folder: Path) -> _Opened:
        """Give the open catalogue, and see at times whether it must be made anew. Raises NotReadyError."""
        with self._guard:
            is_time = time.monotonic() - self._looked > _SECONDS_BETWEEN_LOOKS
            if self._opened is None or is_time:
                self._looked = time.monotonic()
                self._look(folder)
            if self._opened is None:
                raise NotReadyError("the case has not been built, or its pages are being prepared")
            return self._opened

    def _look(self, folder: Path) -> None:
        from harmledger.pipeline.catalogue import check_catalogue

        opened = self._opened
        release = opened.meta.get("next_release") if opened else None
        state = check_catalogue(folder, datetime.now(UTC), release)
        if state.path is None:
            self._opened = None
        elif opened is None or opened.path != state.path or not _is_same(opened, state.path):
            self._opened = _open(state.path) or opened
        if not state.is_current and (self._making is None or not self._making.is_alive()):
            self._making = threading.Thread(target=prepare_catalogue, args=(folder,), daemon=True)
            self._making.start()
        if self._opened is not None:
            _find_gone(self._opened, folder)


_keeper = _Keeper()


def prepare_catalogue(folder: Path) -> str | None:
    """Make the catalogue where it is not up to date, and no other process is making it; give what stood in the way."""
    from harmledger.pipeline.case_view import NoView
    from harmledger.pipeline.catalogue import check_catalogue, make_catalogue, read_next_release
    from harmledger.pipeline.editions import EditionError
    from harmledger.store.settings import load_settings

    try:
        with try_lock(folder / _LOCK) as is_ours:
            now = datetime.now(UTC)
            settings, problems = load_settings(folder)
            if settings is None:
                return "; ".join(problem.message for problem in problems)
            if is_ours and not check_catalogue(folder, now, read_next_release(folder)).is_current:
                make_catalogue(_Facts.open(folder), folder, settings, now)
    except (NoView, NotReadyError, EditionError, OSError) as error:
        return str(error)
    return None


@contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold a lock file while the block runs; gives False at once where another process holds it."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def _open(path: Path) -> _Opened | None:
    from harmledger.store.catalogue import CatalogueError, open_catalogue
    from harmledger.store.catalogue_search import Catalogue

    try:
        with closing(open_catalogue(path)) as connection:
            return _Opened(path, Catalogue(connection, "").read_meta() | _stamp(path))
    except (CatalogueError, OSError):
        return None


def _stamp(path: Path) -> dict[str, str]:
    stat = path.stat()
    return {"stamp": f"{stat.st_ino}-{stat.st_mtime_ns}"}


def _is_same(opened: _Opened, path: Path) -> bool:
    try:
        return opened.meta["stamp"] == _stamp(path)["stamp"]
    except OSError:
        return True


def _find_gone(opened: _Opened, folder: Path) -> None:
    """Find what was taken out of the case since, where the facts have moved on."""
    from harmledger.pipeline.case_view import NoView, read_view
    from harmledger.pipeline.catalogue import list_departed
    from harmledger.store.view_marks import read_mark, write_mark

    mark = read_mark(folder)
    if mark is None or mark == opened.mark:
        return
    if write_mark(mark) == opened.meta.get("mark", ""):
        opened.mark, opened.gone = mark, frozenset()
        return
    with suppress(NoView, NotReadyError), read_view(folder) as view:
        opened.gone = list_departed(_Facts.open(folder), view)
        opened.mark = mark


@contextmanager
def open_served(clock: Callable[[], datetime] | None = None) -> Iterator[ServedCase]:
    """Open the case that this process serves, for one request. Raises NotReadyError."""
    from django.conf import settings

    from harmledger.pipeline.catalogue import describe_public
    from harmledger.pipeline.editions import EditionError
    from harmledger.store.catalogue_search import Catalogue
    from harmledger.store.settings import load_settings

    folder: Path = settings.HARMLEDGER_CASE_FOLDER
    given, problems = load_settings(folder)
    if given is None:
        raise NotReadyError("; ".join(problem.message for problem in problems))
    try:
        public = describe_public(folder, given)
        opened = _keeper.give(folder)
    except EditionError as error:
        raise NotReadyError(str(error)) from error
    now = clock() if clock is not None else datetime.now(UTC)
    yield ServedCase(
        folder=folder,
        given=given,
        settings=public,
        catalogue=Catalogue(_connect(opened), write_moment(now), opened.gone),
        meta=opened.meta,
        key=f"{opened.path.stem}-{opened.meta['stamp']}-{len(opened.gone)}",
        now=now,
        has_gone=bool(opened.gone),
    )


_kept = threading.local()


def _connect(opened: _Opened) -> Any:
    """Give this thread's connection to the catalogue; a file that is replaced stays whole for its readers."""
    from harmledger.store.catalogue import CatalogueError, open_catalogue

    stamp = (opened.path, opened.meta["stamp"])
    if getattr(_kept, "stamp", None) != stamp:
        before = getattr(_kept, "connection", None)
        _kept.stamp = _kept.connection = None
        if before is not None:
            before.close()
        try:
            _kept.connection = open_catalogue(opened.path)
        except CatalogueError as error:
            raise NotReadyError(str(error)) from error
        _kept.stamp = stamp
    return _kept.connection
