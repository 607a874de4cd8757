"""`harmledger withdraw`, `harmledger retract` and `harmledger history`."""

import pytest

from harmledger.desk.main import main

from .case_folders import LINES, list_states, make_case, write_rows

LATER = {
    **LINES[0],
    "text": "Air raids killed 55 people on Monday, the wire said.",
    "title": "Raids: more dead",
}


@pytest.fixture
def folder(tmp_path):
    made = make_case(tmp_path, *LINES)
    assert main(["add", made, write_rows(tmp_path / "later.jsonl", LATER), "-q"]) == 0
    return made


def test_a_withdrawn_version_lets_the_earlier_one_count_again(folder, capsys):
    assert main(["withdraw", folder, "a@", "--reason", "a wrong copy"]) == 0
    assert sorted(list_states(folder, "a", capsys).values()) == ["current", "withdrawn"]
    assert main(["withdraw", folder, "a@", "--undo", "--reason", "it was right"]) == 0
    assert list_states(folder, "a", capsys)["a"] == "superseded"
    assert main(["withdraw", folder, "a@", "--all-versions", "--reason", "not ours"]) == 0
    assert set(list_states(folder, "a", capsys).values()) == {"withdrawn"}


def test_what_changes_nothing_says_so(folder, capsys):
    assert main(["withdraw", folder, "b", "--undo", "--reason", "r"]) == 0
    assert "no version" in capsys.readouterr().err


def test_a_retraction_takes_every_version_along(folder, capsys):
    assert main(["retract", folder, "id:a", "--reason", "the wire's notice", "--by", "Example Desk"]) == 0
    assert set(list_states(folder, "a", capsys).values()) == {"retracted"}
    assert main(["history", folder, "a"]) == 0
    assert "retracted by Example Desk (person): the wire's notice" in capsys.readouterr().out


def test_a_reason_is_asked_for(folder):
    assert main(["withdraw", folder, "a"]) == 2
    assert main(["retract", folder, "a"]) == 2


def test_history_shows_what_changed_word_by_word(folder, capsys):
    assert main(["history", folder, "a"]) == 0
    shown = capsys.readouterr().out
    assert "[-50-]{+55+}" in shown
    assert "title: [-Raids-] {+Raids: more dead+}" in shown
    assert shown.index("superseded") < shown.index("current")


def test_a_document_that_is_not_there_is_exit_three(folder, capsys):
    assert main(["history", folder, "zzz"]) == 3
    assert "no document" in capsys.readouterr().err
