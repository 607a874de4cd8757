"""Lines of data held against the rules of their edition: fields that are withheld, places that are too fine, grades."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from harmledger.publication.disclosure.rules import GRADES, KINDS, LEVELS, Disclosure
from harmledger.publication.leaks.folding import fold_text, split_words
from harmledger.publication.leaks.restricted import Restricted, Rule

Found = tuple[int, Rule, str]
"""Line, rule, and what it is."""

_GRID: Final[Mapping[str, float]] = {"district": 10.0, "province": 2.0}
"""By level, the steps of a degree that coarse coordinates lie on."""
_NEAR: Final = 1e-6


def check_lines(text: str, rules: Disclosure, kinds: dict[str, frozenset[str]]) -> Iterator[Found]:
    """Hold the lines of incidents.jsonl, or of claims.jsonl, against the rules.

    `kinds` is filled in by the incidents, and tells the claims what was hit.
    """
    for number, line in enumerate(text.splitlines(), 1):
        try:
            record = json.loads(line)
        except ValueError:
            yield number, "unreadable", "the line is no JSON"
            continue
        if isinstance(record, dict):
            is_claim = "evidence" in record
            yield from ((number, *one) for one in _check_record(record, is_claim, rules, kinds))


def _check_record(
    record: Mapping[str, Any], is_claim: bool, rules: Disclosure, kinds: dict[str, frozenset[str]]
) -> Iterator[tuple[Rule, str]]:
    if is_claim:
        owner = str((record.get("extra") or {}).get("incident"))
        hit = kinds.get(owner, frozenset()) | {str(record.get("group"))}
    else:
        groups = {g for extent in (record.get("toll") or {}).values() for g in (extent.get("groups") or {})}
        hit = frozenset(record.get("targets") or ()) | groups
        kinds[str(record.get("id"))] = hit
        value = (record.get("grade") or {}).get("value")
        if "incident.grade" not in rules.withheld and not rules.admits(value if value in GRADES else None):
            yield "grade", f"an entry graded {value or 'nothing'!s:.20}"
    is_facility = not hit.isdisjoint(KINDS)
    withheld = (*rules.withheld, *(rules.facility_withheld if is_facility else ()))
    yield from _check_fields(record, is_claim, withheld)
    place = record.get("place")
    if isinstance(place, dict) and "place.precision" not in withheld:
        yield from _check_place(place, rules.find_level(hit))


def _check_fields(
    record: Mapping[str, Any], is_claim: bool, withheld: tuple[str, ...]
) -> Iterator[tuple[Rule, str]]:
    for name in withheld:
        home, _, field = name.partition(".")
        held: list[Mapping[str, Any]] = []
        if home == ("claim" if is_claim else "incident"):
            held = [record]
        elif home == "account":
            held = [] if is_claim else list(record.get("accounts") or ())
        elif home in ("place", "time") and isinstance(record.get(home), dict):
            held = [record[home]]
        if any(one.get(field) for one in held):
            yield "field", name


def _check_place(place: Mapping[str, Any], level: str) -> Iterator[tuple[Rule, str]]:
    precision, lat, lon = place.get("precision"), place.get("lat"), place.get("lon")
    if lat is None or lon is None or level == "site":
        return
    if LEVELS.index(precision if precision in LEVELS else "settlement") < LEVELS.index(level):
        yield "level", f"a place told as {precision!s:.20}, where {level} is the finest"
    step = _GRID.get(level)
    if level == "country" or (step and any(abs(v * step - round(v * step)) > _NEAR for v in (lat, lon))):
        yield "level", f"coordinates finer than {level}"


def check_parts(text: str, restricted: Restricted) -> Iterator[Found]:
    """Find single words of masked names in the claims of their own document."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        parts = restricted.parts.get(str(record.get("document"))) if isinstance(record, dict) else None
        if parts:
            told = {
                "words": [
                    record.get("evidence"),
                    record.get("cue"),
                    record.get("voice"),
                    record.get("actors"),
                ]
            }
            words = split_words(fold_text(json.dumps(told, ensure_ascii=False))).words
            if not parts.isdisjoint(words):
                yield number, "name", f"a word of a name masked in document {str(record['document'])[:12]}"
