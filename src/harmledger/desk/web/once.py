"""Making a thing once where many threads want it at the same time: one makes it, the others wait for it."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager


class Turns:
    """Locks by what is made, held while it is being made and forgotten after."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._making: dict[Hashable, threading.RLock] = {}

    @contextmanager
    def take(self, key: Hashable) -> Iterator[None]:
        """Wait until nobody else makes what has this key; whoever comes next finds it made, and looks first."""
        with self._guard:
            lock = self._making.setdefault(key, threading.RLock())
        with lock:
            try:
                yield
            finally:
                with self._guard:
                    self._making.pop(key, None)
