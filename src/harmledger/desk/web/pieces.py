"""Pages put together from pieces, of which those that are the same on every page are packed once."""

import secrets
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse

from harmledger.publication.templating import clean_controls

_LEVEL: Final = 5
"""Of the nine levels: a tenth more bytes than the highest, in a third of the time."""

_BITS: Final = -zlib.MAX_WBITS
_HEAD: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
"""The head of a gzip file without name and time (RFC 1952)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page, as it is and packed by itself (RFC 1951, up to a full flush)."""

    body: bytes
    packed: bytes


def pack_piece(text: str) -> Piece:
    """Give a part of many pages."""
    body = clean_controls(text).encode()
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _BITS)
    return Piece(body, packer.compress(body) + packer.flush(zlib.Z_FULL_FLUSH))


def name_place() -> str:
    """Give a name that stands in a page for a piece, and that no text can know."""
    return f"<!--{secrets.token_hex(16)}-->"


def split_page(text: str, pieces: Mapping[str, Piece]) -> list[bytes | Piece]:
    """Give what stands in a page before, between and behind the places of pieces, and these in their places."""
    for place, piece in pieces.items():
        before, found, behind = text.partition(place)
        if found:
            others = {name: one for name, one in pieces.items() if name != place}
            return [*split_page(before, others), piece, *split_page(behind, others)]
    return [clean_controls(text).encode()]


class PiecedResponse(HttpResponse):
    """A page that keeps the pieces it was made of."""

    def __init__(self, pieces: Sequence[bytes | Piece], **given: Any) -> None:
        self.pieces = pieces
        super().__init__(b"".join(_spell(piece) for piece in self.pieces), **given)


def _spell(piece: bytes | Piece) -> bytes:
    return piece.body if isinstance(piece, Piece) else piece


def pack_pieces(pieces: Sequence[bytes | Piece]) -> bytes:
    """Give a body as gzip; what is packed already is taken as it is."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _BITS)
    packed, check, size = [_HEAD], 0, 0
    for piece in pieces:
        body = _spell(piece)
        check, size = zlib.crc32(body, check), size + len(body)
        if isinstance(piece, Piece):
            packed += [packer.flush(zlib.Z_FULL_FLUSH), piece.packed]
        else:
            packed.append(packer.compress(body))
    packed += [packer.flush(), check.to_bytes(4, "little"), (size & 0xFFFFFFFF).to_bytes(4, "little")]
    return b"".join(packed)
