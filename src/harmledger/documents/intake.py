"""Intake: the bytes of a document as they reached us, their digest, and whether they are a page."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from harmledger.documents.encoding import decode_bytes
from harmledger.records.document import Document
from harmledger.records.identity import digest_bytes
from harmledger.records.problem import Problem

SIZE_LIMIT: Final = 50_000_000
"""The largest document taken, in bytes."""

_PAGE_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
_PAGE_HEADS: Final = ("<!doctype html", "<html")
_FOREIGN: Final = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP or office"), (b"\xd0\xcf\x11\xe0", "old office"))
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Intake:
    """What was received: its bytes, their text (for a page, its source) and SHA-256, whether it is a page."""

    data: bytes
    content: str
    digest: str
    is_page: bool


def take_in(document: Document, folder: Path | None) -> tuple[Intake | None, tuple[Problem, ...]]:
    """Give what the document's `text`, `html` or `path` holds; exactly one of them must be given.

    A path is looked up in `folder` and may not leave it, by way of links either.
    """
    given = [name for name in ("text", "html", "path") if getattr(document, name) is not None]
    if len(given) != 1:
        names = ", ".join(given) or "none"
        message = f"a document has exactly one of text, html and path; this one has {names}"
        return None, (_problem("documents.source", message, document, "give one of the three"),)
    if document.path is not None:
        return _take_file(document, document.path, folder)
    is_page = document.html is not None
    content = str(document.html if is_page else document.text)
    if len(content) > SIZE_LIMIT:
        return None, (_too_large(document),)
    problems: tuple[Problem, ...] = ()
    try:
        data = content.encode()
    except UnicodeEncodeError:
        data = content.encode("utf-8", "surrogatepass")
        content = _SURROGATE.sub("\ufffd", content)  # one for one: no file can hold them, offsets must stay
        message = "the text holds halves of surrogate pairs, which are no characters; each stands as U+FFFD"
        problems = (_problem("documents.surrogates", message, document, "mend the escapes", "warning"),)
    if len(data) > SIZE_LIMIT:
        return None, (_too_large(document),)
    return Intake(data, content, digest_bytes(data), is_page), problems


def _take_file(
    document: Document, path: str, folder: Path | None
) -> tuple[Intake | None, tuple[Problem, ...]]:
    file = resolve_path(path, folder)
    if file is None:
        message = f"the path {path!r} does not lie inside the folder of the documents file"
        return None, (
            _problem("documents.path", message, document, "put the file beside it; no '..', no links out"),
        )
    try:
        with file.open("rb") as handle:
            data = handle.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        message = f"the file {path!r} could not be read: {getattr(error, 'strerror', None) or error}"
        return None, (
            _problem("documents.path", message, document, "check that it is there and may be read"),
        )
    return take_bytes(data, path, document)


def take_bytes(data: bytes, name: str, document: Document) -> tuple[Intake | None, tuple[Problem, ...]]:
    """Give what the file that a document's `path` names holds: a text or a page."""
    if len(data) > SIZE_LIMIT:
        return None, (_too_large(document),)
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            message = f"{name!r} is a {what} file, which is not read in place of a text"
            return None, (_problem("documents.unsupported", message, document, "give its text or HTML"),)
    content, problems = decode_bytes(data, _where(document))
    if content is None:
        return None, problems
    return Intake(data, content, digest_bytes(data), is_page_source(content, name)), problems


def is_page_source(content: str, name: str) -> bool:
    """Tell an HTML page by its head, or by the suffix of the name it came under."""
    is_named = PurePosixPath(name).suffix.lower() in _PAGE_SUFFIXES
    return is_named or content[:200].lstrip().lower().startswith(_PAGE_HEADS)


def resolve_path(path: str, folder: Path | None) -> Path | None:
    """Give the file that a path names inside the folder; None for a path that is absolute, climbs out or leads out."""
    parts = (PurePosixPath(path), PureWindowsPath(path))
    if folder is None or not path or "\0" in path or any(p.anchor or ".." in p.parts for p in parts):
        return None
    try:
        base = folder.resolve()
        file = (base / path).resolve()
    except (OSError, RuntimeError):  # a loop of links
        return None
    return file if file.is_relative_to(base) and not file.is_dir() else None


def _where(document: Document) -> str | None:
    return document.id or document.path or document.url


def _too_large(document: Document) -> Problem:
    message = f"the document is larger than {SIZE_LIMIT // 1_000_000} MB"
    return _problem("documents.size", message, document, "split it, or give the article alone")


def _problem(code: str, message: str, document: Document, remedy: str, severity: str = "error") -> Problem:
    return Problem(
        code, message, "warning" if severity == "warning" else "error", _where(document), remedy=remedy
    )
