"""Near-copies: the documents that tell one wire story, so that ten copies count as one origin.

Nothing is dropped: each document is linked to the head of its family, its earliest member. What is compared is a
sketch of a text: a MinHash signature of its shingles (Broder 1997) with the keys of its bands (Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, ch. 3). A sketch is a function of its text alone, so it can be kept; the
families are a function of the sketches, whatever came in first.
"""

import hashlib
import re
import struct
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import eq
from typing import Any, Final, NamedTuple, TypeVar

from harmledger.documents.text import Text

COPY_SIMILARITY: Final = 0.35
"""Two texts are copies when their shingles have at least this Jaccard similarity, as their signatures tell it (to
0.03, one standard deviation). Wire copy that editors cut and reworded lies between 0.3 and 1; different reports, on
pages of one site with much furniture, reach 0.22."""

SHORTEST_TEXT: Final = 30
"""Texts of fewer words are copies only when they are equal once folded: a few shingles prove nothing."""

WINDOW: Final = 8
"""How many earlier texts of one band a text is compared with: work grows with their number alone."""

_SHINGLE: Final = 3
_HASHES: Final = 256
BANDS: Final = 64
_ROWS: Final = 3
"""64 bands of 3 hashes: a pair of similarity 0.35 is found with probability 0.94, of 0.5 with 0.9998."""
_REMEMBERED: Final = 2048
"""How many signatures are held unpacked at a time."""
_UNLIKE: Final = 1_000_000
"""How many pairs are remembered as unlike: a bound on memory, not on what is compared."""
_LANES: Final = struct.Struct(f"<{_HASHES}H")
_KEYS: Final = struct.Struct(f"<{BANDS}I")
_ROW_BYTES: Final = 2 * _ROWS
_LEAST_EQUAL: Final = COPY_SIMILARITY * _HASHES
_GLANCE: Final = 64
_GLANCE_EQUAL: Final = 8
"""Of 64 hashes of two texts of similarity 0.35, 22 are equal; fewer than 8 are in one case of 10,000."""
_SEED: Final = 20161018
_WORD: Final = re.compile(r"\w+")
_DROPPED: Final = re.compile(r"[-'’\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Hyphens, apostrophes, combining marks and the Arabic stretcher: editors differ in them."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a text is compared: `key` is equal for texts that are equal once folded, and empty for an empty one;
    `bands` and `signature` are empty for a text too short to be compared otherwise."""

    key: bytes
    bands: bytes = b""
    signature: bytes = b""


T = TypeVar("T")
Signature = Sequence[int]
"""The hashes of a signature."""


class Entry(NamedTuple):
    """A document to be linked: its id, its publication time (ISO 8601, None where unknown), and of its sketch the
    key and the bands."""

    id: str
    published: str | None
    key: bytes
    bands: bytes


def gather_body(text: Text) -> str:
    """Give what a text reports, without datelines and furniture: what should be compared.

    Pages of one site share their furniture, and short posts can be mostly that.
    """
    return "\n".join(text.reading[s.start : s.end] for s in text.sentences if s.role in ("body", "headline"))


def sketch_body(body: str) -> Sketch:
    """Give the sketch of a text (see `gather_body`)."""
    words = _fold_words(body)
    if not words:
        return Sketch(b"")
    key = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).digest()[:16]
    if len(words) < SHORTEST_TEXT:
        return Sketch(key)
    lanes = _LANES.pack(*(value & 0xFFFF for value in _hash_shingles(_shingle(words))))
    keys = (zlib.crc32(lanes[band * _ROW_BYTES : (band + 1) * _ROW_BYTES], band) for band in range(BANDS))
    return Sketch(key, _KEYS.pack(*keys), lanes)


def compare_signatures(one: bytes, other: bytes) -> float:
    """Give the similarity of two texts, 0 to 1, as their signatures tell it."""
    return float(sum(map(eq, _LANES.unpack(one), _LANES.unpack(other))) / _HASHES)


def link_sketches(texts: Iterable[tuple[str, str | None, Sketch]]) -> dict[str, str]:
    """Give for each document id the id of the head of its family, which for most is its own.

    Takes id, publication time (ISO 8601, None where unknown) and sketch (see `sketch_body`). The head is the earliest
    published, of equals the one with the smallest id; documents without a time come after those with one. The order of
    the input decides nothing. Families are chains: a copy of a copy belongs to them.
    """
    entries: list[Entry] = []
    signatures: dict[str, bytes] = {}
    for document, published, sketch in texts:
        entries.append(Entry(document, published, sketch.key, sketch.bands))
        signatures[document] = sketch.signature
    return link_entries(entries, signatures.__getitem__)


def link_entries(entries: Iterable[Entry], signature: Callable[[str], bytes]) -> dict[str, str]:
    """Give for each document id the id of the head of its family. `signature` gives a document's signature.

    What a few changes among many bear on is found by `documents.relinking`, which gives the same.
    """
    ranked = sorted(entries, key=rank_entry)
    firsts = _find_firsts(ranked)
    originals = [entry for entry in ranked if firsts[entry.id] == entry.id and entry.bands]
    joined = _Joined(originals, signature)
    for members in _list_buckets(originals):
        joined.compare(members)
    heads = {entry.id: originals[head].id for entry, head in zip(originals, joined.list_heads(), strict=True)}
    return {entry.id: heads.get(first := firsts[entry.id], first) for entry in ranked}


_PLAIN: Final = {code: chr(code).lower() if _WORD.match(chr(code)) else " " for code in range(128)}


def _fold_words(text: str) -> list[str]:
    if text.isascii():  # the same words, five times as fast
        return text.replace("-", "").replace("'", "").translate(_PLAIN).split()
    return _WORD.findall(_DROPPED.sub("", text.casefold()))


def rank_entry(entry: Entry) -> tuple[bool, str, str]:
    """Give the key that sorts documents: by publication, those without a time last, then by id."""
    return entry.published is None, entry.published or "", entry.id


def _shingle(words: Sequence[str]) -> list[str]:
    return [" ".join(run) for run in zip(*(words[n:] for n in range(_SHINGLE)), strict=False)]


def _hash_shingles(shingles: Sequence[str]) -> Sequence[int]:
    from rensa import RMinHash

    signature: Any = RMinHash(num_perm=_HASHES, seed=_SEED)
    signature.update(shingles)
    found: Sequence[int] = signature.digest()
    return found


def _find_firsts(ranked: Iterable[Entry]) -> dict[str, str]:
    """Give for each document the first that is equal to it once folded: itself for most."""
    seen: dict[bytes, str] = {}
    return {entry.id: seen.setdefault(entry.key, entry.id) if entry.key else entry.id for entry in ranked}


def _list_buckets(entries: Sequence[Entry]) -> Iterator[Sequence[int]]:
    """Give for each key that stands more than once in a band the places of the entries that have it."""
    keys = array("I", b"".join(entry.bands for entry in entries))
    if sys.byteorder == "big":
        keys.byteswap()
    for band in range(BANDS):
        column = keys[band::BANDS]
        repeated = {value for value, number in Counter(column).items() if number > 1}
        standing: dict[int, list[int]] = {key: [] for key in repeated}
        for number in compress(range(len(column)), map(repeated.__contains__, column)) if repeated else ():
            standing[column[number]].append(number)
        yield from standing.values()


def list_window(members: Sequence[T], place: int) -> Sequence[T]:
    """Give of the members of a band, in their rank, those that the one at a place is compared with."""
    return members[max(0, place - WINDOW) : place]


def unpack_signature(signature: bytes) -> Signature:
    """Give a signature as numbers."""
    return _LANES.unpack(signature)


def is_alike(one: Signature, other: Signature) -> bool:
    """Tell whether two signatures are those of copies. A glance at a quarter of them shows most that are not."""
    if sum(map(eq, one[:_GLANCE], other)) < _GLANCE_EQUAL:
        return False
    return bool(sum(map(eq, one, other)) >= _LEAST_EQUAL)


class _Joined:
    """Documents in their rank, joined into families as they are found alike."""

    def __init__(self, entries: Sequence[Entry], signature: Callable[[str], bytes]):
        self._entries = entries
        self._fetch = lru_cache(maxsize=_REMEMBERED)(lambda document: unpack_signature(signature(document)))
        self._unlike: set[tuple[int, int]] = set()
        self._parents = list(range(len(entries)))

    def list_heads(self) -> list[int]:
        """Give for each document the place of the first of its family."""
        return [self._find(number) for number in range(len(self._parents))]

    def compare(self, members: Sequence[int]) -> None:
        """Compare each document of a band with the WINDOW latest before it; where all are of one family there is nothing to find."""
        if len(set(map(self._find, members))) == 1:
            return
        for place, number in enumerate(members):
            for other in list_window(members, place):
                if self._find(other) != self._find(number) and self._is_copy(number, other):
                    self._join(number, other)

    def _is_copy(self, one: int, other: int) -> bool:
        """Compare two documents; a pair that is found unlike is not compared again."""
        if (one, other) in self._unlike:
            return False
        found = is_alike(self._fetch(self._entries[one].id), self._fetch(self._entries[other].id))
        if not found and len(self._unlike) < _UNLIKE:
            self._unlike.add((one, other))
        return found

    def _find(self, number: int) -> int:
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def _join(self, one: int, other: int) -> None:
        """Join two families; documents stand in their rank, so the smaller head stays."""
        first, second = sorted((self._find(one), self._find(other)))
        self._parents[second] = first
