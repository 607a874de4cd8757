"""Which totals contain which attacks: an area's day contains the attacks of that area and day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from harmledger.incidents.days import Days, read_days
from harmledger.incidents.geography import contains_place, rank_precision
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.records.vocabulary import IncidentScope

C = TypeVar("C")
"""What a claim goes by: its id, or its number."""

LONGEST_AREA_DAY: Final = 7
"""An area's total over more days than this is not indexed day by day; it contains what its text names."""
_WIDTH: Final[Mapping[IncidentScope | None, int]] = {"attack": 1, "area_day": 2, "since_date": 3}
"""A part lies in a whole of a wider scope."""


@dataclass(frozen=True, slots=True)
class Located:
    """What of an incident bears on containment, and the number that it goes by."""

    number: int
    scope: IncidentScope
    place: Place | None
    days: Days | None


def locate_incident(incident: Incident, number: int) -> Located:
    """Give what of an incident bears on containment."""
    return Located(number, incident.scope, incident.place, read_days(incident.time))


def list_indexed_days(days: Days | None) -> range:
    """Give the days by which what lies in a total is found: none where they are too many, or unknown."""
    if days is None or days[1] - days[0] >= LONGEST_AREA_DAY:
        return range(0)
    return range(days[0], days[1] + 1)


@lru_cache(maxsize=65536)
def _lies_in(outer: Place, inner: Place) -> bool:
    return contains_place(outer, inner)


def _holds(outer: Located, inner: Located) -> bool:
    own, theirs = outer.days, inner.days
    if own is None or theirs is None or not (own[0] <= theirs[0] and theirs[1] <= own[1] + 1):
        return False
    if outer.place is None or inner.place is None or not _lies_in(outer.place, inner.place):
        return False
    if inner.scope != "area_day":
        return True
    same_size = rank_precision(outer.place) == rank_precision(inner.place)
    return not same_size or own[1] - own[0] > theirs[1] - theirs[0]


def _list_stated(
    scopes: Mapping[int, IncidentScope],
    parts: Iterable[tuple[C, C]],
    find_home: Callable[[C], int | None],
) -> dict[int, set[int]]:
    """Give for each attack or area-day the totals that its own claims say they are part of."""
    stated: dict[int, set[int]] = defaultdict(set)
    for part, whole in parts:
        inner, outer = find_home(part), find_home(whole)
        if inner is None or outer is None or inner == outer:
            continue
        if _WIDTH.get(scopes.get(outer), 0) > _WIDTH.get(scopes.get(inner), 0):
            stated[inner].add(outer)
    return stated


def find_containers(
    incidents: Sequence[Located],
    parts: Iterable[tuple[C, C]],
    find_home: Callable[[C], int | None],
) -> dict[int, frozenset[int]]:
    """Give, for each incident that has any, the numbers of the incidents whose totals contain it.

    A total over an area and a day contains the attacks of that area and day, and smaller area-days. What a
    text says itself ("38 of the 59", "59 of the 750") holds in any case: `parts` are claims with the claims that they are
    part of, and `find_home` gives the number of the incident that a claim is in. A running total contains nothing else:
    what lies in its area and days is found when it is asked for, and never added to it.
    """
    by_day: dict[int, list[Located]] = defaultdict(list)
    for incident in incidents:
        if incident.scope == "area_day":
            for day in list_indexed_days(incident.days):
                by_day[day].append(incident)
    stated = _list_stated({one.number: one.scope for one in incidents}, parts, find_home)
    containers: dict[int, frozenset[int]] = {}
    for incident in incidents:
        if incident.scope == "since_date":
            continue
        around = {
            outer.number: outer for day in list_indexed_days(incident.days) for outer in by_day.get(day, ())
        }
        around.pop(incident.number, None)
        found = {number for number, outer in around.items() if _holds(outer, incident)}
        found |= stated.get(incident.number, set())
        if found:
            containers[incident.number] = frozenset(found)
    return containers
