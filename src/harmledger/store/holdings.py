"""What an edition holds: the digests of document ids, which can be asked for one id but list none."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

_SIZE: Final = 32


def pack_holdings(ids: Iterable[str]) -> bytes:
    """Give the SHA-256 of each id, sorted, each once, end to end."""
    return b"".join(sorted({_digest(id) for id in ids}))


def find_holding(holdings: bytes, id: str) -> bool:
    """Tell whether the id is among those that were packed."""
    wanted = _digest(id)
    place = bisect_left(
        range(len(holdings) // _SIZE), wanted, key=lambda n: holdings[n * _SIZE : (n + 1) * _SIZE]
    )
    return holdings[place * _SIZE : (place + 1) * _SIZE] == wanted


def _digest(id: str) -> bytes:
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
