"""A case folder: made, opened, kept up with the program's schema, written by one process at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from harmledger.records.problem import Problem
from harmledger.store.bytes import ByteStore, sync_folder
from harmledger.store.lock import LockedError, hold_lock
from harmledger.store.settings import FILE as SETTINGS_FILE
from harmledger.store.settings import CaseSettings, compose_settings, load_settings

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

FACTS_FILE: Final = "facts.sqlite"
BACKUPS: Final = "backups"


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
        """Hold the case for writing; see `store.lock.hold_lock`. Raises LockedError."""
        with hold_lock(self.folder, command, since, tell, is_waiting=is_waiting):
            self.bytes.clear_aside()
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
        folder.mkdir(parents=True, exist_ok=True)
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
    import os

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


def open_case(folder: Path, *, is_writable: bool = True) -> tuple[Case | None, tuple[Problem, ...]]:
    """Open a case. None, with the reason, where the folder is no case, is damaged, or is a newer program's."""
    from harmledger.store.database import close_connection, list_migrations, open_connection
    from harmledger.store.facts import Facts
    from harmledger.store.tables import models

    if not is_case(folder):
        remedy = "harmledger init makes a case"
        return None, (_problem("store.no-case", f"is no case: it has no {SETTINGS_FILE}", folder, remedy),)
    settings, problems = load_settings(folder)
    if settings is None:
        return None, problems
    alias = open_connection(folder / FACTS_FILE, is_writable=is_writable)
    row = models.Case.objects.using(alias).order_by("id").first()
    del list_migrations, close_connection
    return Case(folder, settings, Facts(alias, row.pk), ByteStore(folder)), problems


def _problem(code: str, message: str, folder: Path, remedy: str) -> Problem:
    return Problem(code, message, "error", str(folder), remedy=remedy)


def _report_fault(folder: Path, error: OSError) -> Problem:
    message = f"cannot be written: {error.strerror or error}"
    return _problem(
        "store.unwritable", message, folder, "check permissions and free space, or name another folder"
    )
