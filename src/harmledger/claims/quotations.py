"""Quotations that run over several sentences: which frame speaks for a sentence that has none of its own."""

from harmledger.claims.frames import Frame
from harmledger.claims.parse import Parsed
from harmledger.documents.text import Text


def find_quoted(text: Text, parsed: list[Parsed]) -> dict[int, Frame]:
    """Give, for sentences inside a quotation and without a speaker, the frame that introduces or closes it.

    A quotation is followed within its paragraph; the speaker named after it is preferred to the one before.
    """
    found: dict[int, Frame] = {}
    after = _list_next_frames(parsed)
    before: Frame | None = None
    is_open = False
    paragraph = -1
    for position, sentence in enumerate(parsed):
        if sentence.sentence.paragraph != paragraph:
            is_open, before, paragraph = False, None, sentence.sentence.paragraph
        opened = is_open
        quotes = text.reading.count('"', sentence.sentence.start, sentence.sentence.end)
        is_open = is_open != (quotes % 2 == 1)
        if sentence.frames:
            before = sentence.frames[-1]
            continue
        frame = (after[position] or before) if opened or quotes else None
        if frame is not None:
            found[sentence.index] = frame
    return found


def _list_next_frames(parsed: list[Parsed]) -> list[Frame | None]:
    """Give, for each sentence, the first frame of a later sentence of its paragraph."""
    following: list[Frame | None] = []
    ahead: Frame | None = None
    paragraph = -1
    for sentence in reversed(parsed):
        if sentence.sentence.paragraph != paragraph:
            ahead, paragraph = None, sentence.sentence.paragraph
        following.append(ahead)
        ahead = sentence.frames[0] if sentence.frames else ahead
    return following[::-1]
