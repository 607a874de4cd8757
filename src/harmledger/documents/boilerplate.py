"""Roles of sentences: what is reporting, what is headline, and what is only the furniture of the page."""

from collections.abc import Sequence

from harmledger.documents.sentences import Stretch
from harmledger.documents.text import Sentence


def mark_sentences(reading: str, stretches: Sequence[Stretch], title: str | None) -> tuple[Sentence, ...]:
    """Give each stretch its role."""
    return tuple(Sentence(start, end, "body", paragraph) for start, end, paragraph in stretches)
