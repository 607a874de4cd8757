"""Decisions: what the reader decided about each sentence of a text, as plain values for people and machines.

Offsets count the working text, as in the three files. What is quoted is quoted as received.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmledger.claims.trace import SentenceTrace, Told
    from harmledger.documents.text import Text
    from harmledger.records.claim import Claim
    from harmledger.records.span import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """One chunk of a sentence: the kind that rules match on, the lexicon's value, the words."""

    kind: str
    value: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What hindsight made of one field of a claim; `before` and `after` are in words, None for nothing."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """One claim of a sentence, as the whole document leaves it, in words: `facts` say what it says.

    `rules` are those that fired, in order. `hindsight` is what changed after its sentence was read. `claim` is its id,
    None where a draft was dropped, because nobody in particular says it.
    """

    claim: str | None
    cue: str
    facts: tuple[str, ...]
    rules: tuple[str, ...]
    hindsight: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A number that makes no claim, with the reason; None where there is none, which is reported as a problem."""

    start: int
    end: int
    text: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything decided about one sentence. `is_read` is false where no word of harm stands in it, and it claims
    nothing: such a sentence is only heard for its speakers and its day."""

    start: int
    end: int
    text: str
    is_read: bool
    marks: tuple[Mark, ...]
    claims: tuple[Made, ...]
    set_aside: tuple[Unclaimed, ...]


def list_decisions(
    text: "Text", traces: "Sequence[SentenceTrace]", around: "Span | None" = None
) -> Iterator[Decisions]:
    """Give what was decided about each sentence in order, or about those that share text with `around`."""
    for trace in traces:
        start, end = text.locate(trace.parsed.sentence.start, trace.parsed.sentence.end)
        if around is None or (start < around.end and around.start < end):
            yield Decisions(
                start,
                end,
                text.working[start:end],
                trace.has_harm or bool(trace.drafts),
                tuple(_list_marks(text, trace)),
                tuple(_list_made(text, trace)),
                tuple(_list_unclaimed(text, trace)),
            )


def _list_marks(text: "Text", trace: "SentenceTrace") -> Iterator[Mark]:
    for chunk in trace.parsed.chunks:
        start, end = text.locate(chunk.start, chunk.end)
        yield Mark(chunk.kind, chunk.value, start, end, text.working[start:end])


def _list_made(text: "Text", trace: "SentenceTrace") -> Iterator[Made]:
    told = {id(each.draft): each for each in trace.told}
    for draft in trace.drafts:
        if id(draft) in told:
            yield _describe_made(told[id(draft)])
        else:
            start, end = text.locate(draft.start, draft.end)
            yield Made(None, text.working[start:end], (draft.kind,), tuple(draft.rules))


def _describe_made(told: "Told") -> Made:
    claim = told.kept
    before, after = _list_fields(told.first), _list_fields(claim)
    if told.draft.whole is not None:  # a part of a total that its own sentence names is no hindsight
        before["part of"] = after["part of"]
    changes = tuple(
        Change(name, before[name], value) for name, value in after.items() if value != before[name]
    )
    facts = tuple(f"{name} {value}" if name in _LABELLED else value for name, value in after.items() if value)
    return Made(claim.id, claim.cue.text, (claim.kind, *facts), claim.because, changes)


_LABELLED = frozenset({"scope", "voice", "part of"})


def _list_fields(claim: "Claim") -> dict[str, str | None]:
    """Give in words the fields of a claim that a reader of decisions asks for."""
    voice, place, time = claim.voice, claim.place, claim.time
    days = None if time is None else time.start if time.start == time.end else f"{time.start} to {time.end}"
    area = None if place is None else place.name or place.admin1 or place.country or "a place not found"
    return {
        "harm": claim.harm,
        "group": claim.group,
        "count": _tell_count(claim),
        "scope": claim.scope,
        "stance": claim.stance,
        "voice": voice.name or voice.wording or "of the publisher",
        "place": None if place is None else area if place.wording else f"{area} (carried)",
        "time": days if time is None or time.wording else f"{days} (carried)",
        "means": claim.means,
        "actors": ", ".join(f"{actor.role} {actor.name}" for actor in claim.actors) or None,
        "part of": claim.part_of[:12] if claim.part_of else None,
    }


def _tell_count(claim: "Claim") -> str | None:
    count = claim.count
    if count is None:
        return None
    low, high = count.low, count.high
    bounds = "" if low == high == count.value else f" ({_or_open(low)} to {_or_open(high)})"
    return f"{count.quantifier} {_or_open(count.value)}{bounds}"


def _or_open(number: int | None) -> str:
    return "…" if number is None else str(number)


def _list_unclaimed(text: "Text", trace: "SentenceTrace") -> Iterator[Unclaimed]:
    for number in trace.set_aside:
        start, end = text.locate(number.start, number.end)
        yield Unclaimed(start, end, text.working[start:end], number.reason)
