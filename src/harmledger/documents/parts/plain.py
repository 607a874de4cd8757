"""Plain text and pages: files that are one document."""

from collections.abc import Iterator

from harmledger.documents.encoding import decode_bytes
from harmledger.documents.intake import is_page_source
from harmledger.documents.page import PAGE_LIMIT, extract_page
from harmledger.documents.parts.limits import HEAD_SIZE, SIZE_LIMIT
from harmledger.documents.parts.source import Outcome, Source, make_part
from harmledger.documents.parts.table import is_table, open_table
from harmledger.records.document import Document


def open_text(source: Source) -> Iterator[Outcome]:
    """Give the document of a text file or an HTML page; which of the two its head or its name tells."""
    data = source.read_all()
    if data is None:
        yield source.report_size(SIZE_LIMIT)
        return
    content, problems = decode_bytes(data, source.point(), source.hints.charset)
    if content is None:
        yield None, problems
    elif is_table(content[:HEAD_SIZE]):
        yield from open_table(source)
    elif source.hints.media == "text/html" or is_page_source(content, source.name):
        part, more = open_page(source, data, content)
        yield part, problems + more
    else:
        yield make_part(source, data, Document(text=content), problems=problems)


def open_page(source: Source, data: bytes, content: str) -> Outcome:
    """Give the document of a page: its article, and what its head says of address, outlet and time."""
    if len(content) > PAGE_LIMIT:
        return source.report_size(PAGE_LIMIT, "give the article's text in place of the page")
    page, problems = extract_page(content, source.point())
    if page is None:
        return None, problems
    document = Document(
        text=page.text, title=page.title, url=page.address, publisher=page.site, published=page.published
    )
    return make_part(
        source,
        data,
        document,
        address=source.hints.address or page.address,
        extractor=page.extractor,
        published_source="file" if page.published else None,
        problems=problems,
    )
