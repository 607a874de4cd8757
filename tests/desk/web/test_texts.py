"""The page of a text: what came in with every claim marked in it, for those who may read what is internal."""

import re

import pytest

from .client import Visitor


@pytest.fixture
def reader(address):
    visitor = Visitor(address)
    assert visitor.sign_in("the-reader").status == 302
    return visitor


def strip(text):
    """Give the words of the working text as a browser shows them."""
    from html import unescape

    body = re.search(r'<div class="working".*?>(.*?)</div>', text, re.DOTALL)[1]
    body = re.sub(r'<a class="to-claim".*?</a>', "", body)
    return unescape(re.sub(r"<[^>]*>", "", body))


def test_a_text_stands_as_it_came_with_its_claims_marked(reader):
    page = reader.get("/review/texts/wire").text
    assert strip(page) == (
        "At least 23 people were killed in air strikes on Idlib late on Monday, activists said.\n\n"
        "Among the dead were seven children."
    )
    marks = re.findall(r"<mark [^>]*>(.*?)</mark>", page)
    assert any("23 people" in mark for mark in marks)
    assert any("seven children" in mark for mark in marks)
    assert "INTERNAL" in page.upper()
    assert "Example &lt;b&gt;Wire&lt;/b&gt;" in page
    assert "noindex" in page


def test_a_claim_is_led_to_and_linked_with_its_incident(reader):
    page = reader.get("/review/texts/wire").text
    claim = re.search(r"\?claim=([0-9a-f]{64})", page)[1]
    chosen = reader.get(f"/review/texts/wire?claim={claim}").text
    assert re.search(r'<mark [^>]*class="chosen"', chosen)
    assert re.search(r'class="claim chosen"', chosen)
    link = re.search(r'<a href="([^"]*incidents/[^"]*)">', chosen)[1]
    assert reader.get(link).status == 200


@pytest.mark.parametrize("path", ["/review/texts/wire", "/review/texts/no-such-text"])
def test_the_public_sees_no_text(visitor, path):
    answer = visitor.get(path)
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/account/sign-in")


@pytest.mark.parametrize("name", ["no-such-text", "wir", "%00", "..%2F..%2Fcase.toml", "x" * 2000])
def test_what_is_not_there_is_not_there(reader, name):
    assert reader.get(f"/review/texts/{name}").status == 404


def test_the_page_is_in_arabic_too(reader):
    page = reader.get("/ar/review/texts/wire").text
    assert 'dir="rtl"' in page
    assert 'class="working" id="working" dir="ltr"' in page
    assert "النص كما ورد" in page


def test_what_was_received_is_a_download_and_nothing_else(reader, visitor):
    link = re.search(r'<a href="(/review/files/[^"]+)" download', reader.get("/review/texts/wire").text)[1]
    answer = reader.get(link)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"At least 23 people" in answer.body
    assert visitor.get(link).status == 302
    assert reader.get("/review/files/no-such-text").status == 404
