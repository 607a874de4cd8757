"""One writer at a time."""

import subprocess
import sys
import threading
import time

import pytest

from harmledger.store.lock import FILE, LockedError, hold_lock

HOLDER = """
import sys, time
from pathlib import Path
from harmledger.store.lock import hold_lock
with hold_lock(Path(sys.argv[1]), "add", "2026-03-01T10:00:00Z"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait(30)


def test_a_second_writer_is_told_who_holds_it(tmp_path, holder):
    with (
        pytest.raises(LockedError) as caught,
        hold_lock(tmp_path, "build", "2026-03-01T10:00:01Z", is_waiting=False),
    ):
        pass
    message = caught.value.problem.message
    assert str(holder.pid) in message
    assert "add" in message
    assert "2026-03-01T10:00:00Z" in message


def test_a_killed_holder_lets_go_and_a_waiting_writer_goes_on(tmp_path, holder):
    told = []
    timer = threading.Timer(0.3, holder.kill)
    timer.start()
    start = time.monotonic()
    with hold_lock(tmp_path, "build", "2026-03-01T10:00:01Z", told.append):
        assert time.monotonic() - start > 0.2
    assert len(told) == 1
    assert "waiting" in told[0]


@pytest.mark.parametrize("note", [b"", b"[]", b"{", b'{"pid": "x"}', b"\xff" * 5000, b"[" * 4096])
def test_a_note_that_says_nothing_is_no_fault(tmp_path, note):
    with hold_lock(tmp_path, "add", "now"):
        (tmp_path / FILE).write_bytes(note)
        with (
            pytest.raises(LockedError, match="another process"),
            hold_lock(tmp_path, "b", "n", is_waiting=False),
        ):
            pass


def test_a_lock_that_is_a_link_is_refused(tmp_path):
    target = tmp_path / "elsewhere"
    target.write_text("kept")
    (tmp_path / FILE).symlink_to(target)
    with pytest.raises(LockedError), hold_lock(tmp_path, "add", "now"):
        pass
    assert target.read_text() == "kept"


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path):
    with pytest.raises(LockedError) as caught, hold_lock(tmp_path / "none", "add", "now"):
        pass
    assert caught.value.problem.remedy
