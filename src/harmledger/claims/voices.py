"""Voices: who says what a stretch of a sentence tells, and through whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from harmledger.claims.chunks import Chunk
from harmledger.lexicon.words import find_body
from harmledger.records.claim import Voice
from harmledger.records.vocabulary import VoiceRole

SPEAKING = frozenset({"SAY", "SAYING", "DENY", "ADMIT", "BLAME"})
_SPEAKERS = frozenset({"BODY", "SPEAKER", "ACTOR", "NAME"})
_PRONOUNS = frozenset({"PRONOUN_BODY", "PRONOUN_PERSON", "PRONOUN_MANY"})
_TRAIN = frozenset(
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
_PARTING = frozenset({"SEMI", "QUOTE", "DASH", "OPEN", "CLOSE"})
_SUBJECT_TRAIN = frozenset({"TITLE", "DEMONYM", "ADJ", "DET", "ORDINAL", "SPOKESMAN", "AGE"})
_VERBS = frozenset(
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
_LONGEST_TRAIN = 9
_LONGEST_CREDIT = 6
_STRANGE = frozenset({"DET", "ADJ", "WORD", "PEOPLE", "TARGET", "DEMONYM", "ORDINAL"})


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
    many: bool = False
    definite: bool = False


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


@dataclass(slots=True)
class Memory:
    """Who has spoken in the document so far, for "it said", "he said" and bare surnames."""

    body: Voice | None = None
    person: Voice | None = None
    source: Voice | None = None
    persons: dict[str, Voice] = field(default_factory=dict)
    heard: list[Voice] = field(default_factory=list)


def find_frames(reading: str, chunks: Sequence[Chunk]) -> list[Frame]:
    """Give the frames of a sentence, in the order of their verbs."""
    frames: list[Frame] = []
    for index, chunk in enumerate(chunks):
        if chunk.kind == "ACCORDING":
            frame = _frame_according(reading, chunks, index)
        elif chunk.kind in SPEAKING:
            frame = _frame_verb(reading, chunks, index, frames)
        elif chunk.kind == "DASH" and index >= len(chunks) - _LONGEST_CREDIT:
            frame = _frame_credit(reading, chunks, index)
        else:
            continue
        if frame is not None:
            frames.append(frame)
    return frames


def _frame_according(reading: str, chunks: Sequence[Chunk], index: int) -> Frame | None:
    speaker = _read_speaker(reading, chunks, index + 1) or _read_unknown(reading, chunks, index + 1)
    if speaker is None:
        return None
    follower = _find_that(chunks, index)
    if follower is not None:
        return Frame(speaker, index, follower + 1, len(chunks), True, chunks[index].value)
    if index <= 1 and not any(chunk.kind in SPEAKING for chunk in chunks[:index]):
        return Frame(speaker, index, index, len(chunks), True, chunks[index].value)
    return Frame(speaker, index, _find_part(chunks, index), index, False, chunks[index].value)


def _find_that(chunks: Sequence[Chunk], index: int) -> int | None:
    """Give the "that" of "citing a military source that …", or None."""
    for position in range(index + 1, min(len(chunks), index + 8)):
        if chunks[position].kind == "REL":
            return position if position > index + 1 and not _is_parenthesis(chunks, position) else None
        if chunks[position].kind in {"COMMA", "AUX", "SAY", "QUOTE"}:
            return None
    return None


def _is_parenthesis(chunks: Sequence[Chunk], position: int) -> bool:
    return chunks[position - 1].kind == "COMMA"


def _frame_credit(reading: str, chunks: Sequence[Chunk], index: int) -> Frame | None:
    """A headline's credit after a dash ("12 killed in market blast - monitor")."""
    if not all(_is_speaker(chunk) or chunk.kind in _TRAIN for chunk in chunks[index + 1 :]):
        return None
    speaker = _read_speaker(reading, chunks, index + 1)
    return Frame(speaker, index, 0, index, False, "credit") if speaker is not None else None


