"""Bad input, bad places to write, interruptions: what is said, what is left behind, and the exit code."""

import json
import os
import signal
import subprocess
import time

import pytest

from harmledger.desk.main import main

from .conftest import PROGRAM, run, write_rows
from .reports import IDLIB


def list_names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_broken_line_costs_itself_and_exit_one(documents, tmp_path):
    with documents.open("ab") as handle:
        handle.write(b"{broken\n")
    report = tmp_path / "problems.jsonl"
    done = run("read", documents, "-o", tmp_path / "claims.jsonl", "--problems", report)
    assert done.returncode == 1
    assert "documents.jsonl:4" in done.stderr
    assert (tmp_path / "claims.jsonl").stat().st_size > 0
    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert "pipeline.broken-line" in {row["code"] for row in rows}
    assert all(set(row) == {"code", "message", "severity", "where", "start", "end", "remedy"} for row in rows)


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 1000, b"not json\n", "{}\n".encode("utf-16"), b'{"id":"a"}\n'],
    ids=["binary", "no-json", "utf-16", "no-content"],
)
def test_input_that_gives_nothing_is_exit_three_and_no_file(tmp_path, data):
    source = tmp_path / "documents.jsonl"
    source.write_bytes(data)
    done = run("read", source, "-o", tmp_path / "claims.jsonl")
    assert done.returncode == 3
    assert "→" in done.stderr
    assert list_names(tmp_path) == ["documents.jsonl"]


def test_an_empty_file_is_a_warning(tmp_path):
    source = tmp_path / "documents.jsonl"
    source.touch()
    done = run("read", source, "-o", tmp_path / "claims.jsonl")
    assert done.returncode == 0
    assert "is empty" in done.stderr
    assert (tmp_path / "claims.jsonl").read_bytes() == b""


def test_a_hundred_megabytes_in_one_line(tmp_path, documents):
    long = tmp_path / "long.jsonl"
    with long.open("wb") as handle:
        handle.write(b'{"id":"long","text":"')
        for _ in range(100):
            handle.write(b"x" * 2**20)
        handle.write(b'"}\n' + documents.read_bytes())
    done = run("read", long, "-o", tmp_path / "claims.jsonl")
    assert done.returncode == 1
    assert "longer than 64 MiB" in done.stderr
    assert (tmp_path / "claims.jsonl").stat().st_size > 0


def test_a_missing_file_beside_a_good_one(documents, tmp_path):
    done = run("read", documents, tmp_path / "none.jsonl", "-o", tmp_path / "claims.jsonl")
    assert done.returncode == 1
    assert "none.jsonl" in done.stderr
    assert run("read", tmp_path / "none.jsonl").returncode == 3


@pytest.mark.parametrize("target", ["none/claims.jsonl", "."])
def test_an_output_that_cannot_be_written(documents, tmp_path, target):
    done = run("read", documents, "-o", tmp_path / target)
    assert done.returncode == 3
    assert "harmledger:" in done.stderr
    assert "Traceback" not in done.stderr
    assert list_names(tmp_path) == ["documents.jsonl"]


