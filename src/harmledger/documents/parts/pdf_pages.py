"""Pages of a PDF: their lines with where they lie, read by pdfium. Runs in a process of its own."""

from collections.abc import Iterator
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from harmledger.documents.parts.limits import PAGES_LIMIT

TEXT_LIMIT: Final = 10_000_000
"""Code points read of one PDF."""

_HINTS: Final = ("Title", "Author", "CreationDate")
_PASSWORD: Final = pdfium.FPDF_ERR_PASSWORD


def read_pages(data: bytes) -> Iterator[dict[str, Any]]:
    """Give `{"pages": n, "title": …, "created": …}`, then for each page its lines and number of pictures.

    A line is `[text, left, bottom, right, height]`, in points. `{"locked": true}` where a password is needed.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == _PASSWORD or "password" in str(error).lower()
        yield {"locked": True} if locked else {"error": "PdfiumError"}
        return
    found = document.get_metadata_dict(skip_empty=True)
    yield {"pages": len(document), "title": found.get("Title"), "created": found.get("CreationDate")}
    left = TEXT_LIMIT
    for number in range(min(len(document), PAGES_LIMIT)):
        answer, length = _read_page(document, number)
        yield answer
        left -= length
        if left < 0:
            yield {"cut": number + 1}
            return


def _read_page(document: Any, number: int) -> tuple[dict[str, Any], int]:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return {"broken": number + 1}, 0
    text = textpage.get_text_range()[:TEXT_LIMIT] if textpage.count_chars() else ""
    lines = []
    position = 0
    for line in text.split("\r\n"):
        if line.strip():
            lines.append([line, *_measure(textpage, position, position + len(line) - 1)])
        position += len(line) + 2
    pictures = 0 if lines else pdfium.FPDFPage_CountObjects(page)
    textpage.close()
    page.close()
    return {"lines": lines, "objects": pictures}, len(text)


def _measure(textpage: Any, first: int, last: int) -> tuple[float, float, float, float]:
    """Give left, bottom, right and height of a line, by its first and last character."""
    left, bottom, right, top = _find_box(textpage, first)
    other_left, other_bottom, other_right, other_top = _find_box(textpage, last)
    base = min(bottom, other_bottom) if abs(bottom - other_bottom) < top - bottom else bottom
    return min(left, other_left), base, max(right, other_right), max(top - bottom, other_top - other_bottom)


def _find_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()  # as high as the font, whatever the letter
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    return box.left, box.bottom, box.right, box.top
