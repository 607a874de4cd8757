"""Links of many tellings, found by several processes; the same links in the same order, however many there are.

Which tellings one is compared with depends on all that came before it, so each process goes through all of them in their
order, a few hundred at a time: it finds the links of those that no other has taken, and takes the rest in. That is a
fifth of the work done more than once, and no process waits for another.
"""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import msgspec

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.compare import SCALE, make_scale
from harmledger.incidents.folding import Telling
from harmledger.incidents.links import Linker, find_links
from harmledger.incidents.weights import Weights
from harmledger.pipeline.processes import begin_process

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

MANY: Final = 20_000
"""Fewer tellings are linked in this process: starting others would take longer."""
STRETCH: Final = 500
"""Tellings handed over at a time."""
AHEAD: Final = 8
"""How many stretches a process may be ahead of the first whose links are not given yet, for each process."""
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[Telling])
_TAKE, _PASS = b"+", b"-"


def link_tellings(
    tellings: Sequence[Telling], jobs: int = 1, weights: Weights | None = None
) -> Iterator[Link]:
    """Give the links among tellings in their order, by position (`incidents.links.find_links`), found by so many processes.

    Raises concurrent.futures.BrokenExecutor when the system kills a process.
    """
    if jobs <= 1 or len(tellings) < MANY:
        yield from find_links(tellings, SCALE if weights is None else make_scale(weights))
        return
    with _start_linkers(jobs, weights) as linkers:
        for packed in _Round(tellings, linkers).run():
            yield from _unpack_links(packed)


class _Round:
    """Stretches on their way to processes, and what these found on its way back."""

    def __init__(self, tellings: Sequence[Telling], linkers: "Sequence[Connection]") -> None:
        self._tellings = tellings
        self._number = -(-len(tellings) // STRETCH)
        self._next = dict.fromkeys(linkers, 0)
        self._idle = list(linkers)
        self._owned: dict[Connection, int] = {}
        self._found: dict[int, bytes] = {}
        self._taken = 0
        self._given = 0

    def run(self) -> Iterator[bytes]:
        """Give the links of each stretch, packed, in their order."""
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing.connection import wait

        try:
            while self._given < self._number:
                self._idle = [linker for linker in self._idle if not self._hand_over(linker)]
                for linker in wait(self._next.keys() - set(self._idle)):
                    self._take_back(linker)  # type: ignore[arg-type]
                while self._given in self._found:
                    yield self._found.pop(self._given)
                    self._given += 1
        except (EOFError, OSError) as error:
            raise BrokenProcessPool("a process that links reports ended") from error

    def _hand_over(self, linker: "Connection") -> bool:
        """Send a process its next stretch; False where it has to wait, or there is nothing left to take."""
        number = self._next[linker]
        if self._taken == self._number or number >= self._given + AHEAD * len(self._next):
            return False
        is_own = number == self._taken
        stretch = self._tellings[number * STRETCH : (number + 1) * STRETCH]
        linker.send_bytes((_TAKE if is_own else _PASS) + _ENCODER.encode(stretch))
        self._next[linker] = number + 1
        if is_own:
            self._owned[linker] = number
            self._taken += 1
        return True

    def _take_back(self, linker: "Connection") -> None:
        packed = linker.recv_bytes()
        number = self._owned.pop(linker, None)
        if number is not None:
            self._found[number] = packed
        self._idle.append(linker)


@contextmanager
def _start_linkers(jobs: int, weights: Weights | None) -> "Iterator[list[Connection]]":
    """Start fresh processes, and end them however the block ends; gives what each is spoken to by."""
    from multiprocessing import get_context

    context = get_context("spawn")
    linkers: list[Connection] = []
    started: list[SpawnProcess] = []
    try:
        for _ in range(jobs):
            here, there = context.Pipe()
            linkers.append(here)
            process = context.Process(target=_link, args=(there, weights), daemon=True)
            process.start()
            started.append(process)
            there.close()
        yield linkers
    finally:
        for linker in linkers:
            linker.close()
        for process in started:
            process.terminate()
        for process in started:
            process.join()


def _link(asked: "Connection", weights: Weights | None) -> None:
    """Link what is handed over, until nobody asks any more."""
    begin_process()
    linker = Linker(SCALE if weights is None else make_scale(weights))
    while True:
        try:
            received = asked.recv_bytes()
        except EOFError:
            return
        links: list[Link] = []
        for telling in _DECODER.decode(memoryview(received)[1:]):
            if received[:1] == _TAKE:
                links.extend(linker.link(telling))
            else:
                linker.pass_by(telling)
        asked.send_bytes(_pack_links(links))


def _pack_links(links: Sequence[Link]) -> bytes:
    numbers = array("q", [number for later, earlier, _ in links for number in (later, earlier)])
    return numbers.tobytes() + array("d", [score for _, _, score in links]).tobytes()


def _unpack_links(packed: bytes) -> Iterator[Link]:
    numbers, scores = array("q"), array("d")
    size = len(packed) // (2 * numbers.itemsize + scores.itemsize)
    numbers.frombytes(packed[: 2 * numbers.itemsize * size])
    scores.frombytes(packed[2 * numbers.itemsize * size :])
    return map(Link, numbers[::2], numbers[1::2], scores)
