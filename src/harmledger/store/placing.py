"""A part as rows: its id, its sheet of metadata, its digests."""

import hashlib
import json
from collections.abc import Container
from typing import Any, Final

from harmledger.records.document import Document
from harmledger.records.identity import identify
from harmledger.records.part import Part

BOUND: Final = 1000
"""The longest id or address kept as it is, in bytes of UTF-8: an index of PostgreSQL holds no row over 2,700."""

_SHEET: Final = (
    "title",
    "url",
    "publisher",
    "language",
    "published",
    "received",
    "digest",
    "kind",
    "made_by",
)
_SHORT: Final = 12


def clean_text(text: str) -> str:
    """Put U+FFFD for what a database cannot hold, code point for code point: NUL, halves of surrogate pairs."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def bound_name(name: str) -> str:
    """Give a name of at most 1,000 bytes: a longer one is its beginning and the SHA-256 of the whole."""
    name = clean_text(name)
    data = name.encode()
    if len(data) <= BOUND:
        return name
    digest = hashlib.sha256(data).hexdigest()
    return f"{data[: BOUND - len(digest) - 1].decode(errors='ignore')}#{digest}"


def digest_text(text: str) -> str:
    """Give the SHA-256 of a working text, as it is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def choose_key(part: Part, taken: Container[str]) -> str:
    """Give the id of a new version: its caller's id, else the SHA-256 of its bytes; made longer where another
    version has it."""
    base = bound_name(part.document.id or part.digest)
    choices = (base, f"{base}@{part.digest[:_SHORT]}", f"{base}@{part.digest}")
    return next((key for key in choices if key not in taken), f"{part.digest}@{identify((base,))}")


def list_keys(part: Part) -> tuple[str, ...]:
    """Give the ids that a new version of the part might have."""
    base = bound_name(part.document.id or part.digest)
    return base, f"{base}@{part.digest[:_SHORT]}", f"{base}@{part.digest}"


def compose_sheet(document: Document) -> str:
    """Give a document's metadata as JSON: keys sorted, nulls left out, nothing but ASCII."""
    sheet: dict[str, Any] = {}
    for name in _SHEET:
        value = getattr(document, name)
        if value is not None:
            sheet[name] = clean_text(value)
    if document.extra:
        sheet["extra"] = document.extra
    return json.dumps(sheet, sort_keys=True)


def digest_content(text_digest: str, sheet: str, supersedes: str | None) -> str:
    """Give the digest of everything in a version that bears on reading or fusing it."""
    return identify((text_digest, sheet, supersedes))
