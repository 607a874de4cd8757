"""The case that is served: its settings, its view, its facts and its catalogue, opened for one request at a time."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harmledger.desk.web.processes import Errand
from harmledger.publication.catalogue import write_moment
from harmledger.records.identity import identify

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.publication.material import Settings
    from harmledger.store.catalogue_search import Catalogue
    from harmledger.store.facts import Facts
    from harmledger.store.settings import CaseSettings

_SECONDS_BETWEEN_LOOKS: Final = 1.0
_SET_IN: Final = ("case.toml", "editions.toml", "editions.key")
_PREPARING: Final = Errand("harmledger.desk.web.preparing")


class NotReadyError(LookupError):
    """The case cannot be shown yet: it was never built, its settings are wrong, or its catalogue is being made."""


@dataclass(slots=True)
class _Opened:
    """A catalogue, what it says of itself, and which documents were taken out of the case since it was made."""

    path: Path
    meta: dict[str, str]
    gone: frozenset[str] = frozenset()
    gone_key: str = ""
    signed: int = 0
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
        return open_facts(self.folder)


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


def open_facts(folder: Path) -> "Facts":
    """Give the facts of a case, for reading. Raises NotReadyError where they cannot be read."""
    return _Facts.open(folder)


class _Given:
    """What the case sets, and what of it a public page is told; read again when one of its files changes."""

    lock = threading.Lock()
    marks: tuple[object, ...] | None = None
    held: "tuple[CaseSettings, Settings] | None" = None

    @classmethod
    def read(cls, folder: Path) -> "tuple[CaseSettings, Settings]":
        """Give both. Raises NotReadyError, EditionError."""
        from harmledger.pipeline.catalogue import describe_public
        from harmledger.store.settings import load_settings

        marks = (folder, *(_mark_file(folder / name) for name in _SET_IN))
        with cls.lock:
            if cls.held is None or cls.marks != marks:
                given, problems = load_settings(folder)
                if given is None:
                    raise NotReadyError("; ".join(problem.message for problem in problems))
                cls.held, cls.marks = (given, describe_public(folder, given)), marks
            return cls.held


def name_record() -> str | None:
    """Give the name of the record that this process serves; None where what the case sets cannot be read."""
    from django.conf import settings

    from harmledger.pipeline.editions import EditionError

    try:
        return _Given.read(settings.HARMLEDGER_CASE_FOLDER)[1].name
    except (NotReadyError, EditionError, OSError, ValueError):
        return None


def _mark_file(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


class _Keeper:
    """Keeps the catalogue up with the case: a process of its own makes it, and everybody goes on with the last."""

    def __init__(self) -> None:
        self._opened: _Opened | None = None
        self._looked = 0.0
        self._guard = threading.Lock()

    def give(self, folder: Path, gone: _Opened | None = None) -> _Opened:
        """Give the open catalogue, and see at times whether it must be made anew, or at once where the one that was given is
        `gone`. Raises NotReadyError."""
        with self._guard:
            is_time = time.monotonic() - self._looked > _SECONDS_BETWEEN_LOOKS
            if self._opened is None or is_time or self._opened is gone:
                self._looked = time.monotonic()
                self._look(folder)
            if self._opened is None:
                raise NotReadyError("the case has not been built, or its pages are being prepared")
            return self._opened

    def _look(self, folder: Path) -> None:
        from harmledger.pipeline.catalogue import HIDING, check_catalogue
        from harmledger.store.view_marks import read_signing_mark

        opened = self._opened
        release = opened.meta.get("next_release") if opened else None
        state = check_catalogue(folder, datetime.now(UTC), release)
        if state.path is None:
            self._opened = None
        elif opened is None or opened.path != state.path or not _is_same(opened, state.path):
            self._opened = _open(state.path) or opened
        if not state.is_current:
            _PREPARING.start(folder)
        if self._opened is not None:
            self._opened.signed = read_signing_mark(folder, HIDING)
            _find_gone(self._opened, folder)


_keeper = _Keeper()


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
        opened.mark, opened.gone, opened.gone_key = mark, frozenset(), ""
        return
    with suppress(NoView, NotReadyError), read_view(folder) as view:
        opened.gone = list_departed(open_facts(folder), view, mark)
        opened.gone_key = identify(sorted(opened.gone))[:16] if opened.gone else ""
        opened.mark = mark


@contextmanager
def open_served(clock: Callable[[], datetime] | None = None) -> Iterator[ServedCase]:
    """Open the case that this process serves, for one request. Raises NotReadyError."""
    from django.conf import settings

    from harmledger.pipeline.editions import EditionError
    from harmledger.store.catalogue_search import Catalogue

    folder: Path = settings.HARMLEDGER_CASE_FOLDER
    try:
        given, public = _Given.read(folder)
        opened = _keeper.give(folder)
        connection = _connect(opened)
        if connection is None:  # another was put in its place since
            opened = _keeper.give(folder, opened)
            connection = _connect(opened)
    except EditionError as error:
        raise NotReadyError(str(error)) from error
    if connection is None:
        raise NotReadyError(f"{opened.path.name} cannot be read")
    now = clock() if clock is not None else datetime.now(UTC)
    yield ServedCase(
        folder=folder,
        given=given,
        settings=public,
        catalogue=Catalogue(connection, write_moment(now), opened.gone),
        meta=opened.meta,
        key=f"{opened.path.stem}-{opened.meta['stamp']}-{opened.gone_key}-{opened.signed}",
        now=now,
        has_gone=bool(opened.gone),
    )


_kept = threading.local()


def _connect(opened: _Opened) -> Any:
    """Give this thread's connection to the catalogue, None where its file is gone or damaged; one that is replaced stays whole for
    those who read it."""
    from harmledger.store.catalogue import CatalogueError, open_catalogue

    stamp = (opened.path, opened.meta["stamp"])
    if getattr(_kept, "stamp", None) != stamp:
        before = getattr(_kept, "connection", None)
        _kept.stamp = _kept.connection = None
        if before is not None:
            before.close()
        try:
            _kept.connection = open_catalogue(opened.path)
        except CatalogueError:
            return None
        _kept.stamp = stamp
    return _kept.connection
