"""`harmledger erase`."""

import io

import pytest

from harmledger.desk.main import main

from .case_folders import LINES, list_states, make_case, write_rows


@pytest.fixture
def folder(tmp_path):
    return make_case(tmp_path, *LINES)


def test_it_says_what_goes_and_asks(folder, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(["erase", folder, "a", "--reason", "danger"]) == 130
    told = capsys.readouterr().err
    assert "to be destroyed: a," in told
    assert "its 1 other documents stay" in told
    assert list_states(folder, "a", capsys) == {"a": "current"}
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["erase", folder, "a", "--reason", "danger"]) == 0
    assert main(["history", folder, "a"]) == 3
    assert list_states(folder, "b", capsys) == {"b": "current"}


def test_the_same_bytes_are_refused_with_the_reason(folder, tmp_path, capsys):
    source = tmp_path / "own.txt"
    source.write_text("Shelling killed nine people in the town, residents said.")
    assert main(["add", folder, str(source), "--json", "-q"]) == 0
    digest = capsys.readouterr().out.split('"digest": "')[1][:64]
    assert (
        main(["erase", folder, digest[:10], "--reason", "a court's order", "--by", "Person A", "--yes"]) == 0
    )
    assert main(["add", folder, str(source)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("refused")
    assert "by Person A" in told.err
    assert "a court's order" in told.err
    assert main(["history", folder, digest]) == 3
    assert "was erased" in capsys.readouterr().err


def test_all_versions_go_together(folder, tmp_path, capsys):
    later = write_rows(tmp_path / "later.jsonl", {**LINES[0], "text": "Air raids killed 55."})
    assert main(["add", folder, later, "-q"]) == 0
    assert main(["erase", folder, "id:a", "--reason", "danger", "--all-versions", "--yes", "-q"]) == 0
    assert main(["history", folder, "a"]) == 3


@pytest.mark.parametrize(
    "arguments", [("a",), ("a", "--reason", " ", "--yes"), (), ("a", "--finish", "--reason", "r")]
)
def test_wrong_usage_destroys_nothing(folder, arguments, capsys):
    assert main(["erase", folder, *arguments]) == 2
    assert list_states(folder, "a", capsys) == {"a": "current"}


def test_an_erasure_with_nothing_left_to_finish(folder):
    assert main(["erase", folder, "--finish"]) == 0
