"""Which totals contain which attacks: an area's day contains the attacks of that area and day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from harmledger.incidents.days import Days, read_days
from harmledger.incidents.geography import contains_place, rank_precision
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident

LONGEST_AREA_DAY = 7
"""An area's total over more days than this is not indexed day by day; it contains what its text names."""


def _list_days(days: Days | None) -> range:
    if days is None or days[1] - days[0] >= LONGEST_AREA_DAY:
        return range(0)
    return range(days[0], days[1] + 1)


def _holds(outer: Incident, inner: Incident) -> bool:
    if outer.place is None or inner.place is None or not contains_place(outer.place, inner.place):
        return False
    own, theirs = read_days(outer.time), read_days(inner.time)
    if own is None or theirs is None or not (own[0] <= theirs[0] and theirs[1] <= own[1] + 1):
        return False
    if inner.scope != "area_day":
        return True
    same_size = rank_precision(outer.place) == rank_precision(inner.place)
    return not same_size or own[1] - own[0] > theirs[1] - theirs[0]


def _list_stated(incidents: Sequence[Incident], claims: Mapping[str, Claim]) -> dict[str, set[str]]:
    """Give for each incident the area-days that its own claims say they are part of."""
    home = {claim: incident for incident in incidents for claim in incident.claims}
    stated: dict[str, set[str]] = defaultdict(set)
    for claim_id, incident in home.items():
        claim = claims.get(claim_id)
        whole = home.get(claim.part_of) if claim is not None and claim.part_of else None
        if (
            whole is None
            or whole.id == incident.id
            or whole.scope != "area_day"
            or incident.scope != "attack"
        ):
            continue
        stated[incident.id].add(whole.id)
    return stated


def find_containers(incidents: Sequence[Incident], claims: Mapping[str, Claim]) -> dict[str, tuple[str, ...]]:
    """Give, for each incident that has any, the ids of the incidents whose totals contain it.

    A total over an area and a day contains the attacks of that area and day, and smaller area-days. What a
    text says itself ("38 of the 59") holds in any case. A running total contains nothing: it is compared with
    the sum of the incidents, never added to it.
    """
    by_day: dict[int, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.scope == "area_day":
            for day in _list_days(read_days(incident.time)):
                by_day[day].append(incident)
    stated = _list_stated(incidents, claims)
    containers: dict[str, tuple[str, ...]] = {}
    for incident in incidents:
        if incident.scope == "since_date":
            continue
        days = read_days(incident.time)
        around = {outer.id: outer for day in _list_days(days) for outer in by_day.get(day, ())}
        found = {key for key, outer in around.items() if key != incident.id and _holds(outer, incident)}
        found |= stated.get(incident.id, set())
        if found:
            containers[incident.id] = tuple(sorted(found))
    return containers
