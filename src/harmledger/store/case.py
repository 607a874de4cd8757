"""A case folder: made, opened, kept up with the program's schema, written by one process at a time."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from harmledger.records.problem import Problem
from harmledger.store.backups import back_up
from harmledger.store.bytes import ByteStore, sync_folder
from harmledger.store.lock import LockedError, hold_lock
from harmledger.store.settings import FILE as SETTINGS_FILE
from harmledger.store.settings import CaseSettings, compose_settings, load_settings

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

FACTS_FILE: Final = "facts.sqlite"
INBOX: Final = ".inbox"
"""The folder of what was handed in at the desk and waits to be added."""
_PRIVATE: Final = 0o700
"""The mode of a case folder that is made here: what lies in it may endanger people."""


@dataclass(slots=True)
class Case:
    """An open case; close it, or use it in a `with` block."""

    folder: Path
    settings: CaseSettings
    facts: "Facts"
    bytes: ByteStore

    @contextmanager
    def hold(
        self, command: str, since: str, tell: Callable[[str], None] | None = None, *, is_waiting: bool = True
    ) -> Iterator[None]:
        """Hold the case for writing; see `store.lock.hold_lock`. Raises LockedError.

        What an erasure left undone when its process was killed is done first.
        """
        from harmledger.store.erasure import finish_erasures

        with hold_lock(self.folder, command, since, tell, is_waiting=is_waiting):
            self.bytes.clear_aside()
            for problem in finish_erasures(self, since):
                if tell is not None:
                    tell(problem.message)
            yield

    def close(self) -> None:
        """Close the facts; whoever closes them last empties the journal into the file."""
        from harmledger.store.database import close_connection

        close_connection(self.facts.alias)

    def __enter__(self) -> "Case":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_case(folder: Path) -> bool:
    """Tell whether a folder is a case: whether it has a case.toml."""
    return (folder / SETTINGS_FILE).is_file()


def create_case(
    folder: Path, settings: CaseSettings, created: str
) -> tuple[Case | None, tuple[Problem, ...]]:
    """Make a case in a folder that is new or empty, and open it. `created` is UTC, ISO 8601.

    case.toml is written last: a folder without one is no case, so that one half made is not taken for one.
    """
    from harmledger.store.database import migrate, open_connection
    from harmledger.store.facts import Facts, read_time
    from harmledger.store.tables import models

    if is_case(folder):
        return None, (_problem("store.exists", "this folder is a case already", folder, "add files to it"),)
    try:
        folder.mkdir(_PRIVATE, parents=True, exist_ok=True)
        if any(path.name not in {FACTS_FILE, ".lock", "bytes"} for path in folder.iterdir()):
            remedy = "name a folder that is new or empty"
            return None, (_problem("store.not-empty", "the folder holds other files", folder, remedy),)
        with hold_lock(folder, "init", created, is_waiting=False):
            for leftover in folder.glob(FACTS_FILE + "*"):
                leftover.unlink()
            alias = open_connection(folder / FACTS_FILE)
            migrate(alias)
            row = models.Case.objects.using(alias).create(name=settings.name, created=read_time(created))
            case = Case(folder, settings, Facts(alias, row.pk), ByteStore(folder))
            case.bytes.folder.mkdir(exist_ok=True)
            _write_settings(folder / SETTINGS_FILE, compose_settings(settings))
    except LockedError as error:
        return None, (error.problem,)
    except OSError as error:
        return None, (_report_fault(folder, error),)
    return case, ()


def _write_settings(path: Path, text: str) -> None:
    aside = path.with_suffix(".part")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


def open_case(folder: Path) -> tuple[Case | None, tuple[Problem, ...]]:
    """Open a case, for reading alone where its folder cannot be written.

    A case with the schema of an older program is backed up and brought up to date first. None, with the reason,
    where the folder is no case, its settings are wrong, its facts are damaged, or a newer program's.
    """
    from django.db import DatabaseError

    if not is_case(folder):
        remedy = "harmledger init makes a case; give its folder, or JSON lines files"
        return None, (_problem("store.no-case", f"is no case: it has no {SETTINGS_FILE}", folder, remedy),)
    settings, problems = load_settings(folder)
    if settings is None:
        return None, problems
    facts = folder / FACTS_FILE
    if not facts.is_file() or not facts.stat().st_size:
        return None, (report_damage(folder, f"{FACTS_FILE} is not there, or is empty"),)
    try:
        return _open_facts(folder, settings)
    except LockedError as error:
        return None, (error.problem,)
    except (DatabaseError, sqlite3.Error) as error:
        return None, (report_damage(folder, str(error)),)
    except OSError as error:
        return None, (_report_fault(folder, error),)


def _open_facts(folder: Path, settings: CaseSettings) -> tuple[Case | None, tuple[Problem, ...]]:
    from harmledger.store.database import close_connection, list_migrations, open_connection
    from harmledger.store.facts import Facts
    from harmledger.store.tables import models

    is_writable = os.access(folder, os.W_OK) and os.access(folder / FACTS_FILE, os.W_OK)
    alias = open_connection(folder / FACTS_FILE, is_writable=is_writable)
    is_open = False
    try:
        applied, known = list_migrations(alias)
        if not applied:
            return None, (report_damage(folder, f"{FACTS_FILE} holds no facts"),)
        if applied - known:
            return None, (_report_newer(folder, applied - known),)
        if known - applied:
            if not is_writable:
                return None, (_report_older(folder),)
            _bring_up_to_date(folder, alias)
        row = models.Case.objects.using(alias).order_by("id").first()
        if row is None:
            return None, (report_damage(folder, f"{FACTS_FILE} names no case"),)
        is_open = True
        return Case(folder, settings, Facts(alias, row.pk), ByteStore(folder)), ()
    finally:
        if not is_open:
            close_connection(alias)


def _bring_up_to_date(folder: Path, alias: str) -> None:
    """Back the facts up and migrate them; a process that waited meanwhile finds it done."""
    from harmledger.store.database import list_migrations, migrate

    with hold_lock(folder, "opening an older case", "just now"):
        applied, known = list_migrations(alias)
        if known - applied:
            back_up(folder / FACTS_FILE, max(applied))
            migrate(alias)


def report_damage(folder: Path, message: str) -> Problem:
    """Say that the facts cannot be used, and what is left."""
    remedy = (
        "restore facts.sqlite from your own copy of the case folder, or the latest in its backups folder; "
        "the received files lie unharmed under bytes"
    )
    return _problem("store.damaged", f"the facts are damaged: {message}", folder, remedy)


def _report_newer(folder: Path, unknown: set[str]) -> Problem:
    message = (
        f"was written by a newer program, whose tables this one does not know ({', '.join(sorted(unknown))})"
    )
    return _problem("store.newer", message, folder, "use that program, or a newer one; nothing was changed")


def _report_older(folder: Path) -> Problem:
    message = "is an older program's and must be brought up to date, but its folder cannot be written"
    return _problem("store.older", message, folder, "open it once where you may write it, or a copy of it")


def _problem(code: str, message: str, folder: Path, remedy: str) -> Problem:
    return Problem(code, message, "error", str(folder), remedy=remedy)


def _report_fault(folder: Path, error: OSError) -> Problem:
    message = f"cannot be written: {error.strerror or error}"
    return _problem(
        "store.unwritable", message, folder, "check permissions and free space, or name another folder"
    )
