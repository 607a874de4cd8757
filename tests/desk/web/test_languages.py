"""Pages in every language: their direction, the switch between them, and no name of a private person in any."""

import re

import pytest

from publication.sites import PLACEHOLDERS, STORIES

from ..conftest import write_rows
from .client import Visitor


@pytest.fixture(scope="module")
def stories(run, start, tmp_path_factory):
    """Give the address of a case of stories that hold placeholder names wherever a name can stand."""
    home = tmp_path_factory.mktemp("stories")
    run("init", home / "case", "--country", "SY", "--name", "Stories", "-q")
    run("add", home / "case", write_rows(home / "documents.jsonl", STORIES), "-q")
    run("build", home / "case", "-q", "--jobs", "1")
    address = start(home / "case")
    yield address
    start.end(address)


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_page_of_any_language_names_a_private_person(stories, prefix):
    visitor = Visitor(stories)
    first = visitor.get(f"{prefix}/")
    pages = sorted(set(re.findall(r'href="([^"]*/incidents/\w+\.html)"', first.text)))
    assert pages
    assert all(page.startswith(prefix) for page in pages)
    texts = [
        first.text,
        *(visitor.get(page).text for page in pages),
        visitor.get(f"{prefix}/totals.html").text,
    ]
    for text in texts:
        assert [name for name in PLACEHOLDERS if re.search(rf"\b{name}\b", text)] == []


def test_arabic_runs_from_right_to_left_and_leads_back(visitor):
    page = visitor.get("/ar/")
    assert page.status == 200
    assert '<html lang="ar" dir="rtl">' in page.text
    assert page.headers["Content-Language"] == "ar"
    assert '<a href="/" lang="en"' in page.text
    assert '<a href="/ar/" lang="ar"' in visitor.get("/").text
    assert "تسجيل الدخول" in page.text
    assert visitor.get("/ar/account/").headers["Location"].startswith("/ar/account/sign-in")
