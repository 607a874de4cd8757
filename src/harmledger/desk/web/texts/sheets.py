"""Claims as the page of a text prints them: each code with its words, what a person decided of it, and its incident."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from harmledger.desk.web.wording import load_desk_words
from harmledger.incidents.rulings import convert_value
from harmledger.pipeline.case_view import CaseView
from harmledger.publication.wording import Wording
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.count import Count
from harmledger.records.incident import Extent
from harmledger.records.judgement import ADDED, Judgement
from harmledger.records.place import Place

_SHOWN_ID: Final = 12
_RULE: Final = "judgement:"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One coded field: its name and the code, the words for both, and what was read where a person corrected it."""

    name: str
    label: str
    told: str
    code: str = ""
    was: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """A claim beside its text. `number` is its place in the text, from 0; `home` the id of the incident it is in; `judgement`
    that of the addition, of a claim that a person added; `is_waiting` tells that no build has taken it in."""

    number: int
    id: str
    short: str
    cue: str
    heading: str
    lines: tuple[FieldLine, ...]
    because: tuple[str, ...]
    home: str | None
    is_excluded: bool
    is_added: bool
    is_waiting: bool
    judgement: str
    notes: tuple[tuple[str, str, str], ...]
    """Judgements on it: kind, who, and why."""


def draw_claims(
    view: CaseView, claims: Sequence[Claim], words: Wording, built: Collection[str]
) -> Iterator[ClaimSheet]:
    """Draw the claims of one document, in the order of its text; `built` are the ids of those that the view has."""
    homes = view.incidents.find_homes(claim.id for claim in claims)
    judged: dict[str, list[Judgement]] = {}
    for one in view.ruled.judgements:
        for claim_id in one.claims:
            judged.setdefault(claim_id, []).append(one)
    for number, claim in enumerate(claims):
        corrections = view.ruled.rulings.corrections.get(claim.id, {})
        told = judged.get(claim.id, ())
        yield ClaimSheet(
            number=number,
            id=claim.id,
            short=claim.id[:_SHOWN_ID],
            cue=claim.cue.text,
            heading=_write_heading(claim, words),
            lines=tuple(_list_lines(claim, corrections, words)),
            because=claim.because,
            home=homes.get(claim.id),
            is_excluded=claim.id in view.ruled.rulings.excluded,
            is_added=ADDED in claim.because,
            is_waiting=claim.id not in built,
            judgement=_find_addition(claim),
            notes=tuple((one.kind, one.by, one.reason) for one in told),
        )


def _find_addition(claim: Claim) -> str:
    """Give the id of the judgement that added a claim; empty for one that was read."""
    told = claim.because if ADDED in claim.because else ()
    return next((rule.removeprefix(_RULE) for rule in told if rule.startswith(_RULE)), "")


def _write_heading(claim: Claim, words: Wording) -> str:
    parts = [words.label("kind", claim.kind)]
    if claim.harm is not None:
        parts.append(words.label("harm", claim.harm))
    return words.comma.join(parts)


def _list_lines(claim: Claim, corrections: Mapping[str, Judgement], words: Wording) -> Iterator[FieldLine]:
    for name, label in words.tables["field"].items():
        read = getattr(claim, name)
        judgement = corrections.get(name)
        value = read if judgement is None else convert_value(name, judgement.value)
        if not value and judgement is None:
            continue
        was = tell_field(name, read, words) or "—" if judgement is not None else ""
        code = value if isinstance(value, str) else ""
        by = judgement.by if judgement is not None else ""
        yield FieldLine(name, label, tell_field(name, value, words) or "—", code, was, by)


def tell_field(name: str, value: Any, words: Wording) -> str:
    """Give what a field of a claim holds in words; empty where it holds nothing."""
    if value is None or value == ():
        return ""
    if isinstance(value, str):
        return words.label(name, value)
    if isinstance(value, Count):
        return _tell_count(value, words)
    if name == "place":
        return tell_place(value, words)
    if name == "time":
        return words.time(value)
    if isinstance(value, Voice):
        return _tell_voice(value, words)
    return words.comma.join(_tell_actor(actor, words) for actor in value)


def tell_place(place: Place, words: Wording) -> str:
    """Give a place from its name to its country in words."""
    names = dict.fromkeys(part for part in (place.name or place.wording, place.admin2, place.admin1) if part)
    parts = [words.name_place(name, place.country) for name in names]
    return words.comma.join(dict.fromkeys((*parts, words.name_territory(place.country)))).removesuffix(
        words.comma
    )


def _tell_count(count: Count, words: Wording) -> str:
    best = count.value if count.value is not None else count.low if count.low is not None else count.high
    figure = words.figure(Extent(count.low, count.high, best))
    return figure if not count.wording else f"{figure} ({words.isolate(count.wording)})"


def _tell_voice(voice: Voice, words: Wording) -> str:
    name = voice.name or voice.wording
    parts = [words.name_voice(name, voice.role)] if name else []
    role = words.label("role", voice.role) if voice.role is not None else ""
    if (
        role and not any(part.startswith(role) for part in parts) and role != (name or "").lower()
    ):  # bodies without a name of their own are called by their role
        parts.append(role)
    if voice.via:
        parts.append(words.phrase("via", names=words.comma.join(voice.via)))
    return words.comma.join(parts) or words.phrase("own_voice_unknown")


def _tell_actor(actor: Actor, words: Wording) -> str:
    role = load_desk_words(words.language)["review"]["actor_roles"][actor.role]
    return f"{words.name_body(actor.name)} ({role})"
