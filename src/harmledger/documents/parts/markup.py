"""Markup: the text of a piece of HTML that is all article, as feeds and mails carry it."""

import re
from typing import Any, Final

from harmledger import __version__
from harmledger.records.identity import digest_bytes
from harmledger.records.part import Extractor

_NAME: Final = "harmledger-markup"
_UNREAD: Final = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe"}
)
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tr", "ul",
})  # fmt: skip
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no XML tree can hold them
_MARKUP: Final = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:[a-zA-Z]{2,10}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")


def is_markup(text: str) -> bool:
    """Tell whether a text has tags or entities of HTML in it."""
    return _MARKUP.search(text) is not None


def flatten_markup(source: str) -> tuple[str, Extractor]:
    """Give the text of a piece of HTML, a line for each block; nothing in it is run or fetched.

    A piece that no tree can be made of gives an empty text.
    """
    # lxml comes with trafilatura; 50 ms to import, and only mails and feeds need it
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]

    pieces: list[str] = []
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_UNFIT.sub("\ufffd", source), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is not None:
        _walk(etree.iterwalk(root, events=("start", "end")), pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    text = "\n".join(line for line in lines if line)
    return text, Extractor(_NAME, __version__, digest_bytes(text.encode("utf-8", "replace")))


def _walk(events: Any, pieces: list[str]) -> None:
    """Gather the text of a tree without recursion: hostile trees are deep."""
    for event, element in events:
        is_block = element.tag in _BLOCKS
        if event == "start":
            if element.tag in _UNREAD:
                events.skip_subtree()
            pieces.append("\n" if is_block else "")
            if element.tag not in _UNREAD:
                pieces.append(_flow(element.text))
        else:
            pieces.append("\n" if is_block else " " if element.tag in ("td", "th") else "")
            pieces.append(_flow(element.tail))


def _flow(text: str | None) -> str:
    """Give a stretch of text on one line: line breaks in HTML's source mean nothing."""
    return (text or "").replace("\n", " ").replace("\r", " ")
