"""A case's editions: its policy, and the secret from which codes for names are made."""

import os
import secrets
import stat
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.publication.disclosure.policy import load_editions
from harmledger.publication.disclosure.rules import Disclosure
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.store.case import Case

KEY_FILE: Final = "editions.key"
"""The secret of a case: whoever has it can tell which name a code stands for. It is in no edition and no export."""

_LENGTH: Final = 32


class EditionError(Exception):
    """An edition that cannot be made; `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def choose_edition(case: "Case", name: str) -> Disclosure:
    """Give the edition of the case's policy by its name. Raises EditionError."""
    return find_edition(case.folder, case.settings.delay_hours, name)


def find_edition(folder: Path, delay_hours: int, name: str) -> Disclosure:
    """Give an edition of the policy in a case's folder by its name; `delay_hours` is the case's. Raises EditionError."""
    editions, problems = load_editions(folder, delay_hours)
    if problems:
        raise EditionError(problems)
    if name not in editions:
        nearest = get_close_matches(name, editions, 1, 0.5)
        hint = f"did you mean {nearest[0]!r}? " if nearest else ""
        message = f"there is no edition {name!r:.80}"
        remedy = f"{hint}editions are {', '.join(sorted(editions))}; editions.toml may name more"
        raise EditionError((Problem("publication.editions", message, "error", str(folder), remedy=remedy),))
    return editions[name]


def read_secret(folder: Path) -> bytes:
    """Give the secret of the case in `folder`, which is made where there is none. Only its owner may read the file.

    Raises EditionError where it cannot be read or made, or where others may read it.
    """
    path = folder / KEY_FILE
    try:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read(path)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        return _read(path)
    except OSError as error:
        raise EditionError(
            (_report(f"cannot be read or written: {error.strerror or error}", path, "check the file"),)
        ) from error


def _read(path: Path) -> bytes:
    told = path.lstat()
    if not stat.S_ISREG(told.st_mode) or told.st_mode & 0o077:
        remedy = f"nobody else may read it: chmod 600 {path.name}; if others may have read it, remove it: a new one is made"
        raise EditionError((_report("may be read by others", path, remedy),))
    secret = path.read_bytes()
    if len(secret) != _LENGTH:
        raise EditionError(
            (_report("is no secret of a case", path, "restore it from a backup, or remove it"),)
        )
    return secret


def _report(message: str, path: Path, remedy: str) -> Problem:
    return Problem("publication.secret", message, "error", str(path), remedy=remedy)
