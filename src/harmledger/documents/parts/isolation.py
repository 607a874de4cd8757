"""Isolation: files for parsers that may crash or never end go to a process of their own.

A crash, a hang or a hunger for memory there costs one file. Processes stay for the next file; what they answer
is JSON, so that a parser that a file has taken over can say nothing but wrong words.
"""

import atexit
import contextlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from typing import IO, Any, Final, Literal, TypeAlias, cast

import msgspec

from harmledger.documents.parts.limits import WORKER_SECONDS

Task: TypeAlias = Literal["pdf", "workbook", "feed"]

REQUEST: Final = struct.Struct(">B7xQ")
"""Head of a request: number of the task, bytes that follow."""

ANSWER: Final = struct.Struct(">L")
"""Head of an answer: bytes of JSON that follow. A request has many; the last is `{"end": true}`."""

TASKS: Final[tuple[Task, ...]] = ("pdf", "workbook", "feed")
_ANSWER_LIMIT: Final = 64_000_000
_MOST_TASKS: Final = 500  # then a new process: what parsers never give back stays small
_idle: list["_Worker"] = []


class Lost(Exception):  # noqa: N818 (no error of the program: the file was too much for its parser)
    """The process died or took too long; the text says which."""


def ask(task: Task, data: bytes) -> Iterator[dict[str, Any]]:
    """Give the answers to a task on the bytes of one file. Raises Lost."""
    worker = _idle.pop() if _idle else _Worker()
    try:
        yield from worker.ask(task, data)
    finally:
        if worker.is_ready and worker.tasks < _MOST_TASKS:
            _idle.append(worker)
        else:
            worker.stop()


def stop_workers() -> None:
    """End the processes that wait for files."""
    while _idle:
        _idle.pop().stop()


class _Worker:
    """One process, and the pipes to it. `is_ready` tells that it waits for a task."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "harmledger.documents.parts.worker"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.is_ready = True
        self.tasks = 0
        self.is_late = False

    def ask(self, task: Task, data: bytes) -> Generator[dict[str, Any]]:
        self.is_ready = False
        self.tasks += 1
        timer = threading.Timer(WORKER_SECONDS, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            stdin, stdout = cast(IO[bytes], self.process.stdin), cast(IO[bytes], self.process.stdout)
            stdin.write(REQUEST.pack(TASKS.index(task), len(data)))
            stdin.write(data)
            stdin.flush()
            while not (answer := _receive(stdout)).get("end"):
                yield answer
            self.is_ready = True
        except (OSError, EOFError, ValueError, msgspec.MsgspecError) as error:
            raise Lost(self._explain()) from error
        finally:
            timer.cancel()

    def stop(self) -> None:
        """End the process at once."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait()

    def _give_up(self) -> None:
        self.is_late = True
        self.process.kill()

    def _explain(self) -> str:
        if self.is_late:
            return f"its parser took longer than {WORKER_SECONDS:.0f} seconds"
        return "its parser crashed or ran out of memory"


def _receive(pipe: IO[bytes]) -> dict[str, Any]:
    """Read one answer. Raises EOFError where the process has ended, and what msgspec raises."""
    (size,) = ANSWER.unpack(_read(pipe, ANSWER.size))
    if size > _ANSWER_LIMIT:
        raise ValueError("an answer is too long")
    return msgspec.json.decode(_read(pipe, size), type=dict[str, Any])


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


atexit.register(stop_workers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # two processes must not share one pipe
