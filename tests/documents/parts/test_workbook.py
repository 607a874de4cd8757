"""Workbooks: rows of sheets as documents."""

import datetime
import io
import zipfile

import xlsxwriter

from documents.parts.opened import STORY, open_bytes
from harmledger.documents.parts import ColumnMapping

HEADINGS = ["ID", "Date", "Place", "Report"]


def write_workbook(sheets, hidden=(), first=0):
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    dates = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows, first):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.datetime):
                    sheet.write_datetime(number, column, cell, dates)
                elif cell is not None:
                    sheet.write(number, column, cell)
        if name in hidden:
            sheet.hide()
    workbook.close()
    return data.getvalue()


def test_a_row_is_a_document():
    rows = [
        HEADINGS,
        [7, datetime.datetime(2018, 9, 8), "Saraqib", "Two killed"],
        [8.5, "x", None, "Three killed"],
    ]
    opened = open_bytes(write_workbook({"Reports": rows}, first=2), "b.xlsx")
    assert opened.texts == ["Saraqib: Two killed", "Three killed"]
    assert opened.locators == ["sheet Reports, row 4", "sheet Reports, row 5"]
    assert opened.addresses == ["row:b.xlsx, sheet Reports/7", "row:b.xlsx, sheet Reports/8.5"]
    assert [part.document.published for part in opened.parts] == ["2018-09-08", None]
    assert opened.codes == ["date"]


def test_rows_are_the_same_bytes_in_a_workbook_and_as_text():
    book = open_bytes(write_workbook({"A": [HEADINGS, [7, "2018-09-08", "Saraqib", STORY]]}), "b.xlsx")
    text = open_bytes(f'ID,Date,Place,Report\n7,2018-09-08,Saraqib,"{STORY}"\n'.encode(), "b.csv")
    assert book.parts[0].digest == text.parts[0].digest


def test_sheets_are_read_in_order_hidden_ones_passed_over():
    sheets = {
        "B": [["text"], ["one"]],
        "A": [["text"], ["two"]],
        "H": [["text"], ["three"]],
        "Notes": [["x"], ["y"]],
    }
    data = write_workbook(sheets, hidden=("H",))
    opened = open_bytes(data, "b.xlsx")
    assert opened.texts == ["one", "two"]
    assert opened.codes == ["columns", "columns"]
    assert open_bytes(data, "b.xlsx", ColumnMapping(sheets=("A",))).texts == ["two"]


def test_many_rows_come_in_order():
    rows = [["text"], *[[f"report {number}"] for number in range(1234)]]
    assert open_bytes(write_workbook({"A": rows}), "b.xlsx").texts == [row[0] for row in rows[1:]]


def test_damaged_and_odd_workbooks_are_told():
    data = write_workbook({"A": [["text"], ["one"]]})
    assert open_bytes(data[: len(data) // 2], "b.xlsx").codes == ["archive"]
    assert open_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "b.xls").codes == ["workbook"]
    wide = write_workbook({"A": [["x"] * 600], "B": [["text"], ["one"]]})
    opened = open_bytes(wide, "b.xlsx")
    assert (opened.texts, opened.codes) == (["one"], ["columns"])


def test_a_sheet_as_large_as_a_workbook_allows_stays_in_its_process():
    """Two cells at opposite corners: 17 thousand million cells for a reader that makes room for all."""
    data = write_workbook({"A": [["text"], ["one"]]})
    opened = open_bytes(replace_member(data, "xl/worksheets/sheet1.xml", _far_corner), "b.xlsx")
    assert not opened.parts
    assert opened.codes in (["workbook"], ["columns"])
    assert open_bytes(data, "b.xlsx").texts == ["one"]


def _far_corner(xml: bytes) -> bytes:
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return xml.replace(b"</sheetData>", cell)


def test_a_workbook_bomb_stays_in_its_process():
    data = write_workbook({"A": [["text"], ["one"]]})
    bomb = replace_member(
        data, "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 1_500_000 + b"</sheetData>"),
    )  # fmt: skip
    assert len(bomb) < 300_000
    opened = open_bytes(bomb, "b.xlsx")
    assert not opened.parts
    assert opened.codes in (["workbook"], ["columns"])
    assert open_bytes(data, "b.xlsx").texts == ["one"]


def replace_member(data, name, change):
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for info in old.infolist():
            member = old.read(info)
            new.writestr(info.filename, change(member) if info.filename == name else member)
    return changed.getvalue()
