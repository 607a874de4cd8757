"""Web archives (WARC): the pages, texts and PDFs that a crawl received."""

import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from typing import Any, Final

from warcio.exceptions import ArchiveLoadFailed

from harmledger.documents.parts.limits import SIZE_LIMIT
from harmledger.documents.parts.records import Damaged, RecordIterator, is_cut
from harmledger.documents.parts.source import Budget, Hints, Outcome, Source, clean_label
from harmledger.documents.parts.unpacking import Suspicious, unpack

_BROKEN: Final = (
    ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError, TypeError, IndexError,
)  # fmt: skip
_READ: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def open_warc(source: Source) -> Iterator[Outcome]:
    """Give the documents of the responses that hold a page, a text or a PDF; what else there is, is counted."""
    source.handle.seek(0)
    passed: Counter[str] = Counter()
    number = 0
    records = RecordIterator(source.handle, source.size)
    try:
        for number, record in enumerate(records, 1):
            reason = _pass_over(record)
            if reason is None:
                yield from _open_record(source, record, number)
            else:
                passed[reason] += 1
    except _BROKEN as error:
        reason = str(error) if isinstance(error, Damaged) else type(error).__name__
        message = f"is a web archive that is damaged or cut short after record {number}: {reason}"
        yield source.report("warc", message, "get the file anew; what came before is read")
    if records.err_count:
        message = f"{records.err_count} records are longer than they say, and may be wrong"
        yield source.report("warc", message, "get the file anew", severity="warning")
    if passed:
        counts = ", ".join(f"{count} {reason}" for reason, count in sorted(passed.items()))
        yield source.report("warc", f"passed over: {counts}", None, severity="note")
    elif not number:
        yield source.report("empty", "is a web archive without a record", "check that it was saved in full")


def _pass_over(record: Any) -> str | None:
    """Say what a record is that holds no report; None for one that is opened."""
    if record.rec_type not in ("response", "resource"):
        return f"of type {clean_label(str(record.rec_type))[:20]}"
    if record.rec_type == "response":
        status = str(record.http_headers.get_statuscode() or "") if record.http_headers else ""
        if record.http_headers is not None and status != "200":
            return f"answers {clean_label(status)[:3]}"
    media, _ = _read_media(record)
    return None if media in _READ else "of another media type"


def _read_media(record: Any) -> tuple[str, str | None]:
    """Give the media type and charset that a record's server named."""
    headers = record.http_headers or record.rec_headers
    message = Message()
    message["Content-Type"] = str(headers.get_header("Content-Type") or "")[:500]
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None


def _open_record(source: Source, record: Any, number: int) -> Iterator[Outcome]:
    from harmledger.documents.parts.opening import open_source

    step = f"record {number}"
    media, charset = _read_media(record)
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None
    hints = Hints(address=url, url=url, received=_read_date(record), media=media, charset=charset)
    try:
        # A budget of its own: crawls hold more than other files may unpack, and the reader bounds the whole.
        handle, size = unpack(record.content_stream(), source.size, Budget(), SIZE_LIMIT)
    except Suspicious as error:
        yield source.report("warc", f"is not read: {error}", "give the page by itself", step)
        return
    if is_cut(record):
        handle.close()
        yield source.report("warc", "is cut short", "get the file anew", step)
        return
    with handle:
        name = {"text/plain": "page.txt", "application/pdf": "page.pdf"}.get(media, "page.html")
        yield from open_source(source.enter(step, handle, name, size, hints=hints))


def _read_date(record: Any) -> str | None:
    """Give the time at which the crawl received a record."""
    value = str(record.rec_headers.get_header("WARC-Date") or "")
    return value if _DATE.fullmatch(value) else None
