"""Signing in the review room: two editors behind what is published, what is set aside, and what the public sees then."""

import json
from re import findall

import pytest

from .client import Visitor, wait_until
from .room import find_claim


@pytest.mark.long
def test_two_editors_publish_and_a_change_voids_it(room, inside):
    id = room.find("Saraqib")
    refused = room.act("the-analyst", id, "sign", step="publish")
    assert refused.status == 422
    assert "an editor&#39;s to do" in refused.text
    assert room.act("the-editor", id, "sign", step="approve").status == 422, "accepting comes first"
    assert room.act("the-analyst", id, "sign", step="accept").status == 303
    assert room.act("the-analyst", id, "sign", step="approve").status == 422
    assert room.act("the-editor", id, "sign", step="approve").status == 303
    same = room.act("the-editor", id, "sign", step="publish")
    assert same.status == 422
    assert "second editor" in same.text
    assert room.state(id) == "approved"
    assert room.act("another-editor", id, "sign", step="publish").status == 303
    assert room.state(id) == "published"
    page = room.open("the-analyst", id).text
    for name in ("the-analyst", "the-editor", "another-editor"):
        assert name in page.split('class="steps"')[1].split("</ol>")[0]
    claim = find_claim(room.open("the-analyst", id), "killed two children")
    given = {"kind": "correct", "claim": claim, "field": "count", "value": "4", "reason": "a fourth"}
    assert room.act("the-analyst", id, "judge", **given).status == 303
    room.wait(id)
    assert room.state(id) == "changed"
    page = room.open("the-analyst", id).text
    changes = page.split('class="changes"')[1].split("</table>")[0]
    assert "Killed" in changes
    assert 'class="state changed"' in room.enter("the-analyst").get("/review/?state=changed").text
    lines = inside(
        "from harmledger.desk.web.journal.chain import list_faults, read_lines\n"
        "print([one['action'] for one in read_lines()], list(list_faults()))\n",
        room.folder,
    )
    for action in ("signing.publish", "signing.approve", "judgement.correct"):
        assert action in lines
    assert lines.strip().endswith("[]")


def test_what_is_set_aside_leaves_the_record_until_it_is_started_anew(room):
    id = room.find("Idlib")
    public = Visitor(room.address)
    assert public.get(f"/incidents/{id[:16]}.html").status == 200
    assert room.act("the-analyst", id, "sign", step="set_aside").status == 422, "without a reason"
    assert room.act("the-analyst", id, "sign", step="set_aside", reason="no attack").status == 303
    assert room.state(id) == "set_aside"
    wait_until(lambda: public.get(f"/incidents/{id[:16]}.html").status == 404, 5)
    assert room.act("the-analyst", id, "sign", step="accept").status == 422
    assert room.act("the-analyst", id, "sign", step="reopen", reason="it was one").status == 303
    assert room.state(id) == "new"


@pytest.mark.long
def test_an_edition_may_need_two_editors(room, run):
    path = room.folder / "editions.toml"
    told = path.read_text() if path.exists() else ""
    path.write_text('[public]\nneeds = "published"\n')
    try:
        target = room.folder.parent / "site"
        id, other = room.find("Idlib"), room.find("Saraqib")
        if room.state(other) != "new":
            assert room.act("the-editor", other, "sign", step="reopen", reason="for a test").status == 303
        run("publish", room.folder, target, "-q")
        assert (target / "data" / "incidents.jsonl").read_text() == ""
        for name, step in (
            ("the-analyst", "accept"),
            ("the-editor", "approve"),
            ("another-editor", "publish"),
        ):
            assert room.act(name, id, "sign", step=step).status == 303
        run("publish", room.folder, target, "-q")
        public = Visitor(room.address)
        pages = [f"/incidents/{one[:16]}.html" for one in (id, other)]
        # the served pages follow the policy too
        wait_until(lambda: [public.get(one).status for one in pages] == [200, 404], 30)
        (line,) = (target / "data" / "incidents.jsonl").read_text().splitlines()
        assert json.loads(line)["status"] == "reviewed"
        claim = find_claim(room.open("the-analyst", id), "50")
        assert (
            room.act(
                "the-analyst", id, "judge", kind="correct", claim=claim, field="count", value="51"
            ).status
            == 303
        )
        room.wait(id)
        assert "goes on seeing it as it was published" in room.open("the-analyst", id).text
        assert "does not see it" in room.open("the-analyst", other).text
        wait_until(lambda: "Under revision since" in public.get(pages[0]).text, 30)
        page = public.get(pages[0])
        assert page.status == 200
        assert findall(r"\b50\b", page.text)
        assert not findall(r"\b51\b", page.text)
        undone = json.loads(run("judgements", room.folder, "--json").stdout)[-1]["id"]
        assert room.act("the-analyst", id, "judge", kind="undo", judgement=undone).status == 303
        room.wait(id)
        assert room.state(id) == "published"
    finally:
        path.write_text(told)
