"""What a form says that a field of a claim should hold."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final, cast

from harmledger.incidents.rulings import convert_value
from harmledger.pipeline.judging import read_correction
from harmledger.pipeline.placing import find_place
from harmledger.records.claim import Claim
from harmledger.records.place import Place

LONGEST: Final = 2000
ACTOR_ROWS: Final = 3
"""So many parties a form takes."""

_REACH_KM: Final = {
    "site": 0.5,
    "neighbourhood": 1.5,
    "settlement": 3.0,
    "district": 20.0,
    "province": 60.0,
    "country": 300.0,
}
"""The radius of a place that was set by hand, where nothing else tells."""


class ActError(ValueError):
    """An act that cannot be done; the message says why, in the words of the program."""


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values say the same; of places and times how it was worded does not matter."""
    if isinstance(one, Place) and isinstance(other, Place):
        return replace(one, wording=None) == replace(other, wording=None)
    return bool(one == other)


def read_value(given: Mapping[str, str], field: str, claim: Claim, countries: Sequence[str]) -> Any:
    """Give what a form says a field should hold, as claims.jsonl writes it. Raises ValueError with the reason."""
    text = given.get("value", "").replace("\0", "").strip()[:LONGEST]
    if field == "place" and (given.get("lat", "").strip() or given.get("pick")):
        return asdict(_read_position(given, claim, text))
    if field in ("voice", "actors") and "name_0" in given:
        return _read_rows(given, field, claim)
    return read_correction(f"{field}={text}", claim, lambda name: find_place(name, countries))[1]


def _read_position(given: Mapping[str, str], claim: Claim, text: str) -> Place:
    """Read a place that was picked from the gazetteer, or set on the map: then its name is the one picked or typed, else the
    one it had, and its areas are those of the place picked, else as they were."""
    picked = _read_pick(given.get("pick", ""))
    wording = claim.place.wording if claim.place else None
    if picked is not None and not given.get("lat", "").strip():
        return replace(picked, wording=wording)
    base = picked or claim.place or Place(None, None)
    try:
        lat, lon = float(given["lat"]), float(given["lon"])
    except (KeyError, ValueError) as error:
        raise ActError("latitude and longitude are numbers of degrees") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ActError("latitude is -90 to 90 degrees, longitude -180 to 180")
    precision = given.get("precision") or "settlement"
    if precision not in _REACH_KM:
        raise ActError("this is no precision")
    return replace(
        base,
        name=base.name if picked is not None else text or base.name,
        wording=wording,
        lat=round(lat, 5),
        lon=round(lon, 5),
        precision=cast("Any", precision),
        radius_km=_REACH_KM[precision],
    )


def _read_pick(text: str) -> Place | None:
    """Read a place as the form offered it."""
    if not text:
        return None
    try:
        place: Place | None = convert_value("place", json.loads(text[:LONGEST]))
    except (ValueError, RecursionError) as error:
        raise ActError("the place picked cannot be read") from error
    return place


def _read_rows(given: Mapping[str, str], field: str, claim: Claim) -> Any:
    """Read the names and roles of a form: a voice, or those who are blamed, deny or admit."""
    names = [given.get(f"name_{number}", "").replace("\0", "").strip()[:200] for number in range(ACTOR_ROWS)]
    roles = [given.get(f"role_{number}", "") for number in range(ACTOR_ROWS)]
    if field == "voice":
        voice = replace(claim.voice, name=names[0] or None, role=cast("Any", roles[0] or None))
        return asdict(voice)
    known = {one.name: one.wording for one in claim.actors}
    return [
        {"name": name, "wording": known.get(name), "role": role}
        for name, role in zip(names, roles, strict=True)
        if name
    ]
