"""What the commands that write a case share: opening and holding it, who is asking, which document."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from harmledger.desk.outcome import Messages, give_up
from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.store.case import Case
    from harmledger.store.entries import VersionSheet

F = TypeVar("F", bound=Callable[..., Any])

_SHOWN: Final = 16


def take_case(command: F) -> F:
    """Add the argument CASE: the folder of a case."""
    return click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))(command)


def take_writing(command: F) -> F:
    """Add `--no-wait`."""
    return click.option(
        "--no-wait",
        "is_waiting",
        flag_value=False,
        default=True,
        help="Give up where another process is writing the case, in place of waiting for it.",
    )(command)


def take_judgement(command: F) -> F:
    """Add `--reason` and `--by`."""
    reason = click.option("--reason", metavar="TEXT", required=True, help="Why; kept with the case.")
    by = click.option(
        "--by", metavar="NAME", help="Who decided it; without it the name you are logged in by."
    )
    return reason(by(command))


def name_user(given: str | None) -> str:
    """Give the name that a judgement is recorded under."""
    if given:
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


@contextmanager
def read_case(folder: Path, messages: Messages) -> "Iterator[Case]":
    """Open a case while the block runs; what goes wrong with its disk or its facts ends the command in words."""
    from harmledger.store.case import open_case
    from harmledger.store.faults import describe_fault

    case, problems = open_case(folder)
    if case is None:
        give_up(problems, messages, "the case cannot be opened")
    try:
        with case:
            yield case
    except click.exceptions.Exit:
        raise
    except Exception as error:
        problem = None if isinstance(error, BrokenPipeError) else describe_fault(folder, error)
        if problem is None:
            raise
        give_up((problem,), messages, "the command ended early")


@contextmanager
def write_case(folder: Path, command: str, at: str, messages: Messages, is_waiting: bool) -> "Iterator[Case]":
    """Open a case and hold it for writing while the block runs."""
    from harmledger.store.lock import LockedError

    with read_case(folder, messages) as case:
        tell = None if messages.is_quiet else _tell
        try:
            with case.hold(command, at, tell, is_waiting=is_waiting):
                yield case
        except LockedError as error:
            give_up((error.problem,), messages, "nothing was changed")


def _tell(message: str) -> None:
    say(f"  {clean_text(message)} …")


def choose_version(case: "Case", name: str, messages: Messages) -> "VersionSheet":
    """Give the version that a person means by an id, its beginning, or an address; end the command otherwise."""
    found = case.facts.find_version(name)
    if len(found) != 1:
        give_up((), messages, _explain_missing(case, name, bool(found)))
    return found[0]


def _explain_missing(case: "Case", name: str, is_ambiguous: bool) -> str:
    shown = clean_text(name)
    if is_ambiguous:
        return f"several documents begin with {shown!r}; give more of the id"
    for stone in case.facts.list_tombstones():
        if name and stone.digest.startswith(name):
            return clean_text(f"{name} was erased on {stone.at[:10]} by {stone.by}: {stone.reason}")
    return f"no document has the id or address {shown!r}, or an id that begins with it"


def describe_version(sheet: "VersionSheet") -> str:
    """Give a version in one line: its id, its title or address, its state."""
    name = sheet.title or sheet.url or sheet.address or sheet.file_name
    ident = sheet.id if len(sheet.id) != 64 else sheet.id[:_SHOWN]
    return clean_text(f"{ident}  {name}  ({sheet.state}, received {sheet.received[:10]})")
