"""The review room: the queue, the screen of an incident, and what people do there."""

import hashlib
import json
from itertools import pairwise
from re import findall

import pytest

from .client import Visitor
from .room import find_claim, read_origin

ADDRESSES = ("", "/act?kind=note", "/people", "/work")
ACTS = ("judge", "sign", "comment", "build")


def test_the_room_is_for_those_with_an_account(room):
    id = room.find("Idlib")
    public, reader = Visitor(room.address), room.enter("the-reader")
    for path in (
        "/review/",
        "/review/places?value=Idlib",
        *(f"/review/incidents/{id}{end}" for end in ADDRESSES),
    ):
        assert public.get(path).status == 302, path
    part = public.get(f"/review/incidents/{id}/people", HX_Request="true")
    assert (part.status, part.headers["HX-Refresh"], part.body) == (401, "true", b"")
    assert reader.get("/review/").status == 200
    page = reader.get(f"/review/incidents/{id}")
    assert page.status == 200
    assert '<form method="post" action="/review/' not in page.text, "a reader is offered no act"
    assert reader.get(f"/review/incidents/{id}/act?kind=note").status == 403
    for action in ACTS:
        given = {"kind": "note", "step": "accept", "text": "x", "reason": "x"}
        assert public.post(f"/review/incidents/{id}/{action}", given).status == 302
        assert reader.post(f"/review/incidents/{id}/{action}", given).status == 403
        forged = room.enter("the-analyst").post(f"/review/incidents/{id}/{action}", given, is_forged=True)
        assert forged.status == 403


def test_the_queue_shows_the_heaviest_first_and_filters(room):
    page = room.enter("the-analyst").get("/review/?state=all")
    weights = [int(told) for told in findall(r'data-label="Weight">(\d+)<', page.text)]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) >= 3
    some = room.enter("the-analyst").get("/review/?state=all&reason=wide_range")
    assert 0 < some.text.count("data-row") < len(weights)
    assert "data-row" not in room.enter("the-analyst").get("/review/?state=all&province=Nowhere").text
    part = room.enter("the-analyst").get("/review/?province=Idlib", HX_Request="true")
    assert "<html" not in part.text


def test_the_screen_has_every_account_with_its_sentence(room):
    page = room.open("the-analyst", room.find("Idlib"))
    assert "Air raids on Idlib" in page.text
    assert "<mark>" in page.text
    assert "Example &lt;b&gt;Wire" in page.text
    assert "weakest link" in page.text
    assert "<script>" not in page.text


def test_a_corrected_toll_is_followed_and_the_sums_tell_it(room):
    id = room.find("Saraqib")
    page = room.open("the-analyst", id)
    claim = find_claim(page, "killed two children")
    form = room.enter("the-analyst").get(f"/review/incidents/{id}/act?kind=correct&claim={claim}&field=count")
    assert 'value="2"' in form.text
    done = room.act(
        "the-analyst",
        id,
        "judge",
        kind="correct",
        claim=claim,
        field="count",
        value="3",
        reason="a third died",
    )
    assert done.status == 303
    assert "Being worked in" in room.open("the-analyst", id).text
    room.wait(id)
    page = room.open("the-analyst", id)
    effect = page.text.split('class="notice effect"')[1].split("</details>")[0]
    assert "<del>" in effect
    assert "This entry" in effect
    assert "a third died" in page.text
    undone = page.find(r'name="judgement" value="([0-9a-f]{64})"')
    assert room.act("the-analyst", id, "judge", kind="undo", judgement=undone).status == 303
    room.wait(id)
    assert (
        'value="2"'
        in room.enter("the-analyst")
        .get(f"/review/incidents/{id}/act?kind=correct&claim={claim}&field=count")
        .text
    )


def test_a_form_in_a_page_carries_what_its_page_was_asked_for_and_survives_an_address_that_is_none(room):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "killed two children")
    path = f"/review/incidents/{id}/act?kind=exclude&claim={claim}"
    for told, carried in (
        (
            f"{room.address}/review/incidents/{id}?state=all&province=Idlib#c-0",
            "state=all&amp;province=Idlib",
        ),
        ("http://[?state=all", "state=all"),
    ):
        form = room.enter("the-analyst").get(path, HX_Request="true", HX_Current_URL=told)
        assert f'name="asked" value="{carried}"' in form.text


