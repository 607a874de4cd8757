"""`harmledger learn`: weights estimated from the reports of a case, or of files."""

import json

from harmledger.desk.main import main
from harmledger.incidents.weights import load_weights, read_weights


def test_a_case_and_its_export_teach_the_same(case, tmp_path, capsys) -> None:
    folder = tmp_path / "out"
    assert main(["export", case, "-o", str(folder), "-q"]) == 0
    claims, documents = str(folder / "claims.jsonl"), str(folder / "documents.jsonl")
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    capsys.readouterr()
    assert main(["learn", case, "-o", str(ours)]) == 0
    told = capsys.readouterr().err
    assert "1 pairs, 0 of them judged" in told
    assert "days      same" in told
    assert main(["learn", claims, "--documents", documents, "-o", str(theirs), "-q"]) == 0
    assert ours.read_bytes() == theirs.read_bytes()
    learned = read_weights(ours.read_bytes())
    assert set(learned.comparisons) == set(load_weights().comparisons)
    assert learned.provenance["pairs"] == 1


def test_claims_need_their_documents_and_a_case_none(case, tmp_path, capsys) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text("")
    assert main(["learn", str(claims)]) == 2
    assert main(["learn", case, "--documents", str(claims)]) == 2


def test_too_little_teaches_nothing_and_writes_nothing(tmp_path, capsys) -> None:
    (tmp_path / "claims.jsonl").write_text("")
    (tmp_path / "documents.jsonl").write_text(json.dumps({"id": "a", "text": "Nothing."}) + "\n")
    output = tmp_path / "weights.json"
    files = [str(tmp_path / "claims.jsonl"), "--documents", str(tmp_path / "documents.jsonl")]
    assert main(["learn", *files, "-o", str(output)]) != 0
    assert "no two reports" in capsys.readouterr().err
    assert not output.exists()
