"""Frames and agents of languages in which the verb stands before its subject: "said the Observatory that …",
"struck aircraft of the government the market", "shelling by artillery that carried-it-out the army"."""

from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.frames import SPEAKING, Frame
from harmledger.claims.speakers import PRONOUNS, Speaker, is_speaker
from harmledger.lexicon.words import find_body

_BEFORE_SPEAKER: Final = frozenset({"DET", "TIME", "ADJ", "TITLE", "QUOTE", "OF", "DASH"})
"""What may stand between the verb and its speaker."""
_SPEAKERS_OWN: Final = frozenset(
    {"OF", "FOR", "DET", "ADJ", "QUOTE", "SIDE", "DEMONYM", "TITLE", "OPEN", "CLOSE"}
)
"""What may join the words that name a speaker: "the correspondent of the channel", "a source in the ministry"."""
_NAMING: Final = frozenset({"BODY", "SPEAKER", "ACTOR", "NAME"})
_LONGEST_SPEAKER: Final = 7
_LONGEST_STRANGE: Final = 4
_PARTS: Final = frozenset({"SEMI", "BUT"})
_STRIKES: Final = frozenset(
    {"HIT_ED", "CARRY_OUT", "BY", "BLAME", "MEANS", "HARM_ED", "DAMAGE_ED", "DAMAGE_NOUN"}
)
_PASSED: Final = frozenset(
    {"DET", "FOR", "OF", "ADJ", "QUOTE", "TIME", "AND", "COMMA", "ACTOR", "BODY", "DEMONYM", "OPEN"}
)
"""What may stand between the deed and one who does it."""
_FIRST_SPEAKER: Final = 4
_BEFORE_HEADLINE: Final = frozenset({"WORD", "SEMI", "QUOTE", "DASH", "DET", "OPEN", "CLOSE"})
"""What may stand before who speaks in a headline: "urgent: "."""
_LONGEST_WAY: Final = 8


def find_frames_verb_first(reading: str, chunks: list[Chunk]) -> list[Frame]:
    """Give the frames of a sentence, in the order of their verbs."""
    frames: list[Frame] = []
    headline = _frame_headline(reading, chunks)
    if headline is not None:
        frames.append(headline)
    for index, chunk in enumerate(chunks):
        if chunk.kind == "ACCORDING":
            frame = _frame_according(reading, chunks, index)
        elif chunk.kind in SPEAKING or chunk.kind == "SAYING":
            frame = _frame_verb(reading, chunks, index, frames)
        else:
            continue
        if frame is not None:
            frames.append(frame)
    return frames


def _frame_headline(reading: str, chunks: list[Chunk]) -> Frame | None:
    """Frame "the ministry of health: 38 martyrs": who is named before the first colon says what follows."""
    for first in range(min(len(chunks), _FIRST_SPEAKER)):
        if chunks[first].kind in {"BODY", "SPEAKER", "ACTOR"}:
            break
        if chunks[first].kind not in _BEFORE_HEADLINE:
            return None
    else:
        return None
    speaker, stop = _read_following(reading, chunks, first)
    if speaker is None or stop + 1 >= len(chunks) or chunks[stop].kind != "SEMI":
        return None
    if reading[chunks[stop].start : chunks[stop].end].strip() != ":":
        return None
    return Frame(speaker, stop, stop + 1, len(chunks), True, "SAY")


def _frame_according(reading: str, chunks: list[Chunk], index: int) -> Frame | None:
    """ "According to" at the head of a sentence covers what follows, elsewhere what stands before it."""
    speaker, _ = _read_following(reading, chunks, index + 1)
    if speaker is None:
        return None
    verb = chunks[index].value
    if index <= 2 and not any(chunk.kind in SPEAKING for chunk in chunks[:index]):
        return Frame(speaker, index, index, len(chunks), True, verb)
    return Frame(speaker, index, _find_part(chunks, index), index, False, verb)


