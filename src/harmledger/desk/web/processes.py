"""Work that takes long, in a process of its own with low priority: readers go on meanwhile."""

import fcntl
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

NICENESS: Final = 10
_SECONDS_BETWEEN_STARTS: Final = 5.0
_SECONDS_BETWEEN_TRIES: Final = 0.05
_MOST_PLACES: Final = 6


class Errand:
    """A module that is run as `python -m MODULE CASE`, once at a time, and not again at once where it ended early."""

    def __init__(self, module: str, seconds_between: float = _SECONDS_BETWEEN_STARTS) -> None:
        self._module = module
        self._seconds_between = seconds_between
        self._process: subprocess.Popen[bytes] | None = None
        self._started = float("-inf")
        self._guard = threading.Lock()

    def start(self, folder: Path) -> None:
        """Start it for a case, unless it runs or was started a moment ago."""
        with self._guard:
            is_running = self._process is not None and self._process.poll() is None
            if is_running or time.monotonic() - self._started < self._seconds_between:
                return
            self._started = time.monotonic()
            given = [sys.executable, "-m", self._module, os.fspath(folder)]
            self._process = subprocess.Popen(given, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def run_errand(work: Callable[[Path], object]) -> None:
    """Do what such a process is for, with the folder that it was given."""
    os.nice(NICENESS)
    work(Path(sys.argv[1]))


@contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold a lock file while the block runs; gives False at once where another process holds it."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


@contextmanager
def hold_turn(path: Path, seconds: float = 5.0) -> Iterator[bool]:
    """Hold a lock file while the block runs, as soon as whoever holds it lets go; gives False where nobody does in time."""
    end = time.monotonic() + seconds
    while True:
        with try_lock(path) as is_ours:
            if is_ours or time.monotonic() > end:
                yield is_ours
                return
        time.sleep(_SECONDS_BETWEEN_TRIES)


def print_failure(what: str, error: BaseException) -> None:
    """Write to the server's log what failed, where in the program, and by which exception: without its message, which may
    repeat words of a document."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    print(f"{what}: {type(error).__name__} at {' > '.join(places[-_MOST_PLACES:])}", file=sys.stderr)
