"""Opening a received file: what it is, and the documents in it, one by one."""

import stat
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from harmledger.documents.parts.limits import DEPTH_LIMIT, HEAD_SIZE
from harmledger.documents.parts.mapping import ColumnMapping
from harmledger.documents.parts.recognition import Foreign, Kind, recognise
from harmledger.documents.parts.source import Budget, Opener, Outcome, Source
from harmledger.records.part import Received
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import Severity

_OPENERS: Final[dict[Kind, tuple[str, str]]] = {
    "text": ("plain", "open_text"),
    "lines": ("lines", "open_lines"),
    "tree": ("telegram", "open_export"),
    "pdf": ("pdf", "open_pdf"),
    "mail": ("mail", "open_mail"),
    "mailbox": ("mailbox", "open_mailbox"),
    "feed": ("feed", "open_feed"),
    "table": ("table", "open_table"),
    "workbook": ("workbook", "open_workbook"),
    "archive": ("archive", "open_archive"),
    "gzip": ("compressed", "open_gzip"),
    "warc": ("webarchive", "open_warc"),
}
"""The module and function for each kind, imported when the first file of that kind comes."""


def open_parts(
    path: Path, received: Received, mapping: ColumnMapping | None = None, *, folder: Path | None = None
) -> Iterator[Outcome]:
    """Give the documents of one received file, in its order, each with what is to be said about it.

    A part that cannot be read is None with its problems; a part may come with notes. `received` names the
    file: `path` may be a copy under another name. `mapping` tells the columns of tables. `folder` is where
    the `path` of JSON lines is looked up; default: the folder of `path`. Nothing raises, nothing is run or
    fetched, and memory is bounded whatever the file holds (docs/intake.md, Limits).
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(None, "it is no file")
        with path.open("rb") as handle:
            size = handle.seek(0, 2)
            budget, home = Budget.of_file(size), folder or path.parent
            source = Source(received.name, handle, size, received, budget, mapping, folder=home)
            yield from open_source(source)
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        remedy = "check the name and the permissions of the file"
        yield None, (Problem("documents.unreadable", message, "error", received.name, remedy=remedy),)


def open_source(source: Source) -> Iterator[Outcome]:
    """Give the documents of a source, whatever it is and wherever it was found."""
    if source.depth > DEPTH_LIMIT:
        yield source.report(
            "nesting", "lies too deep in files inside files", "unpack it and add what is inside"
        )
        return
    if source.size == 0:
        yield source.report("empty", "is empty", "check that it was saved in full")
        return
    kind = recognise(source.read_head(HEAD_SIZE), source.name)
    if isinstance(kind, Foreign):
        severity: Severity = "note" if kind.is_media else "error"
        yield source.report(
            "unsupported", f"is {kind.what}, which is not read", kind.remedy, severity=severity
        )
        return
    module, function = _OPENERS[kind]
    opener: Opener = getattr(import_module(f"harmledger.documents.parts.{module}"), function)
    try:
        yield from opener(source)
    except (
        Exception,
        RecursionError,
        MemoryError,
    ) as error:  # what no opener foresaw costs one file, not all
        message = f"cannot be taken apart: its parser failed ({type(error).__name__})"
        yield source.report("unreadable", message, "save the report's text by itself")
