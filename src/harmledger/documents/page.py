"""Pages: the article inside an HTML page, and what the page says of itself. Nothing is run or fetched."""

from dataclasses import dataclass
from typing import Any, Final

from harmledger.documents.text import Extractor
from harmledger.records.identity import digest_bytes
from harmledger.records.problem import Problem

PAGE_LIMIT: Final = 10_000_000
"""The largest page taken apart, in code points of its source; parsing costs about a second for 1 MB at worst."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page, its title, and the publication time that its metadata gives (ISO 8601)."""

    text: str
    title: str | None
    published: str | None
    extractor: Extractor


def extract_page(source: str, where: str | None = None) -> tuple[Page | None, tuple[Problem, ...]]:
    """Take the article out of a page with trafilatura, as precisely as it can.

    A page without an article, or one that the parser gives up on, is None and a Problem.
    """
    if len(source) > PAGE_LIMIT:
        return None, (
            _problem("documents.size", f"the page is larger than {PAGE_LIMIT // 1_000_000} MB", where),
        )
    import trafilatura  # 0.4 s to import; only pages need it

    try:
        found: Any = trafilatura.bare_extraction(
            source.replace("\0", ""), fast=True, favor_precision=True, include_comments=False
        )
    except Exception as error:  # a hostile page may raise anything in the parser; it costs one document
        message = f"the page could not be taken apart: {type(error).__name__}"
        return None, (_problem("documents.page", message, where),)
    text = (found.text or "") if found is not None else ""
    if not text.strip():
        return None, (_problem("documents.page", "no article was found in the page", where),)
    extractor = Extractor(
        "trafilatura", trafilatura.__version__, digest_bytes(text.encode("utf-8", "replace"))
    )
    return Page(text, found.title or None, None, extractor), ()


def _problem(code: str, message: str, where: str | None) -> Problem:
    return Problem(code, message, "error", where, remedy="give the article's text in place of the page")
