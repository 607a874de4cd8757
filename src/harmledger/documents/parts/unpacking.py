"""Unpacking: packed bytes out of a file, counted as they come, whatever its headers promise."""

import tempfile
from typing import IO, Final, Protocol

from harmledger.documents.parts.limits import MEMBER_SIZE_LIMIT, RATIO_GRACE, RATIO_LIMIT
from harmledger.documents.parts.source import Budget

IN_MEMORY: Final = 8_000_000
"""Bytes of an unpacked file kept in memory; more go to a temporary file without a name."""

_STEP: Final = 65_536


class Suspicious(Exception):  # noqa: N818 (no error of the program: this one file is not what it seems)
    """One file inside another unpacks to more than it may; the text says how."""


class Stream(Protocol):
    """What gives unpacked bytes."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end."""
        ...


def unpack(
    stream: Stream, packed: int, budget: Budget, limit: int = MEMBER_SIZE_LIMIT
) -> tuple[IO[bytes], int]:
    """Give the unpacked bytes as a file that can seek, and their number; the caller closes it.

    `packed` is how many packed bytes they came from, at most. Raises Exhausted where the received file has
    given all it may, Suspicious where this member alone is too large, and what the stream raises.
    """
    kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (handed on open)
    size = 0
    try:
        while piece := stream.read(_STEP):
            size += len(piece)
            budget.take_bytes(len(piece))
            if size > limit:
                raise Suspicious(f"it is larger than {limit // 1_000_000} MB unpacked")
            if size > RATIO_GRACE and size > packed * RATIO_LIMIT:
                raise Suspicious(f"it unpacks to more than {RATIO_LIMIT} times its size, as no report does")
            kept.write(piece)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept, size
