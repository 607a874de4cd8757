"""Kinship of two texts: how many stems of words their sentences share, found from sketches that are a few bytes long."""

import re
import struct
import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product
from typing import Final

from harmledger.incidents.names import fold_name
from harmledger.lexicon.clitics import Clitics, load_clitics
from harmledger.lexicon.tables import list_languages

SHORTEST_WORD: Final = 4
"""Words of fewer letters are mostly particles, and tell nothing."""
STEM_LETTERS: Final = 5
"""Words that begin with the same letters count as one: endings differ more than beginnings do."""
MOST_STEMS: Final = 96
"""A sketch holds so many stems, those with the smallest numbers: of two long texts the same ones are kept."""

_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def _load_prefixes() -> tuple[tuple[Clitics, tuple[str, ...]], ...]:
    """Give for each language that writes particles onto words what may stand before one, the longest first."""
    found = []
    for language in list_languages():
        clitics = load_clitics(language)
        if clitics is None:
            continue
        chains = {"".join(chain) for chain in product(*(("", *order) for order in clitics.orders))}
        heads = {chain + article for chain in chains for article in ("", *clitics.articles)}
        heads |= set(clitics.joined_articles)
        found.append((clitics, tuple(sorted(heads - {""}, key=lambda head: (-len(head), head)))))
    return tuple(found)


def _bare(word: str) -> str:
    """Give the word without what its language writes onto its beginning."""
    for clitics, heads in _load_prefixes():
        if not clitics.letters.match(word) or word in clitics.whole:
            continue
        for head in heads:
            if word.startswith(head) and len(word) - len(head) >= clitics.shortest:
                return word[len(head) :]
    return word


@lru_cache(maxsize=65536)
def _number_stem(word: str) -> int | None:
    """Give the 16 bits that a word's stem is found by; None for one too short to tell anything. Two stems share a number
    by chance once in 65,536 pairs: in a sketch of fifty against another of fifty, in one case of thirty."""
    folded = fold_name(word)
    if len(folded) < SHORTEST_WORD:
        return None
    return zlib.crc32(_bare(folded)[:STEM_LETTERS].encode()) & 0xFFFF


def sketch_words(texts: Iterable[str]) -> bytes:
    """Give the sketch of the words of some sentences: the numbers of their stems, sorted, two bytes each."""
    stems = {_number_stem(word) for text in texts for word in _WORD.findall(text)}
    kept = sorted(stem for stem in stems if stem is not None)[:MOST_STEMS]
    return struct.pack(f"<{len(kept)}H", *kept)


@lru_cache(maxsize=16384)
def _read_sketch(sketch: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f"<{len(sketch) // 2}H", sketch))


def count_shared(one: bytes, other: bytes) -> tuple[int, int]:
    """Give how many stems two sketches share, and how many the shorter has."""
    a, b = _read_sketch(one), _read_sketch(other)
    return len(a & b), min(len(a), len(b))


def rate_shared(shared: int, shorter: int) -> float:
    """Give the kinship of two sketches: how many stems they share, over the square root of the number in the shorter. 0 for
    none, about 1 for two reports that have the words of reporting in common, 3 and more for a text and its reworking.

    The count alone favours long texts, the share alone short ones; the square root lies between.
    """
    return shared / shorter**0.5 if shorter else 0.0
