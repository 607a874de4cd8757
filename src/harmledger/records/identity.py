"""Ids and digests: SHA-256, the same on every machine and in every run."""

import hashlib
from collections.abc import Iterable

_SEPARATOR = "\x1f"


def digest_bytes(data: bytes) -> str:
    """Give the SHA-256 of the bytes, in hexadecimal (Berkeley Protocol: digest of what was received)."""
    return hashlib.sha256(data).hexdigest()


def identify(parts: Iterable[object]) -> str:
    """Give the SHA-256 of the parts' text, in order, with a separator that no field contains."""
    return digest_bytes(_SEPARATOR.join("" if part is None else str(part) for part in parts).encode())


def identify_claim(
    document: str, digest: str | None, kind: str, harm: str | None, group: str | None, start: int, end: int
) -> str:
    """Give a claim's id from where it stands and what it is about.

    Value and voice are left out on purpose: they may be read better one day, and judgements about the
    claim must stay attached to it.
    """
    return identify((document, digest, kind, harm, group, start, end))
