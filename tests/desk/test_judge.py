"""Judging claims of a case: recorded with who and why, followed by the next build, listed, undone, exported."""

import json

import pytest

from harmledger.desk.main import main


def export(case, tmp_path):
    """Build, export, and give the rows of each file by its name."""
    assert main(["build", case, "-q"]) == 0
    folder = tmp_path / "out"
    assert main(["export", case, "-o", str(folder), "-q"]) == 0
    return {
        name: [
            json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        for name in ("claims", "incidents", "judgements")
    }


def find_claim(rows, document):
    return next(
        claim["id"] for claim in rows["claims"] if claim["document"] == document and claim["harm"] == "killed"
    )


def judge(*arguments):
    return main([*arguments, "--reason", "seen in the film", "--by", "Editor", "-q"])


def group_documents(rows):
    return {frozenset(incident["documents"]) for incident in rows["incidents"]}


def test_joining_and_splitting_change_the_incidents_of_the_next_build(case, tmp_path):
    before = export(case, tmp_path)
    assert group_documents(before) == {frozenset("ab"), frozenset("c")}
    a, b, c = (find_claim(before, name) for name in "abc")
    assert judge("join", case, a[:12], c[:12]) == 0
    assert group_documents(export(case, tmp_path)) == {frozenset("abc")}
    assert judge("split", case, a, b) == 0
    after = export(case, tmp_path)
    assert not any({"a", "b"} <= one for one in group_documents(after))
    assert [one["kind"] for one in after["judgements"]] == ["join", "split"]
    assert {one["by"] for one in after["judgements"]} == {"Editor"}


def test_incidents_are_joined_by_their_ids(case, tmp_path):
    ids = [incident["id"] for incident in export(case, tmp_path)["incidents"]]
    assert judge("join", case, *ids) == 0
    rows = export(case, tmp_path)
    (incident,) = rows["incidents"]
    assert incident["id"] in ids
    assert set(incident["formerly"]) == set(ids) - {incident["id"]}


def test_a_correction_changes_the_toll_and_leaves_the_reading(case, tmp_path, capsys):
    claim = find_claim(export(case, tmp_path), "c")
    assert judge("correct", case, claim, "count=20-25", "place=Ariha", "time=2019-07-21/2019-07-22") == 0
    rows = export(case, tmp_path)
    home = next(incident for incident in rows["incidents"] if claim in incident["claims"])
    assert home["place"]["name"] == "Ariha"
    assert (home["toll"]["killed"]["low"], set(home["documents"])) == (20, {"a", "b", "c"})
    read = next(one for one in rows["claims"] if one["id"] == claim)
    assert read["count"]["value"] == 2
    assert main(["explain", case, claim]) == 0
    told = capsys.readouterr().out
    assert "correct" in told
    assert "seen in the film" in told


def test_of_corrections_within_a_second_the_last_counts(case, tmp_path):
    claim = find_claim(export(case, tmp_path), "c")
    for count in range(30, 36):
        assert judge("correct", case, claim, f"count={count}") == 0
    rows = export(case, tmp_path)
    home = next(incident for incident in rows["incidents"] if claim in incident["claims"])
    assert home["toll"]["killed"]["high"] == 35
    assert [one["value"]["value"] for one in rows["judgements"]] == list(range(30, 36))


def test_an_excluded_claim_makes_no_incident_and_undoing_brings_it_back(case, tmp_path, capsys):
    told = [claim["id"] for claim in export(case, tmp_path)["claims"] if claim["document"] == "c"]
    for claim in told:
        assert judge("exclude", case, claim) == 0
    assert group_documents(export(case, tmp_path)) == {frozenset("ab")}
    for _ in told:
        assert judge("undo", case) == 0
    assert group_documents(export(case, tmp_path)) == {frozenset("ab"), frozenset("c")}
    capsys.readouterr()
    assert main(["judgements", case, "-q"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["judgements", case, "--all", "-q"]) == 0
    assert "(taken back)" in capsys.readouterr().out


def test_a_note_is_kept_and_changes_nothing(case, tmp_path, capsys):
    before = export(case, tmp_path)
    assert judge("note", case, find_claim(before, "c")) == 0
    after = export(case, tmp_path)
    assert after["incidents"] == before["incidents"]
    capsys.readouterr()
    assert main(["judgements", case, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["stands"], told["reason"]) == ("note", True, "seen in the film")


def test_files_and_their_judgements_fuse_to_the_incidents_of_the_case(case, tmp_path):
    a, _, c = (find_claim(export(case, tmp_path), name) for name in "abc")
    assert judge("join", case, a, c) == 0
    rows = export(case, tmp_path)
    out, again = tmp_path / "out", tmp_path / "again.jsonl"
    files = ["--documents", str(out / "documents.jsonl"), "--judgements", str(out / "judgements.jsonl")]
    previous = ["--previous", str(out / "incidents.jsonl")]
    assert main(["fuse", str(out / "claims.jsonl"), *files, *previous, "-o", str(again), "-q"]) == 0
    assert [json.loads(line) for line in again.read_text().splitlines()] == rows["incidents"]


def test_publishing_waits_for_the_build_that_follows_a_judgement(case, tmp_path, capsys):
    claim = find_claim(export(case, tmp_path), "c")
    assert judge("exclude", case, claim) == 0
    assert main(["publish", case, str(tmp_path / "site")]) == 3
    assert "harmledger build" in capsys.readouterr().err


def test_erasing_a_document_empties_what_judgements_on_it_say(case, tmp_path):
    claim = find_claim(export(case, tmp_path), "c")
    value = '{"name": "Example Speaker Zebra", "wording": null, "role": "resident", "via": []}'
    assert judge("correct", case, claim, f"voice={value}") == 0
    facts = tmp_path / "case" / "facts.sqlite"
    assert main(["erase", case, "c", "--reason", "asked for", "--yes", "-q"]) == 0
    assert b"Zebra" not in facts.read_bytes()
    assert not any(b"Zebra" in path.read_bytes() for path in (tmp_path / "case").rglob("*") if path.is_file())
    (judgement,) = export(case, tmp_path)["judgements"]
    assert (judgement["kind"], judgement["by"], judgement["value"], judgement["reason"]) == (
        "correct",
        "Editor",
        None,
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("join", "zzz", "yyy"), "no claim and no incident has an id that starts with 'zzz'"),
        (("exclude", "zzz"), "no claim has an id that starts with 'zzz'"),
        (("undo",), "no judgement on a claim stands"),
        (("undo", "zzz"), "no judgement has an id that starts with 'zzz'"),
    ],
)
def test_what_is_not_there_cannot_be_judged(case, arguments, reason, capsys):
    command, *rest = arguments
    assert main([command, case, *rest, "--reason", "r"]) == 3
    assert reason in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("count", "is no FIELD=VALUE"),
        ("count=many", "is no count; write 23, 20-60 or 23+"),
        ("count=9-5", "runs backwards"),
        ("time=2019-02-30", "a day that is none"),
        ("time=soon", "is no time"),
        ("place=Nowhere-at-all-xyz", "knows no place"),
        ("group=martians", "use one of: people, civilians"),
        ("colour=red", "cannot be corrected; fields are harm"),
        ("voice={", "is no JSON"),
    ],
)
def test_a_correction_that_makes_no_sense_records_nothing(case, tmp_path, change, reason, capsys):
    claim = find_claim(export(case, tmp_path), "c")
    assert main(["correct", case, claim, "count=5", change, "--reason", "r"]) == 3
    assert reason in " ".join(capsys.readouterr().err.split())
    assert export(case, tmp_path)["judgements"] == []


def test_a_claim_cannot_be_joined_with_itself(case, tmp_path, capsys):
    claim = find_claim(export(case, tmp_path), "c")
    assert main(["join", case, claim, claim, "--reason", "r"]) == 3
    assert "names one claim twice" in capsys.readouterr().err
