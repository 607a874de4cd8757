"""Figures of an incident as bounds to add up, for one harm and one group."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from harmledger.records.incident import Extent
from harmledger.tallies.selection import Counted


class Bounds(NamedTuple):
    """The least, the best and the most; `is_open` when somebody says "at least"."""

    low: int
    best: int
    high: int
    is_open: bool = False


def read_bounds(incident: Counted, harm: str, group: str | None) -> Bounds | None:
    """Give the incident's figures for the harm (and group of people or kind of place); None without any.

    Without a lower bound ("up to twelve") the least is 0.
    """
    return _read_toll(incident.toll, harm, group)


def _read_toll(toll: Mapping[str, Extent], harm: str, group: str | None) -> Bounds | None:
    extent = toll.get(harm)
    if extent is None:
        return None
    found = extent if group in (None, "people") else extent.groups.get(group or "")
    if found is None or found.best is None:
        return None
    low = found.low if found.low is not None else 0
    high = found.high if found.high is not None else found.best
    return Bounds(low, found.best, high, extent.open_ended)


def read_all_bounds(incidents: Collection[Counted], harm: str, group: str | None) -> dict[str, Bounds]:
    """Give the figures of each incident by its id; those without any are left out."""
    known: dict[int, Bounds | None] = {}  # by the value itself: those of a view share theirs
    found: dict[str, Bounds] = {}
    for incident in incidents:
        toll = incident.toll
        key = id(toll)
        bounds = known[key] if key in known else known.setdefault(key, _read_toll(toll, harm, group))
        if bounds is not None:
            found[incident.id] = bounds
    return found


def add_bounds(bounds: Iterable[Bounds]) -> Bounds | None:
    """Add figures of different incidents; None where there is nothing to add."""
    columns = tuple(zip(*bounds, strict=True))
    if not columns:
        return None
    low, best, high, is_open = columns
    return Bounds(sum(low), sum(best), sum(high), any(is_open))


def take_wider(whole: Bounds | None, parts: Bounds | None) -> Bounds | None:
    """Give the larger of a published total and the sum of its parts, bound by bound."""
    if whole is None or parts is None:
        return whole or parts
    return Bounds(
        max(whole.low, parts.low),
        max(whole.best, parts.best),
        max(whole.high, parts.high),
        whole.is_open or parts.is_open,
    )


def take_away(whole: Bounds | None, shared: Bounds | None) -> Bounds | None:
    """Give what is left of a total when figures that are counted elsewhere are taken out of it."""
    if whole is None or shared is None:
        return whole
    low, best = max(0, whole.low - shared.high), max(0, whole.best - shared.best)
    return Bounds(low, max(low, best), max(low, best, whole.high - shared.low), whole.is_open)
