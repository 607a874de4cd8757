"""What must not be in an edition, as what is looked for: phrases, words by document, points, stretches of text, digests."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from harmledger.publication.leaks.folding import fold_text, split_words
from harmledger.publication.withholding.links import hide_id

Rule = Literal[
    "name", "speaker", "facility", "coordinates", "text", "held", "grade", "erased", "id", "address", "secret",
    "field", "level", "unreadable",
]  # fmt: skip
"""What a hit is against."""

RUN: Final = 8
"""So many consecutive words of a withheld text are found wherever they stand."""
DIGEST: Final = 16
"""So many digits of a digest tell which it is; page names are that long."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must not stand together; `what` tells whose they are without telling them."""

    words: tuple[str, ...]
    rule: Rule
    what: str


@dataclass(frozen=True, slots=True)
class Point:
    """A place that must not be told this finely: degrees, and the radius of coarsening around it in kilometres."""

    lat: float
    lon: float
    radius_km: float
    what: str


@dataclass(slots=True)
class Restricted:
    """Everything that is looked for.

    `parts` are single words of names by the id under which their document is known outside; `allowed` points that may
    be told; `runs` stretches of `RUN` words, each with the document that holds it; `digests` their first `DIGEST` digits;
    `exact` is filled in by the search: degrees that tell a restricted point alone.
    """

    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)
    allowed: set[tuple[float, float]] = field(default_factory=set)
    runs: dict[int, str] = field(default_factory=dict)
    digests: dict[str, tuple[Rule, str]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    counts: dict[Rule, int] = field(default_factory=dict)
    exact: dict[float, str] | None = None

    def add_phrase(self, text: str, rule: Rule, what: str) -> None:
        """Look for a text as a phrase, and for names with the last part first, and without blanks."""
        words = tuple(split_words(fold_text(text)).words)
        if not words:
            return
        self.count(rule)
        forms = [words]
        if len(words) > 1 and rule in ("name", "speaker"):
            forms += [(*words[1:], words[0]), (*words[-1:], *words[:-1]), ("".join(words),)]
        for form in dict.fromkeys(forms):
            self.phrases.setdefault(form[0], []).append(Phrase(form, rule, what))

    def add_digest(self, name: str, rule: Rule, what: str) -> None:
        """Look for an id in the form in which it leaves, and for what begins with its first digits."""
        self.count(rule)
        self.digests.setdefault(hide_id(name)[:DIGEST], (rule, what))

    def count(self, rule: Rule, number: int = 1) -> None:
        """Count what is looked for under a rule."""
        self.counts[rule] = self.counts.get(rule, 0) + number


def list_runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give each stretch of `RUN` words as a number, and the position of its first word."""
    for start in range(len(words) - RUN + 1):
        yield digest_run(words[start : start + RUN]), start


def digest_run(words: Iterable[str]) -> int:
    """Give the number that stands for a stretch of words: 64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest())
