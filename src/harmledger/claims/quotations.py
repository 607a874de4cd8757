"""Quotations that run over several sentences: which frame speaks for a sentence that has none of its own."""

from collections.abc import Sequence

from harmledger.claims.frames import Frame
from harmledger.claims.parse import Parsed
from harmledger.documents.text import Text


def find_quoted(text: Text, parsed: Sequence[Parsed]) -> dict[int, Frame]:
    """Give, for sentences inside a quotation and without a speaker, the frame that introduces or closes it.

    A quotation is followed within its paragraph; the speaker named after it is preferred to the one before.
    """
    found: dict[int, Frame] = {}
    is_open = False
    paragraph = -1
    for position, sentence in enumerate(parsed):
        if sentence.sentence.paragraph != paragraph:
            is_open, paragraph = False, sentence.sentence.paragraph
        opened = is_open
        quotes = text.reading.count('"', sentence.sentence.start, sentence.sentence.end)
        is_open = is_open != (quotes % 2 == 1)
        if sentence.frames or not (opened or quotes):
            continue
        frame = _find_speaker(parsed, position, paragraph)
        if frame is not None:
            found[sentence.index] = frame
    return found


def _find_speaker(parsed: Sequence[Parsed], position: int, paragraph: int) -> Frame | None:
    for sentence in parsed[position + 1 :]:
        if sentence.sentence.paragraph != paragraph:
            break
        if sentence.frames:
            return sentence.frames[0]
    for sentence in reversed(parsed[:position]):
        if sentence.sentence.paragraph != paragraph:
            break
        if sentence.frames:
            return sentence.frames[-1]
    return None
