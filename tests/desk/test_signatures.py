"""What people signed, outside the review room: in lists, totals, exports, files and publications."""

import json

import pytest

from harmledger.desk.main import main
from harmledger.pipeline.case_view import read_view
from harmledger.pipeline.kept_forms import compose_form
from harmledger.review.content import describe_content, digest_content
from harmledger.review.standing import compose_signing
from harmledger.store.signings import fetch_form, list_signings, record_signing

from .case_folders import open_built, write_rows
from .reports import IDLIB

STEPS = (("accept", "the-analyst"), ("approve", "the-editor"), ("publish", "another-editor"))


@pytest.fixture
def case(tmp_path):
    yield from open_built(tmp_path, *({**row, "id": f"report-{n}"} for n, row in enumerate(IDLIB)))


def list_incidents(case):
    with read_view(case.folder) as view:
        return view.incidents.list_latest(9)


def sign(case, incident, *steps, day="2026-01-01"):
    content = describe_content(incident)
    with read_view(case.folder) as view:
        claims = list(view.correct_claims(view.readings.fetch_claims_by_id(incident.claims).values()))
    for minute, (step, by) in enumerate(steps):
        at = f"{day}T00:{minute:02d}:00Z"
        told = (incident.id, step, content, digest_content(content), by, at, "why", incident.documents)
        form = compose_form(incident, claims) if step == "publish" else ""
        record_signing(case.facts, compose_signing(*told), form)


def judge(case, *arguments):
    assert main([*map(str, arguments), "--reason", "a reason", "--by", "the-analyst", "-q"]) == 0
    assert main(["build", str(case.folder), "-q", "--jobs", "1"]) in (0, 1)


def need_publication(case):
    (case.folder / "editions.toml").write_text('[public]\nneeds = "published"\n')


def publish(case, folder):
    """Publish, and give the entries and the pages."""
    assert main(["publish", str(case.folder), str(folder), "-q"]) in (0, 1)
    lines = (folder / "data" / "incidents.jsonl").read_text("utf-8").splitlines()
    pages = [path.read_text("utf-8") for path in sorted((folder / "incidents").glob("*.html"))]
    assert main(["leak-check", str(folder), "--case", str(case.folder), "-q"]) == 0
    return [json.loads(line) for line in lines], pages


def find_count(case, incident):
    """Give a claim of the incident that has a number of people killed, and the number."""
    with read_view(case.folder) as view:
        for claim in view.readings.fetch_claims_by_id(incident.claims).values():
            if claim.harm == "killed" and claim.count is not None and claim.count.value:
                return claim.id, claim.count.value
    raise AssertionError(incident)


def run(capsys, *arguments):
    capsys.readouterr()
    assert main([*map(str, arguments)]) in (0, 1)
    return capsys.readouterr().out


def count_killed(capsys, *arguments):
    rows = json.loads(run(capsys, "tally", *arguments, "--by", "none", "--json"))
    return sum(row["best"] or 0 for row in rows)


def export(case, folder):
    assert main(["export", str(case.folder), "-o", str(folder), "-q"]) == 0
    return {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("incidents", "signings")
    }


def test_lists_say_how_far_people_signed_and_give_what_is_asked_for(case, capsys):
    first, second = list_incidents(case)
    assert "looked at" not in run(capsys, "show", case.folder)
    sign(case, first, *STEPS)
    sign(case, second, STEPS[0])
    listed = run(capsys, "show", case.folder)
    assert "published" in listed
    assert "looked at" in listed
    published = run(capsys, "show", case.folder, "--status", "published")
    assert first.id[:8] in published
    assert second.id[:8] not in published
    assert second.id[:8] in run(capsys, "show", case.folder, "--status", "accepted")
    assert first.id[:8] in run(capsys, "show", case.folder, "--status", "accepted"), "whatever came on top"
    assert second.id[:8] not in run(capsys, "show", case.folder, "--status", "approved")
    shown = run(capsys, "show", case.folder, first.id[:8])
    assert "Published by two editors" in shown
    assert "Approved by the-editor, 1 January 2026" in shown


def test_totals_leave_out_what_is_set_aside_and_count_what_is_signed(case, capsys):
    first, second = list_incidents(case)
    everything = count_killed(capsys, case.folder)
    sign(case, first, STEPS[0])
    assert count_killed(capsys, case.folder) == everything
    reviewed = count_killed(capsys, case.folder, "--status", "accepted")
    assert 0 < reviewed == first.toll["killed"].best < everything
    assert count_killed(capsys, case.folder, "--status", "new") == everything - reviewed
    sign(case, second, ("set_aside", "the-analyst"))
    assert count_killed(capsys, case.folder) == reviewed
    assert count_killed(capsys, case.folder, "--status", "set_aside") == everything - reviewed
    band = json.loads(run(capsys, "tally", case.folder, "--band", "--json"))
    assert band["best"] == reviewed == band["most"]


def test_an_export_carries_signatures_and_files_read_them_back(case, tmp_path, capsys):
    first, second = list_incidents(case)
    bare = export(case, tmp_path / "bare")
    assert bare["signings"] == []
    sign(case, first, *STEPS)
    sign(case, second, ("set_aside", "the-analyst"))
    out = tmp_path / "out"
    found = export(case, out)
    assert [one["step"] for one in found["signings"]] == ["accept", "approve", "publish", "set_aside"]
    told = {one["id"]: (one["status"], one["extra"]["signed"]["state"]) for one in found["incidents"]}
    assert told == {first.id: ("reviewed", "published"), second.id: ("withdrawn", "set_aside")}
    assert count_killed(capsys, out / "incidents.jsonl", "--status", "published") == first.toll["killed"].best
    assert count_killed(capsys, out / "incidents.jsonl") == first.toll["killed"].best

    given = [out / "claims.jsonl", "--documents", out / "documents.jsonl"]
    carried = ["--previous", tmp_path / "bare" / "incidents.jsonl", "--signings", out / "signings.jsonl"]
    run(capsys, "fuse", *given, *carried, "-o", tmp_path / "fused.jsonl", "-q")
    fused = [json.loads(line) for line in (tmp_path / "fused.jsonl").read_text("utf-8").splitlines()]
    assert {one["id"]: (one["status"], one["extra"]["signed"]["state"]) for one in fused} == told


