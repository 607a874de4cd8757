"""Reference cycles: how often a process of ours looks for them."""

import gc
from typing import Final

_NEW_OBJECTS: Final = 100_000
"""Objects made, less those gone, before Python looks for cycles; 700 unless told otherwise."""


def collect_rarely() -> None:
    """Have this process look for reference cycles rarely.

    Records hold none and go when they are no longer used, yet every look visits the lexicon and what the gazetteer
    keeps, which costs a tenth of the time of reading. For a process that is ours alone: a command, or one of its
    readers.
    """
    gc.set_threshold(_NEW_OBJECTS)
