"""Speakers: the noun phrases of those who say something, as a sentence names them."""

from dataclasses import dataclass
from typing import Final

from harmledger.claims.chunks import Chunk

_SPEAKERS: Final = frozenset({"BODY", "SPEAKER", "ACTOR", "NAME"})
PRONOUNS: Final = frozenset({"PRONOUN_BODY", "PRONOUN_PERSON", "PRONOUN_MANY"})
TRAIN: Final = frozenset(
    {
        "TITLE",
        "DEMONYM",
        "ADJ",
        "DET",
        "OF",
        "FOR",
        "PLACE",
        "IN",
        "WORD",
        "SPOKESMAN",
        "ORDINAL",
        "DIRECTION",
        "LEVEL",
    }
)
_SUBJECT_TRAIN: Final = frozenset({"TITLE", "DEMONYM", "ADJ", "DET", "ORDINAL", "SPOKESMAN", "AGE"})
_LONGEST_TRAIN: Final = 9
LONGEST_CREDIT: Final = 6
_SITE: Final = frozenset({"NAME", "TARGET"})
"""What names where a speaker stands or what he belongs to: "a source at the hospital"."""
LONGEST_RELATIVE: Final = 12
_BODIES: Final = frozenset({"BODY", "SPEAKER"})
_IN_RELATIVE: Final = frozenset(
    {"WORD", "IN", "OF", "DET", "ADJ", "SPEAKER", "PEOPLE", "PLACE", "DEMONYM", "DIRECTION", "LEVEL", "MEANS", "WITH",
     "FOR", "BODY", "BY", "AND", "AUX", "MEDIA"}
)  # fmt: skip
"""What a relative clause about a speaker may hold: "which tracks the conflict through sources in the country"."""
_CLAUSE_SUBJECTS: Final = frozenset({"PEOPLE", "BODY", "SPEAKER", "DET", "QTY", "PLACE"})
_STRANGE: Final = frozenset({"DET", "ADJ", "WORD", "PEOPLE", "TARGET", "DEMONYM", "ORDINAL"})


@dataclass(slots=True)
class Speaker:
    """A speaker as the sentence names it. `pronoun` is set where it stands for an earlier one."""

    start: int
    end: int
    wording: str
    body: str | None = None
    person: str | None = None
    role: str | None = None
    pronoun: str | None = None
    definite: bool = False


def is_speaker(chunk: Chunk) -> bool:
    """Tell whether a chunk can be one who says something."""
    return (
        chunk.kind in _SPEAKERS
        or chunk.kind in PRONOUNS
        or (chunk.kind == "PEOPLE" and (chunk.role is not None or chunk.body is not None))
    )


def look_left(chunks: list[Chunk], index: int) -> int | None:
    """Give the chunk before a verb, adverbs and auxiliaries stepped over; None at the start."""
    position = index - 1
    while position >= 0 and chunks[position].kind in {"WORD", "AUX", "HAVE", "TIME", "ADJ", "FEAR", "BUT"}:
        position -= 1
    if position > 0 and chunks[position].kind == "REL" and is_speaker(chunks[position - 1]):
        position -= 1
    return position if position >= 0 else None


def read_left(reading: str, chunks: list[Chunk], index: int) -> tuple[Speaker | None, int]:
    """Read the subject of the verb at `index`; a parenthesis or a relative clause is stepped over."""
    position = look_left(chunks, index)
    if position is None:
        return None, index
    if chunks[position].kind not in {"COMMA", "DASH", "CLOSE"}:
        owner = _find_antecedent(chunks, position)
        position = position if owner is None else owner
        start = _walk_subject(chunks, position)
        speaker = read_speaker(reading, chunks, start, position + 1) if start <= position else None
        if speaker is not None:
            return speaker, start
    first = read_first(reading, chunks, position)
    if first is not None:
        return first, next(i for i, c in enumerate(chunks) if c.start >= first.start)
    return _read_strange(reading, chunks, position, index)


def _find_antecedent(chunks: list[Chunk], last: int) -> int | None:
    """Give the body that a relative clause ending at `last` tells of, or None: "the monitor, which relies on a
    network of activists, says"; the clause has one verb, and nobody in it says anything."""
    for position in range(last, max(0, last - LONGEST_RELATIVE), -1):
        kind = chunks[position].kind
        if kind == "REL":
            before = position - 1 if chunks[position - 1].kind != "COMMA" else position - 2
            follows_verb = chunks[position + 1].kind not in _CLAUSE_SUBJECTS
            return before if before >= 0 and follows_verb and chunks[before].kind in _BODIES else None
        if kind not in _IN_RELATIVE:
            return None
    return None


def _read_strange(reading: str, chunks: list[Chunk], position: int, index: int) -> tuple[Speaker | None, int]:
    """Read a subject of unknown words with an article, right before the verb: "the regional aid committee said"."""
    last = index - 1
    start = last
    while start >= 0 and chunks[start].kind in _STRANGE and last - start < LONGEST_CREDIT:
        start -= 1
    start += 1
    while start <= last and chunks[start].kind not in {"DET", "PEOPLE", "TARGET"}:
        start += 1
    if start > last or all(chunk.kind in {"DET", "ADJ"} for chunk in chunks[start : last + 1]):
        return None, index
    speaker = Speaker(
        chunks[start].start, chunks[last].end, reading[chunks[start].start : chunks[last].end], role="unnamed"
    )
    return speaker, start


def read_unknown(reading: str, chunks: list[Chunk], begin: int) -> Speaker | None:
    """Read what follows "according to" where no known speaker stands there: "two tribal elders"."""
    stop = begin
    while stop < len(chunks) and chunks[stop].kind in _STRANGE and stop - begin < LONGEST_CREDIT:
        stop += 1
    if stop == begin:
        return None
    return Speaker(
        chunks[begin].start,
        chunks[stop - 1].end,
        reading[chunks[begin].start : chunks[stop - 1].end],
        role="unnamed",
    )


