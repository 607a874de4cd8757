"""Parsers in a process of their own: a crash costs one file."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from documents.parts.opened import STORY, open_bytes, pack
from documents.parts.test_pdf import write
from documents.parts.test_workbook import write_workbook
from harmledger.documents.parts import isolation


@pytest.fixture(autouse=True)
def fresh():
    isolation.stop_workers()
    yield
    isolation.stop_workers()


def test_one_process_serves_many_files():
    data = write(STORY)
    open_bytes(pack({f"{number}.pdf": data for number in range(20)}), "z.zip")
    (worker,) = isolation._idle
    assert worker.tasks == 20


def test_a_killed_process_costs_one_file():
    data = write(STORY)
    open_bytes(data, "a.pdf")
    (worker,) = isolation._idle
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait(30)
    opened = open_bytes(pack({"a.pdf": data, "b.pdf": data}), "z.zip")
    assert opened.locators == ["b.pdf"]
    assert opened.codes == ["pdf"]
    assert "crashed" in opened.problems[0].message


def test_a_process_killed_in_the_middle_of_a_workbook():
    worker = isolation._Worker()
    answers = worker.ask("workbook", write_workbook({"Reports": [["text"], *[[STORY]] * 5000]}))
    next(answers)
    worker.process.kill()
    with pytest.raises(isolation.Lost):
        list(answers)
    worker.stop()


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(isolation, "WORKER_SECONDS", 0.0)
    opened = open_bytes(write(STORY), "a.pdf")
    assert opened.codes == ["pdf"]
    assert "longer" in opened.problems[0].message


def test_whoever_stops_listening_leaves_no_half_answer():
    answers = isolation.ask("pdf", write(STORY))
    next(answers)
    answers.close()
    assert open_bytes(write(STORY), "a.pdf").texts == [STORY]


def test_two_files_at_once_have_two_processes():
    first, second = isolation.ask("pdf", write(STORY)), isolation.ask("pdf", write(STORY))
    assert next(first) == next(second)
    assert list(first) == list(second)
    assert len(isolation._idle) == 2


def test_no_process_outlives_its_parent():
    program = textwrap.dedent("""
        import os, signal
        from harmledger.documents.parts import isolation
        list(isolation.ask("pdf", b"%PDF-"))
        print(isolation._idle[0].process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], timeout=120, capture_output=True, text=True, check=False
    )
    pid = int(done.stdout)
    for _ in range(100):
        try:
            with open(f"/proc/{pid}/stat") as status:
                if status.read().split()[2] == "Z":
                    return
        except FileNotFoundError:
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")


def test_the_process_writes_no_file_and_has_bounded_memory(tmp_path):
    program = textwrap.dedent(f"""
        import resource
        from harmledger.documents.parts import worker, limits
        worker.confine()
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == limits.WORKER_MEMORY
        try:
            with open({str(tmp_path / "x")!r}, "wb") as file: file.write(b"x")
        except OSError: pass
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], timeout=120, capture_output=True, text=True, check=False
    )
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").stat().st_size, done.stderr
    assert "AssertionError" not in done.stderr
