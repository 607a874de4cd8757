"""A report ready to be read: what offsets count, what is read, and where its sentences lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmledger.records.document import Document

SentenceRole = Literal["body", "headline", "dateline", "boilerplate"]
PublishedSource = Literal["given", "dateline", "update_stamp", "file"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the reading copy. Only `body` and `headline` sentences are read for claims."""

    start: int
    end: int
    role: SentenceRole
    paragraph: int


@dataclass(frozen=True, slots=True)
class Text:
    """A document's working text, its reading copy and its sentences.

    `working` is what offsets in claims count. `reading` is what rooms read: mojibake mended, no-break
    spaces, curly quotes and dashes made plain, case kept. `shifts` gives, for each offset into `reading`
    (and its end), the offset into `working`; it is None when the two agree everywhere.
    `published` is ISO 8601, a date or a date-time, as given or as found in the text (see `published_source`).
    """

    document: Document
    working: str
    reading: str
    sentences: tuple[Sentence, ...]
    published: str | None = None
    published_source: PublishedSource | None = None
    shifts: Sequence[int] | None = None

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Map the stretch [start, end) of the reading copy to the working text."""
        if self.shifts is None:
            return start, end
        return self.shifts[start], self.shifts[end]
