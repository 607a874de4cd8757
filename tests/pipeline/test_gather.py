"""Documents in: each id once, whatever the order of the lines."""

import json
from itertools import permutations

from harmledger.pipeline.gather import gather_documents
from harmledger.records.identity import digest_bytes


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_document_without_an_id_gets_the_digest_of_its_bytes(tmp_path):
    (tmp_path / "report.txt").write_bytes("Ünder.".encode())
    rows = [{"text": "One."}, {"html": "<p>One.</p>"}, {"path": "report.txt"}]
    gathered, problems = gather_documents([write_rows(tmp_path / "d.jsonl", rows)])
    contents = (b"One.", b"<p>One.</p>", "Ünder.".encode())
    assert problems == ()
    assert [item.id for item in gathered] == sorted(digest_bytes(content) for content in contents)


def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    source = write_rows(tmp_path / "inside" / "d.jsonl", [{"path": "../secret.txt"}])
    gathered, problems = gather_documents([source])
    assert gathered == ()
    assert [problem.severity for problem in problems] == ["error"]


def test_one_of_several_with_the_same_id_is_kept_whatever_the_order(tmp_path):
    rows = [{"id": "a", "text": "One."}, {"id": "a", "text": "Two."}, {"id": "b", "text": "Three."}]
    kept = set()
    for number, order in enumerate(permutations(rows)):
        gathered, problems = gather_documents([write_rows(tmp_path / f"{number}.jsonl", order)])
        kept.add(tuple((item.id, item.document.text) for item in gathered))
        assert [problem.code for problem in problems] == ["pipeline.duplicate-document"]
        assert problems[0].severity == "error"
    assert len(kept) == 1


def test_the_same_line_twice_loses_nothing(tmp_path):
    rows = [{"id": "a", "text": "One."}] * 2
    _, problems = gather_documents([write_rows(tmp_path / "d.jsonl", rows)])
    assert [problem.severity for problem in problems] == ["warning"]
