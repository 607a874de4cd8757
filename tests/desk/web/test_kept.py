"""What somebody typed is not lost: not with the session, not with an older page, not while the record follows an act."""

import re

import pytest

from .browsing import fill_sign_in, needs_chromium, needs_scripts
from .client import Visitor
from .test_review_browser import enter  # noqa: F401 - a fixture

PATH = "/review/incidents/" + 64 * "a" + "/comment"


def test_a_form_whose_session_ended_is_shown_to_be_sent_again(address):
    visitor = Visitor(address)
    sent = {"text": 'a <b>long</b> "thought"', "state": "x"}
    answer = visitor.post(PATH, sent, Origin=address)
    assert answer.status == 401
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.find(r"<dd[^>]*>(.*?)</dd>") == "a &lt;b&gt;long&lt;/b&gt; &#34;thought&#34;"
    assert answer.find(r'<form method="post" action="([^"]+)"') == PATH
    assert "csrfmiddlewaretoken" in answer.text
    assert 'name="state" value="x"' in answer.text


def test_a_form_with_an_older_token_is_shown_to_whoever_sent_it(address):
    visitor = Visitor(address)
    visitor.sign_in("the-analyst")
    answer = visitor.post(
        PATH, {"text": "a thought", "csrfmiddlewaretoken": "x" * 64}, is_forged=True, Origin=address
    )
    assert answer.status == 403
    assert 'name="text" value="a thought"' in answer.text
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text.split("<main")[1]))
    assert visitor.post(PATH, again, is_forged=True, Origin=address).status == 404


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_what_another_host_wrote_is_never_offered(address, origin):
    visitor = Visitor(address)
    visitor.sign_in("the-analyst")
    headers = {"Origin": origin} if origin else {}
    answer = visitor.post(PATH, {"text": "a planted thought"}, is_forged=True, **headers)
    assert answer.status == 403
    assert "a planted thought" not in answer.text


def test_passwords_are_never_shown_again(address):
    told = {"name": "the-analyst", "password": "a-secret-of-somebody"}
    for path in ("/account/sign-in", "/account/", "/account/list"):
        answer = Visitor(address).post(path, told, is_forged=True, Origin=address)
        assert "a-secret-of-somebody" not in answer.text


def test_an_address_that_takes_forms_alone_says_so(address):
    visitor = Visitor(address)
    visitor.sign_in("the-analyst")
    answer = visitor.get(PATH)
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert "<h1>" in answer.text


TYPING = """addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector("#working") || sessionStorage.typed) return;
  document.querySelector("#remark").value = "half a thought";
  sessionStorage.typed = "once";
});"""
"""Types as soon as the page that waits for the record is there: the record may follow within a second."""


@pytest.mark.long
@needs_chromium
@needs_scripts
def test_a_page_does_not_load_again_under_the_hands_of_who_types(enter, room):  # noqa: F811
    id = room.find("Idlib")
    page = enter("the-analyst")
    page.add_init_script(TYPING)
    page.goto(f"{room.address}/review/incidents/{id}")
    page.locator(".claim .acts a", has_text="Leave out").first.click()
    page.fill(".act-form [name=reason]", "told twice")
    page.click(".act-form button.main")
    page.wait_for_selector("#followed:visible", timeout=120_000)
    assert page.input_value("#remark") == "half a thought"
    page.context.clear_cookies(name="sessionid")
    page.wait_for_selector("#stays:visible", timeout=40_000)
    assert page.input_value("#remark") == "half a thought"
    page.locator("form", has=page.locator("#remark")).locator("button").click()
    page.wait_for_selector(".kept")
    assert "half a thought" in page.inner_text(".kept")
    with page.context.expect_page() as opened:
        page.click(".notice a.button")
    enter_again(opened.value)
    page.click("main form button")
    page.wait_for_selector(".done-note")
    assert "half a thought" in page.inner_text("main")
    page.locator(".claim .decision button").first.click()
    room.wait(id)


def enter_again(page):
    fill_sign_in(page, "the-analyst")
    page.wait_for_selector("text=Sign out")
