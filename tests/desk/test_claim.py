"""Claims that a person adds: they count as those that were read, say who made them, outlive rebuilds, and are undone."""

import json

import pytest

from desk.case_folders import make_case, write_rows
from harmledger.desk.main import main

TEXT = (
    "Air raids killed 50 people in Idlib on Monday.\n\nA list of names followed: two brothers and a cousin."
)
ROW = {
    "id": "a",
    "text": TEXT,
    "publisher": "Example Wire",
    "published": "2016-05-31",
    "kind": "news",
    "language": "en",
}
WORDS = "two brothers and a cousin"
FIELDS = ("harm=killed", "count=3", "place=Idlib", "time=2016-05-30", "voice=Example Monitor", "role=monitor")


@pytest.fixture
def case(tmp_path):
    return make_case(tmp_path, ROW)


def add(case, *fields, words=WORDS, document="a", more=()):
    return main(
        ["claim", case, document, words, *fields, *more, "--reason", "the list", "--by", "Analyst", "-q"]
    )


def export(case, tmp_path, *build):
    assert main(["build", case, "-q", *build]) in (0, 1)
    folder = tmp_path / "out"
    assert main(["export", case, "-o", str(folder), "-q"]) == 0
    return {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("documents", "claims", "incidents", "judgements")
    }


def find_added(rows):
    return [one for one in rows["claims"] if "added by hand" in one["because"]]


def test_an_added_claim_stands_at_its_words_and_feeds_an_incident(case, tmp_path):
    assert main(["build", case, "-q"]) in (0, 1)
    assert add(case, *FIELDS) == 0
    rows = export(case, tmp_path)
    (claim,) = find_added(rows)
    start = TEXT.index(WORDS)
    assert claim["cue"] == {"start": start, "end": start + len(WORDS), "text": WORDS}
    assert claim["evidence"]["text"] == "A list of names followed: two brothers and a cousin."
    assert (claim["kind"], claim["harm"], claim["group"]) == ("toll", "killed", "people")
    assert (claim["count"]["value"], claim["count"]["wording"]) == (3, WORDS)
    assert claim["voice"] == {"name": "Example Monitor", "wording": None, "role": "monitor", "via": []}
    (judgement,) = rows["judgements"]
    assert claim["because"] == ["added by hand", f"judgement:{judgement['id']}"]
    assert (judgement["kind"], judgement["by"], judgement["claims"]) == ("add", "Analyst", [claim["id"]])
    assert any(claim["id"] in incident["claims"] for incident in rows["incidents"])
    assert claim["made_by"].startswith("harmledger/")


def test_it_is_the_same_built_from_nothing_and_is_undone(case, tmp_path):
    before = export(case, tmp_path)
    assert add(case, *FIELDS) == 0
    after = export(case, tmp_path)
    assert len(after["claims"]) == len(before["claims"]) + 1
    assert export(case, tmp_path, "--anew")["claims"] == after["claims"]
    assert main(["undo", case, "--reason", "typed the wrong word", "-q"]) == 0
    undone = export(case, tmp_path)
    assert undone["claims"] == before["claims"]
    assert undone["incidents"] == before["incidents"]


def test_it_can_be_corrected_and_excluded_like_any_other(case, tmp_path):
    assert add(case, *FIELDS) == 0
    (claim,) = find_added(export(case, tmp_path))
    assert main(["correct", case, claim["id"], "count=2", "--reason", "x", "-q"]) == 0
    rows = export(case, tmp_path)
    home = next(one for one in rows["incidents"] if claim["id"] in one["claims"])
    tolls = [
        account["toll"]["killed"]["best"] for account in home["accounts"] if claim["id"] in account["claims"]
    ]
    assert tolls == [2]
    assert main(["exclude", case, claim["id"], "--reason", "x", "-q"]) == 0
    rows = export(case, tmp_path)
    assert not any(claim["id"] in one["claims"] for one in rows["incidents"])


def test_fuse_follows_it_on_files(case, tmp_path):
    assert add(case, *FIELDS) == 0
    rows = export(case, tmp_path)
    out = tmp_path / "out"
    read = tmp_path / "read.jsonl"
    read.write_text("".join(json.dumps(one) + "\n" for one in rows["claims"] if one not in find_added(rows)))
    target = tmp_path / "incidents.jsonl"
    given = [
        str(read),
        "--documents",
        str(out / "documents.jsonl"),
        "--judgements",
        str(out / "judgements.jsonl"),
    ]
    assert main(["fuse", *given, "-o", str(target), "-q"]) in (0, 1)
    (claim,) = find_added(rows)
    assert claim["id"] in target.read_text()


@pytest.mark.parametrize(
    ("words", "fields", "told"),
    [
        ("three sisters", ["harm=killed"], "do not stand in the text"),
        ("a", ["harm=killed"], "more than once"),
        (WORDS, ["kind=toll"], "needs a harm to people"),
        (WORDS, ["kind=rumour"], "kind is one of"),
        (WORDS, ["kind=attack", "count=3"], "an attack has no"),
        (WORDS, ["kind=damage", "harm=destroyed"], "what was hit is one of"),
        (WORDS, ["kind=attribution"], "names a party"),
        (WORDS, ["harm=killed", "count=many"], "no count"),
        (WORDS, ["harm=killed", "place=Nowhereville"], "knows no place"),
        (WORDS, ["harm=killed", "colour=red"], "no field of a claim"),
    ],
)
def test_what_makes_no_claim_is_refused_with_the_reason(case, words, fields, told, capsys):
    assert add(case, *fields, words=words) != 0
    assert told in capsys.readouterr().err


def test_a_claim_that_was_read_already_is_corrected_instead(case, tmp_path, capsys):
    claim = next(one for one in export(case, tmp_path)["claims"] if one["harm"] == "killed")
    cue = claim["cue"]
    assert add(case, "harm=killed", "count=51", words=cue["text"], more=("--at", str(cue["start"]))) != 0
    assert "correct" in capsys.readouterr().err


def test_a_later_version_leaves_it_behind_and_says_so(case, tmp_path, capsys):
    row = {**ROW, "id": "late", "url": "https://example.org/1"}
    assert main(["add", case, write_rows(tmp_path / "one.jsonl", {**row}), "-q"]) == 0
    assert add(case, *FIELDS, document="late") == 0
    later = {**row, "text": TEXT + " Nobody else was hurt."}
    assert main(["add", case, write_rows(tmp_path / "two.jsonl", later), "-q"]) == 0
    capsys.readouterr()
    problems = tmp_path / "problems.jsonl"
    main(["build", case, "-q", "--problems", str(problems)])
    assert "pipeline.addition-superseded" in problems.read_text()


def test_erasing_the_document_takes_the_words_along(case, tmp_path):
    assert add(case, *FIELDS) == 0
    export(case, tmp_path)
    assert main(["erase", case, "a", "--reason", "asked", "--yes", "-q"]) in (0, 1)
    rows = export(case, tmp_path)
    assert rows["claims"] == []
    (judgement,) = rows["judgements"]
    assert (judgement["value"], judgement["reason"]) == (None, "")
