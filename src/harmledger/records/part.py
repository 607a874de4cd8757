"""A file as it reached us, and a document found in one."""

from dataclasses import dataclass

from harmledger.records.document import Document


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it reached us: its name, SHA-256 and size in bytes. `received` is UTC, ISO 8601."""

    name: str
    digest: str
    size: int
    received: str


@dataclass(frozen=True, slots=True)
class Extractor:
    """What took a working text out of bytes that are not plain text: name, version, SHA-256 of its output."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One document found in a received file.

    `locator` says where in the file it stands, in words a person can follow ("line 12", "a/b.eml", "message 3",
    "sheet Reports, row 5", nested parts joined with " › "); None where the file is the document. `data` are the
    document's own received bytes; `digest` is their SHA-256. `address` names the document across versions: its URL, its message
    id, its channel and number, the caller's id; None where it has none. `document` carries what is known of it,
    its working text under `text` (html and path are None), `published` filled in where the bytes tell it.
    `is_retraction` marks a notice that the document at `address` was withdrawn by its publisher.
    """

    locator: str | None
    data: bytes
    digest: str
    address: str | None
    document: Document
    extractor: Extractor | None = None
    published_source: str | None = None
    is_retraction: bool = False
