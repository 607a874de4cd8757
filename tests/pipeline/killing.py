"""What must hold where the system ends one of several processes."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from multiprocessing import active_children

import pytest


def check_that_a_killed_process_is_told(given: Iterator[object]) -> None:
    """Ask for the first of what several processes give, kill one, and see that asking for the rest tells of it and that none is
    left."""
    next(given)
    victim = active_children()[0]
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    with pytest.raises(BrokenExecutor):
        list(given)
    assert not active_children()