def test_what_cannot_be_read_is_said_and_nothing_recorded(room, run):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "killed two children")
    before = run("judgements", room.folder, "--all", "--json").stdout
    for given in (
        {"kind": "correct", "field": "count", "value": "some"},
        {"kind": "correct", "field": "place", "value": "Nowhere at all"},
        {"kind": "correct", "field": "place", "lat": "95", "lon": "0"},
        {"kind": "correct", "field": "evidence", "value": "x"},
        {"kind": "correct", "field": "place", "pick": "[" * 1990},
        {
            "kind": "correct",
            "field": "place",
            "value": '{"name": "x", "wording": null, "lat": NaN, "lon": 2}',
        },
        {"kind": "correct", "field": "count", "value": "[" * 1990},
        {"kind": "correct", "field": "time", "value": '{"start": "soon", "end": "soon", "precision": "day"}'},
        {"kind": "destroy"},
        {"kind": "join", "other": "0" * 64},
        {"kind": "join", "other": "the strike on the market"},
        {"kind": "split", "other": "-1"},
        {"kind": "undo", "judgement": "0" * 64},
        {"kind": "split", "other": claim},
    ):
        answer = room.act("the-analyst", id, "judge", **{"claim": claim, "reason": "why", **given})
        assert answer.status == 422, given
        assert "This was not done" in answer.text
        assert "invalid literal" not in answer.text, "what the program says of itself"
    page = room.open("the-analyst", id)
    told = {**read_origin(page), "kind": "correct", "claim": claim, "field": "count", "value": "some"}
    answer = room.enter("the-analyst").post(f"/ar/review/incidents/{id}/judge", told)
    assert answer.status == 422
    assert "ليس عددًا" in answer.text
    assert "is no count" not in answer.text
    assert run("judgements", room.folder, "--all", "--json").stdout == before


@pytest.mark.long
def test_of_two_corrections_of_a_field_the_earlier_says_that_it_counts_no_more(room):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "killed two children")
    for value in ("5", "6"):
        given = {"kind": "correct", "claim": claim, "field": "count", "value": value}
        assert room.act("the-analyst", id, "judge", **given).status == 303
    page = room.open("the-analyst", id)
    log = page.text[page.text.index('id="log-h"') :]
    listed = {
        one[:160]: "a later correction of this field counts instead" in one for one in log.split("<li ")[1:3]
    }
    assert list(listed.values()) == [False, True], "the latest stands first"
    for _ in range(2):
        page = room.open("the-analyst", id)
        undone = page.find(r'name="judgement" value="([0-9a-f]{64})"')
        assert room.act("the-analyst", id, "judge", kind="undo", judgement=undone).status == 303
    room.wait(id)


@pytest.mark.long
def test_a_place_is_set_on_the_map_for_all_claims_that_say_the_same(room, run):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "killed two children", "place")
    assert "35.864" in room.enter("the-analyst").get("/review/places?value=Saraqib").text
    given = {"kind": "correct", "claim": claim, "field": "place", "value": "", "lat": "35.87", "lon": "36.81"}
    done = room.act("the-analyst", id, "judge", **given, precision="neighbourhood", reach="all")
    assert done.status == 303
    told = [
        one for one in json.loads(run("judgements", room.folder, "--json").stdout) if one["field"] == "place"
    ]
    assert len(told) >= 2
    assert {(one["value"]["lat"], one["value"]["precision"], one["value"]["name"]) for one in told} == {
        (35.87, "neighbourhood", "Saraqib")
    }
    room.wait(id)
    assert "35.87000, 36.81000" in room.open("the-analyst", id).text


