"""Files: what a person named, folders walked in one order, and what is passed over said."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from harmledger.documents.parts.companions import find_companions
from harmledger.documents.parts.mapping import COMPANION
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import Severity

FOLDER_DEPTH_LIMIT: Final = 40
"""How deep folders are walked."""

_LINES_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})
_NO_REPORTS: Final = frozenset({".toml", ".css", ".js", ".py", ".sh", ".map", ".woff", ".woff2", ".ttf"})
_OF_SYSTEMS: Final = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".mhtml")


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file to be opened, and the name it is recorded under: its path from the folder that was named."""

    path: Path
    name: str


Listed = tuple[ListedFile | None, tuple[Problem, ...]]


def list_files(paths: Sequence[Path]) -> Iterator[Listed]:
    """Give the files that the paths name, folders walked in sorted order, with notes on what is passed over.

    Passed over in folders: hidden files, links, programs and settings, what systems and browsers put beside
    reports, and files that a JSON lines file beside them reads by its `path`. Anything that is no file
    (sockets, devices, pipes) is passed over wherever it is named. A path that is not there, or may not be
    read, is a problem.
    """
    companions = {
        companion
        for path in paths
        if path.suffix.lower() in _LINES_SUFFIXES
        for companion in find_companions(path)
    }
    for path in paths:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _tell(
                path.name or str(path),
                f"cannot be read: {_explain(error)}",
                "error",
                "check the name and the permissions",
            )
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, _spell(path.resolve().name) or "folder", 0)
        elif not stat.S_ISREG(mode):
            yield _tell(
                path.name, f"is {_describe(mode)}, not a file", "warning", "save what it gives as a file"
            )
        elif path.resolve() in companions:
            yield _tell(path.name, "is read by the JSON lines file that names it")
        else:
            yield ListedFile(path, _spell(path.name)), ()


def _walk(folder: Path, name: str, depth: int) -> Iterator[Listed]:
    if depth > FOLDER_DEPTH_LIMIT:
        yield _tell(
            name, f"lies more than {FOLDER_DEPTH_LIMIT} folders deep", "error", "name that folder itself"
        )
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield _tell(name, f"the folder cannot be read: {_explain(error)}", "error", "check its permissions")
        return
    names = {entry.name.lower() for entry in entries}
    companions = {
        companion
        for entry in entries
        if PurePosixPath(entry.name).suffix.lower() in _LINES_SUFFIXES
        and entry.is_file(follow_symlinks=False)
        for companion in find_companions(Path(entry.path))
    }
    for entry in entries:
        path, shown = Path(entry.path), f"{name}/{_spell(entry.name)}"
        if reason := _pass_over(entry, names):
            yield _tell(shown, reason)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, shown, depth + 1)
        elif not entry.is_file(follow_symlinks=False):
            yield _tell(shown, "is no file", "note")
        elif companions and path.resolve() in companions:
            yield _tell(shown, "is read by the JSON lines file that names it")
        else:
            yield ListedFile(path, shown), ()


def _pass_over(entry: os.DirEntry[str], names: set[str]) -> str | None:
    """Say why an entry of a folder is passed over; None where it is not."""
    if entry.name.startswith("."):
        return "is hidden and is passed over; name it to have it read"
    if entry.is_symlink():
        return "is a link and is passed over; name what it leads to"
    if entry.name in _OF_SYSTEMS:
        return "is the system's own and is passed over"
    if entry.is_dir(follow_symlinks=False):
        stem = entry.name.lower().removesuffix("_files")
        saved = stem != entry.name.lower() and any(stem + suffix in names for suffix in _PAGE_SUFFIXES)
        return "holds what a browser saved beside a page and is passed over" if saved else None
    if entry.name.endswith(COMPANION) and entry.name.removesuffix(COMPANION).lower() in names:
        return "says which column is what of the table beside it"
    if PurePosixPath(entry.name).suffix.lower() in _NO_REPORTS:
        return "is a program or settings and is passed over; name it to have it read"
    return None


def _spell(name: str) -> str:
    """Give a name as text, whatever bytes the file system holds."""
    return os.fsencode(name).decode("utf-8", "replace")


def _explain(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _describe(mode: int) -> str:
    kinds = (
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISCHR, "a device"),
    )
    return next((words for test, words in kinds if test(mode)), "something else")


def _tell(name: str, message: str, severity: Severity = "note", remedy: str | None = None) -> Listed:
    return None, (Problem("documents.listing", message, severity, _spell(name), remedy=remedy),)
