"""What an incident's line says beyond the format, in the form in which others may have it."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from harmledger.lexicon.words import find_body
from harmledger.publication.view.extras import read_extra
from harmledger.records.certainty import Certainty
from harmledger.records.contradiction import Contradiction
from harmledger.records.growth import Growth
from harmledger.records.incident import Incident
from harmledger.records.origin import Origin
from harmledger.records.signing import Signed
from harmledger.records.statement import Statement

_IDS: Final = frozenset({"claims", "part_claim", "whole_claim", "document", "source"})


Show = Callable[[str], str]
"""Gives a text as others may have it."""


def disclose_extra(incident: Incident, hide: Show, name: Show, name_words: Show) -> dict[str, Any]:
    """Give what stands in `extra` as far as this program wrote it, with ids as `hide`, voices as `name` and sentences as
    `name_words` gives them. What somebody else put there does not leave."""
    found: dict[str, Any] = {}
    growth = read_extra(incident, "growth", Growth)
    if growth is not None:
        found["growth"] = _hide_ids(asdict(growth), hide)
    contradictions = read_extra(incident, "contradictions", tuple[Contradiction, ...])
    if contradictions:
        found["contradictions"] = [_hide_ids(asdict(one), hide) for one in contradictions]
    origins = read_extra(incident, "origins", tuple[Origin, ...])
    if origins:
        found["origins"] = [_hide_origin(one, hide) for one in origins]
    certainty = read_extra(incident, "health_care", Certainty)
    if certainty is not None:
        found["health_care"] = asdict(_hide_reasons(certainty, name_words))
    statements = read_extra(incident, "statements", tuple[Statement, ...])
    if statements:
        told = (replace(one, voice=name(one.voice), area=None) for one in statements)
        found["statements"] = [_hide_ids(asdict(one), hide) for one in told]
    signed = read_extra(incident, "signed", Signed)
    if signed is not None and _is_moment(signed.at) and _is_moment(signed.since or signed.at):
        found["signed"] = asdict(signed)
    return found


def _is_moment(at: str) -> bool:
    try:
        return bool(datetime.fromisoformat(at))
    except ValueError:
        return False


def _hide_origin(origin: Origin, hide: Callable[[str], str]) -> Any:
    """Give an origin with the ids of its reports hidden. A body of the register keeps its name; nobody else has one here."""
    is_body = origin.kind == "body" and find_body(origin.name) is not None
    told = _hide_ids(asdict(origin), hide)
    return told if is_body else told | {"name": hide(origin.name)}


def _hide_ids(value: Any, hide: Callable[[str], str]) -> Any:
    """Give a value with all ids of claims and documents hidden: those under the names in _IDS."""
    if isinstance(value, dict):
        return {
            name: _hide(told, hide) if name in _IDS else _hide_ids(told, hide) for name, told in value.items()
        }
    return [_hide_ids(one, hide) for one in value] if isinstance(value, list | tuple) else value


def _hide(told: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(told, list | tuple):
        return [hide(one) for one in told]
    return None if told is None else hide(told)


def _hide_reasons(certainty: Certainty, name_words: Show) -> Certainty:
    because, changes = (tuple(map(name_words, told)) for told in (certainty.because, certainty.would_change))
    return replace(certainty, because=because, would_change=changes)