def _frame_verb(reading: str, chunks: Sequence[Chunk], index: int, frames: Sequence[Frame]) -> Frame | None:
    chunk = chunks[index]
    before = _look_left(chunks, index)
    if (
        chunk.kind == "SAYING"
        or chunk.value == "denying"
        or (before is not None and chunks[before].kind == "AND" and frames and chunk.kind != "SAY")
    ):
        speaker = frames[-1].speaker if frames else _read_first(reading, chunks, index)
        return Frame(speaker, index, index + 1, len(chunks), True, chunk.kind) if speaker else None
    if (
        chunk.kind == "SAY"
        and (before is None or chunks[before].kind in {"COMMA", "QUOTE"})
        and _is_inverted(chunks, index)
    ):
        speaker = _read_speaker(reading, chunks, index + 1)
        if speaker is not None and before is not None:
            return Frame(speaker, index, _find_part(chunks, index), index, False, chunk.kind)
    speaker, first = _read_left(reading, chunks, index)
    if speaker is None:
        return None
    frame = Frame(speaker, index, index + 1, _find_quote_end(chunks, index), True, chunk.kind)
    if first > 0 and _ends_after(chunks, index) and _is_told_before(chunks, first):
        frame.begin, frame.stop, frame.prefix = _find_part(chunks, first - 1), first, False
    follower = chunks[index + 1] if index + 1 < len(chunks) else None
    if follower is not None and follower.kind == "BODY" and follower.body:
        body = find_body(follower.body)
        if body is not None and body.role == "news":
            frame.passed_to = body.name
    return frame


def _find_quote_end(chunks: Sequence[Chunk], index: int) -> int:
    """Give where a speaker inside a quotation stops: what follows the quotation is somebody else's."""
    quotes = [position for position, chunk in enumerate(chunks) if chunk.kind == "QUOTE"]
    if sum(position < index for position in quotes) % 2 == 0:
        return len(chunks)
    return next((position for position in quotes if position > index), len(chunks))


def _is_inverted(chunks: Sequence[Chunk], index: int) -> bool:
    """Tell whether the speaker follows the verb: ", said a nurse" and not ", insisted it was not involved"."""
    position = index + 1
    while position < len(chunks) and (_is_speaker(chunks[position]) or chunks[position].kind in _TRAIN):
        if chunks[position].kind in _PRONOUNS:
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


def _is_told_before(chunks: Sequence[Chunk], first: int) -> bool:
    """What is said stands before its speaker where a comma, a quotation mark or a whole clause does."""
    return chunks[first - 1].kind in {"COMMA", "QUOTE"} or any(
        chunk.kind in _VERBS for chunk in chunks[:first]
    )


