"""`harmledger add` and `harmledger problems`."""

import json
import os
import tracemalloc

import pytest

from harmledger.desk.main import main

from .case_folders import LINES, make_case, write_rows


def test_each_file_is_named_when_it_is_in(tmp_path, capsys):
    folder = make_case(tmp_path)
    source = write_rows(tmp_path / "a.jsonl", *LINES)
    assert main(["add", folder, source]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("added  ")
    assert "a.jsonl (2 new)" in shown.out
    assert "harmledger build" in shown.err
    assert main(["add", folder, source]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("already here")
    assert "harmledger build" not in shown.err


def test_json_gives_a_receipt_for_each_file(tmp_path, capsys):
    folder = make_case(tmp_path)
    assert main(["add", folder, write_rows(tmp_path / "a.jsonl", *LINES), "--json", "-q"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    receipt = json.loads(line)
    assert (receipt["name"], receipt["standing"], receipt["fates"]) == ("a.jsonl", "unknown", {"new": 2})
    assert len(receipt["digest"]) == 64


def test_a_folder_of_files_of_many_kinds(tmp_path, capsys):
    folder = make_case(tmp_path)
    received = tmp_path / "received"
    received.mkdir()
    (received / "report.txt").write_text("Shelling killed two people in the town on Monday, residents said.")
    (received / "page.html").write_text(
        "<html><head><title>Raids</title></head><body><article><h1>Raids</h1><p>Air raids killed nine people in the"
        " town on Tuesday, a monitor said.</p><p>Two of them were children, it added.</p></article></body></html>"
    )
    write_rows(received / "lines.jsonl", *LINES)
    (received / ".hidden").write_text("no")
    assert main(["add", folder, str(received)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize("name", ["zeros.bin", "lines.jsonl"])
def test_a_file_that_is_nearly_all_hole_is_bounded(tmp_path, capsys, name):
    folder = make_case(tmp_path)
    source = write_rows(tmp_path / name, *LINES * (0 if name == "zeros.bin" else 500))
    os.truncate(source, 100 << 20)
    tracemalloc.start()
    code = main(["add", folder, source])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code == 1
    assert most < 160 << 20  # twice the longest line
    told = capsys.readouterr().err
    assert name in told
    assert "→" in told


def test_broken_input_is_told_and_listed(tmp_path, capsys):
    folder = make_case(tmp_path)
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps(LINES[0]) + "\n{broken\n")
    assert main(["add", folder, str(source)]) == 1
    assert "1 unread" in capsys.readouterr().out
    assert main(["problems", folder]) == 1
    assert "a.jsonl, line 2" in capsys.readouterr().out
    assert main(["problems", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["file_name"] == "a.jsonl"
    assert main(["add", folder, "--retry"]) == 1
    assert "1 known" in capsys.readouterr().out


def test_what_is_not_there_is_exit_three(tmp_path, capsys):
    folder = make_case(tmp_path)
    assert main(["add", folder, str(tmp_path / "none.txt")]) == 3
    assert "none.txt" in capsys.readouterr().err


def test_files_or_retry_but_not_both(tmp_path):
    folder = make_case(tmp_path)
    assert main(["add", folder]) == 2
    assert main(["add", folder, "a.txt", "--retry"]) == 2


def test_a_hostile_name_steers_no_terminal(tmp_path, capsys):
    folder = make_case(tmp_path)
    source = tmp_path / "a\x1b[2J\u202eb.txt"
    source.write_text("Shelling killed two people in the town, residents said.")
    main(["add", folder, str(source)])
    shown = capsys.readouterr()
    assert "\x1b[2J" not in shown.out + shown.err
    assert "\u202e" not in shown.out + shown.err