def test_a_signature_over_other_content_is_not_read(case, tmp_path, capsys):
    first, _ = list_incidents(case)
    sign(case, first, STEPS[0])
    out = tmp_path / "out"
    (signing,) = export(case, out)["signings"]
    signing["content"]["grade"] = "confirmed"
    forged = write_rows(tmp_path / "forged.jsonl", signing)
    problems = tmp_path / "problems.jsonl"
    given = [out / "claims.jsonl", "--documents", out / "documents.jsonl", "--signings", forged]
    run(capsys, "fuse", *given, "-o", tmp_path / "x.jsonl", "-q", "--problems", problems)
    assert "not what was signed" in problems.read_text()
    assert "signed" not in (tmp_path / "x.jsonl").read_text()


def test_a_publication_says_how_far_people_signed_and_not_who(case, tmp_path):
    first, second = list_incidents(case)
    sign(case, first, *STEPS)
    sign(case, second, STEPS[0])
    need_publication(case)
    site = tmp_path / "site"
    (line,), (page,) = publish(case, site)
    assert line["extra"]["signed"] == {"state": "published", "at": "2026-01-01T00:02:00Z", "since": None}
    assert "Published by two editors" in page
    assert "Under revision" not in page
    assert not any(
        "the-editor" in path.read_text("utf-8", "replace") for path in site.rglob("*") if path.is_file()
    )


def test_what_changed_goes_on_as_it_was_published_until_two_editors_publish_it_anew(case, tmp_path):
    _, first = list_incidents(case)
    sign(case, first, *STEPS)
    need_publication(case)
    (before,), _ = publish(case, tmp_path / "before")
    claim, count = find_count(case, first)
    judge(case, "correct", case.folder, claim, f"count={count + 100}")
    (kept,), (page,) = publish(case, tmp_path / "kept")
    assert (kept["toll"], kept["claims"], kept["id"]) == (before["toll"], before["claims"], before["id"])
    signed = kept["extra"]["signed"]
    assert signed["state"] == "published"
    assert signed["since"] > signed["at"], "the correction came after"
    assert "what stands here is what two editors published on 1 January 2026" in page
    claims = (tmp_path / "kept" / "data" / "claims.jsonl").read_text()
    assert claims == (tmp_path / "before" / "data" / "claims.jsonl").read_text(), (
        "claims as they were published"
    )

    present = next(one for one in list_incidents(case) if one.id == first.id)
    sign(case, present, *STEPS, day="2099-01-02")
    (anew,), (page,) = publish(case, tmp_path / "anew")
    assert anew["toll"] != before["toll"]
    assert "Under revision" not in page
    told = page[page.index("two editors published it anew") :][:300]
    assert "what changed: Killed" in told
    assert f"{count + 100}" in told


def test_what_takes_material_away_holds_an_entry_back_at_once(case, tmp_path, capsys):
    _, first = list_incidents(case)
    sign(case, first, *STEPS)
    need_publication(case)
    claim, _ = find_count(case, first)
    for number, words in enumerate(
        (("exclude",), ("correct", 'voice={"name": "another monitor", "role": "monitor"}'))
    ):
        verb, *fields = words
        judge(case, verb, case.folder, claim, *fields)
        assert publish(case, tmp_path / f"held-{number}")[0] == []
        judge(case, "undo", case.folder)
        (back,), _ = publish(case, tmp_path / f"back-{number}")
        assert back["extra"]["signed"]["since"] is None, "it is as it was published"
    judge(case, "withdraw", case.folder, first.documents[0])
    assert publish(case, tmp_path / "withdrawn")[0] == []


def test_an_erasure_reaches_published_forms(case, tmp_path):
    _, first = list_incidents(case)
    sign(case, first, *STEPS)
    (publishing,) = (one for one in list_signings(case.facts) if one.step == "publish")
    assert "Idlib" in fetch_form(case.facts, publishing.id)
    told = ["erase", case.folder, first.documents[0], "--reason", "asked", "--by", "the-admin", "--yes", "-q"]
    assert main([*map(str, told)]) == 0
    assert fetch_form(case.facts, publishing.id) == ""
    words = next(row["text"] for n, row in enumerate(IDLIB) if f"report-{n}" == first.documents[0])[:40]
    left = [
        path.name for path in case.folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()
    ]
    assert left == [], "not even in what the database has freed"
    need_publication(case)
    assert main(["build", str(case.folder), "-q", "--jobs", "1"]) in (0, 1)
    assert publish(case, tmp_path / "erased")[0] == []


def test_claims_that_moved_to_another_entry_are_told_once(case, tmp_path):
    first, second = list_incidents(case)
    for one in (first, second):
        sign(case, one, *STEPS)
    need_publication(case)
    whole, _ = publish(case, tmp_path / "whole")
    judge(case, "join", case.folder, first.id, second.id)
    shown, _ = publish(case, tmp_path / "joined")
    told = [id for entry in shown for id in entry["claims"]]
    assert len(told) == len(set(told))
    assert len(shown) <= len(whole)
