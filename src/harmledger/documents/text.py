"""A report ready to be read: what offsets count, what is read, and where its sentences lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmledger.records.document import Document
from harmledger.records.part import Extractor

SentenceRole = Literal["body", "headline", "dateline", "boilerplate"]
PublishedSource = Literal["given", "dateline", "update_stamp", "file", "address"]
"""Where the publication time stands: given with the document, in its opening line, in a stamp of the
text ("Published …", "UPDATE 1315 GMT"), in the metadata of the page
("file"), or in the document's address."""


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
    spaces, curly quotes and dashes made plain, hard-wrapped lines joined, case kept; a line break in it
    ends a paragraph, and no sentence holds one. `shifts` gives, for each code point of `reading` (and its
    end), where its source starts in `working`, and `ends`, for each offset n, where the source of the
    code point before n ends; both are None when the two texts agree code point by code point.
    `published` is ISO 8601, a date or a date-time, as given or as found in the text (see `published_source`).
    `extractor` is set when the working text was taken out of a page.
    """

    document: Document
    working: str
    reading: str
    sentences: tuple[Sentence, ...]
    published: str | None = None
    published_source: PublishedSource | None = None
    shifts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    extractor: Extractor | None = None

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Map the stretch [start, end) of the reading copy to the working text.

        The result covers exactly the code points that the stretch was made from; an empty stretch maps
        to an empty one. Offsets lie in 0 … len(reading), start <= end.
        """
        if self.shifts is None or self.ends is None:
            return start, end
        first = self.shifts[start]
        return first, self.ends[end] if end > start else first
