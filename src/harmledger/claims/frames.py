"""Frames: which stretch of a sentence each speaker says, before the verb of saying or after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.speakers import (
    LONGEST_CREDIT,
    PRONOUNS,
    TRAIN,
    Speaker,
    is_speaker,
    look_left,
    read_first,
    read_left,
    read_speaker,
    read_unknown,
)
from harmledger.lexicon.words import find_body

SPEAKING: Final = frozenset({"SAY", "SAYING", "DENY", "ADMIT", "BLAME"})
_LONGEST_HEAD: Final = 5
"""Most chunks of the speaker before a headline's colon."""
_OPPOSING: Final = frozenset({"BUT", "SEMI"})
_NUMBERS: Final = frozenset({"THE_NUMBER", "TOLL"})
_JOINTS: Final = frozenset({"COMMA", "AND", "DET", "SEMI"})
_WRITING: Final = frozenset({"DET", "ADJ", "WORD", "NEVER_PLACE", "MEDIA", "SPEAKER", "SAY", "IN"})
"""What may stand between "according to" and "by" before an author."""
_VERBS: Final = frozenset(
    {
        "HARM_ED",
        "HARM_ING",
        "HARM_BASE",
        "HIT_ED",
        "HIT_ING",
        "HIT_BASE",
        "DAMAGE_ED",
        "UNDERGO",
        "AUX",
        "LEAVE",
        "LIVES",
    }
)


@dataclass(slots=True)
class Frame:
    """A speaker and the stretch of chunks [begin, stop) that it says; `index` is where its verb stands."""

    speaker: Speaker | None
    index: int
    begin: int
    stop: int
    prefix: bool
    verb: str
    passed_to: str | None = None


def find_frames(reading: str, chunks: list[Chunk]) -> list[Frame]:
    """Give the frames of a sentence, in the order of their verbs."""
    frames: list[Frame] = []
    for index, chunk in enumerate(chunks):
        if chunk.kind == "ACCORDING":
            frame = _frame_according(reading, chunks, index)
        elif chunk.kind in SPEAKING:
            frame = _frame_verb(reading, chunks, index, frames)
        elif chunk.kind == "SEND" and _puts_number(chunks, index):
            frame = _frame_putting(reading, chunks, index)
        elif chunk.kind == "SEMI" and index <= _LONGEST_HEAD and reading[chunk.start] == ":":
            frame = _frame_head(reading, chunks, index)
        elif chunk.kind == "DASH" and index >= len(chunks) - LONGEST_CREDIT:
            frame = _frame_credit(reading, chunks, index)
        else:
            continue
        if frame is not None:
            frames.append(frame)
            if _puts_number(chunks, index):
                frames.extend(_frame_others(reading, chunks, frame))
    _part_opposed(chunks, frames)
    return frames


def _part_opposed(chunks: list[Chunk], frames: list[Frame]) -> None:
    """Let a speaker stop at the "but" before another: "police said six had died, but a doctor said eight"."""
    for first, second in pairwise(frames):
        if not first.prefix or not second.prefix or second.speaker is None:
            continue
        begin = next((i for i, chunk in enumerate(chunks) if chunk.start >= second.speaker.start), 0)
        while begin > first.begin + 1 and chunks[begin - 1].kind == "DET":
            begin -= 1
        if begin > first.begin and chunks[begin - 1].kind in _OPPOSING:
            first.stop = min(first.stop, begin - 1)


