"""Judgements composed from what a person types: which claims, and what a field should hold."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from harmledger.incidents.rulings import convert_value, find_fault
from harmledger.records.claim import Claim
from harmledger.records.count import Count
from harmledger.records.identity import identify
from harmledger.records.judgement import Judgement
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.records.vocabulary import JudgementKind

FindPlace = Callable[[str], Place | None]
"""Gives the place of a name in the countries of the case, or None."""

_NOTHING: Final = ("", "null", "none")
_NUMBER: Final = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9})|(\+))?")
_SPAN: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:/|to|\.\.)\s*(\d{4}-\d\d-\d\d))?")


def compose_judgement(
    kind: JudgementKind,
    claims: Sequence[str],
    reason: str,
    by: str,
    at: str,
    field: str | None = None,
    value: Any = None,
    undoes: str | None = None,
) -> Judgement:
    """Give a judgement with its id. Raises ValueError, with the reason, for one that could not be followed."""
    judgement = Judgement(
        id="",
        kind=kind,
        claims=tuple(claims),
        field=field,
        value=value,
        undoes=undoes,
        reason=reason,
        by=by,
        at=at,
    )
    fault = find_fault(judgement)
    if fault is not None:
        raise ValueError(fault)
    return replace(judgement, id=name_judgement(judgement))


def name_judgement(judgement: Judgement) -> str:
    """Give the id of a judgement: SHA-256 over what it holds."""
    value = judgement.value
    written = None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False)
    told = (judgement.kind, *judgement.claims, judgement.field, written, judgement.undoes)
    return identify((*told, judgement.reason, judgement.by, judgement.at))


def read_correction(told: str, claim: Claim, find_place: FindPlace) -> tuple[str, Any]:
    """Read FIELD=VALUE: give the field and what it should hold, as claims.jsonl writes it.

    A count is a number, two with a dash, or one with a plus ("at least"); a time one day or two with a slash; a place a
    name of the gazetteer. "null" empties a field, and JSON is taken for any. Raises ValueError with the reason.
    """
    field, equals, text = told.partition("=")
    field, text = field.strip(), text.strip()
    if not equals:
        raise ValueError(f"{told!r} is no FIELD=VALUE")
    value = _read_value(field, text, claim, find_place)
    convert_value(field, value)
    return field, value


def write_value(field: str, value: Any) -> str:
    """Give what a field holds as `read_correction` reads it: a code, 20-60, 23+, a day or two with a slash, a place's name;
    empty where it holds nothing, or what only JSON tells."""
    if value is None:
        return ""
    if field == "count":
        low, high = value.low, value.high
        if low is None or low == high:
            return str(high if low is None else low)
        return f"{low}+" if high is None else f"{low}-{high}"
    if field == "time":
        return str(value.start) if value.start == value.end else f"{value.start}/{value.end}"
    if field == "place":
        return str(value.name or value.wording or "")
    return value if isinstance(value, str) else ""


def _read_value(field: str, text: str, claim: Claim, find_place: FindPlace) -> Any:
    if text.casefold() in _NOTHING:
        return None
    if text[0] in '{["':
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{field} is no JSON: {error}") from error
    if field == "count":
        return asdict(_read_count(text, claim))
    if field == "time":
        return asdict(_read_time(text))
    if field == "place":
        place = find_place(text)
        if place is None:
            raise ValueError(f"the gazetteer knows no place {text!r}; harmledger places find, or give JSON")
        return asdict(replace(place, wording=claim.place.wording if claim.place is not None else None))
    return text


def _read_count(text: str, claim: Claim) -> Count:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no count; write 23, 20-60 or 23+ (at least), or give JSON")
    wording = claim.count.wording if claim.count is not None else ""
    low, high = int(found[1]), int(found[2]) if found[2] else None
    if high is not None:
        if high < low:
            raise ValueError(f"{text!r} runs backwards")
        return Count(None, low, high, "range", wording)
    return Count(low, low, None, "at_least", wording) if found[3] else Count(low, low, low, "exact", wording)


def _read_time(text: str) -> Time:
    found = _SPAN.fullmatch(text)
    try:
        start, end = (
            (date.fromisoformat(day) for day in (found[1], found[2] or found[1])) if found else (None, None)
        )
    except ValueError as error:
        raise ValueError(f"{text!r} holds a day that is none") from error
    if start is None or end is None:
        raise ValueError(f"{text!r} is no time; write 2019-07-22 or 2019-07-22/2019-07-23, or give JSON")
    if end < start:
        raise ValueError(f"{text!r} runs backwards")
    return Time(start.isoformat(), end.isoformat(), "day" if start == end else "period")
