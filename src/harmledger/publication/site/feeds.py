"""Atom feeds (RFC 4287) of the record and of each of its areas; a date in them is that of a report, never of a clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from harmledger.publication.site.frame import Frame
from harmledger.publication.site.ledger import make_row
from harmledger.publication.templating import clean_controls
from harmledger.publication.view.entry import Entry
from harmledger.records.document import Document
from harmledger.records.incident import Incident

FOLDER: Final = "feeds"
ALL: Final = "all"
MOST: Final = 100
"""Entries of a feed: those told of last."""
_OUTSIDE_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its file, the area it is of (None for everything), and its text."""

    path: str
    area: str | None
    text: str


def find_moment(incident: Incident, documents: Iterable[Document]) -> str | None:
    """Give when an incident was last told of, by its reports: RFC 3339 in UTC; None where nothing tells."""
    told = [document.published or document.received for document in documents]
    told += [account.first_published for account in incident.accounts]
    moments = [moment for moment in map(_read_moment, told) if moment is not None]
    return max(moments).strftime("%Y-%m-%dT%H:%M:%SZ") if moments else None


def _read_moment(text: str | None) -> datetime | None:
    try:
        if not text:
            return None
        if len(text) <= len("2019-07-22"):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def compose_feeds(entries: Sequence[Entry], moments: Mapping[str, str], frame: Frame) -> tuple[Feed, ...]:
    """Compose the feed of everything and one for each province, by name. What no report dates is in none of them."""
    told = sorted((entry for entry in entries if entry.id in moments), key=lambda e: (moments[e.id], e.id))
    told.reverse()
    by_area: dict[str, list[Entry]] = {}
    for entry in told:
        if entry.place is not None and entry.place.admin1:
            by_area.setdefault(entry.place.admin1, []).append(entry)
    feeds = [_compose(ALL, None, told, moments, frame)] if told else []
    taken = {ALL}
    for area, found in sorted(by_area.items()):
        slug = _name_file(area, taken)
        taken.add(slug)
        feeds.append(_compose(slug, area, found, moments, frame))
    return tuple(feeds)


def _name_file(area: str, taken: set[str]) -> str:
    from anyascii import anyascii

    base = re.sub(r"[^a-z0-9]+", "-", anyascii(area).lower()).strip("-")[:60] or "area"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _compose(
    slug: str, area: str | None, entries: Sequence[Entry], moments: Mapping[str, str], frame: Frame
) -> Feed:
    site = frame.words.tables["site"]
    title = frame.name if area is None else f"{frame.name}: {area}"
    if frame.is_internal:
        title = f"{site['internal']}: {title}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(frame.words.language)}>',
        f"<id>urn:harmledger:feed:{slug}</id>",
        f"<title>{_write(title)}</title>",
        f"<updated>{moments[entries[0].id]}</updated>",
        '<link rel="alternate" type="text/html" href="../index.html"/>',
        f'<link rel="self" type="application/atom+xml" href="{slug}.xml"/>',
        f"<author><name>{_write(frame.name)}</name></author>",
        f"<rights>{_write(site['credits'])}</rights>",
    ]
    lines += [_compose_entry(entry, moments[entry.id], frame) for entry in entries[:MOST]]
    return Feed(f"{FOLDER}/{slug}.xml", area, "\n".join([*lines, "</feed>"]) + "\n")


def _compose_entry(entry: Entry, moment: str, frame: Frame) -> str:
    words = frame.words
    row = make_row(entry, words)
    figures = [
        f"{told.label}: {told.text}" for told in (entry.killed, entry.injured) if told and told.has_total
    ]
    summary = " · ".join(
        part for part in (*figures, row.told, row.grade, words.label("status", entry.status)) if part
    )
    return (
        f"<entry><id>urn:harmledger:incident:{_write(entry.stem)}</id><title>{_write(entry.heading)}</title>"
        f"<updated>{moment}</updated>"
        f'<link rel="alternate" type="text/html" href="../{_write(entry.href)}"/>'
        f"<summary>{_write(summary)}</summary></entry>"
    )


def _write(text: str) -> str:
    return escape(_OUTSIDE_XML.sub("\ufffd", clean_controls(text)))
