"""Mail: one message, its text and its attachments."""

import email.errors
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from typing import Any, Final

from harmledger.documents.encoding import decode_bytes
from harmledger.documents.page import extract_page
from harmledger.documents.parts.limits import SIZE_LIMIT
from harmledger.documents.parts.markup import flatten_markup
from harmledger.documents.parts.source import Hints, Outcome, Source, clean_label, make_part
from harmledger.records.document import Document
from harmledger.records.part import Extractor
from harmledger.records.problem import Problem

_PART_LIMIT: Final = 2_000
_EFFORT_LIMIT: Final = 30_000_000
_BOUNDARY: Final = re.compile(rb"boundary", re.I)
_ADDRESS: Final = re.compile(r"<\s*([^<>\s]{3,500})\s*>")
_LIST: Final = re.compile(r'\s*"?([^"<]*?)"?\s*<[^>]*>')
_BLANK: Final = re.compile(rb"\r?\n\r?\n")
_FLOW_MARK: Final = re.compile(r"^ ?(.*?)\r?$", re.M)


@dataclass(slots=True)
class _Body:
    """What a message holds: its own words, as plain text or HTML, and what is attached."""

    plain: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    parts: int = 0


def open_mail(source: Source) -> Iterator[Outcome]:
    """Give the document of a message, then those of its attachments."""
    data = source.read_all()
    if data is None:
        yield source.report_size(SIZE_LIMIT, "save its attachments by themselves")
        return
    message, body, reason = _take_apart(source, data)
    if message is None or body is None:
        yield source.report("mail", reason, "save the message's text by itself")
        return
    address = _find_address(message)
    yield _make_message(source, data, message, body, address)
    for number, attachment in enumerate(body.attached, 1):
        yield from _open_attachment(source, attachment, number, address)


def _take_apart(source: Source, data: bytes) -> tuple[Message | None, _Body | None, str]:
    # The parser holds every line against every boundary that is open; a hostile message opens thousands.
    if data.count(b"\n") * len(_BOUNDARY.findall(data)) > _EFFORT_LIMIT:
        return None, None, "is a message of too many parts inside parts"
    body = _Body()
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        _gather(source, message, body)
    except RecursionError:
        return None, None, "is a message of too many parts inside parts"
    except (
        email.errors.MessageError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        AssertionError,
    ) as error:
        return None, None, f"is a message that cannot be taken apart ({type(error).__name__})"
    return message, body, ""


def _gather(source: Source, part: Message, body: _Body) -> None:
    """Sort what a message holds into its own words and attachments; of alternatives the plain one is taken."""
    body.parts += 1
    if body.parts > _PART_LIMIT:
        raise RecursionError
    media = part.get_content_type()
    if part.is_multipart() and media != "message/rfc822":
        inner = _list_payload(part)
        if media == "multipart/alternative":
            plain = [one for one in inner if one.get_content_type() == "text/plain"]
            inner = [one for one in inner if one not in plain] if not _has_words(plain) else plain
        for one in inner:
            _gather(source, one, body)
    elif (
        media.startswith("message/") or part.get_content_disposition() == "attachment" or part.get_filename()
    ):
        body.attached.append(part)
    elif media in ("text/plain", "text/html"):
        text, problems = _decode(source, part)
        body.problems += problems
        if text is not None and text.strip():
            (body.plain if media == "text/plain" else body.markup).append(text)
    elif not media.startswith(("multipart/", "image/")) and part.get_payload():
        body.attached.append(part)


def _list_payload(part: Message) -> list[Message]:
    payload: Any = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _has_words(parts: list[Message]) -> bool:
    return any(_read_payload(part).strip() for part in parts)


def _read_payload(part: Message) -> bytes:
    payload: Any = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decode(source: Source, part: Message) -> tuple[str | None, tuple[Problem, ...]]:
    charset = _read_parameter(part, "charset")
    text, problems = decode_bytes(_read_payload(part), source.point(), charset)
    if text is not None:
        text = text.replace("\r\n", "\n")
        if _read_parameter(part, "format") == "flowed":
            text = _unfold(text, _read_parameter(part, "delsp") == "yes")
    declared = (charset or "").lower() not in ("", "utf-8")
    if declared:  # a mail names its charset as a matter of course
        problems = tuple(one for one in problems if one.severity != "note")
    return text, problems


