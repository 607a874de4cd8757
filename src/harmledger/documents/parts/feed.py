"""Feeds: the entries of an RSS or Atom file, and Atom's notices of withdrawal."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from harmledger.documents.parts.limits import FEED_LIMIT
from harmledger.documents.parts.markup import flatten_markup, is_markup
from harmledger.documents.parts.source import Outcome, Source, make_part
from harmledger.records.document import Document
from harmledger.records.part import Extractor

_ENTITY: Final = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T|\0<\0!\0E\0N\0T", re.I)
_TOMBSTONES: Final = b"deleted-entry"
_TOMBSTONE: Final = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_COMMENT: Final = "{http://purl.org/atompub/tombstones/1.0}comment"


def open_feed(source: Source) -> Iterator[Outcome]:
    """Give the document of each entry that has words, then the notices of withdrawn ones (RFC 6721)."""
    data = source.read_all(FEED_LIMIT)
    if data is None:
        yield source.report_size(FEED_LIMIT)
        return
    if _ENTITY.search(data):
        message = "is a feed that declares entities of its own, which feeds of reports do not"
        yield source.report("feed", message, "get the feed from its publisher anew")
        return
    import feedparser  # 0.1 s to import; only feeds need it

    try:
        # A file object: handed a string, feedparser would take it for an address and fetch it.
        feed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # a hostile feed may raise anything in the parser; it costs one file
        yield source.report(
            "feed", f"is a feed that cannot be taken apart ({type(error).__name__})", "get it anew"
        )
        return
    if feed.bozo and not feed.entries:
        yield source.report(
            "feed", "is no feed that can be read", "get it anew, or give the articles as pages"
        )
        return
    if feed.bozo:
        yield source.report(
            "feed", "is damaged; entries may be missing or wrong", "get it anew", severity="warning"
        )
    publisher = _read_words(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        yield _open_entry(source, entry, number, publisher)
    if _TOMBSTONES in data:
        yield from _open_tombstones(source, data)
    elif not feed.entries:
        yield source.report("empty", "is a feed without entries", None, severity="note")


def _open_entry(source: Source, entry: Any, number: int, publisher: str | None) -> Outcome:
    step = f"entry {number}"
    title = _read_words(entry.get("title"))
    content = max(
        (one.get("value") or "" for one in (*entry.get("content", ()), {"value": entry.get("summary")})),
        key=len,
    )
    text, extractor = _flatten(content)
    if not text.strip():
        return source.report("empty", "is an entry without words", "give the article as a page", step)
    published = _read_date(entry.get("published")) or _read_date(entry.get("updated"))
    link, identity = entry.get("link") or None, entry.get("id") or None
    origin = entry.get("source") or {}
    document = Document(
        text=text,
        title=title,
        url=link,
        publisher=_read_words(origin.get("title")) or publisher,
        published=published,
    )
    # An entry has no bytes that stand by themselves: its namespaces and defaults are declared outside it.
    own = {
        "id": identity,
        "link": link,
        "title": entry.get("title"),
        "published": published,
        "content": content,
    }
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
