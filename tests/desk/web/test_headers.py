"""What every answer carries, and what it never does."""

import re

import pytest

from .client import Visitor

PAGES = ("/", "/totals.html", "/method.html", "/account/sign-in", "/no-such-page", "/account/")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_guarded(visitor, path):
    headers = visitor.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_style_inside(visitor, path):
    text = visitor.get(path).text
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", text) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!example\.org)', text) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_leaves_a_gap_where_nothing_is_known(visitor, path):
    text = visitor.get(path).text
    assert "As of UTC" not in text
    assert not re.search(r"Made by\s*\.", text)


def test_cookies_are_out_of_scripts_reach(address):
    answer = Visitor(address).sign_in("the-reader")
    (session,) = [told for told in answer.headers.get_all("Set-Cookie") if told.startswith("sessionid=")]
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_a_name_that_is_not_ours_is_refused(visitor):
    assert visitor.get("/", Host="evil.example").status == 400


def test_assets_stay_for_ever_under_their_digest(visitor):
    path = visitor.get("/").find(r'href="(/assets/[0-9a-f]{16}/style\.css)"')
    answer = visitor.get(path, Accept_Encoding="gzip")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert visitor.get("/assets/" + "0" * 16 + "/style.css").headers["Cache-Control"] == "no-cache"
    for told in ("..%2f..%2fsettings.py", "desk.css", "__init__.py"):
        assert visitor.get(f"/assets/{'0' * 16}/{told}").status == 404


def test_who_asks_too_often_has_to_wait(own):
    _, address = own
    visitor = Visitor(address, is_patient=False)
    answers = [visitor.get("/account/sign-in").status for _ in range(40)]
    assert 429 in answers
    told = visitor.get("/account/sign-in")
    assert told.headers["Content-Type"] == "application/json"
    page = visitor.get("/ar/account/sign-in", Accept="text/html")
    assert page.status == 429
    assert int(page.headers["Retry-After"]) >= 1
    assert 'dir="rtl"' in page.text
    assert "Northwest" in page.text
    assert "Content-Security-Policy" in page.headers
    assert visitor.get("/totals.html").status == 200


def test_a_form_that_is_too_large_is_refused(address):
    visitor = Visitor(address)
    assert visitor.post("/account/sign-in", {"name": "a", "password": "b" * (3 * 1024 * 1024)}).status == 413


def test_pages_of_faults_name_the_record_and_lead_on(address):
    visitor = Visitor(address)
    for start in ("", "/ar"):
        page = visitor.get(f"{start}/nothing")
        assert page.status == 404
        assert page.find(r"<title>([^<]*)</title>").endswith("Northwest")
        assert f'<li><a href="{start}/">' in page.text
    visitor.sign_in("the-editor")
    page = visitor.get("/account/all", Referer=f"{address}/review/?state=all")
    assert page.status == 403
    assert 'href="/review/?state=all"' in page.text
    assert 'href="/account/second-factor"' in page.text


@pytest.mark.parametrize(
    "told",
    [
        "https://evil.example/",
        "{}//evil.example/",
        "{}/\\evil.example/",
        "http://[evil",
        "javascript:evil()",
        "evil",
    ],
)
def test_no_page_of_a_fault_leads_to_another_host(visitor, told):
    page = visitor.get("/nothing", Referer=told.format(visitor.address))
    assert page.status == 404
    assert "evil" not in page.text


BREAK = """
from django.test import RequestFactory
from harmledger.desk.web.faults import show_broken, show_fault

class Broken:
    @property
    def is_authenticated(self):
        raise OSError("the database is gone")

for path in ("/totals.html", "/ar/totals.html"):
    request = RequestFactory().get(path)
    whole = show_fault(request, "broken", 500)
    assert f'href="{path}"' in whole.content.decode(), "the same once more"
    request.user = Broken()
    answer = show_broken(request)
    told = answer.content.decode()
    print(answer.status_code, "Northwest" in told, 'dir="rtl"' in told, 'href="/account/own' in told)
"""


def test_a_page_says_that_the_program_failed_even_where_nobody_can_be_asked_for(inside, built):
    assert inside(BREAK, built).split("\n")[:2] == ["500 True False False", "500 True True False"]
