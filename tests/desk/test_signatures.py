"""What people signed, outside the review room: in lists, totals, exports, files and publications."""

import json

import pytest

from harmledger.desk.main import main
from harmledger.pipeline.case_view import read_view
from harmledger.review.content import describe_content, digest_content
from harmledger.review.standing import compose_signing
from harmledger.store.signings import record_signing

from .case_folders import open_built, write_rows
from .reports import IDLIB

STEPS = (("accept", "the-analyst"), ("approve", "the-editor"), ("publish", "another-editor"))


@pytest.fixture
def case(tmp_path):
    yield from open_built(tmp_path, *IDLIB)


def list_incidents(case):
    with read_view(case.folder) as view:
        return view.incidents.list_latest(9)


def sign(case, incident, *steps):
    content = describe_content(incident)
    for minute, (step, by) in enumerate(steps):
        at = f"2026-01-01T00:{minute:02d}:00Z"
        told = (incident.id, step, content, digest_content(content), by, at, "why", incident.documents)
        record_signing(case.facts, compose_signing(*told))


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
    (case.folder / "editions.toml").write_text('[public]\nneeds = "published"\n')
    site = tmp_path / "site"
    assert main(["publish", str(case.folder), str(site), "-q"]) in (0, 1)
    lines = (site / "data" / "incidents.jsonl").read_text().splitlines()
    (line,) = map(json.loads, lines)
    assert line["extra"]["signed"]["state"] == "published"
    page = next((site / "incidents").glob("*.html")).read_text()
    assert "Published by two editors" in page
    assert not any(
        "the-editor" in path.read_text("utf-8", "replace") for path in site.rglob("*") if path.is_file()
    )
    assert main(["leak-check", str(site), "--case", str(case.folder), "-q"]) == 0
