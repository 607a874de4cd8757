"""Near-copies: the documents that tell one wire story, so that ten copies count as one origin.

Nothing is dropped: each document is linked to the head of its family, its earliest member. Candidates come
from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
ch. 3), and every link is verified on the shingles themselves, so that no chance of hashing decides.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from harmledger.documents.text import Text

COPY_SIMILARITY: Final = 0.35
"""Two texts are copies when their shingles have at least this Jaccard similarity. Wire copy that editors cut
and reworded lies between 0.3 and 1; different reports, on pages of one site with much furniture, reach 0.22."""

SHORTEST_TEXT: Final = 30
"""Texts of fewer words are copies only when they are equal once folded: a few shingles prove nothing."""

_SHINGLE: Final = 3
_HASHES: Final = 192
_BANDS: Final = (
    64  # of 3 hashes: a pair of similarity 0.35 is found with probability 0.94, of 0.5 with 0.9998
)
_SLACK: Final = 0.12  # three and a half standard deviations of a similarity estimated from the hashes
_SEED: Final = 20161018
_MOST_CHECKS: Final = 8
_WORD: Final = re.compile(r"\w+")
_DROPPED: Final = re.compile(r"[-'’\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Hyphens, apostrophes, combining marks and the Arabic stretcher: editors differ in them."""


def link_copies(texts: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    """Give for each document id the id of the head of its family, which for most is its own.

    Takes id, text (see `gather_body`) and publication time (ISO 8601, None where unknown). The head is the earliest published,
    of equals the one with the smallest id; documents without a time come after those with one. The order of
    the input decides nothing. Families are chains: a copy of a copy belongs to them.
    """
    ranked = sorted(texts, key=lambda entry: (entry[2] is None, entry[2] or "", entry[0]))
    family = list(range(len(ranked)))
    words = [_fold_words(text) for _, text, _ in ranked]
    originals = _link_equal(words, family)
    _link_similar([n for n in originals if len(words[n]) >= SHORTEST_TEXT], words, family)
    return {entry[0]: ranked[_find_head(family, number)][0] for number, entry in enumerate(ranked)}


def gather_body(text: Text) -> str:
    """Give what a text reports, without datelines and furniture: what should be compared.

    Pages of one site share their furniture, and short posts can be mostly that.
    """
    return "\n".join(text.reading[s.start : s.end] for s in text.sentences if s.role in ("body", "headline"))


def measure_similarity(one: str, other: str) -> float:
    """Give the Jaccard similarity of the shingles (runs of three folded words) of two texts, 0 to 1."""
    return _compare(_shingle(_fold_words(one)), _shingle(_fold_words(other)))


def _fold_words(text: str) -> list[str]:
    return _WORD.findall(_DROPPED.sub("", text.casefold()))


def _shingle(words: Sequence[str]) -> set[str]:
    return {" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1)}


def _compare(one: set[str], other: set[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _link_equal(words: Sequence[Sequence[str]], family: list[int]) -> list[int]:
    """Link the texts that are equal once folded; give one of each kind, the earliest."""
    seen: dict[bytes, int] = {}
    originals = []
    for number, text in enumerate(words):
        key = hashlib.sha256(" ".join(text).encode("utf-8", "replace")).digest()
        first = seen.setdefault(key, number)
        if first == number or not text:
            originals.append(number)
        else:
            family[number] = first
    return originals


def _link_similar(numbers: Sequence[int], words: Sequence[Sequence[str]], family: list[int]) -> None:
    """Link near-copies. A text is checked against at most a few members of each family it may belong to."""
    if len(numbers) < 2:
        return
    from rensa import RMinHash, RMinHashLSH

    index: Any = RMinHashLSH(threshold=COPY_SIMILARITY, num_perm=_HASHES, num_bands=_BANDS)
    signatures: dict[int, Any] = {}
    for number in numbers:
        shingles = _shingle(words[number])
        signature: Any = RMinHash(num_perm=_HASHES, seed=_SEED)
        signature.update(sorted(shingles))
        checks: Counter[int] = Counter()
        for other in sorted(index.query(signature)):
            head = _find_head(family, other)
            if head == _find_head(family, number) or checks[head] >= _MOST_CHECKS:
                continue
            if signature.jaccard(signatures[other]) < COPY_SIMILARITY - _SLACK:
                continue
            checks[head] += 1
            if _compare(shingles, _shingle(words[other])) >= COPY_SIMILARITY:
                _join(family, number, other)
        index.insert(number, signature)
        signatures[number] = signature


def _find_head(family: list[int], number: int) -> int:
    while family[number] != number:
        family[number] = family[family[number]]
        number = family[number]
    return number


def _join(family: list[int], one: int, other: int) -> None:
    """Join two families; numbers run in order of publication, so the smaller head stays."""
    first, second = sorted((_find_head(family, one), _find_head(family, other)))
    family[second] = first
