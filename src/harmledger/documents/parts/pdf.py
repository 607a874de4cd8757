"""PDF: the text of its pages. What it says of itself is kept as a hint and decides nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from harmledger.documents.parts.isolation import Lost, ask
from harmledger.documents.parts.limits import PAGES_LIMIT, SIZE_LIMIT
from harmledger.documents.parts.paragraphs import Line, join_pages
from harmledger.documents.parts.source import Outcome, Source, make_part
from harmledger.records.document import Document
from harmledger.records.identity import digest_bytes
from harmledger.records.part import Extractor
from harmledger.records.problem import Problem

_CREATED: Final = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_GIVE_TEXT: Final = "give the text, or a page in HTML, from where it was published"
_LETTERS: Final = re.compile(r"\w+")


@dataclass(slots=True)
class _Pages:
    """What the pages of one PDF gave."""

    count: int = 0
    title: str | None = None
    created: str | None = None
    lines: list[list[Line]] = field(default_factory=list)
    blank: int = 0
    broken: int = 0
    cut: int | None = None
    failure: str | None = None
    is_locked: bool = False


def open_pdf(source: Source) -> Iterator[Outcome]:
    """Give the one document of a PDF: its text, page after page."""
    data = source.read_all(SIZE_LIMIT)
    if data is None:
        yield source.report_size(SIZE_LIMIT)
        return
    try:
        pages = _gather(ask("pdf", data))
    except Lost as lost:
        yield source.report("pdf", f"is a PDF that cannot be read: {lost}", _GIVE_TEXT)
        return
    if pages.is_locked:
        yield source.report("locked", "is a PDF locked with a password", "give the file without its password")
    elif pages.failure or not pages.count:
        yield source.report(
            "pdf", "is a PDF that is damaged or cut short", f"get the file anew, or {_GIVE_TEXT}"
        )
    elif not any(pages.lines):
        yield source.report(
            "scan",
            "is a PDF without text: a scan, or pictures of pages",
            "run it through OCR (ocrmypdf), and add the result",
        )
    else:
        yield _make_document(source, data, pages)


def _gather(answers: Iterator[dict[str, Any]]) -> _Pages:
    pages = _Pages()
    for answer in answers:
        if "pages" in answer:
            pages.count, pages.title, pages.created = answer["pages"], answer["title"], answer["created"]
        elif "lines" in answer:
            pages.lines.append([Line(*line) for line in answer["lines"]])
            pages.blank += not answer["lines"] and answer["objects"] > 0
        elif "broken" in answer:
            pages.broken += 1
        pages.cut = answer.get("cut", pages.cut)
        pages.is_locked |= "locked" in answer
        pages.failure = answer.get("error", pages.failure)
    if pages.count > PAGES_LIMIT:
        pages.cut = pages.cut or PAGES_LIMIT
    return pages


@cache
def _find_version() -> str:
    """Give the version of the parser; asking the package's metadata takes a millisecond."""
    return version("pypdfium2")


def _make_document(source: Source, data: bytes, pages: _Pages) -> Outcome:
    text = join_pages(pages.lines)
    hints = {"pdf_title": pages.title, "pdf_created": _read_created(pages.created)}
    document = Document(
        text=text,
        title=_confirm_title(pages.title, text),
        extra={name: value for name, value in hints.items() if value},
    )
    extractor = Extractor("pypdfium2", _find_version(), digest_bytes(text.encode("utf-8", "replace")))
    return make_part(source, data, document, extractor=extractor, problems=tuple(_tell_gaps(source, pages)))


def _tell_gaps(source: Source, pages: _Pages) -> Iterator[Problem]:
    where = source.point()
    if pages.cut:
        message = f"only the first {pages.cut:,} of {pages.count:,} pages are read"
        yield Problem("documents.pdf", message, "warning", where, remedy="split the file and add its parts")
    if pages.blank:
        message = f"{pages.blank} of {pages.count} pages are pictures without text"
        yield Problem(
            "documents.scan", message, "warning", where, remedy="run the file through OCR (ocrmypdf)"
        )
    if pages.broken:
        message = f"{pages.broken} of {pages.count} pages are damaged and are not read"
        yield Problem("documents.pdf", message, "warning", where, remedy="get the file anew")


def _confirm_title(title: str | None, text: str) -> str | None:
    """Give the title that a PDF declares where its text opens with it; programs fill in anything there."""
    words = _LETTERS.findall((title or "").lower())
    return (
        title
        if words and words == _LETTERS.findall(text[: 3 * len(title or "") + 400].lower())[: len(words)]
        else None
    )


def _read_created(created: str | None) -> str | None:
    found = _CREATED.match(created or "")
    return "-".join(filter(None, found.groups())) if found else None