def _frame_verb(reading: str, chunks: list[Chunk], index: int, frames: list[Frame]) -> Frame | None:
    chunk = chunks[index]
    speaker, stop = _read_following(reading, chunks, index + 1)
    if speaker is None:
        speaker = _read_before(reading, chunks, index)
        stop = index + 1
    if speaker is None and frames and chunk.kind in {"SAYING", "DENY"}:
        speaker = frames[-1].speaker
    if speaker is None and chunk.kind in {"SAY", "SAYING"} and _introduces(chunks, index):
        speaker = Speaker(chunk.start, chunk.end, reading[chunk.start : chunk.end], pronoun="PRONOUN_PERSON")
    if speaker is None:
        return None
    frame = Frame(speaker, index, stop, len(chunks), True, chunk.kind)
    if chunk.kind in {"DENY", "ADMIT", "BLAME"}:
        frame.begin = index
    follower = chunks[stop] if stop < len(chunks) else None
    if follower is not None and follower.kind == "FOR" and stop + 1 < len(chunks):
        body = find_body(chunks[stop + 1].body or "")
        if body is not None and body.role == "news":
            frame.passed_to = body.name
    return frame


def _introduces(chunks: list[Chunk], index: int) -> bool:
    """Tell whether a verb of saying without a subject is followed by what is said: "and added that", "saying:"."""
    return any(chunk.kind in {"REL", "SEMI", "QUOTE"} for chunk in chunks[index + 1 : index + 4])


def _read_following(reading: str, chunks: list[Chunk], begin: int) -> tuple[Speaker | None, int]:
    """Read the speaker that follows a verb, and give the index one past its words."""
    position = begin
    while position < len(chunks) and chunks[position].kind in _BEFORE_SPEAKER and position - begin < 3:
        position += 1
    if position >= len(chunks) or not (is_speaker(chunks[position]) or chunks[position].role):
        return None, begin
    first = position
    stop = position + 1
    strange = 0
    while stop < len(chunks) and stop - first < _LONGEST_SPEAKER:
        kind = chunks[stop].kind
        if (
            kind in _NAMING
            or (kind in {"TARGET", "PLACE", "PEOPLE"} and chunks[stop - 1].kind in {"IN", "OF", "DET"})
            or kind in _SPEAKERS_OWN
            or (kind == "IN" and _leads_name(chunks, stop))
        ):
            stop += 1
        elif kind == "WORD" and strange == 0 and len(chunks[stop].value.split()) <= _LONGEST_STRANGE:
            strange += 1
            stop += 1
        else:
            break
    while stop > first + 1 and chunks[stop - 1].kind in {*_SPEAKERS_OWN, "IN"} - {"ADJ", "CLOSE", "QUOTE"}:
        stop -= 1
    return _make_speaker(reading, chunks[first:stop]), stop


def _leads_name(chunks: list[Chunk], index: int) -> bool:
    """ "In" belongs to the speaker where what follows is what he belongs to: "a source in the civil defence"."""
    following = [chunk.kind for chunk in chunks[index + 1 : index + 3] if chunk.kind != "DET"]
    return bool(following) and following[0] in {"BODY", "ACTOR", "SPEAKER"}


def _read_before(reading: str, chunks: list[Chunk], index: int) -> Speaker | None:
    """Read a speaker right before its verb: "the civil defence said"."""
    position = index - 1
    while (
        position >= 0
        and chunks[position].kind in {"ADJ", "WORD", "CLOSE", "QUOTE", "COMMA"}
        and index - position < 4
    ):
        position -= 1
    if position < 0 or not is_speaker(chunks[position]):
        return None
    return _make_speaker(reading, chunks[position : position + 1])


