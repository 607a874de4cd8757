"""Publication time: given with the document, or plainly stated by it. Never a guess."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from harmledger.documents.own_day import OwnDay, find_own_day
from harmledger.documents.stamps import FoundStamp
from harmledger.documents.text import PublishedSource
from harmledger.records.document import Document
from harmledger.records.problem import Problem

Found = tuple[str | None, PublishedSource | None, tuple[Problem, ...]]

_PATH_DATE: Final = re.compile(r"://[^/?#\s]+/(?:[^?#\s]*/)?((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?=/|$)")
_POST: Final = re.compile(
    r"://(?:www\.|mobile\.)?(?:twitter|x)\.com/[^/?#\s]+/status(?:es)?/(\d{16,20})(?!\d)"
)
_POST_EPOCH: Final = datetime(2010, 11, 4, 1, 42, 54, 657000, UTC)
_POST_CLOCK_SHIFT: Final = 22


def find_publication(
    document: Document, stamps: Sequence[FoundStamp], of_page: str | None, reading: str = ""
) -> Found:
    """Give the publication time (ISO 8601), where it stands, and a note where it is missing or uncertain.

    In order: given with the document; the page's metadata; a stamp of the text that dates it, of which only
    one day may be named outside the head; the document's address; the day that the report says it is written. A time of
    day is joined to the day where the stamps give one. A stamp without a year tells no day.
    """
    if document.published:
        return document.published, "given", ()
    if of_page:
        return of_page, "file", ()
    found = _choose_stamp(stamps)
    if found is not None:
        clock = found.clock or next((s.clock for s in stamps if s.clock and s.day in (None, found.day)), None)
        problems = () if found.is_ordered else (_note_order(document, found),)
        return f"{found.day}{clock or ''}", found.source, problems
    if document.url and (published := read_address(document.url)):
        return published, "address", ()
    own = find_own_day(reading, document.url or "", [stamp.day for stamp in stamps if stamp.day])
    if own is not None:
        return own.day, "dateline", (_note_year(document, own),) if own.is_inferred else ()
    message = "nothing tells when this was published; relative dates stay unresolved"
    remedy = 'give "published", a date or date-time'
    return None, None, (Problem("documents.publication", message, "note", document.id, remedy=remedy),)


def read_address(url: str) -> str | None:
    """Give the publication time that an address tells: /2016/05/30/ in its path, or the number of a post.

    Twitter's post numbers carry the millisecond of posting in all but their lowest 22 bits, counted from
    2010-11-04T01:42:54.657Z ("Announcing Snowflake", Twitter Engineering, 2010).
    """
    post = _POST.search(url)
    if post:
        moment = _POST_EPOCH + timedelta(milliseconds=int(post[1]) >> _POST_CLOCK_SHIFT)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    path = _PATH_DATE.search(url)
    if path is None:
        return None
    try:
        return date(int(path[1]), int(path[2]), int(path[3])).isoformat()
    except ValueError:
        return None


def _choose_stamp(stamps: Sequence[FoundStamp]) -> FoundStamp | None:
    """Give the first stamp of the head that has a day, else the one day that stamps elsewhere agree on."""
    dated = [stamp for stamp in stamps if stamp.day is not None]
    if not dated:
        return None
    if dated[0].is_head or len({stamp.day for stamp in dated}) == 1:
        return dated[0]
    return None


def _note_year(document: Document, own: OwnDay) -> Problem:
    message = f"the report names its day without a year; taken as {own.day}, by its weekday and the years that it names"
    return Problem("documents.year", message, "note", document.id, remedy='give "published"')


def _note_order(document: Document, stamp: FoundStamp) -> Problem:
    message = (
        f"the date in figures was read as {stamp.day}, by the language's custom; day and month may be swapped"
    )
    remedy = 'give "published", or a language with its region, such as en-US'
    return Problem("documents.date-order", message, "note", document.id, remedy=remedy)
