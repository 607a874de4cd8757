"""The view of a case: one file, written aside from nothing or changed in one transaction, thrown away at will."""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Final
from urllib.parse import quote

from harmledger.records.identity import identify
from harmledger.store.bytes import sync_folder
from harmledger.store.newest import find_newest
from harmledger.store.view_schema import INDEXES, ROOM, TABLES, VIEW_FORMAT

_PATTERN: Final = "views-*.sqlite"
_ASIDE: Final = ".views-*"
_DIGEST: Final = 16
_BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside a view while it is in use."""
_MODES: Final = ("mode=rw", "mode=ro", "mode=ro&immutable=1")
_CACHE_KIB: Final = 65536
_MAPPED: Final = 1 << 31
"""Bytes of a view that a build reads where the system holds them: it looks at some pages of many places, each once."""
_PAGE: Final = 8192
"""Bytes: a reading of a common report fits on a page several times over, and what a build writes for a few reports more, a row
on each of some thousand pages, is half of what it is with twice as much."""


class ViewError(Exception):
    """A view that cannot be used: damaged, or no view at all. It is built anew."""


def digest_view(parts: Iterable[str]) -> str:
    """Give the digest of what a view is made with: program, gazetteers, libraries and settings."""
    return identify((str(VIEW_FORMAT), *parts))[:_DIGEST]


def name_view(folder: Path, digest: str) -> Path:
    """Give the path of the present view with this digest, or where the first one would be."""
    return max(_list_views(folder, digest), key=_rank_view, default=folder / f"views-{digest}.sqlite")


def _list_views(folder: Path, digest: str) -> list[Path]:
    first = folder / f"views-{digest}.sqlite"
    return [*((first,) if first.exists() else ()), *folder.glob(f"views-{digest}-*.sqlite")]


def _name_next(folder: Path, digest: str) -> Path:
    """Give a path that no view has: beside the view of an earlier one its journal may lie, which is no other's."""
    if not _list_views(folder, digest):
        return folder / f"views-{digest}.sqlite"
    return folder / f"views-{digest}-{max(map(_number_view, _list_views(folder, digest))) + 1}.sqlite"


def _number_view(path: Path) -> int:
    number = path.stem.rpartition("-")[2]
    return int(number) if path.stem.count("-") > 1 and number.isdecimal() else 0


def _rank_view(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def find_view(folder: Path) -> Path | None:
    """Give the case's present view: the one written last; None where none was built."""
    return find_newest(folder, _PATTERN)


def read_stamp(folder: Path) -> str | None:
    """Give what tells the present view from every other that was or will be; None where there is none that can be used."""
    path = find_view(folder)
    if path is None:
        return None
    with suppress(ViewError), open_view(path) as connection:
        return read_meta(connection).get("stamp")
    return None


@contextmanager
def open_view(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a view for reading, as it stands at this moment. A build that changes or replaces it meanwhile changes nothing
    for this reader.

    Raises ViewError for a file that is no whole view of this program.
    """
    try:
        with closing(_connect(path)) as connection:
            if read_meta(connection).get("format") != str(VIEW_FORMAT):
                raise ViewError(f"{path.name} was built by another version of the program")
            yield connection
    except sqlite3.DatabaseError as error:
        raise ViewError(f"{path.name} is damaged: {error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    """Open a view for reading. What lets readers and a build work side by side is a file beside the view; where the folder
    cannot be written nobody builds there, and none is needed."""
    for mode in _MODES:
        connection = sqlite3.connect(
            f"file:{quote(os.fspath(path.absolute()))}?{mode}", uri=True, isolation_level=None
        )
        try:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM meta")  # from here on the view stands still
        except sqlite3.OperationalError as error:
            connection.close()
            if mode == _MODES[-1] or not _is_closed(error):
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError(_MODES)


def _is_closed(error: sqlite3.OperationalError) -> bool:
    """Tell whether a view could not be opened because nothing may be written beside it."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Give what the view says of itself."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def write_meta(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Record what the view says of itself."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


@contextmanager
def build_view(folder: Path, digest: str, before: Path | None) -> Iterator[sqlite3.Connection]:
    """Change the view `before` in one transaction, or write one from nothing, aside, and put it in place when the block
    ends well. Other views of the case are removed then.

    Whatever ends the block early leaves the present view as it was; what a killed build left behind is removed, or passed
    over, by the next one. Who reads the view meanwhile goes on seeing it as it was. The caller holds the case. Raises
    ViewError where `before` is damaged, OSError where the folder cannot be written.
    """
    for leftover in folder.glob(_ASIDE):
        leftover.unlink(missing_ok=True)
    final = before or _name_next(folder, digest)
    try:
        with _change(before) if before is not None else _write_aside(folder, digest, final) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        raise _translate_fault(error, final) from error
    except sqlite3.DatabaseError as error:
        raise ViewError(f"{final.name} is damaged: {error}") from error
    for other in folder.glob(_PATTERN):
        if other != final:
            for suffix in ("", *_BESIDE):
                other.with_name(other.name + suffix).unlink(missing_ok=True)


@contextmanager
def _change(path: Path) -> Iterator[sqlite3.Connection]:
    """Change a view in one transaction, beside those who read it, by its write-ahead log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if read_meta(connection).get("format") != str(VIEW_FORMAT):
            raise ViewError("the view was built by another version of the program")
        connection.executescript(
            f"PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
            f"PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-{_CACHE_KIB}; PRAGMA mmap_size={_MAPPED};"
        )
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            _stamp(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)"
        ).fetchone()  # as far as readers let it: the rest waits


@contextmanager
def _write_aside(folder: Path, digest: str, final: Path) -> Iterator[sqlite3.Connection]:
    """Write a view from nothing into a file that nobody else sees: no journal, no waiting for the disk."""
    aside = folder / f".views-{digest}.part"
    try:
        with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
            connection.executescript(
                f"PRAGMA page_size={_PAGE}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
                f"PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{_CACHE_KIB};"
            )
            connection.executescript(TABLES)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(VIEW_FORMAT),))
            connection.execute("BEGIN")
            yield connection
            for statement in (*INDEXES.strip().splitlines(), *ROOM.strip().splitlines()):
                connection.execute(statement)
            _stamp(connection)
            connection.execute("COMMIT")
        with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        with aside.open("rb+") as handle:
            os.fsync(handle.fileno())
        aside.replace(final)
        sync_folder(folder)
    finally:
        aside.unlink(missing_ok=True)


def _stamp(connection: sqlite3.Connection) -> None:
    write_meta(connection, {"stamp": token_hex(_DIGEST)})


def _translate_fault(error: sqlite3.OperationalError, aside: Path) -> Exception:
    """Give a full or failing disk as what it is; anything else as a damaged view."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(aside))
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return OSError(errno.EIO, f"{os.strerror(errno.EIO)} ({error})", os.fspath(aside))
    return ViewError(f"the view is damaged: {error}")
