"""One writer at a time: a lock on the case folder that says who holds it and ends with whoever holds it."""

import errno
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from harmledger.records.problem import Problem

FILE: Final = ".lock"
_WAIT_SECONDS: Final = 0.1
_NOTE_LIMIT: Final = 4096


ACTS_FILE: Final = ".acts.lock"
"""Held by whoever acts at the desk, from looking at the state to the line in the journal, and by an erasure."""


class LockedError(Exception):
    """The case cannot be locked; `problem` says who holds it, or why not."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@contextmanager
def hold_lock(
    folder: Path,
    command: str,
    since: str,
    tell: Callable[[str], None] | None = None,
    *,
    is_waiting: bool = True,
) -> Iterator[None]:
    """Hold the case for writing while the block runs.

    `command` and `since` (UTC, ISO 8601) are what a second writer is told of this one. Where another holds it,
    `tell` is told so once and this one waits; without `is_waiting`, or where the folder cannot be written,
    raises LockedError. The system lets go of the lock when the process ends, however it ends; the file stays.
    """
    path = folder / FILE
    try:
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise LockedError(_report_unwritable(path, error)) from error
    try:
        _acquire(number, path, tell, is_waiting)
        _write_holder(number, command, since)
        yield
    finally:
        os.close(number)


@contextmanager
def hold_acts(folder: Path) -> Iterator[None]:
    """Hold back the acts of people while the block runs, once the one under way has ended."""
    number = os.open(folder / ACTS_FILE, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def read_holder(folder: Path) -> str | None:
    """Give the command that noted itself as holding the case last; None where nothing tells."""
    try:
        return str(json.loads((folder / FILE).read_bytes()[:_NOTE_LIMIT])["command"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _acquire(number: int, path: Path, tell: Callable[[str], None] | None, is_waiting: bool) -> None:
    has_told = False
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                raise LockedError(_report_unwritable(path, error)) from error
        holder = _describe_holder(number)
        if not is_waiting:
            raise LockedError(_report_held(path, holder))
        if not has_told and tell is not None:
            tell(f"the case is being written by {holder}; waiting")
            has_told = True
        time.sleep(_WAIT_SECONDS)


def _write_holder(number: int, command: str, since: str) -> None:
    """Note who holds the lock. A note that cannot be written (a full disk) costs nothing but itself."""
    note = json.dumps({"pid": os.getpid(), "command": command, "since": since}).encode()
    try:
        os.ftruncate(number, 0)
        os.pwrite(number, note[:_NOTE_LIMIT], 0)
    except OSError:
        return


def _describe_holder(number: int) -> str:
    try:
        note = json.loads(os.pread(number, _NOTE_LIMIT, 0))
        return f"process {int(note['pid'])} (harmledger {note['command']!s:.60}, since {note['since']!s:.30})"
    except (ValueError, KeyError, TypeError, OSError, RecursionError):
        return "another process"


def _report_held(path: Path, holder: str) -> Problem:
    remedy = "wait until it has finished, or leave --no-wait out to wait for it"
    return Problem(
        "store.locked", f"the case is being written by {holder}", "error", str(path), remedy=remedy
    )


def _report_unwritable(path: Path, error: OSError) -> Problem:
    message = f"the case cannot be locked for writing: {error.strerror or error}"
    remedy = (
        "check that you may write the case folder, and that its file system is not mounted read-only or full"
    )
    return Problem("store.unwritable", message, "error", str(path), remedy=remedy)
