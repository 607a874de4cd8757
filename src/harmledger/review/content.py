"""What an incident holds, coded: what a person signs, what is compared when it has changed, and no words of a report."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from harmledger.records.identity import identify
from harmledger.records.incident import Extent, Incident
from harmledger.records.place import Place

Content = Mapping[str, Any]
"""The coded fields of an incident as JSON has them; see `describe_content`."""

_TOLL: Final = "toll"
FIELDS: Final = (
    "scope",
    "time",
    "place",
    "means",
    "targets",
    _TOLL,
    "accounts",
    "voices",
    "attribution",
    "grade",
    "claims",
)
"""What is signed, in the order in which it is compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. Of claims `before` are those that went, `after` those that came; of a toll the field is
    `toll.HARM`; None where there was nothing."""

    field: str
    before: Any
    after: Any


def describe_content(incident: Incident) -> dict[str, Any]:
    """Give what an incident holds. Its own id, its totals and its status are left out: they follow from others.

    Voices are told by a digest of their names alone, and parties by the number of voices that say so: what is signed
    outlives the reports, and an erasure must not have to reach it.
    """
    time = incident.time
    return {
        "scope": incident.scope,
        "time": None if time is None else [time.start, time.end],
        "place": _describe_place(incident.place),
        "means": list(incident.means),
        "targets": list(incident.targets),
        _TOLL: {harm: _describe_extent(extent) for harm, extent in sorted(incident.toll.items())},
        "accounts": len(incident.accounts),
        "voices": identify(
            (one.voice.name, one.voice.role, json.dumps(_describe_toll(one.toll), sort_keys=True))
            for one in incident.accounts
        )[:16],
        "attribution": [
            [one.actor, len(one.asserted_by), len(one.denied_by), len(one.admitted_by)]
            for one in incident.attribution
        ],
        "grade": incident.grade.value if incident.grade is not None else None,
        "claims": sorted(incident.claims),
    }


def _describe_place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    names = ("name", "id", "country", "admin1", "admin2", "lat", "lon", "precision", "radius_km")
    return {name: getattr(place, name) for name in names}


def _describe_toll(toll: Mapping[str, Extent]) -> dict[str, Any]:
    return {harm: _describe_extent(extent) for harm, extent in sorted(toll.items())}


def _describe_extent(extent: Extent) -> dict[str, Any]:
    groups = {name: [one.low, one.best, one.high] for name, one in sorted(extent.groups.items())}
    bounds = {"low": extent.low, "best": extent.best, "high": extent.high, "is_open": extent.open_ended}
    return {**bounds, "groups": groups}


def digest_content(content: Content) -> str:
    """Give the digest that a person signs (SHA-256)."""
    return identify((json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")),))


def digest_incident(incident: Incident) -> str:
    """Give the digest of what an incident holds now."""
    return digest_content(describe_content(incident))


def compare_contents(before: Content, after: Content) -> tuple[Difference, ...]:
    """Give what differs between two contents, field by field; that of another program may lack fields."""
    found: list[Difference] = []
    for field in FIELDS:
        old, new = before.get(field), after.get(field)
        if old == new:
            continue
        if field == _TOLL:
            found.extend(_compare_tolls(old or {}, new or {}))
        elif field == "claims":
            gone, come = set(old or ()), set(new or ())
            found.append(Difference(field, sorted(gone - come), sorted(come - gone)))
        else:
            found.append(Difference(field, old, new))
    return tuple(found)


def _compare_tolls(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(f"{_TOLL}.{harm}", old.get(harm), new.get(harm))
        for harm in sorted(old.keys() | new.keys())
        if old.get(harm) != new.get(harm)
    ]