def _walk_subject(chunks: list[Chunk], last: int) -> int:
    """Give the first chunk of the noun phrase that ends at `last`: "a source in the defence ministry"."""
    start = last + 1
    position = last
    while position >= 0 and last - position <= _LONGEST_TRAIN:
        kind = chunks[position].kind
        if (
            is_speaker(chunks[position])
            or kind in _SUBJECT_TRAIN
            or (kind in {"PLACE", "TARGET"} and _find_owner(chunks, position) is not None)
            or (kind in {"OF", "FOR", "IN"} and position > 0 and is_speaker(chunks[position - 1]))
            or (kind == "AND" and position > 0 and start <= last and is_speaker(chunks[position - 1]))
        ):
            start = position
        else:
            break
        position -= 1
    while start <= last and chunks[start].kind in {"OF", "FOR", "IN", "AND"}:
        start += 1
    return start


def _find_owner(chunks: list[Chunk], position: int) -> int | None:
    """Give the speaker that stands before "in the town of X" or "at the hospital", or None."""
    before = position - 1
    while before >= 0 and chunks[before].kind in {"DET", "ADJ", "DEMONYM"}:
        before -= 1
    if before > 0 and chunks[before].kind in {"IN", "OF", "FOR"} and is_speaker(chunks[before - 1]):
        return before - 1
    return None


def read_first(reading: str, chunks: list[Chunk], stop: int) -> Speaker | None:
    """Read the speaker that opens the clause before a parenthesis: the first one after the last quotation mark."""
    begin = 0
    for position in range(stop - 1, -1, -1):
        if chunks[position].kind in {"QUOTE", "SEMI"}:
            begin = position + 1
            break
    for position in range(begin, min(stop, begin + 4)):
        if is_speaker(chunks[position]):
            return read_speaker(reading, chunks, begin, stop)
        if chunks[position].kind not in TRAIN and chunks[position].kind not in {
            "BUT",
            "AND",
            "TIME",
            "COMMA",
        }:
            return None
    return None


def read_speaker(reading: str, chunks: list[Chunk], begin: int, stop: int | None = None) -> Speaker | None:
    """Read the speaker's noun phrase that begins at `begin`: names, titles, bodies, roles."""
    limit = min(len(chunks) if stop is None else stop, begin + 14)
    speaker: Speaker | None = None
    position = begin
    while position < limit:
        chunk = chunks[position]
        if chunk.kind in _SITE and speaker is not None and _names_site(chunks, position):
            speaker.end = chunk.end
            speaker.wording = reading[speaker.start : speaker.end]
        elif speaker is not None and chunk.kind == "PEOPLE" and chunk.counted:
            break
        elif is_speaker(chunk):
            speaker = _add_speaker(reading, speaker, chunk)
        elif chunk.kind in TRAIN and not (
            chunk.kind == "WORD" and speaker is not None and len(chunk.value.split()) > 2
        ):
            if speaker is None and chunk.kind == "WORD" and stop is None:
                break
        elif (
            chunk.kind == "COMMA" and speaker is not None and _continues(chunks, position, limit, speaker)
        ) or (
            chunk.kind == "AND"
            and speaker is not None
            and position + 1 < limit
            and _leads_speaker(chunks, position + 1, limit)
        ):
            pass
        elif not (speaker is None and chunk.kind in {"BUT", "TIME", "COMMA", "PEOPLE", "AND"}):
            break
        position += 1
    return speaker


def _names_site(chunks: list[Chunk], position: int) -> bool:
    """ "A source at the hospital", "a source at the Police Command": where the speaker stands, and not who it is."""
    before = chunks[position - 1]
    if before.kind in {"OF", "IN"}:
        return True
    return (
        before.article == "the"
        and before.kind != "SPEAKER"
        and position > 1
        and chunks[position - 2].kind == "IN"
    )


def _leads_speaker(chunks: list[Chunk], position: int, limit: int) -> bool:
    while position < limit and chunks[position].kind in {"DET", "ADJ", "DEMONYM", "TITLE"}:
        position += 1
    return position < limit and is_speaker(chunks[position])


def _continues(chunks: list[Chunk], position: int, limit: int, speaker: Speaker) -> bool:
    """After "a report in the British newspaper," a body names the speaker; after a list of bodies another follows."""
    after = position + 1
    while after < limit and chunks[after].kind in {"DET", "ADJ", "DEMONYM"}:
        after += 1
    return (
        after < limit and chunks[after].kind == "BODY" and speaker.person is None and speaker.pronoun is None
    )


def _add_speaker(reading: str, speaker: Speaker | None, chunk: Chunk) -> Speaker:
    if speaker is None:
        speaker = Speaker(chunk.start, chunk.end, "", definite=chunk.article in {"the", "both"})
    speaker.end = chunk.end
    speaker.wording = reading[speaker.start : speaker.end]
    if chunk.kind in PRONOUNS and speaker.body is None and speaker.person is None:
        speaker.pronoun = chunk.kind
    if chunk.body and speaker.body is None:
        speaker.body = chunk.body
    if chunk.kind == "ACTOR" and speaker.body is None and speaker.person is None and speaker.role is None:
        speaker.person, speaker.role = chunk.actor, "belligerent"
    if chunk.kind == "NAME" and speaker.body is None:
        speaker.person = (
            f"{speaker.person} {chunk.value}" if speaker.person and speaker.role is None else chunk.value
        )
    if chunk.role and speaker.role is None:
        speaker.role = chunk.role
    elif chunk.kind == "SPEAKER" and speaker.role is None:
        speaker.role = "unnamed"
    return speaker
