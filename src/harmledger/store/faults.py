"""What a failing disk or database means, in words for a person."""

import errno
import sqlite3
from pathlib import Path
from typing import Final

from harmledger.records.problem import Problem

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def describe_fault(folder: Path, error: Exception) -> Problem | None:
    """Say what an error of the file system or the database means for the case; None for any other error.

    Nothing that was reported as done is lost by any of them: a transaction is all or nothing.
    """
    from django.db import DatabaseError, OperationalError

    if isinstance(error, OSError):
        return _describe_system(folder, error)
    if not isinstance(error, DatabaseError | sqlite3.Error):
        return None
    text = str(error)
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        if "full" in text:
            return _report_full(folder)
        if "readonly" in text or "unable to open" in text:
            return _report_refused(folder, text)
        if "locked" in text or "busy" in text:
            remedy = "wait until the other program has finished, and try again"
            return _problem("store.locked", "another program is writing the facts", folder, remedy)
        if "disk I/O" in text:
            return _report_full(folder, "the disk could not be written (it is full, or failing)")
    from harmledger.store.case import report_damage

    return report_damage(folder, text)


def _describe_system(folder: Path, error: OSError) -> Problem:
    if error.errno in _FULL:
        return _report_full(folder, f"cannot write: {error.strerror}")
    if error.errno in _REFUSED:
        return _report_refused(folder, error.strerror or str(error))
    message = f"cannot be read or written: {error.strerror or error}"
    return _problem("store.unwritable", message, folder, "check the disk that the case is on")


def _report_full(folder: Path, message: str = "the disk is full") -> Problem:
    remedy = "free some space and give the command again; whatever it had reported as done is safe"
    return _problem("store.full", message, folder, remedy)


def _report_refused(folder: Path, text: str) -> Problem:
    remedy = "check that you may write the case folder, and that its file system is not mounted read-only"
    return _problem("store.unwritable", f"the case cannot be written: {text}", folder, remedy)


def _problem(code: str, message: str, folder: Path, remedy: str) -> Problem:
    return Problem(code, message, "error", str(folder), remedy=remedy)
