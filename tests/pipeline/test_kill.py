"""Adding and building killed at random instants: the bench's own run, in small."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bench" / "kill.py"


@pytest.mark.long
def test_nothing_is_lost_when_a_command_is_killed() -> None:
    command = [sys.executable, str(SCRIPT), "--kills", "3", "--round", "6", "--reports", "12", "--seed", "7"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "nothing lost, same bytes" in ended.stdout
