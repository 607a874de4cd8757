"""Names of files, as people give them."""

import errno
from typing import Final

STANDARD_STREAM: Final = "-"
"""The name that stands for standard input or standard output."""


def name_source(source: str) -> str:
    """Give the name under which messages speak of a file that is read."""
    return "standard input" if source == STANDARD_STREAM else source


FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors of a file that has no room for what is written."""
