"""Entries of a feed, read by feedparser. Runs in a process of its own: a hostile feed can keep it busy for hours."""

import io
from collections.abc import Iterator
from typing import Any, Final

import feedparser

_FIELDS: Final = ("title", "id", "link", "published", "updated")


def read_entries(data: bytes) -> Iterator[dict[str, Any]]:
    """Give `{"title": …, "damaged": …}`, then for each entry its fields, all strings or null.

    `content` is the longest of its full texts and its summary, `origin` the title of the feed it was taken from.
    """
    # A file object: handed a string, feedparser would take it for an address and fetch it.
    feed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    yield {"title": _get(feed.feed, "title"), "damaged": bool(feed.bozo)}
    for entry in feed.entries:
        contents = [_get(one, "value") or "" for one in entry.get("content", ())]
        origin = entry.get("source")
        yield {
            **{name: _get(entry, name) for name in _FIELDS},
            "content": max((*contents, _get(entry, "summary") or ""), key=len),
            "origin": _get(origin, "title") if origin else None,
        }


def _get(found: Any, name: str) -> str | None:
    value = dict.get(found, name)  # feedparser's own `get` puts one field in place of another
    return value if isinstance(value, str) and value else None
