"""Feeds: the entries of an RSS or Atom file, and Atom's notices of withdrawal."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from harmledger.documents.parts.isolation import Lost, ask
from harmledger.documents.parts.limits import FEED_LIMIT
from harmledger.documents.parts.markup import flatten_markup, is_markup
from harmledger.documents.parts.source import Outcome, Source, make_part
from harmledger.records.document import Document
from harmledger.records.part import Extractor

_ENTITY: Final = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T|\0<\0!\0E\0N\0T", re.I)
_TOMBSTONES: Final = b"deleted-entry"
_TOMBSTONE: Final = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_GET_ANEW: Final = "get the feed anew, or give its articles as pages"
_COMMENT: Final = "{http://purl.org/atompub/tombstones/1.0}comment"


def open_feed(source: Source) -> Iterator[Outcome]:
    """Give the document of each entry that has words, then the notices of withdrawn ones (RFC 6721)."""
    data = source.read_all(FEED_LIMIT)
    if data is None:
        yield source.report_size(FEED_LIMIT)
        return
    if _ENTITY.search(data):
        message = "is a feed that declares entities of its own, which feeds of reports do not"
        yield source.report("feed", message, _GET_ANEW)
        return
    answers = ask("feed", data)
    number, publisher, is_damaged = 0, None, False
    try:
        for answer in answers:
            if "damaged" in answer:
                publisher, is_damaged = _read_words(answer["title"]), answer["damaged"]
            elif "error" in answer:
                is_damaged = True
            else:
                number += 1
                yield _open_entry(source, answer, number, publisher)
    except Lost as lost:
        yield source.report("feed", f"is a feed that cannot be read further: {lost}", _GET_ANEW)
        return
    if is_damaged:
        message = "is damaged; entries may be missing or wrong" if number else "is no feed that can be read"
        yield source.report("feed", message, _GET_ANEW, severity="warning" if number else "error")
    if _TOMBSTONES in data:
        yield from _open_tombstones(source, data)
    elif not number and not is_damaged:
        yield source.report("empty", "is a feed without entries", None, severity="note")


def _open_entry(source: Source, entry: dict[str, Any], number: int, publisher: str | None) -> Outcome:
    step = f"entry {number}"
    content, link, identity = entry["content"], entry["link"], entry["id"]
    text, extractor = _flatten(content)
    if not text.strip():
        return source.report("empty", "is an entry without words", "give the article as a page", step)
    published = _read_date(entry["published"]) or _read_date(entry["updated"])
    document = Document(
        text=text,
        title=_read_words(entry["title"]),
        url=link,
        publisher=_read_words(entry["origin"]) or publisher,
        published=published,
    )
    # An entry has no bytes that stand by themselves: its namespaces and defaults are declared outside it.
    own = {"id": identity, "link": link, "title": entry["title"], "published": published, "content": content}
    return make_part(
        source,
        msgspec.json.encode({name: value for name, value in own.items() if value}),
        document,
        step,
        address=_name_entry(identity or link),
        extractor=extractor,
        published_source="file" if published else None,
    )


def _name_entry(identity: str | None) -> str | None:
    """Give an entry's address, which is not its link: a feed's summary is no version of the page it leads to."""
    return f"entry:{identity}" if identity else None


def _flatten(content: str) -> tuple[str, Extractor | None]:
    return flatten_markup(content) if is_markup(content) else (content, None)


def _read_words(value: Any) -> str | None:
    """Give a title in plain words; feeds put markup and entities there too."""
    text = _flatten(value)[0] if isinstance(value, str) else ""
    return " ".join(text.split())[:1000] or None


def _read_date(value: Any) -> str | None:
    """Give a date of Atom (ISO 8601) or RSS (RFC 822) in ISO 8601, its zone kept; None for anything else."""
    if not isinstance(value, str):
        return None
    from email.utils import parsedate_to_datetime

    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment.isoformat().replace("+00:00", "Z")
    return None


def _open_tombstones(source: Source, data: bytes) -> Iterator[Outcome]:
    """Give the notices of entries that the publisher withdrew."""
    from lxml import etree  # type: ignore[import-untyped, unused-ignore]

    try:
        events = etree.iterparse(
            io.BytesIO(data), tag=_TOMBSTONE, resolve_entities=False, no_network=True, load_dtd=False
        )
        for number, (_, element) in enumerate(events, 1):
            reference, when = element.get("ref"), _read_date(element.get("when"))
            step = f"withdrawal {number}"
            if not reference:
                yield source.report(
                    "feed", "is a withdrawal of nothing: it names no entry", None, step, severity="warning"
                )
                continue
            comment = element.findtext(_COMMENT) or ""
            own = {"withdrawn": reference, "when": when, "comment": comment}
            document = Document(text=comment, published=when)
            yield make_part(
                source, msgspec.json.encode(own), document, step,
                address=_name_entry(reference), published_source="file" if when else None, is_retraction=True,
            )  # fmt: skip
    except (etree.LxmlError, ValueError) as error:
        yield source.report(
            "feed", f"its notices of withdrawal cannot be read ({type(error).__name__})", "get it anew"
        )
