"""JSON lines: one document a line, as docs/formats.md has them."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Final, get_args

import msgspec

from harmledger.documents.intake import Intake, take_bytes, take_in
from harmledger.documents.json_lines import LINE_LIMIT, LineError, decode_row, set_unknown_aside, split_lines
from harmledger.documents.page import extract_page
from harmledger.documents.parts.source import Outcome, Source, make_part
from harmledger.records.document import Document
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import DocumentKind

_KNOWN: Final = frozenset(field.name for field in fields(Document))
_UNKNOWN_KIND: Final = re.compile(r"enum value .*`\$\.kind`", re.DOTALL)


def open_lines(source: Source) -> Iterator[Outcome]:
    """Give the document of each line; a line that is none is a problem with its number."""
    found = 0
    source.handle.seek(0)
    for line in split_lines(source.handle):
        if not line.is_whole:
            yield source.report(
                "line-too-long", f"a line is longer than {LINE_LIMIT // 1024 // 1024} MiB and was skipped",
                "put long texts in files of their own and name them with `path`", f"line {line.number}",
            )  # fmt: skip
        elif line.data.strip():
            found += 1
            yield _open_line(source, line.number, line.data)
    if not found:
        yield source.report("empty", "holds only blank lines", "check that the step that wrote it finished")


def _open_line(source: Source, number: int, line: bytes) -> Outcome:
    step = f"line {number}"
    try:
        document = _decode(line, source.arrival)
    except LineError as error:
        remedy = "mend the line; `harmledger schema documents` prints what it may hold"
        return source.report("broken-line", f"a line is no document: {error}", remedy, step)
    taken, problems = _take(source, document, step)
    if taken is None:
        return None, problems
    # A line that names a file is known by both: a changed file under an unchanged line is a new version.
    data = line if document.path is None else line + b"\n" + taken.data
    text, extractor, published, origin = taken.content, None, document.published, "given"
    title = document.title
    if taken.is_page:
        page, more = extract_page(taken.content, source.point(step))
        problems += more
        if page is None:
            return None, problems
        text, extractor, title = page.text, page.extractor, title or page.title
        if not published:
            published, origin = page.published, "file"
    if text is not document.text or published != document.published:
        document = replace(document, text=text, html=None, path=None, title=title, published=published)
    return make_part(
        source,
        data,
        document,
        step,
        address=f"id:{document.id}" if document.id else document.url,
        extractor=extractor,
        published_source=origin if published else None,
        problems=problems,
    )


def _decode(line: bytes, arrival: str) -> Document:
    """Read a line as a document, received at `arrival` where it says nothing else. Raises LineError."""
    row = set_unknown_aside(decode_row(line), _KNOWN)
    if row.get("received") is None:
        row = {**row, "received": arrival}
    try:
        document = msgspec.convert(row, Document)
    except (msgspec.ValidationError, ValueError) as error:
        terms = (
            f"; use one of: {', '.join(get_args(DocumentKind))}" if _UNKNOWN_KIND.search(str(error)) else ""
        )
        raise LineError(f"{error}{terms}") from error
    if document.id is not None and not document.id.strip():
        raise LineError("id is empty; leave it out to have the SHA-256 of the bytes")
    return document


def _take(source: Source, document: Document, step: str) -> tuple[Intake | None, tuple[Problem, ...]]:
    """Give what the line's text, html or path holds, its problems told by where the line stands."""
    if document.path is not None and source.beside is not None and document.text is document.html is None:
        data = source.beside(document.path)
        if data is None:
            message = f"the archive holds no file {document.path!r} beside this one"
            return None, source.report("path", message, "pack the file beside it", step)[1]
        taken, problems = take_bytes(data, document.path, document)
    else:
        taken, problems = take_in(document, source.folder)
    where = source.point(step)
    return taken, tuple(replace(problem, where=where) for problem in problems)