def test_two_at_once_lose_nothing(room):
    id = room.find("Idlib")
    first, second = room.open("the-analyst", id), room.open("another-analyst", id)
    claim = find_claim(first, "seven")
    given = {"kind": "note", "claim": claim}
    assert room.act("the-analyst", id, "judge", first, **given, reason="asked the publisher").status == 303
    late = room.act("another-analyst", id, "judge", second, **given, reason="the second thought")
    assert late.status == 409
    assert "asked the publisher" in late.text
    assert "the second thought" in late.text
    assert "the second thought" not in room.open("the-analyst", id).text
    again = room.enter("another-analyst").post(
        f"/review/incidents/{id}/judge", {**read_origin(late), **given, "reason": "the second thought"}
    )
    assert again.status == 303
    page = room.open("the-analyst", id).text
    assert "asked the publisher" in page
    assert "the second thought" in page
    assert 'id="working"' not in page, "a note changes nothing that the record would have to follow"


@pytest.mark.long
def test_what_was_decided_elsewhere_waits_until_somebody_has_it_followed(room, run):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "wounded nine")
    run("correct", room.folder, claim, "count=8", "--reason", "counted again", "--by", "the-analyst", "-q")
    page = room.open("the-analyst", id)
    assert "not worked in yet" in page.text
    assert room.act("the-analyst", id, "sign", step="accept").status == 422, (
        "nobody signs what is about to change"
    )
    assert room.act("the-analyst", id, "build").status == 303
    room.wait(id)
    assert "not worked in yet" not in room.open("the-analyst", id).text


def test_who_looks_at_what_is_told_and_remarks_are_kept(room):
    id = room.find("Idlib")
    room.open("another-analyst", id)
    assert "another-analyst is here" in room.open("the-analyst", id).text
    assert "another-analyst is here" in room.enter("the-analyst").get("/review/").text
    assert "another-analyst is here" in room.enter("the-analyst").get(f"/review/incidents/{id}/people").text
    done = room.act(
        "the-analyst", id, "comment", text="<i>ask</i> again", asked="reason=wide_range&state=all&evil=1"
    )
    assert done.headers["Location"] == f"/review/incidents/{id}?done=comment&state=all&reason=wide_range"
    claim = find_claim(room.open("the-analyst", id), "seven")
    assert (
        room.act("the-analyst", id, "comment", text="which seven?", claim=claim, field="count").status == 303
    )
    for wrong in ({"field": "evidence"}, {"claim": "0" * 64}):
        assert room.act("the-analyst", id, "comment", text="x", **wrong).status == 404
    page = room.open("the-analyst", id).text
    assert "&lt;i&gt;ask&lt;/i&gt; again" in page
    assert 'Figure</span> <span dir="auto">which seven?' in page


@pytest.mark.long
def test_a_split_and_a_join_are_judgements_on_claims(room, run):
    id = room.find("Idlib")
    page = room.open("the-analyst", id)
    claims = page.find(r'name="kind" value="split"><input type="hidden" name="claim" value="([0-9a-f]{64})"')
    other = page.find(r'name="kind" value="split">.*?name="other" value="([0-9a-f]{64})"')
    done = room.act("the-analyst", id, "judge", kind="split", claim=claims, other=other, reason="two nights")
    assert done.status == 303
    room.wait(id)
    page = room.open("the-analyst", id)
    assert "weakest link" not in page.text
    undone = json.loads(run("judgements", room.folder, "--json").stdout)[-1]["id"]
    assert room.act("the-analyst", id, "judge", kind="undo", judgement=undone).status == 303
    room.wait(id)
    assert "weakest link" in room.open("the-analyst", id).text
    near = room.find("Saraqib")
    assert room.act("the-analyst", id, "judge", kind="join", other=near, reason="one raid").status == 303
    (told,) = [
        one for one in json.loads(run("judgements", room.folder, "--json").stdout) if one["kind"] == "join"
    ]
    assert len(told["claims"]) == 2
    assert room.act("the-analyst", id, "judge", kind="undo", judgement=told["id"]).status == 303
    room.wait(id)


