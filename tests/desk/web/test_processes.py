"""Processes of the desk: what they write to the server's log."""

import shutil
import subprocess
import sys

import pytest

from harmledger.desk.web.processes import hold_turn, print_failure, try_lock


def test_a_failure_is_told_without_the_words_that_it_happened_to(capsys):
    try:
        b"\xffThe words of a report".decode("utf-8")
    except UnicodeDecodeError as error:
        print_failure("adding failed", error)
    told = capsys.readouterr().err
    assert told.startswith("adding failed: UnicodeDecodeError at test_processes.py:")
    assert "words" not in told


def test_a_turn_comes_when_the_one_before_has_ended_or_not_at_all(tmp_path):
    path = tmp_path / "lock"
    with try_lock(path) as is_ours, hold_turn(path, 0.1) as is_held_too:
        assert (is_ours, is_held_too) == (True, False)
    with hold_turn(path, 0.1) as is_held:
        assert is_held


CURRENT = """
from harmledger.pipeline.queue import is_queue_current
from harmledger.store.case import open_case
case, _ = open_case(Path(FOLDER))
with case:
    print(is_queue_current(case.folder, case.facts))
"""


def run_module(name, folder, environment):
    return subprocess.run(
        [sys.executable, "-m", f"harmledger.desk.web.{name}", str(folder)],
        timeout=120,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize(
    "name", ["building.process", "downloads", "intake.process", "preparing", "review.process"]
)
def test_a_process_of_its_own_does_what_it_is_for(built, environment, tmp_path, name):
    folder = shutil.copytree(built, tmp_path / "case")
    done = run_module(name, folder, environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_process_brings_the_queue_up_to_date(built, environment, inside, tmp_path):
    folder = shutil.copytree(built, tmp_path / "case")
    lines = CURRENT.replace("FOLDER", repr(str(folder)))
    assert inside(lines, folder) == "False\n"
    assert run_module("review.process", folder, environment).returncode == 0
    assert inside(lines, folder) == "True\n"
