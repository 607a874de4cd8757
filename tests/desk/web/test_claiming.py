"""A claim added at the desk: words chosen in a text, a form that begins with what the program makes of them, a judgement."""

import re
import time

import pytest

from .client import Visitor, wait_until

TEXT = "At least 23 people were killed in air strikes on Idlib late on Monday, activists said."


def open_form(visitor, words, document="wire", text=TEXT):
    start = text.index(words)
    answer = visitor.get(f"/review/claims/add?document={document}&start={start}&end={start + len(words)}")
    assert answer.status == 200
    return answer.text


def read_form(page):
    """Give what the fields of the form hold."""
    given = dict(
        re.findall(r'<input (?:id="[^"]*" |type="hidden" )name="([^"]+)"[^>]*? value="([^"]*)"', page)
    )
    for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        given[name] = chosen[1] if chosen else ""
    given.pop("csrfmiddlewaretoken", None)
    return given


def wait_until_built(visitor, path):
    end = time.monotonic() + 240  # a process of low priority builds
    while time.monotonic() < end:
        page = visitor.get(path).text
        if "being built in" not in page:
            return page
        time.sleep(0.5)
    pytest.fail("it was not built in")


def test_the_form_begins_with_what_the_program_makes_of_the_words(analyst):
    given = read_form(open_form(analyst, "23 people were killed"))
    assert (given["kind"], given["harm"], given["group"], given["count"]) == (
        "toll",
        "killed",
        "people",
        "23+",
    )
    assert (given["means"], given["place"], given["time"]) == ("air_strike", "Idlib", "2016-05-30")
    assert given["words"] == "23 people were killed"


def test_words_without_a_claim_begin_with_place_and_time_of_those_before(analyst):
    told = TEXT + "\n\nAmong the dead were seven children."
    given = read_form(open_form(analyst, "the dead", text=told))
    assert (given["place"], given["time"]) == ("Idlib", "2016-05-30")


def test_without_words_the_sentences_are_there_to_choose(analyst):
    page = analyst.get("/review/claims/add?document=wire").text
    assert "Among the dead were seven children." in page
    href = re.search(r'<li><a href="(\?document=wire[^"]*)">At least', page)[1].replace("&amp;", "&")
    assert "Add it" in analyst.get("/review/claims/add" + href).text


@pytest.mark.long
def test_a_claim_is_added_built_in_shown_as_a_persons_and_taken_back(desk, analyst, run, tmp_path):
    folder, address = desk
    given = read_form(open_form(analyst, "activists"))
    given |= {
        "kind": "toll",
        "harm": "injured",
        "group": "people",
        "count": "40",
        "reason": "the film <i>shows</i> it",
    }
    answer = analyst.post("/review/claims/record", given)
    assert answer.status == 303, answer.text
    claim = answer.headers["Location"].rpartition("=")[2]
    page = analyst.get(answer.headers["Location"]).text
    assert "added by a person" in page
    assert "waits for the build" in page
    page = wait_until_built(analyst, answer.headers["Location"])
    assert "waits for the build" not in page
    assert "the film &lt;i&gt;shows&lt;/i&gt; it" in page
    assert "judgement:" in page
    incident = re.search(r'<a href="(/review/incidents/[^"]+)"', page)[1]
    assert analyst.get(incident).status == 200
    time.sleep(1.5)
    public = Visitor(address)
    entry = re.search(r'href="([^"]*incidents/[0-9a-f]+\.html)"', public.get("/?q=Idlib").text)[1]
    wait_until(lambda: "claim added by a person" in public.get("/" + entry.lstrip("/")).text, seconds=60)
    out = tmp_path / "out"
    run("export", folder, "-o", out, "-q")
    assert claim in (out / "claims.jsonl").read_text()
    judgement = re.search(r'name="judgement" value="([0-9a-f]{64})"', page)[1]
    back = analyst.post(
        "/review/claims/take-back", {"document": "wire", "judgement": judgement, "reason": "a slip"}
    )
    assert back.status == 303
    assert claim not in wait_until_built(analyst, "/review/texts/wire")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"harm": ""}, "needs a harm to people"),
        ({"count": "a few"}, "no count"),
        ({"place": "Nowhereville"}, "knows no place"),
        ({"words": "never said"}, "do not stand in the text"),
        ({"kind": "<b>"}, "kind is one of"),
    ],
)
def test_what_makes_no_claim_is_given_back_with_the_reason_and_nothing_lost(analyst, change, told):
    given = read_form(open_form(analyst, "activists")) | {"harm": "injured", "reason": "my <reason>"} | change
    answer = analyst.post("/review/claims/record", given)
    assert answer.status == 422
    assert told in answer.text
    assert "my &lt;reason&gt;" in answer.text
    assert "<b>" not in answer.text.partition("<main")[2]


def test_a_claim_that_was_read_is_to_be_corrected(analyst):
    page = analyst.get("/review/texts/wire").text
    start, words = re.search(r'<mark data-start="(\d+)"[^>]*>(At least 23 people[^<]*)</mark>', page).groups()
    path = f"/review/claims/add?document=wire&start={start}&end={int(start) + len(words)}"
    given = read_form(analyst.get(path).text) | {"reason": "x"}
    answer = analyst.post("/review/claims/record", given)
    assert answer.status == 422
    assert "was read here already" in answer.text


@pytest.mark.parametrize("name", [None, "the-reader"])
def test_nobody_else_adds_or_takes_back(desk, name):
    visitor = Visitor(desk[1])
    if name:
        visitor.sign_in(name)
    assert visitor.get("/review/claims/add?document=wire").status in (302, 403)
    for path in ("record", "take-back"):
        assert visitor.post(f"/review/claims/{path}", {"document": "wire"}).status in (302, 403)
    if name:
        assert "Add a claim" not in visitor.get("/review/texts/wire").text


@pytest.mark.parametrize(
    "query",
    [
        "document=none",
        "document=%00",
        "",
        "document=wire&start=-1&end=5",
        "document=wire&start=5&end=99999999999999",
        "document=wire&start=x&end=y",
    ],
)
def test_questions_that_make_no_sense_do_no_harm(analyst, query):
    assert analyst.get(f"/review/claims/add?{query}").status in (200, 404)
    assert analyst.post(
        "/review/claims/record", dict(one.split("=") for one in query.split("&") if one)
    ).status in (404, 422)
