"""The view of a case: one file, built aside and put in place by renaming, thrown away at will."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from harmledger.records.identity import identify
from harmledger.store.bytes import sync_folder
from harmledger.store.view_schema import INDEXES, TABLES, VIEW_FORMAT

_PATTERN: Final = "views-*.sqlite"
_ASIDE: Final = ".views-*"
_DIGEST: Final = 16
_STEP: Final = 1 << 30
_CACHE_KIB: Final = 65536
_PAGE: Final = 16384
"""Bytes: a reading of a common report fits on a page several times over."""


class ViewError(Exception):
    """A view that cannot be used: damaged, or no view at all. It is built anew."""


def digest_view(parts: Iterable[str]) -> str:
    """Give the digest of what a view is made with: program, gazetteers, libraries and settings."""
    return identify((str(VIEW_FORMAT), *parts))[:_DIGEST]


def name_view(folder: Path, digest: str) -> Path:
    """Give the path of the view with this digest."""
    return folder / f"views-{digest}.sqlite"


def find_view(folder: Path) -> Path | None:
    """Give the case's present view: the one put in place last; None where none was built."""
    with suppress(OSError):
        return max(folder.glob(_PATTERN), key=lambda path: (path.stat().st_mtime_ns, path.name), default=None)
    return None


@contextmanager
def open_view(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a view for reading. A build that replaces it meanwhile changes nothing for this reader.

    Raises ViewError for a file that is no whole view of this program.
    """
    try:
        connection = sqlite3.connect(
            f"file:{quote(os.fspath(path.absolute()))}?mode=ro&immutable=1", uri=True
        )
        with closing(connection):
            if read_meta(connection).get("format") != str(VIEW_FORMAT):
                raise ViewError(f"{path.name} was built by another version of the program")
            yield connection
    except sqlite3.DatabaseError as error:
        raise ViewError(f"{path.name} is damaged: {error}") from error


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Give what the view says of itself."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def write_meta(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Record what the view says of itself."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


@contextmanager
def build_view(folder: Path, digest: str, before: Path | None) -> Iterator[sqlite3.Connection]:
    """Write a view aside, beginning with a copy of `before` or from nothing, and put it in place when the block
    ends well. Other views of the case are removed then.

    Whatever ends the block early leaves the present view as it was; what a killed build left behind is removed
    by the next one. The caller holds the case. Raises ViewError where `before` is damaged, OSError where the
    folder cannot be written.
    """
    for leftover in folder.glob(_ASIDE):
        leftover.unlink(missing_ok=True)
    final = name_view(folder, digest)
    aside = folder / f".views-{digest}.part"
    try:
        if before is not None:
            _copy_file(before, aside)
        with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
            _prepare(connection, is_fresh=before is None)
            yield connection
            _finish(connection, is_fresh=before is None)
        with aside.open("rb+") as handle:
            os.fsync(handle.fileno())
        aside.replace(final)
        sync_folder(folder)
    except sqlite3.OperationalError as error:
        raise _translate_fault(error, aside) from error
    except sqlite3.DatabaseError as error:
        raise ViewError(f"{final.name} is damaged: {error}") from error
    finally:
        aside.unlink(missing_ok=True)
    for other in folder.glob(_PATTERN):
        if other != final:
            other.unlink(missing_ok=True)


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file inside the kernel: a file system that shares blocks between files copies nothing."""
    if not hasattr(os, "copy_file_range"):
        shutil.copyfile(source, target)
        return
    with source.open("rb") as old, target.open("wb") as new:
        try:
            while os.copy_file_range(old.fileno(), new.fileno(), _STEP):
                pass
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise
            old.seek(0)
            new.truncate(0)
            new.seek(0)
            shutil.copyfileobj(old, new)


def _prepare(connection: sqlite3.Connection, is_fresh: bool) -> None:
    """Set the connection up for one writer of a file that nobody else sees: no journal, no waiting for the disk."""
    connection.executescript(
        f"PRAGMA page_size={_PAGE}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
        f"PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{_CACHE_KIB};"
    )
    if is_fresh:
        connection.executescript(TABLES)
        connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(VIEW_FORMAT),))
    elif read_meta(connection).get("format") != str(VIEW_FORMAT):
        raise ViewError("the view was built by another version of the program")
    connection.execute("BEGIN")


def _finish(connection: sqlite3.Connection, is_fresh: bool) -> None:
    if is_fresh:
        for statement in INDEXES.strip().splitlines():
            connection.execute(statement)
    connection.execute("COMMIT")


def _translate_fault(error: sqlite3.OperationalError, aside: Path) -> Exception:
    """Give a full or failing disk as what it is; anything else as a damaged view."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(aside))
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return OSError(errno.EIO, f"{os.strerror(errno.EIO)} ({error})", os.fspath(aside))
    return ViewError(f"the view is damaged: {error}")
