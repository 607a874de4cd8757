"""Publication time: given with the document, or plainly stated by it. Never a guess."""

from harmledger.documents.text import PublishedSource
from harmledger.records.document import Document
from harmledger.records.problem import Problem


def find_publication(
    document: Document, reading: str, of_page: str | None
) -> tuple[str | None, PublishedSource | None, tuple[Problem, ...]]:
    """Give the publication time (ISO 8601), where it stands, and a note where there is none."""
    if document.published:
        return document.published, "given", ()
    if of_page:
        return of_page, "file", ()
    message = "nothing tells when this was published; relative dates stay unresolved"
    remedy = 'give "published", a date or date-time'
    return None, None, (Problem("documents.publication", message, "note", document.id, remedy=remedy),)
