"""A report as it reached us."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import FORMAT, DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report: one line of documents.jsonl. Exactly one of `text`, `html` and `path` is given."""

    id: str | None = meant("the caller's id; default: SHA-256 of the received bytes", None)
    text: str | None = meant("plain text; offsets count its code points exactly as given", None)
    html: str | None = meant("an HTML page; offsets count the extracted text", None)
    path: str | None = meant("a file beside the JSON lines file, read in place of text or html", None)
    title: str | None = meant("headline, where it is not part of the text", None)
    url: str | None = meant("address the report was published at", None)
    publisher: str | None = meant("name of the outlet or body that published it", None)
    language: str | None = meant("BCP 47 tag; detected when absent", None)
    published: str | None = meant(
        "date or date-time of publication; without it relative dates stay unresolved, unless the text has a dateline",
        None,
    )
    received: str | None = meant("date-time at which the report reached us", None)
    digest: str | None = meant("SHA-256 of the received bytes, in hexadecimal", None)
    supersedes: str | None = meant("id of the earlier version: same address, changed bytes", None)
    retracted: bool | None = meant("true when its publisher withdrew it", None)
    kind: DocumentKind | None = meant("what kind of body wrote it", None)
    format: int = meant("number of this format", FORMAT)
    made_by: str | None = meant("program version and gazetteer digests, on written lines", None)
    extra: Mapping[str, Any] = meant(
        "fields of the input line that this format does not know", default_factory=dict
    )