def _ends_after(chunks: Sequence[Chunk], index: int) -> bool:
    """Tell whether nothing is said after the verb: the sentence, or the quotation's introduction, ends there."""
    for chunk in chunks[index + 1 :]:
        if chunk.kind in {
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
        return chunk.kind in {"COMMA", "QUOTE", "SEMI", "DASH"} and chunk.kind != "SEMI"
    return len(chunks) - index <= 7


def _find_part(chunks: Sequence[Chunk], index: int) -> int:
    """Give the first chunk of what a speaker named afterwards has said: after the last ";" or at the start."""
    for position in range(index - 1, -1, -1):
        if chunks[position].kind == "SEMI" and any(chunk.kind in SPEAKING for chunk in chunks[:position]):
            return position + 1
    return 0


def _look_left(chunks: Sequence[Chunk], index: int) -> int | None:
    position = index - 1
    while position >= 0 and chunks[position].kind in {"WORD", "AUX", "HAVE", "TIME", "ADJ", "FEAR", "BUT"}:
        position -= 1
    return position if position >= 0 else None


def _read_left(reading: str, chunks: Sequence[Chunk], index: int) -> tuple[Speaker | None, int]:
    """Read the subject of the verb at `index`; a parenthesis or a relative clause is stepped over."""
    position = _look_left(chunks, index)
    if position is None:
        return None, index
    if chunks[position].kind not in {"COMMA", "DASH", "CLOSE"}:
        start = _walk_subject(chunks, position)
        speaker = _read_speaker(reading, chunks, start, position + 1) if start <= position else None
        if speaker is not None:
            return speaker, start
    first = _read_first(reading, chunks, position)
    if first is not None:
        return first, next(i for i, c in enumerate(chunks) if c.start >= first.start)
    return _read_strange(reading, chunks, position, index)


def _read_strange(
    reading: str, chunks: Sequence[Chunk], position: int, index: int
) -> tuple[Speaker | None, int]:
    """Read a subject of unknown words with an article, right before the verb: "the regional aid committee said"."""
    last = index - 1
    start = last
    while start >= 0 and chunks[start].kind in _STRANGE and last - start < _LONGEST_CREDIT:
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


def _read_unknown(reading: str, chunks: Sequence[Chunk], begin: int) -> Speaker | None:
    """Read what follows "according to" where no known speaker stands there: "two tribal elders"."""
    stop = begin
    while stop < len(chunks) and chunks[stop].kind in _STRANGE and stop - begin < _LONGEST_CREDIT:
        stop += 1
    if stop == begin:
        return None
    return Speaker(
        chunks[begin].start,
        chunks[stop - 1].end,
        reading[chunks[begin].start : chunks[stop - 1].end],
        role="unnamed",
    )


def _walk_subject(chunks: Sequence[Chunk], last: int) -> int:
    """Give the first chunk of the noun phrase that ends at `last`: "a source in the defence ministry"."""
    start = last + 1
    position = last
    while position >= 0 and last - position <= _LONGEST_TRAIN:
        kind = chunks[position].kind
        if (
            _is_speaker(chunks[position])
            or kind in _SUBJECT_TRAIN
            or (kind in {"PLACE", "TARGET"} and _find_owner(chunks, position) is not None)
            or (kind in {"OF", "FOR", "IN"} and position > 0 and _is_speaker(chunks[position - 1]))
            or (kind == "AND" and position > 0 and start <= last and _is_speaker(chunks[position - 1]))
        ):
            start = position
        else:
            break
        position -= 1
    while start <= last and chunks[start].kind in {"OF", "FOR", "IN", "AND"}:
        start += 1
    return start


def _find_owner(chunks: Sequence[Chunk], position: int) -> int | None:
    """Give the speaker that stands before "in the town of X" or "at the hospital", or None."""
    before = position - 1
    while before >= 0 and chunks[before].kind in {"DET", "ADJ", "DEMONYM"}:
        before -= 1
    if before > 0 and chunks[before].kind in {"IN", "OF", "FOR"} and _is_speaker(chunks[before - 1]):
        return before - 1
    return None


def _is_speaker(chunk: Chunk) -> bool:
    return (
        chunk.kind in _SPEAKERS
        or chunk.kind in _PRONOUNS
        or (chunk.kind == "PEOPLE" and chunk.role is not None)
    )


def _read_first(reading: str, chunks: Sequence[Chunk], stop: int) -> Speaker | None:
    """Read the speaker that opens the clause before a parenthesis: the first one after the last quotation mark."""
    begin = 0
    for position in range(stop - 1, -1, -1):
        if chunks[position].kind in {"QUOTE", "SEMI"}:
            begin = position + 1
            break
    for position in range(begin, min(stop, begin + 4)):
        if _is_speaker(chunks[position]):
            return _read_speaker(reading, chunks, begin, stop)
        if chunks[position].kind not in _TRAIN and chunks[position].kind not in {
            "BUT",
            "AND",
            "TIME",
            "COMMA",
        }:
            return None
    return None


def _read_speaker(
    reading: str, chunks: Sequence[Chunk], begin: int, stop: int | None = None
) -> Speaker | None:
    """Read the speaker's noun phrase that begins at `begin`: names, titles, bodies, roles."""
    limit = min(len(chunks) if stop is None else stop, begin + 14)
    speaker: Speaker | None = None
    position = begin
    while position < limit:
        chunk = chunks[position]
        if _is_speaker(chunk):
            speaker = _add_speaker(reading, speaker, chunk)
        elif chunk.kind in _TRAIN and not (
            chunk.kind == "WORD" and speaker is not None and len(chunk.value.split()) > 2
        ):
            if speaker is None and chunk.kind == "WORD" and stop is None:
                break
        elif chunk.kind == "COMMA" and speaker is not None and _continues(chunks, position, limit, speaker):
            pass
        elif (
            chunk.kind == "AND"
            and speaker is not None
            and position + 1 < limit
            and _leads_speaker(chunks, position + 1, limit)
        ):
            speaker.many = True
        elif not (speaker is None and chunk.kind in {"BUT", "TIME", "COMMA", "PEOPLE", "AND"}):
            break
        position += 1
    return speaker


def _leads_speaker(chunks: Sequence[Chunk], position: int, limit: int) -> bool:
    while position < limit and chunks[position].kind in {"DET", "ADJ", "DEMONYM", "TITLE"}:
        position += 1
    return position < limit and _is_speaker(chunks[position])


def _continues(chunks: Sequence[Chunk], position: int, limit: int, speaker: Speaker) -> bool:
    """After "a report in the British newspaper," a body names the speaker; after a list of bodies another follows."""
    after = position + 1
    while after < limit and chunks[after].kind in {"DET", "ADJ", "DEMONYM"}:
        after += 1
    return (
        after < limit and chunks[after].kind == "BODY" and speaker.person is None and speaker.pronoun is None
    )


def _add_speaker(reading: str, speaker: Speaker | None, chunk: Chunk) -> Speaker:
    if speaker is None:
        speaker = Speaker(chunk.start, chunk.end, "", definite=chunk.definite)
    speaker.end = chunk.end
    speaker.wording = reading[speaker.start : speaker.end]
    if chunk.kind in _PRONOUNS and speaker.body is None and speaker.person is None:
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


def resolve_voice(speaker: Speaker, memory: Memory) -> Voice | None:
    """Give the voice a speaker stands for, and remember it. None where a pronoun has nobody to stand for."""
    voice = _resolve(speaker, memory)
    if voice is None:
        return None
    memory.heard.append(voice)
    if speaker.body or (voice.name and find_body(voice.name) is not None):
        memory.body = voice
        if speaker.person or speaker.role:
            memory.person = voice
    elif speaker.person:
        memory.person = voice
        memory.persons.setdefault(speaker.person.split()[-1], voice)
    if speaker.role and not speaker.person:
        memory.source = voice
        if speaker.role in {"monitor", "ngo", "news", "government", "official", "belligerent"}:
            memory.body = memory.body if speaker.pronoun else voice
        else:
            memory.person = voice
    return voice


def _resolve(speaker: Speaker, memory: Memory) -> Voice | None:
    if speaker.pronoun == "PRONOUN_BODY":
        return memory.body or memory.source or _name_noun(speaker)
    if speaker.pronoun == "PRONOUN_PERSON":
        return memory.person or memory.source or memory.body
    if speaker.pronoun == "PRONOUN_MANY":
        return memory.source or memory.body
    if speaker.body:
        body = find_body(speaker.body)
        role = body.role if body else speaker.role
        return Voice(speaker.body, speaker.wording, cast("VoiceRole | None", role))
    if speaker.person:
        known = memory.persons.get(speaker.person.split()[-1])
        if known is not None and len(speaker.person.split()) == 1:
            return known
        return Voice(speaker.person, speaker.wording, cast("VoiceRole | None", speaker.role or "unnamed"))
    return _recall(speaker, memory) or Voice(
        speaker.wording, speaker.wording, cast("VoiceRole | None", speaker.role or "unnamed")
    )


def _name_noun(speaker: Speaker) -> Voice | None:
    """ "The group said", with no group named before: a voice by its own words. "It" is nobody."""
    if " " not in speaker.wording:
        return None
    return Voice(speaker.wording, speaker.wording, "unnamed")


def _recall(speaker: Speaker, memory: Memory) -> Voice | None:
    """Give the earlier voice that "the source" or "the monitor" stands for: the last one said with that noun."""
    words = speaker.wording.lower().split()
    if len(words) < 2 or not speaker.definite:
        return None
    for voice in reversed(memory.heard):
        said = (voice.wording or "").lower()
        if said != speaker.wording.lower() and words[-1] in said.split() and voice.name != speaker.wording:
            return voice
    return None


def choose_frame(frames: Sequence[Frame], index: int) -> tuple[Frame | None, list[Frame]]:
    """Give the innermost frame that covers the chunk, and the outer ones, nearest first."""
    covering = [frame for frame in frames if frame.begin <= index < frame.stop and frame.speaker is not None]
    inner = max((f for f in covering if f.prefix), key=lambda f: f.begin, default=None)
    if inner is None:
        inner = min(covering, key=lambda f: (f.verb != "citing", f.index), default=None)
    outer = [frame for frame in covering if frame is not inner and frame.verb != "SAYING"]
    return inner, outer
