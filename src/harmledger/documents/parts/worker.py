"""The process that takes PDFs, workbooks and feeds apart: bounded in memory, writing no file, ended by its pipe."""

import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any, Final, TypeAlias

import msgspec

from harmledger.documents.parts.isolation import ANSWER, REQUEST, TASKS, Task
from harmledger.documents.parts.limits import WORKER_MEMORY

Answers: TypeAlias = Iterator[dict[str, Any]]

_READERS: Final[dict[Task, tuple[str, str]]] = {
    "pdf": ("pdf_pages", "read_pages"),
    "workbook": ("sheet_rows", "read_rows"),
    "feed": ("feed_entries", "read_entries"),
}


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until their pipe ends."""
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        number, size = REQUEST.unpack(head)
        data = requests.read(size)
        if len(data) < size:
            return
        try:
            for answer in _find_reader(TASKS[number])(data):
                _send(answers, answer)
        except Exception as error:  # a hostile file may raise anything in its parser; it costs one document
            _send(answers, {"error": type(error).__name__})
        del data
        _send(answers, {"end": True})


def _find_reader(task: Task) -> Callable[[bytes], Answers]:
    module, function = _READERS[task]
    reader: Callable[[bytes], Answers] = getattr(
        importlib.import_module(f"harmledger.documents.parts.{module}"), function
    )
    return reader


def _send(answers: IO[bytes], answer: dict[str, Any]) -> None:
    data = msgspec.json.encode(answer)
    answers.write(ANSWER.pack(len(data)))
    answers.write(data)
    answers.flush()


def confine() -> None:
    """Bound this process: its memory, no files written, no dumps of memory left behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is interrupted, and ends this process
    try:
        import resource
    except ImportError:  # Windows has no such limits; time is bounded by whoever asked
        return
    for limit, value in (
        (resource.RLIMIT_AS, WORKER_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(limit)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bound, bound))


def main() -> None:
    """Serve on standard input and output; what parsers print goes nowhere."""
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    confine()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
