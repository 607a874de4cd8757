"""The deadliest since …: an answer with its bounds, and what could rival it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from harmledger.incidents.days import read_days
from harmledger.tallies.area import Area
from harmledger.tallies.figures import Bounds, read_bounds
from harmledger.tallies.selection import Counted, Question, select_incidents


@dataclass(frozen=True, slots=True)
class Superlative:
    """The attack with the largest best figure among those asked about.

    `rivals` are the ids of other attacks whose highest figure reaches this one's lowest: with an empty list
    the answer holds whichever account is right. `compared` is the number of attacks with a figure. `since` is
    the day of the last earlier attack, outside the question's period, that reached this one's best figure;
    None where the record holds none.
    """

    incident: str
    low: int
    best: int
    high: int
    open_ended: bool
    rivals: tuple[str, ...]
    compared: int
    since: str | None = None


def find_deadliest(
    incidents: Iterable[Counted],
    since: date | None = None,
    area: Area | str | None = None,
    until: date | None = None,
    harm: str = "killed",
    group: str | None = None,
) -> Superlative | None:
    """Give the deadliest single attack of an area and period (both days included); None without any figure.

    Area-days and running totals are no attacks and never win. Ties go to the higher bound, then to the
    earlier attack.
    """
    members = sorted(incidents, key=lambda incident: incident.id)
    asked = Area(area) if isinstance(area, str) else area
    question = Question(asked, since, until)
    told = _list_told(select_incidents(members, question), harm, group)
    if not told:
        return None
    winner, bounds = max(
        told, key=lambda item: (item[1].best, item[1].high, item[1].low, -_first_day(item[0]))
    )
    rivals = tuple(i.id for i, other in told if i.id != winner.id and other.high >= bounds.low)
    everywhere = _list_told(select_incidents(members, Question(asked)), harm, group)
    return Superlative(
        incident=winner.id,
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        open_ended=bounds.is_open,
        rivals=rivals,
        compared=len(told),
        since=_find_predecessor(winner, bounds, everywhere),
    )


def _list_told(incidents: Sequence[Counted], harm: str, group: str | None) -> list[tuple[Counted, Bounds]]:
    told = ((i, read_bounds(i, harm, group)) for i in incidents if i.scope == "attack")
    return [(incident, bounds) for incident, bounds in told if bounds is not None]


def _first_day(incident: Counted) -> int:
    days = read_days(incident.time)
    return days[0] if days is not None else date.max.toordinal()


def _find_predecessor(winner: Counted, bounds: Bounds, told: Sequence[tuple[Counted, Bounds]]) -> str | None:
    own = read_days(winner.time)
    if own is None:
        return None
    earlier = [
        days[1]
        for incident, other in told
        if other.best >= bounds.best and (days := read_days(incident.time)) is not None and days[1] < own[0]
    ]
    return date.fromordinal(max(earlier)).isoformat() if earlier else None