def _make_speaker(reading: str, words: list[Chunk]) -> Speaker:
    start, end = words[0].start, words[-1].end
    speaker = Speaker(start, end, reading[start:end])
    bodies = [chunk.body for chunk in words if chunk.body]
    speaker.definite = words[0].article is not None or any(chunk.kind == "DET" for chunk in words[:1])
    if words[0].kind in PRONOUNS:
        speaker.pronoun = words[0].kind
    if bodies and words[0].kind in {"BODY", "SPEAKER"} and not _is_source_in(words):
        speaker.body = bodies[0]
    elif words[0].kind == "ACTOR":
        speaker.person, speaker.role = words[0].actor or speaker.wording, "belligerent"
    speaker.role = speaker.role or next((chunk.role for chunk in words if chunk.role), None)
    if speaker.body is None and speaker.role is None and speaker.person is None and speaker.pronoun is None:
        speaker.role = "unnamed"
    return speaker


def _is_source_in(words: list[Chunk]) -> bool:
    """ "The correspondent of the channel", "sources in the civil defence": a person, by his own words."""
    return words[0].kind != "BODY" and any(chunk.kind in {"IN", "FOR"} for chunk in words)


def _find_part(chunks: list[Chunk], index: int) -> int:
    for position in range(index - 1, -1, -1):
        if chunks[position].kind in _PARTS and any(chunk.kind in SPEAKING for chunk in chunks[:position]):
            return position + 1
    return 0


def strikes_verb_first(chunks: list[Chunk], index: int) -> bool:
    """Tell whether the chunk stands where one who strikes stands: right behind the deed, or the means, or "by"."""
    chunk = chunks[index]
    if chunk.kind == "MEANS":
        return chunk.actor is not None
    if chunk.kind == "PEOPLE" and (chunk.actor is None or chunk.counted):
        return False
    position = index - 1
    while position >= 0 and _may_pass(chunks, position) and index - position <= _LONGEST_WAY:
        if chunks[position].kind == "FOR" and not _is_deed_before(chunks, position):
            return False
        position -= 1
    if position < 0:
        return _acts_next(chunks, index)
    leading = chunks[position]
    if leading.kind == "MEANS":
        return True
    if leading.kind in _STRIKES:
        return leading.kind != "HIT_ED" or not _is_subject_before(chunks, position)
    return _acts_next(chunks, index)


def _is_deed_before(chunks: list[Chunk], index: int) -> bool:
    """ "Shelling by (for) the army": what "for" follows is the deed, and not a place that is the army's."""
    for position in range(index - 1, max(-1, index - 4), -1):
        kind = chunks[position].kind
        if kind in {"MEANS", "ACTOR", "HARM_ED", "DEATHS"}:
            return True
        if kind not in {"ADJ", "DET", "QUOTE", "COMMA", "AND", "TIME", "FOR"} and not _may_pass(
            chunks, position
        ):
            return False
    return False


def _may_pass(chunks: list[Chunk], position: int) -> bool:
    """Tell whether what stands here may stand between the deed and who does it: an unknown word right behind the deed
    describes it."""
    is_described = chunks[position].kind == "WORD" and position > 0 and chunks[position - 1].kind == "MEANS"
    return chunks[position].kind in _PASSED or is_described


def _is_subject_before(chunks: list[Chunk], verb: int) -> bool:
    """ "Shelling that struck the army": the verb has its subject before it, and what follows is struck."""
    for position in range(verb - 1, max(-1, verb - 6), -1):
        kind = chunks[position].kind
        if kind in {"MEANS", "ACTOR"}:
            return True
        if kind in {"SEMI", "BUT", "COMMA", "SAY", "BODY"}:
            return False
    return False


def _acts_next(chunks: list[Chunk], index: int) -> bool:
    """ "The army struck": the verb right behind its subject, as headlines have it."""
    for follower in chunks[index + 1 : index + 4]:
        if follower.kind in {"HIT_ED", "CARRY_OUT", "HARM_ED"}:
            return True
        if follower.kind not in {"ADJ", "DET", "DEMONYM", "AND", "ACTOR", "QUOTE", "CLOSE", "MODAL"}:
            return False
    return False
