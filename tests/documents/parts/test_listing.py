"""What a person names, folders walked, what is passed over."""

import os
import socket

from harmledger.documents.parts import list_files


def listed(*paths):
    files, notes = [], {}
    for file, problems in list_files(paths):
        if file is not None:
            files.append(file.name)
        notes.update({problem.where: problem for problem in problems})
    return files, notes


def test_folders_are_walked_in_sorted_order(tmp_path):
    base = tmp_path / "case"
    for name in ("b/z.txt", "b/a.txt", "a.txt", "c.txt", "Ä.txt"):
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text("x")
    files, notes = listed(base, base / "a.txt")
    assert files == ["case/a.txt", "case/b/a.txt", "case/b/z.txt", "case/c.txt", "case/Ä.txt", "a.txt"]
    assert not notes


def test_what_is_no_report_is_passed_over_with_a_note(tmp_path):
    base = tmp_path / "case"
    (base / "page_files").mkdir(parents=True)
    (base / ".git").mkdir()
    for name in (".hidden.txt", "page.html", "page_files/a.html", ".git/config", "m.toml", "Thumbs.db"):
        (base / name).write_text("x")
    (tmp_path / "outside.txt").write_text("x")
    (base / "link.txt").symlink_to(tmp_path / "outside.txt")
    (base / "loop").symlink_to(base)
    os.mkfifo(base / "pipe")
    files, notes = listed(base)
    assert files == ["case/page.html"]
    assert {problem.severity for problem in notes.values()} == {"note"}
    assert set(notes) == {
        "case/.git", "case/.hidden.txt", "case/Thumbs.db", "case/link.txt", "case/loop", "case/m.toml",
        "case/page_files", "case/pipe",
    }  # fmt: skip


def test_sockets_pipes_and_devices_are_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        files, notes = listed(tmp_path / "pipe", tmp_path / "socket", type(tmp_path)("/dev/zero"))
    assert not files
    assert [problem.message for problem in notes.values()] == [
        "is a pipe, not a file", "is a socket, not a file", "is a device, not a file",
    ]  # fmt: skip


def test_a_path_that_is_not_there_is_a_problem(tmp_path):
    files, notes = listed(tmp_path / "gone", tmp_path / "a\0b")
    assert not files
    assert {problem.severity for problem in notes.values()} == {"error"}


def test_a_name_of_any_bytes_is_shown(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"\xff.txt")
    with open(path, "wb") as file:
        file.write(b"x")
    files, _ = listed(tmp_path)
    assert files == [f"{tmp_path.name}/\ufffd.txt"]


def test_files_that_json_lines_name_are_no_documents_of_their_own(tmp_path):
    (tmp_path / "d.jsonl").write_text('{"path": "a.txt"}\nbroken "path"\n{"path": "../x"}\n')
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x")
    files, notes = listed(tmp_path)
    assert [name.rpartition("/")[2] for name in files] == ["b.txt", "d.jsonl"]
    assert len(notes) == 1
    files, _ = listed(tmp_path / "a.txt", tmp_path / "d.jsonl")
    assert files == ["d.jsonl"]