def test_input_is_never_written_over(documents):
    before = documents.read_bytes()
    assert run("read", documents, "-o", documents).returncode == 2
    assert documents.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "d.jsonl", "--zone", "Asia/Nowhere"),
        ("read", "d.jsonl", "--zone", "../../etc/passwd"),
        ("read", "d.jsonl", "--country", "SYR"),
        ("read", "-", "-"),
        ("fuse", "c.jsonl"),
        ("report", "i.jsonl"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_exit_two(arguments, capsys):
    assert main(arguments) == 2
    assert "Usage:" in capsys.readouterr().err


def test_a_damaged_pack_is_named_and_the_rest_goes_on(documents, tmp_path):
    packs = tmp_path / "data" / "packs"
    packs.mkdir(parents=True)
    (packs / "SY.sqlite").write_bytes(b"no database at all")
    done = run(
        *("read", documents, "-o", tmp_path / "claims.jsonl"),
        environment={"HARMLEDGER_DATA": str(tmp_path / "data")},
    )
    assert done.returncode == 0
    assert "harmledger places install SY" in done.stderr
    assert (tmp_path / "claims.jsonl").stat().st_size > 0


def test_a_missing_pack_is_noted(documents, tmp_path):
    done = run("read", documents, "-o", tmp_path / "claims.jsonl", "--country", "UA")
    assert done.returncode == 0
    assert "places install UA" in done.stderr


def test_fuse_refuses_claims_that_their_documents_do_not_hold(made, tmp_path):
    changed = write_rows(tmp_path / "documents.jsonl", [{**row, "text": "x" + row["text"]} for row in IDLIB])
    done = run("fuse", made / "claims.jsonl", "--documents", changed, "-o", tmp_path / "incidents.jsonl")
    assert done.returncode == 3
    assert "does not stand at its place" in done.stderr
    assert list_names(tmp_path) == ["documents.jsonl"]


@pytest.mark.parametrize("command", ["show", "report"])
def test_what_documents_do_not_hold_is_not_shown_as_theirs(made, tmp_path, command):
    changed = write_rows(tmp_path / "documents.jsonl", [{**row, "text": "x" + row["text"]} for row in IDLIB])
    page = tmp_path / "page.html"
    target = ("-o", page) if command == "report" else ()
    given = ("--claims", made / "claims.jsonl", "--documents", changed)
    done = run(command, made / "incidents.jsonl", *given, *target)
    shown = page.read_text(encoding="utf-8") if command == "report" else done.stdout
    assert done.returncode == 1
    assert "pipeline.stray-claim" in done.stderr
    assert "wounded more than" not in shown


def test_explain_refuses_a_document_that_does_not_hold_the_claim(made, tmp_path):
    changed = write_rows(tmp_path / "documents.jsonl", [{**row, "text": "x" + row["text"]} for row in IDLIB])
    claim = json.loads((made / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])
    done = run("explain", made / "claims.jsonl", claim["id"], "--documents", changed)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "does not hold the claim" in done.stderr


@pytest.mark.parametrize(
    ("number", "code", "jobs"), [(signal.SIGINT, 130, 1), (signal.SIGINT, 130, 2), (signal.SIGTERM, 143, 1)]
)
def test_an_interruption_leaves_no_file(tmp_path, number, code, jobs):
    rows = [{**IDLIB[1], "id": f"d{n}", "text": IDLIB[1]["text"] * 40} for n in range(3000)]
    source = write_rows(tmp_path / "documents.jsonl", rows)
    process = subprocess.Popen(
        [PROGRAM, "read", source, "-o", tmp_path / "claims.jsonl", "--jobs", str(jobs)],
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for_part(tmp_path)
    os.kill(process.pid, number)
    _, messages = process.communicate(timeout=30)
    assert process.returncode == code, messages
    assert b"Traceback" not in messages
    assert list_names(tmp_path) == ["documents.jsonl"]


def test_an_interruption_while_the_program_loads_leaves_no_traceback(tmp_path):
    for delay in (0.02, 0.05, 0.1, 0.15):
        process = subprocess.Popen([PROGRAM, "show", tmp_path], stderr=subprocess.PIPE, stdin=subprocess.PIPE)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=30)
        assert b"harmledger/desk" not in messages, (
            messages
        )  # before its own first line no program can help it


def test_an_interruption_that_python_wraps_is_one(monkeypatch, capsys):
    def make_class(**_):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as interruption:
            raise RuntimeError("Error calling __set_name__") from interruption

    monkeypatch.setattr("harmledger.desk.main.cli.main", make_class)
    assert main(["show"]) == 130
    told = capsys.readouterr().err
    assert "interrupted" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("command", ["show", "tally", "schema"])
def test_a_reader_that_leaves_early_ends_a_command_quietly(made, command):
    source = "claims" if command == "schema" else str(made / "incidents.jsonl")
    process = subprocess.Popen([PROGRAM, command, source], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    messages = process.stderr.read()
    assert (process.wait(timeout=30), messages) == (141, b"")


def test_nothing_readable_to_show_is_exit_three(tmp_path):
    assert run("show", tmp_path / "none.jsonl").returncode == 3


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_disk_is_named_with_a_remedy(documents):
    done = run("read", documents, "-o", "/dev/full")
    assert done.returncode == 3
    assert "/dev/full" in done.stderr
    assert "free some space" in done.stderr


def test_a_problems_file_is_tried_before_the_work(documents, tmp_path):
    done = run(
        "read", documents, "-o", tmp_path / "claims.jsonl", "--problems", tmp_path / "none" / "p.jsonl"
    )
    assert done.returncode == 3
    assert list_names(tmp_path) == ["documents.jsonl"]


def test_documents_that_were_not_read_are_not_counted(tmp_path):
    rows = [*IDLIB, {"id": "empty", "text": "  "}]
    done = run("read", write_rows(tmp_path / "documents.jsonl", rows), "-o", tmp_path / "claims.jsonl")
    assert f"{len(IDLIB)} documents, " in done.stderr


def test_a_publication_without_a_zone_is_told_in_one_line(documents, tmp_path):
    report = tmp_path / "problems.jsonl"
    done = run("read", documents, "-o", tmp_path / "claims.jsonl", "--problems", report)
    assert done.stderr.count("published-unzoned") == 1
    assert "daily:" not in done.stderr
    assert report.read_text(encoding="utf-8").count("ranges.published-unzoned") == len(IDLIB)


def test_an_unknown_area_is_said_to_be_unknown(made):
    done = run("tally", made / "incidents.jsonl", "--area", "Nowhereland")
    assert "no area is known" in done.stderr
    assert "no area is known" not in run("tally", made / "incidents.jsonl", "--area", "Idleb").stderr
    assert "no area is known" in run("places", "find", "Idlib", "--province", "Nowhereland").stderr


def test_a_damaged_pack_is_listed_as_damaged(tmp_path):
    packs = tmp_path / "data" / "packs"
    packs.mkdir(parents=True)
    (packs / "SY.sqlite").write_bytes(b"no database at all")
    done = run("places", "list", environment={"HARMLEDGER_DATA": str(tmp_path / "data")})
    assert "damaged" in done.stdout


def wait_for_part(folder):
    """Wait until the program has begun to write aside: from then on there is something to clear away."""
    for _ in range(300):
        if list(folder.glob(".claims.jsonl.*.part")):
            time.sleep(0.3)
            return
        time.sleep(0.1)
    pytest.fail("the program has not begun to write")
