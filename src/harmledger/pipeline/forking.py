"""Work of less than a second shared out: by processes forked from this one, which are at work before another has started."""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from threading import active_count
from typing import Any, NamedTuple, TypeVar

B = TypeVar("B")
R = TypeVar("R")


class _Forked(NamedTuple):
    """A process at work on a batch, and where it tells what it made of it."""

    process: int
    told: int


def fork_work(work: Callable[[B], R], batches: Sequence[B]) -> Iterator[R]:
    """Give what `work` makes of each batch, in their order: of the first in this process, of each other in one that is forked
    from it meanwhile.

    What such a process does not bring to its end is worked on here, so that a fault is told where it can be read. So is
    everything where forking is not safe, in a process with threads and elsewhere than on Linux, and where the system gives
    no process.
    """
    if sys.platform != "linux" or active_count() > 1:
        yield from map(work, batches)
        return
    forked: list[_Forked | None] = []
    try:
        forked.extend(_fork(work, batch) for batch in batches[1:])
        yield from map(work, batches[:1])
        for place, batch in enumerate(batches[1:]):
            one = forked[place]
            made = b"" if one is None else _hear(one)
            forked[place] = None
            yield pickle.loads(made) if made else work(batch)  # noqa: S301 - our own process made it
    finally:
        for one in filter(None, forked):
            _stop(one)


def _fork(work: Callable[[B], Any], batch: B) -> _Forked | None:
    told, tells = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(told)
        process = None
    if process == 0:
        _work_and_end(work, batch, tells)
    os.close(tells)
    return None if process is None else _Forked(process, told)


def _work_and_end(work: Callable[[B], Any], batch: B, tells: int) -> None:
    """Be the process that was forked: tell what was made, and end without closing anything that the other one uses."""
    code = 1
    try:
        gc.freeze()  # what the other one left to be cleared away is its own: files that are open there
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        made = pickle.dumps(work(batch), pickle.HIGHEST_PROTOCOL)
        with open(tells, "wb") as pipe:
            pipe.write(made)
        code = 0
    finally:
        os._exit(code)


def _hear(one: _Forked) -> bytes:
    """Give what a process tells until it ends; nothing where it did not end well."""
    with open(one.told, "rb") as pipe:
        made = pipe.read()
    _, status = os.waitpid(one.process, 0)
    return made if os.waitstatus_to_exitcode(status) == 0 else b""


def _stop(one: _Forked) -> None:
    """End a process that nobody waits for any more, wherever the waiting was broken off."""
    with suppress(ProcessLookupError):
        os.kill(one.process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(one.process, 0)
    with suppress(OSError):
        os.close(one.told)