def _puts_number(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the verb is of "putting the number at 49"."""
    after = index + 1
    while after < len(chunks) and chunks[after].kind in {"DET", "ADJ"}:
        after += 1
    return after < len(chunks) and chunks[after].kind in _NUMBERS


def _frame_putting(reading: str, chunks: list[Chunk], index: int) -> Frame | None:
    speaker, _ = read_left(reading, chunks, index)
    return Frame(speaker, index, index + 1, len(chunks), True, "SAY") if speaker is not None else None


def _frame_others(reading: str, chunks: list[Chunk], first: Frame) -> Iterator[Frame]:
    """Give the frames of those who put the number otherwise: "doctors put the toll at 49 and activists at 60"."""
    for index in range(first.index + 2, len(chunks) - 2):
        ahead = [chunk.kind for chunk in chunks[index + 1 : index + 3]]
        if ahead == ["IN", "QTY"] and chunks[index - 1].kind in _JOINTS and is_speaker(chunks[index]):
            speaker = read_speaker(reading, chunks, index, index + 1)
            first.stop = min(first.stop, index)
            yield Frame(speaker, index + 1, index + 2, len(chunks), True, "SAY")


def _frame_according(reading: str, chunks: list[Chunk], index: int) -> Frame | None:
    speaker = (
        _read_author(reading, chunks, index)
        or read_speaker(reading, chunks, index + 1)
        or read_unknown(reading, chunks, index + 1)
    )
    if speaker is None:
        return None
    follower = _find_that(chunks, index)
    if follower is not None:
        return Frame(speaker, index, follower + 1, len(chunks), True, chunks[index].value)
    if _opens_clause(reading, chunks, index) and not any(chunk.kind in SPEAKING for chunk in chunks[:index]):
        return Frame(speaker, index, index, len(chunks), True, chunks[index].value)
    return Frame(speaker, index, _find_part(chunks, index), index, False, chunks[index].value)


def _opens_clause(reading: str, chunks: list[Chunk], index: int) -> bool:
    """Tell whether what follows is said: at the start, and where a capital shows that a full stop was lost."""
    word = chunks[index]
    return index <= 1 or (
        reading[word.start : word.start + 2].istitle() and chunks[index - 1].kind != "QUOTE"
    )


def _read_author(reading: str, chunks: list[Chunk], index: int) -> Speaker | None:
    """Read who wrote what is cited: "according to a post by NAME", or None."""
    for position in range(index + 1, min(len(chunks) - 1, index + LONGEST_CREDIT)):
        if chunks[position].kind == "BY":
            return read_speaker(reading, chunks, position + 1) if is_speaker(chunks[position + 1]) else None
        if chunks[position].kind not in _WRITING:
            return None
    return None


def _find_that(chunks: list[Chunk], index: int) -> int | None:
    """Give the "that" of "citing a military source that …", or None."""
    for position in range(index + 1, min(len(chunks), index + 8)):
        if chunks[position].kind == "REL":
            return position if position > index + 1 and not _is_parenthesis(chunks, position) else None
        if chunks[position].kind in {"COMMA", "AUX", "SAY", "QUOTE"}:
            return None
    return None


def _is_parenthesis(chunks: list[Chunk], position: int) -> bool:
    return chunks[position - 1].kind == "COMMA"


def _frame_head(reading: str, chunks: list[Chunk], index: int) -> Frame | None:
    """A headline's speaker before a colon ("Monitor: 12 killed in market blast")."""
    if not any(is_speaker(chunk) for chunk in chunks[:index]):
        return None
    if not all(is_speaker(chunk) or chunk.kind in TRAIN for chunk in chunks[:index]):
        return None
    speaker = read_speaker(reading, chunks, 0, index)
    return Frame(speaker, index, index + 1, len(chunks), True, "credit") if speaker is not None else None


def _frame_credit(reading: str, chunks: list[Chunk], index: int) -> Frame | None:
    """A headline's credit after a dash ("12 killed in market blast - monitor")."""
    if not all(is_speaker(chunk) or chunk.kind in TRAIN for chunk in chunks[index + 1 :]):
        return None
    speaker = read_speaker(reading, chunks, index + 1)
    return Frame(speaker, index, 0, index, False, "credit") if speaker is not None else None


def _frame_verb(reading: str, chunks: list[Chunk], index: int, frames: list[Frame]) -> Frame | None:
    chunk = chunks[index]
    before = look_left(chunks, index)
    if (
        chunk.kind == "SAYING"
        or chunk.value == "denying"
        or (before is not None and chunks[before].kind == "AND" and frames and chunk.kind != "SAY")
    ):
        speaker = frames[-1].speaker if frames else read_first(reading, chunks, index)
        return Frame(speaker, index, index + 1, len(chunks), True, chunk.kind) if speaker else None
    if (
        chunk.kind == "SAY"
        and (before is None or chunks[before].kind in {"COMMA", "QUOTE"})
        and _is_inverted(chunks, index)
    ):
        speaker = read_speaker(reading, chunks, index + 1)
        if speaker is not None and before is not None:
            return Frame(speaker, index, _find_part(chunks, index), index, False, chunk.kind)
    if chunk.kind == "DENY" and index + 1 < len(chunks) and chunks[index + 1].kind == "BY":
        denier = read_speaker(reading, chunks, index + 2)
        return Frame(denier, index, index, index + 1, True, chunk.kind) if denier else None
    speaker, first = read_left(reading, chunks, index)
    if speaker is None:
        return None
    frame = Frame(speaker, index, index + 1, _find_quote_end(chunks, index), True, chunk.kind)
    if first > 0 and _ends_after(reading, chunks, index) and _is_told_before(chunks, first):
        frame.begin, frame.stop, frame.prefix = _find_part(chunks, first - 1), first, False
    follower = chunks[index + 1] if index + 1 < len(chunks) else None
    if follower is not None and follower.kind == "BODY" and follower.body:
        body = find_body(follower.body)
        if body is not None and body.role == "news":
            frame.passed_to = body.name
    return frame


def _find_quote_end(chunks: list[Chunk], index: int) -> int:
    """Give where a speaker inside a quotation stops: what follows the quotation is somebody else's."""
    quotes = [position for position, chunk in enumerate(chunks) if chunk.kind == "QUOTE"]
    if sum(position < index for position in quotes) % 2 == 0:
        return len(chunks)
    return next((position for position in quotes if position > index), len(chunks))


def _is_inverted(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the speaker follows the verb: ", said a nurse" and not ", insisted it was not involved"."""
    position = index + 1
    while position < len(chunks) and (is_speaker(chunks[position]) or chunks[position].kind in TRAIN):
        if chunks[position].kind in PRONOUNS:
            return False
        position += 1
    return position == len(chunks) or chunks[position].kind not in {
        "AUX",
        "HAVE",
        "HARM_ED",
        "HIT_ED",
        "MODAL",
        "NEG",
    }


def _is_told_before(chunks: list[Chunk], first: int) -> bool:
    """What is said stands before its speaker where a comma, a quotation mark or a whole clause does."""
    return chunks[first - 1].kind in {"COMMA", "QUOTE"} or any(
        chunk.kind in _VERBS for chunk in chunks[:first]
    )


def _ends_after(reading: str, chunks: list[Chunk], index: int) -> bool:
    """Tell whether nothing is said after the verb: the sentence, its part before a semicolon, or the quotation's
    introduction, ends there."""
    for chunk in chunks[index + 1 :]:
        if chunk.kind == "SEMI":
            return reading[chunk.start] == ";"
        if chunk.group == "journalists" and not chunk.counted:
            continue
        if chunk.kind in {
            "OF",
            "BY",
            "NEVER_PLACE",
            "TIME",
            "WORD",
            "BODY",
            "IN",
            "DET",
            "PLACE",
            "NAME",
            "SPEAKER",
            "ADJ",
            "PRONOUN_BODY",
        }:
            continue
        return chunk.kind in {"COMMA", "QUOTE", "DASH", "SAYING"}
    return len(chunks) - index <= 7


def _find_part(chunks: list[Chunk], index: int) -> int:
    """Give the first chunk of what a speaker named afterwards has said: after the last ";" or at the start."""
    for position in range(index - 1, -1, -1):
        if chunks[position].kind == "SEMI" and any(chunk.kind in SPEAKING for chunk in chunks[:position]):
            return position + 1
    return 0


def choose_frame(frames: list[Frame], index: int) -> tuple[Frame | None, list[Frame]]:
    """Give the innermost frame that covers the chunk, and the outer ones, nearest first."""
    covering = [frame for frame in frames if frame.begin <= index < frame.stop and frame.speaker is not None]
    inner = max((f for f in covering if f.prefix), key=lambda f: f.begin, default=None)
    if inner is None:
        inner = min(covering, key=lambda f: (f.verb != "citing", f.index), default=None)
    outer = [frame for frame in covering if frame is not inner and frame.verb != "SAYING"]
    return inner, outer
