"""A stretch of a document's working text."""

from dataclasses import dataclass

from harmledger.records.meaning import meant

EVIDENCE_LIMIT = 600
"""The longest evidence a claim may quote, in Unicode code points."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open offsets in Unicode code points into the working text, and the text that stands there."""

    start: int = meant("first code point of the stretch, counted from 0 in the working text")
    end: int = meant("one past its last code point")
    text: str = meant("the working text between the two offsets, unchanged")

    def covers(self, start: int, end: int) -> bool:
        """Tell whether the stretch [start, end) lies inside this span."""
        return self.start <= start and end <= self.end

    def meets(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end
