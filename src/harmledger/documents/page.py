"""Pages: the article inside an HTML page, and what the page says of itself. Nothing is run or fetched."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from harmledger.records.identity import digest_bytes
from harmledger.records.part import Extractor
from harmledger.records.problem import Problem

PAGE_LIMIT: Final = 10_000_000
"""The largest page taken apart, in code points of its source; parsing costs about a second for 1 MB at worst."""

TAG_LIMIT: Final = 200_000
"""The most tags of a page taken apart. Each costs the parser some 2 kB and 60 microseconds; articles have thousands."""

_META_NAMES: Final = (
    "article:published_time", "og:published_time", "datePublished", "dc.date.issued", "DC.date.issued",
    "dcterms.created", "pubdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_LINKED: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_ADDRESS: Final = re.compile(r"https?://[^\s/?#<>\"]+/[^\s#<>\"]{1,2000}", re.I)
_MOST_CANDIDATES: Final = 20
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no XML tree can hold them


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page, its title, and the publication time that its metadata gives (ISO 8601).

    `address` is the page's own web address and `site` the name of the outlet, where the page tells them.
    """

    text: str
    title: str | None
    published: str | None
    extractor: Extractor
    address: str | None = None
    site: str | None = None


def extract_page(source: str, where: str | None = None) -> tuple[Page | None, tuple[Problem, ...]]:
    """Take the article out of a page with trafilatura, as precisely as it can.

    A page without an article, or one that the parser gives up on, is None and a Problem.
    """
    if len(source) > PAGE_LIMIT:
        return None, (
            _problem("documents.size", f"the page is larger than {PAGE_LIMIT // 1_000_000} MB", where),
        )
    if source.count("<") > TAG_LIMIT:
        return None, (_problem("documents.size", f"the page has more than {TAG_LIMIT:,} tags", where),)
    import trafilatura  # 0.4 s to import; only pages need it

    source = _UNFIT.sub("\ufffd", source)
    try:
        tree: Any = trafilatura.load_html(source)
        published = None if tree is None else _find_published(tree)
        title = None if tree is None else _find_shared(tree, "title")
        site = None if tree is None else _find_shared(tree, "site_name")
        address = None if tree is None else _find_address(tree)
        found: Any = trafilatura.bare_extraction(
            tree, fast=True, favor_precision=True, include_comments=False
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
    return Page(text, title or found.title or None, published, extractor, address, site), ()


def _find_shared(tree: Any, name: str) -> str | None:
    """Give what the page declares for sharing: its title, without the site's name, or that name."""
    for content in tree.xpath("//meta[@property=$name]/@content", name=f"og:{name}")[:1]:
        return " ".join(str(content).split()) or None
    return None


def _find_address(tree: Any) -> str | None:
    """Give the page's canonical web address.

    One that names a whole site is none: some sites declare their front page on every article, and two
    articles must not pass for versions of one.
    """
    declared = tree.xpath("//link[@rel='canonical']/@href") + tree.xpath(
        "//meta[@property='og:url']/@content"
    )
    for value in declared[:_MOST_CANDIDATES]:
        if _ADDRESS.fullmatch(str(value).strip()):
            return str(value).strip()
    return None


def _find_published(tree: Any) -> str | None:
    """Give the publication time of the page's metadata, None where it has none or they are no dates.

    Looked for in the order of schema.org's JSON-LD, the meta elements of Open Graph, schema.org and Dublin
    Core, and HTML's own time element where it is marked as the publication time.
    """
    candidates = [
        match[1]
        for script in tree.xpath("//script[@type='application/ld+json']/text()")
        for match in _LINKED.finditer(script)
    ]
    for name in _META_NAMES:
        candidates += tree.xpath(
            f"//meta[@property='{name}' or @name='{name}' or @itemprop='{name}']/@content"
        )
    candidates += tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    for candidate in candidates[:_MOST_CANDIDATES]:
        value = str(candidate).strip()
        try:
            datetime.fromisoformat(value)
        except ValueError:
            continue
        return value
    return None


def _problem(code: str, message: str, where: str | None) -> Problem:
    return Problem(code, message, "error", where, remedy="give the article's text in place of the page")
