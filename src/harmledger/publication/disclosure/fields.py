"""Fields of records that an edition can withhold, and records without them."""

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, Final, TypeVar, get_args, get_origin

from harmledger.publication.disclosure.rules import KINDS, Disclosure
from harmledger.publication.withholding.places import coarsen_place, list_kinds
from harmledger.records.claim import Claim
from harmledger.records.incident import Account, Incident
from harmledger.records.place import Place
from harmledger.records.time import Time

R = TypeVar("R")

_RECORDS: Final[Mapping[str, type]] = {
    "incident": Incident,
    "account": Account,
    "claim": Claim,
    "place": Place,
    "time": Time,
}
_KEPT: Final = frozenset({"incident.place", "incident.accounts", "incident.claims", "incident.documents"})
"""Fields that pages cannot do without, and whose parts can be withheld one by one."""


_TELLING: Final[Mapping[str, frozenset[str]]] = {
    "growth": frozenset(
        {"incident.toll", "account.toll", "account.earlier", "account.first_published", "account.claims"}
    ),
    "health_care": frozenset({"incident.grade", "incident.targets", "incident.attribution"}),
    "statements": frozenset({"incident.attribution", "claim.actors", "claim.voice"}),
    "origins": frozenset(
        {"incident.origins", "account.origin", "account.documents", "account.first_published"}
    ),
    "contradictions": frozenset({"incident.toll", "account.toll", "account.claims"}),
}
"""What stands under `extra`, and the fields whose content it tells too: it does not leave where one of them does not."""


@cache
def list_withholdable() -> Mapping[str, Any]:
    """Give every field that can be withheld, as RECORD.FIELD, with what it holds then: None, or nothing."""
    found: dict[str, Any] = {}
    for name, record in _RECORDS.items():
        hints = typing.get_type_hints(record)
        for field in fields(record):
            empty = _find_empty(hints[field.name])
            key = f"{name}.{field.name}"
            if empty is not _NOTHING and key not in _KEPT and field.name not in ("format", "extra"):
                found[key] = empty
    return found


_NOTHING: Final = object()


def _find_empty(hint: Any) -> Any:
    """Give what a field without a value holds; `_NOTHING` for a field that must have one."""
    if get_origin(hint) in (typing.Union, types.UnionType) and type(None) in get_args(hint):
        return None
    origin = get_origin(hint)
    if origin is tuple:
        return ()
    return {} if isinstance(origin, type) and issubclass(origin, Mapping) else _NOTHING


def list_withheld(rules: Disclosure, incident: Incident) -> tuple[str, ...]:
    """Give the fields that do not leave of an incident and its claims: more where a facility was hit."""
    is_facility = not list_kinds(incident).isdisjoint(KINDS)
    return (*rules.withheld, *(rules.facility_withheld if is_facility else ()))


def reduce_incident(incident: Incident, rules: Disclosure) -> Incident:
    """Give an incident for a page: its place as finely as the edition tells it, without what is withheld.

    Names in it are still as they are.
    """
    place = coarsen_place(incident.place, rules.find_level(list_kinds(incident)))
    return strip_incident(replace(incident, place=place), list_withheld(rules, incident))


def strip_incident(incident: Incident, names: Iterable[str]) -> Incident:
    """Give an incident without the fields named, those of its accounts, place and time included."""
    withheld = frozenset(names)
    told = _group(withheld)
    if not told:
        return incident
    stripped = _strip(incident, told.get("incident", {}))
    telling = {name for name, fields in _TELLING.items() if not fields.isdisjoint(withheld)}
    return replace(
        stripped,
        accounts=tuple(_strip(account, told.get("account", {})) for account in incident.accounts),
        place=stripped.place and _strip(stripped.place, told.get("place", {})),
        time=stripped.time and _strip(stripped.time, told.get("time", {})),
        extra={name: value for name, value in stripped.extra.items() if name not in telling},
    )


def strip_claim(claim: Claim, names: Iterable[str]) -> Claim:
    """Give a claim without the fields named, those of its place and time included."""
    told = _group(names)
    if not told:
        return claim
    stripped = _strip(claim, told.get("claim", {}))
    return replace(
        stripped,
        place=stripped.place and _strip(stripped.place, told.get("place", {})),
        time=stripped.time and _strip(stripped.time, told.get("time", {})),
    )


def _group(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    empty = list_withholdable()
    told: dict[str, dict[str, Any]] = {}
    for name in names:
        record, _, field = name.partition(".")
        told.setdefault(record, {})[field] = empty[name]
    return told


def _strip(record: R, told: Mapping[str, Any]) -> R:
    return replace(record, **told) if told else record  # type: ignore[type-var]