def _read_parameter(part: Message, name: str) -> str | None:
    value: Any = part.get_param(name)
    if isinstance(value, tuple):  # RFC 2231: charset, language, value
        value = value[2]
    return value.strip().lower() if isinstance(value, str) else None


def _unfold(text: str, drops_space: bool) -> str:
    """Join lines that RFC 3676 marks as one paragraph by a space at their end."""
    paragraphs: list[str] = []
    is_open = False
    for raw in text.split("\n"):
        line = raw.removeprefix(" ")
        if is_open:
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
        is_open = line.endswith(" ") and line != "-- "
        if is_open and drops_space:
            paragraphs[-1] = paragraphs[-1][:-1]
    return "\n".join(paragraphs)


def _make_message(source: Source, data: bytes, message: Message, body: _Body, address: str | None) -> Outcome:
    extractor: Extractor | None = None
    title, published, url = _read_header(message, "Subject"), _read_date(message), None
    text = "\n\n".join(body.plain)
    if not text and body.markup:
        source_text = "\n".join(body.markup)
        saved = _read_header(message, "Snapshot-Content-Location")
        if saved:  # a page that a browser saved, in the form of a mail
            page, problems = extract_page(source_text, source.point())
            if page is None:
                return None, body.problems + problems
            text, extractor, title, published = page.text, page.extractor, page.title, page.published
            url = address = page.address or saved
        else:
            text, extractor = flatten_markup(source_text)
    if not text.strip() and body.attached:
        note = source.report("empty", "is a message without words of its own", None, severity="note")[1]
        return None, body.problems + note
    document = Document(
        text=text, title=title, url=url, publisher=_find_publisher(message), published=published
    )
    own = _own_bytes(data, text) if body.attached else data
    return make_part(
        source, own, document,
        address=address,
        extractor=extractor,
        published_source="file" if published else None,
        problems=body.problems,
    )  # fmt: skip


def _own_bytes(data: bytes, text: str) -> bytes:
    """Give the bytes of a message without its attachments: its header as it came, and its words in UTF-8.

    Attachments are documents of their own: who erases one must not find it again in its message.
    """
    found = _BLANK.search(data)
    header = data[: found.end()] if found else b""
    return header + text.encode("utf-8", "replace")


def _open_attachment(source: Source, part: Message, number: int, address: str | None) -> Iterator[Outcome]:
    from harmledger.documents.parts.opening import open_source

    name = _read_words(part.get_filename()) or f"attachment {number}"
    inner: list[Message] = _list_payload(part)
    if part.get_content_type() == "message/rfc822" and inner:
        data = inner[0].as_bytes()
        name, hints = name if name.endswith(".eml") else f"{name}.eml", Hints()
    else:
        data = _read_payload(part)
        hints = Hints(
            address=f"{address}/{clean_label(name)}" if address else None,
            media=part.get_content_type(),
            charset=_read_parameter(part, "charset"),
        )
    step = f"attachment {clean_label(name)}"
    yield from open_source(source.enter(step, data, name, len(data), hints=hints))


def _find_address(message: Message) -> str | None:
    """Give the message's id as RFC 2392 writes it: mid:id."""
    found = _ADDRESS.search(str(message.get("Message-ID", "")))
    return f"mid:{found[1]}" if found else None


def _find_publisher(message: Message) -> str | None:
    """Give the name of the list or organisation that sent a message; a person's name is no publisher."""
    listed = _LIST.match(_read_header(message, "List-Id") or "")
    return (listed[1].strip() if listed else "") or _read_header(message, "Organization")


def _read_header(message: Message, name: str) -> str | None:
    return _read_words(message.get(name))


def _read_words(value: Any) -> str | None:
    """Give a header's words, however it is encoded; a broken encoding leaves them as they stand."""
    if value is None:
        return None
    raw = str(value)
    try:
        words = str(make_header(decode_header(raw)))
    except (email.errors.MessageError, ValueError, LookupError, AttributeError):
        words = raw
    words = words.encode("utf-8", "replace").decode("utf-8")
    return " ".join(words.split())[:1000] or None


def _read_date(message: Message) -> str | None:
    """Give the time at which a message was written, with its zone; "-0000" means UTC (RFC 5322)."""
    try:
        moment = parsedate_to_datetime(str(message.get("Date", "")))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