@pytest.mark.long
def test_a_claim_is_left_out_and_taken_in_again(room, run):
    id = room.find("Saraqib")
    claim = find_claim(room.open("the-analyst", id), "wounded nine")
    assert (
        room.act("the-analyst", id, "judge", kind="exclude", claim=claim, reason="a street's number").status
        == 303
    )
    assert (
        "The claim is left out." in room.enter("the-analyst").get(f"/review/incidents/{id}?done=exclude").text
    )
    room.wait(id)
    page = room.open("the-analyst", id)
    assert "Left out by a person" in page.text
    assert "Injured" not in page.text.split('class="envelope"')[1].split("</dl>")[0]
    (undone,) = (
        one["id"]
        for one in json.loads(run("judgements", room.folder, "--json").stdout)
        if one["kind"] == "exclude"
    )
    assert f'name="judgement" value="{undone}"' in page.text.split("Left out by a person")[-1]
    assert room.act("the-analyst", id, "judge", kind="undo", judgement=undone).status == 303
    room.wait(id)
    assert "Left out by a person" not in room.open("the-analyst", id).text


def test_an_earlier_id_and_one_that_never_was(room):
    assert room.enter("the-analyst").get("/review/incidents/" + "0" * 64).status == 404
    id = room.find("Idlib")
    assert (
        room.enter("the-analyst").get(f"/review/incidents/{id[:20]}").headers["Location"]
        == f"/review/incidents/{id}"
    )


def test_the_journal_is_shown_to_admins_and_its_chain_checked(room):
    for name in ("the-reader", "the-analyst", "the-editor"):
        for path in ("/review/journal", "/review/journal.jsonl"):
            assert room.enter(name).get(path).status == 403
    admin = room.enter("the-admin")
    page = admin.get("/review/journal")
    assert "The chain is whole" in page.text
    assert "never checked at once" in page.text
    assert room.enter("the-editor").post("/review/journal/check", {}).status == 403
    assert admin.post("/review/journal/check", {}).status == 303
    page = admin.get("/review/journal")
    assert "was last checked at" in page.text
    assert "journal.check" in page.text
    assert "account.sign-in" in page.text
    lines = [json.loads(line) for line in admin.get("/review/journal.jsonl").text.splitlines()]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1]["action"] == "journal.export"
    for earlier, later in pairwise(lines):
        assert later["before"] == earlier["digest"]
        told = [later[name] for name in ("case", "number", "at", "actor", "action", "target")]
        detail = json.dumps(later["detail"], sort_keys=True, ensure_ascii=False)
        assert (
            hashlib.sha256(json.dumps([*told, detail, later["before"]]).encode()).hexdigest()
            == later["digest"]
        )


@pytest.mark.long
def test_an_erasure_reaches_remarks_and_reasons(own, run, inside):
    folder, address = own
    analyst = Visitor(address)
    analyst.sign_in("the-analyst")
    id = findall(r"incidents/([0-9a-f]{64})[^>]*data-open>Saraqib<", analyst.get("/review/?state=all").text)[
        0
    ]
    page = analyst.get(f"/review/incidents/{id}")
    claim = find_claim(page, "killed two children")
    for given in ({"text": "two children, it says"}, {"text": "two children, it says", "claim": claim}):
        assert analyst.post(f"/review/incidents/{id}/comment", given).status == 303
    given = {**read_origin(page), "step": "set_aside", "reason": "two children, it says"}
    assert analyst.post(f"/review/incidents/{id}/sign", given).status == 303
    run("erase", folder, "daily", "--reason", "asked for", "--by", "the-admin", "--yes", "-q")
    run("build", folder, "-q", "--jobs", "1")
    lines = (
        "from pathlib import Path\n"
        "from harmledger.desk.web.forgetting import forget_erased\n"
        "from harmledger.desk.web.journal.models import Comment\n"
        "from harmledger.desk.web.review.models import Shown\n"
        "from harmledger.store.case import open_case\n"
        f"folder = Path({str(folder)!r})\n"
        "case, _ = open_case(folder)\n"
        "before = Shown.objects.count() > 0\n"
        "emptied = forget_erased(folder, case.facts)\n"
        "print(before, emptied, [one.text for one in Comment.objects.all()], Shown.objects.count())\n"
    )
    assert inside(lines, folder).strip() == "True 2 ['', ''] 0"
    assert b"two children, it says" not in (folder / "facts.sqlite").read_bytes()
