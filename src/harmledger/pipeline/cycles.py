"""Reference cycles: how often a process of ours looks for them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

NEW_OBJECTS: Final = 100_000
"""Objects made, less those gone, before Python looks for cycles; 700 unless told otherwise."""
MANY_OBJECTS: Final = 500_000
"""The same where records of a whole case are held at once."""


def collect_rarely(new_objects: int = NEW_OBJECTS) -> None:
    """Have this process look for reference cycles rarely.

    Records hold none and go when they are no longer used, yet every look visits the lexicon and what the gazetteer
    keeps, which costs a tenth of the time of reading. For a process that is ours alone: a command, or one of its
    readers.
    """
    gc.set_threshold(new_objects)


@contextmanager
def rest_collector() -> Iterator[None]:
    """Have this process look for reference cycles hardly ever while the block runs: all records of a case are made in it,
    none of them in a circle, and looking through them again and again is a fifth of the time."""
    thresholds = gc.get_threshold()
    gc.set_threshold(MANY_OBJECTS, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
