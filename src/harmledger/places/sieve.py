"""Sieves: which names a layer surely lacks, told without asking its file.

Most capitalised words of a report are no place of any layer, and a file takes a hundred times as long to say so. A
sieve is a Bloom filter (Bloom 1970) of two hashes: what it stops is not in the layer, what it passes most likely is.
It lies beside the layer's file, is made from it where it is missing or does not belong to it, and may be deleted.
"""

import os
import sqlite3
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final, Literal
from zlib import crc32

from harmledger.places.layer import COMPILER_VERSION, Layer

Form = Literal["key", "skeleton", "spelling"]

_VERSION: Final = 1
"""Raised whenever the same names give other bits."""
_SEEDS: Final[dict[Form, int]] = {"key": 0, "skeleton": 1, "spelling": 2}
_BITS_A_NAME: Final = 16
"""At least; of names that a layer lacks, fewer than one in sixty passes."""
_MIXER: Final = 0x9E37_79B1
"""An odd number near 2**32 over the golden ratio (Knuth, volume 3, 6.4): it spreads codes that lie close together."""
_WORD: Final = 0xFFFF_FFFF
_FEWEST_BITS: Final = 1 << 13
_CHECKSUM_BYTES: Final = 4


def encode_name(name: str, form: Form) -> tuple[int, int]:
    """Give the two codes by which sieves know a name in one of its forms (see `score.Name`)."""
    code = crc32(name.encode("utf-8", "surrogatepass"), _SEEDS[form])
    mixed = code * _MIXER & _WORD
    return code, mixed ^ mixed >> 16


class Sieve:
    """The names of one layer as bits."""

    __slots__ = ("_bits", "_mask")

    def __init__(self, bits: bytes) -> None:
        """Take the bits, whose number is a power of two."""
        self._bits = bits
        self._mask = 8 * len(bits) - 1

    def passes(self, codes: tuple[int, int]) -> bool:
        """Tell whether the layer may hold the name of these codes; False is certain."""
        bits, mask = self._bits, self._mask
        at = codes[0] & mask
        if not bits[at >> 3] >> (at & 7) & 1:
            return False
        at = codes[1] & mask
        return bool(bits[at >> 3] >> (at & 7) & 1)


def open_sieve(layer: Layer) -> Sieve | None:
    """Open the sieve of a layer; make it, and keep it beside the layer's file, where there is none that belongs to it.

    None where the layer is damaged: then the layer itself must be asked, which tells.
    """
    try:
        if layer.path is None:
            return Sieve(_fill_bits(layer))
        stamp = _stamp_file(layer, layer.path)
        path = layer.path.with_suffix(".sieve")
        bits = _read_bits(path, stamp)
        if bits is None:
            bits = _fill_bits(layer)
            with suppress(OSError):
                _write_bits(path, stamp, bits)
        return Sieve(bits)
    except (sqlite3.DatabaseError, OSError):
        return None


def _list_codes(layer: Layer) -> set[tuple[int, int]]:
    codes = {encode_name(key, "key") for key in layer.list_keys()}
    for spelling, skeleton in layer.list_sounds():
        codes.add(encode_name(spelling, "spelling"))
        codes.add(encode_name(skeleton, "skeleton"))
    return codes


def _fill_bits(layer: Layer) -> bytes:
    codes = _list_codes(layer)
    size = max(_FEWEST_BITS, 1 << (_BITS_A_NAME * len(codes)).bit_length())
    bits, mask = bytearray(size // 8), size - 1
    for code in chain.from_iterable(codes):
        at = code & mask
        bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def _stamp_file(layer: Layer, path: Path) -> bytes:
    """Give what a sieve must carry to belong to this file: one replaced since has another size or another time."""
    facts = path.stat()
    return f"{_VERSION}|{COMPILER_VERSION}|{layer.label}|{layer.digest}|{facts.st_size}|{facts.st_mtime_ns}\n".encode()


def _read_bits(path: Path, stamp: bytes) -> bytes | None:
    """Give the bits of a sieve's file; None where it is missing, damaged or another layer's."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head = len(stamp) + _CHECKSUM_BYTES
    bits = content[head:]
    is_whole = len(bits) >= _FEWEST_BITS // 8 and len(bits).bit_count() == 1
    if not is_whole or not content.startswith(stamp) or content[len(stamp) : head] != _sum_bits(bits):
        return None
    return bits


def _write_bits(path: Path, stamp: bytes, bits: bytes) -> None:
    """Write a sieve aside and rename it: another process may be reading, or writing the same."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.building")
    try:
        aside.write_bytes(stamp + _sum_bits(bits) + bits)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _sum_bits(bits: bytes) -> bytes:
    return crc32(bits).to_bytes(_CHECKSUM_BYTES, "big")
