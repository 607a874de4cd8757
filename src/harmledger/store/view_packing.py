"""How a view keeps texts: packed, in a form that is quick for the few kilobytes that a document's claims take."""

import zlib
from typing import Final

_LEVEL: Final = 3
_WINDOW: Final = 13
_MEMORY: Final = 6
"""A window of 8 KiB and tables to match: as small as zlib's own settings make it, in half the time."""


def pack_bytes(data: bytes) -> bytes:
    """Give bytes packed (zlib)."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY)
    return packer.compress(data) + packer.flush()


def unpack_bytes(packed: bytes) -> bytes:
    """Give bytes that were packed."""
    return zlib.decompress(packed)
