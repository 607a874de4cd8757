"""Killed, crowded out, out of space: what was reported as added is there, and adding again finishes the rest."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harmledger.store.case import open_case

from .conftest import add, states, write_lines

PROGRAM = str(Path(sys.executable).with_name("harmledger"))


def make_files(folder, files=4, lines=100):
    for number in range(files):
        rows = [
            {"id": f"f{number}-{line}", "text": f"Report {line} of {number}. " + "Nobody was hurt. " * 20}
            for line in range(lines)
        ]
        write_lines(folder / f"{number}.jsonl", *rows)
    return folder


def read_receipts(output):
    return [json.loads(line)["digest"] for line in output.decode().splitlines() if line.endswith("}")]


def count_by_file(case):
    from harmledger.store.tables import models

    rows = case.facts.rows(models.Version).values_list("file__digest", flat=True)
    found = {}
    for digest in rows:
        found[digest] = found.get(digest, 0) + 1
    return found


@pytest.mark.long
def test_killed_at_any_instant_nothing_reported_is_lost(empty_case, tmp_path):
    source = make_files(tmp_path / "in")
    whole, _ = open_case(shutil.copytree(empty_case, tmp_path / "whole"))
    with whole:
        add(whole, source)
        expected = {(head.id, head.state) for head in whole.facts.list_heads()}
    folder = shutil.copytree(empty_case, tmp_path / "case")
    instants = random.Random(7)
    kills = 0
    for _ in range(4):
        process = subprocess.Popen(
            [PROGRAM, "add", folder, source, "--json", "-q"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.6 + instants.random() * 1.2)
        process.send_signal(signal.SIGKILL)
        output, _ = process.communicate(timeout=30)
        kills += process.returncode == -signal.SIGKILL
        case, problems = open_case(folder)
        assert problems == ()
        with case:
            counts = count_by_file(case)
            for digest in read_receipts(output):
                assert counts[digest] == 100
                assert case.bytes.has(digest)
    done = subprocess.run(
        [PROGRAM, "add", folder, source, "--json", "-q"], timeout=120, capture_output=True, check=True
    )
    assert len(read_receipts(done.stdout)) == 4
    with open_case(folder)[0] as case:
        assert {(head.id, head.state) for head in case.facts.list_heads()} == expected
        assert case.facts.summarize().files == 4
        assert not list((folder / "bytes" / "incoming").iterdir())


def test_two_at_once_both_get_in(empty_case, tmp_path):
    folder = shutil.copytree(empty_case, tmp_path / "case")
    sources = [make_files(tmp_path / name, 2, 60) for name in ("one", "two")]
    write_lines(sources[1] / "own.jsonl", {"id": "own", "text": "Shelling killed one."})
    processes = [
        subprocess.Popen([PROGRAM, "add", folder, source, "-q"], stdout=subprocess.PIPE) for source in sources
    ]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    for process in processes:
        process.stdout.close()
    with open_case(folder)[0] as case:
        assert len(states(case)) == 121


def test_no_wait_gives_up_and_says_who(case, tmp_path):
    source = write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "Shelling killed one."})
    with case.hold("build", "2026-03-01T10:00:00Z"):
        done = subprocess.run(
            [PROGRAM, "add", case.folder, source, "--no-wait"],
            timeout=120,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert f"process {os.getpid()} (harmledger build" in done.stderr


@pytest.fixture
def small_disk(tmp_path):
    """Give a folder on a file system of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", disk], timeout=120, capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run(["umount", disk], timeout=120, check=True)


def test_a_full_disk_is_told_and_what_was_added_stays(empty_case, small_disk, tmp_path):
    folder = shutil.copytree(empty_case, small_disk / "case")
    first = write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "Shelling killed one."})
    assert subprocess.run([PROGRAM, "add", folder, first, "-q"], timeout=120, check=False).returncode == 0
    big = make_files(tmp_path / "in", 4, 1500)
    done = subprocess.run(
        [PROGRAM, "add", folder, big], timeout=120, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "free some space" in done.stderr
    assert "Traceback" not in done.stderr
    with open_case(folder)[0] as case:
        found = states(case)
        assert found["a"] == "current"
        assert not list((folder / "bytes" / "incoming").iterdir())
        reported = done.stdout.count("added")
        assert sum(count == 1500 for count in count_by_file(case).values()) >= reported


def limit_files(size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_file_that_may_not_grow_is_told(empty_case, tmp_path):
    folder = shutil.copytree(empty_case, tmp_path / "case")
    big = make_files(tmp_path / "in", 1, 1500)
    done = subprocess.run(
        [PROGRAM, "add", folder, big],
        timeout=120,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit_files(400_000),
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    with open_case(folder)[0] as case:
        assert case.facts.summarize().versions == 0
        add(case, big)
        assert case.facts.summarize().versions == 1500


def test_memory_does_not_grow_with_the_file(empty_case, tmp_path):
    """What is no report is copied and digested in pieces, however large."""
    folder = shutil.copytree(empty_case, tmp_path / "case")
    source = tmp_path / "huge.bin"
    with source.open("wb") as handle:
        handle.truncate(150_000_000)
    code = (
        "import sys\nfrom harmledger.desk.main import main\ncode = main(sys.argv[1:])\n"
        # not getrusage: its peak is handed down by the process that started this one
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "add", folder, source, "-q"],
        timeout=120,
        capture_output=True,
        text=True,
        check=False,
    )
    assert int(done.stdout.splitlines()[-1]) < 200_000
    with open_case(folder)[0] as case:
        assert [unread.file_name for unread in case.facts.list_unread()] == ["huge.bin"]
