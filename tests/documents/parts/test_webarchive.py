"""Web archives."""

import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from documents.parts.opened import STORY, open_bytes
from documents.parts.test_pdf import write

PAGE = f"<html><head><meta name='pubdate' content='2018-09-08'></head><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>"


def record(*answers, packed=True):
    data = io.BytesIO()
    writer = WARCWriter(data, gzip=packed)
    for url, media, body, *rest in answers:
        headers = StatusAndHeaders(
            rest[0] if rest else "200 OK", [("Content-Type", media)], protocol="HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2020-01-01T00:00:00Z"},
            )
        )  # fmt: skip
    return data.getvalue()


@pytest.mark.parametrize("packed", [True, False])
def test_responses_with_words_are_parts(packed):
    arabic = "قتل شخصان وأصيب خمسة في قصف على البلدة. " * 5
    data = record(
        ("https://example.org/1", "text/html; charset=utf-8", PAGE.encode()),
        ("https://example.org/2", "text/plain; charset=windows-1256", arabic.encode("cp1256")),
        ("https://example.org/3", "application/pdf", write(STORY)),
        ("https://example.org/4", "image/png", b"x"),
        ("https://example.org/5", "text/html", PAGE.encode(), "404 Not Found"),
        packed=packed,
    )
    opened = open_bytes(data, "crawl.warc.gz" if packed else "crawl.warc")
    assert opened.addresses == [f"https://example.org/{number}" for number in (1, 2, 3)]
    page, text, _ = opened.parts
    assert page.locator == "record 1"
    assert page.data == PAGE.encode()
    assert page.document.url == "https://example.org/1"
    assert (page.document.published, page.document.received) == ("2018-09-08", "2020-01-01T00:00:00Z")
    assert text.document.text == arabic
    assert "1 answers 404, 1 of another media type" in opened.problems[-1].message


def test_an_archive_cut_short_gives_what_came_before():
    data = record(
        *((f"https://example.org/{number}", "text/plain", STORY.encode()) for number in range(5)),
        packed=False,
    )
    opened = open_bytes(data[: len(data) - 200], "a.warc")
    assert len(opened.parts) >= 4
    packed = record(*((f"https://example.org/{number}", "text/plain", STORY.encode()) for number in range(5)))
    opened = open_bytes(packed[: len(packed) - 20], "a.warc.gz")
    assert len(opened.parts) >= 4
    assert opened.problems


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n" + b"\xff" * 1000,
        b"WARC/1.0\r\n" + b"A: b\r\n" * 50_000 + b"\r\n\r\n",
        b"filedesc://x 0.0.0.0 2018 text/plain 9\n1 0 x\n\nfoo\n",
    ],
)
def test_hostile_archives_end(data):
    opened = open_bytes(data, "a.warc")
    assert opened.parts or opened.problems


def test_a_packed_body_is_bounded(monkeypatch):
    import gzip

    body = gzip.compress(b"0" * 60_000_000)
    data = io.BytesIO()
    writer = WARCWriter(data, gzip=False)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    writer.write_record(
        writer.create_warc_record(
            "https://example.org/", "response", payload=io.BytesIO(body), http_headers=headers
        )
    )
    opened = open_bytes(data.getvalue(), "a.warc")
    assert not opened.parts
    assert "warc" in opened.codes
