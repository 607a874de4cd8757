"""What a file is: by its bytes first, by its name second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents.parts.recognition import Foreign, recognise

MAIL = (
    b"From: a@example.org\r\nDate: Sun, 9 Sep 2018 10:00:00 +0300\r\nMessage-ID: <1@example.org>\r\n\r\nText"
)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"Two killed", "a.txt", "text"),
        (b"Two killed", "a.pdf", "text"),
        (b"%PDF-1.4", "a.txt", "pdf"),
        (b"\n\n%PDF-1.4", "a", "pdf"),
        (b"PK\x03\x04....", "a.txt", "archive"),
        (b"\x1f\x8b\x08", "a.txt", "gzip"),
        (b"WARC/1.0\r\n", "a.txt", "warc"),
        (MAIL, "a.txt", "mail"),
        (b"Subject: two killed\n\nText", "a.eml", "mail"),
        (b"Note: two killed\nDate: Monday\nFrom: the town\n\n", "a.txt", "text"),
        (b"From a@b Sun Sep  9 18:00:00 2018\n" + MAIL, "a", "mailbox"),
        (b"From Monday on, 2018 was the worst year\nso far: two killed", "a.txt", "text"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", "a", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a.html", "feed"),
        (b"<!DOCTYPE lolz [<!ENTITY a 'b'>]>", "a.xml", "feed"),
        (b"<!doctype html><p>", "a.xml", "text"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "a", "text"),
        (b'{"text": "a"}\n{"text": "b"}\n', "a.txt", "lines"),
        (b'{"text": "a"}', "a", "lines"),
        (b"\xef\xbb\xbf{broken\n", "a.jsonl", "lines"),
        (b'{\n "name": "x",\n "messages": [', "result.json", "tree"),
        (b'{"name": "x", "type": "public_channel", "id": 1, "messages": [{', "result.json", "tree"),
        (b'[\n {"text": "a"}', "a.json", "tree"),
        (b"[Photo] Two killed", "a.txt", "text"),
        (b"{breaking} two killed\nmore", "a.txt", "text"),
        (b"id,text\n1,a", "a.csv", "table"),
        ("id\ttext\n".encode("utf-16"), "a.tsv", "table"),
        (b"\xd0\xcf\x11\xe0....", "a.xls", "workbook"),
        (
            b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
            "a",
            "workbook",
        ),
    ],
)
def test_content_goes_before_the_name(head, name, kind):
    assert recognise(head, name) == kind


@pytest.mark.parametrize(
    ("head", "name", "what"),
    [
        (b"\xff\xd8\xff\xe0", "a.txt", "JPEG"),
        (b"\0\0\0\x18ftypmp42", "a", "film"),
        (b"Rar!\x1a\x07", "a.zip", "RAR"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "old Office"),
        (b"{\\rtf1", "a.txt", "RTF"),
        (b"MZ\x90\0", "a.txt", "program"),
        (b"." * 257 + b"ustar\0", "a.tar", "tar"),
        (b"\0" * 100, "a.txt", "binary"),
        (bytes(range(1, 9)) * 20, "a.txt", "binary"),
        (b"<?xml version='1.0'?><urlset>", "a.xml", "<urlset>"),
        (
            b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/vnd.oasis.opendocument.textPK",
            "a.odt",
            "OpenDocument",
        ),
    ],
)
def test_what_is_not_read_is_named(head, name, what):
    kind = recognise(head, name)
    assert isinstance(kind, Foreign)
    assert what in kind.what


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_under_any_name_are_something(head, name):
    assert recognise(head, name) is not None
