"""PDF: text of the pages, and what happens to files that are not what they should be."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from documents.parts.opened import STORY, open_bytes, pack
from harmledger.documents.parts import limits, pdf
from harmledger.documents.parts.paragraphs import Line, join_pages


def write(*paragraphs: str, title: str = "anonymous", encrypt: str | None = None) -> bytes:
    data, style = io.BytesIO(), getSampleStyleSheet()["BodyText"]
    document = SimpleDocTemplate(data, pagesize=A4, title=title, encrypt=encrypt, invariant=1)
    document.build([PageBreak() if text == "\f" else Paragraph(text, style) for text in paragraphs])
    return data.getvalue()


def draw(pages: int, text: str = "Page {} tells of two killed.", blank: int = 0) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        canvas.rect(100, 100, 100, 100, fill=1)
        canvas.drawString(72, 700, text.format(number))
        canvas.showPage()
    for _ in range(blank):
        canvas.rect(100, 100, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def test_wrapped_lines_are_joined_and_paragraphs_kept():
    data = write(STORY * 3, STORY * 2)
    (part,) = open_bytes(data, "report.pdf").parts
    assert part.document.text == f"{STORY * 3}\n\n{STORY * 2}"
    assert (part.data, part.locator, part.address) == (data, None, None)
    assert part.extractor.name == "pypdfium2"
    assert part.document.published is None


def test_a_paragraph_runs_on_over_a_page_break():
    long = "On Monday " + "shells fell on the road, on the houses and on the fields " * 2 + "of the town"
    text = open_bytes(
        write(long, "\f", "and killed two people.", "\f", "The next day was quiet."), "a.pdf"
    ).texts[0]
    assert text == f"{long} and killed two people.\n\nThe next day was quiet."


def test_what_a_pdf_says_of_itself_is_a_hint():
    (part,) = open_bytes(write("Daily count", STORY, title="Daily count"), "a.pdf").parts
    assert part.document.title == "Daily count"
    assert part.document.extra["pdf_title"] == "Daily count"
    (part,) = open_bytes(write("Daily count", STORY, title="Microsoft Word - 7.docx"), "a.pdf").parts
    assert part.document.title is None
    assert part.document.published is None


def test_a_pdf_without_text_needs_ocr():
    opened = open_bytes(draw(2, ""), "scan.pdf")
    assert not opened.parts
    assert opened.codes == ["scan"]
    assert "OCR" in opened.problems[0].remedy


def test_pages_without_text_among_others_are_told():
    opened = open_bytes(draw(1, STORY, blank=2), "a.pdf")
    assert opened.texts == [STORY]
    assert opened.codes == ["scan"]
    assert "2 of 3 pages" in opened.problems[0].message


def test_a_locked_pdf_asks_for_one_without_a_password():
    opened = open_bytes(write(STORY, encrypt="secret"), "a.pdf")
    assert not opened.parts
    assert opened.codes == ["locked"]
    assert "without its password" in opened.problems[0].remedy


@pytest.mark.parametrize("keep", [9, 100, 0.5, 0.9])
def test_a_pdf_cut_short_is_told(keep):
    data = write(STORY * 20)
    opened = open_bytes(data[: int(keep if keep > 1 else len(data) * keep)], "a.pdf")
    assert opened.parts or set(opened.codes) <= {"pdf", "scan"}
    assert opened.parts or opened.problems


def repeat(pages: int) -> bytes:
    """Give a PDF of many pages that share one content; it has no table of its objects, which pdfium then rebuilds."""
    content = b"BT /F1 12 Tf 72 700 Td (Two killed.) Tj ET"
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] >>" % (pages, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"] * pages,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def test_only_so_many_pages_are_read():
    opened = open_bytes(repeat(10_000), "a.pdf")
    assert opened.texts[0].count("Two killed.") == limits.PAGES_LIMIT
    assert opened.codes == ["pdf"]
    assert "3,000 of 10,000 pages" in opened.problems[0].message


def test_scripts_and_links_in_a_pdf_are_not_run():
    data = write(STORY).replace(
        b"/Type /Catalog",
        b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.launchURL('https://example.org')) >>",
    )
    assert open_bytes(data, "a.pdf").texts == [STORY]


def test_a_file_too_large_is_not_taken(monkeypatch):
    monkeypatch.setattr(pdf, "SIZE_LIMIT", 100)
    assert open_bytes(write(STORY), "a.pdf").codes == ["size"]


def test_pdfs_in_an_archive():
    assert open_bytes(pack({"a.pdf": write(STORY)}), "z.zip").locators == ["a.pdf"]


def line(text, bottom, left=50.0, right=500.0, height=10.0):
    return Line(text, left, bottom, right, height)


@pytest.mark.parametrize(
    ("first", "joined"),
    [
        ("the anti-aircraft and rein\ufffeforced houses", "the anti-aircraft and reinforced houses"),
        ("between 20\ufffe30 people", "between 20-30 people"),
        ("the town of al\ufffeHabeet", "the town of al-Habeet"),
    ],
)
def test_divided_words_are_joined_but_no_figures_or_names(first, joined):
    assert join_pages([[line(first, 100)]]) == joined


def test_bullets_sizes_and_page_numbers():
    page = [
        line("A heading", 700, height=18, right=150),
        line("The first line of a paragraph that goes on", 680),
        line("and ends.", 668, right=90),
        line("• one killed", 656, right=120),
        line("• two killed", 644, right=120),
        line("Page 3 of 4", 50, right=120),
    ]
    assert join_pages([page]).split("\n\n") == [
        "A heading", "The first line of a paragraph that goes on and ends.", "• one killed", "• two killed",
    ]  # fmt: skip


def test_a_right_to_left_line_ends_on_its_left():
    page = [
        line("قتل شخصان في قصف على البلدة يوم", 700),
        line("الاثنين.", 688, left=400),
        line("وأصيب خمسة.", 676, left=350),
    ]
    assert join_pages([page]).split("\n\n") == ["قتل شخصان في قصف على البلدة يوم الاثنين.", "وأصيب خمسة."]
