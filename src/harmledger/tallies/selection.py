"""Which incidents a question is about, and which row of a table each belongs to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, Protocol, get_args

from harmledger.incidents.days import is_short, read_days
from harmledger.records.incident import Account, Extent
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.records.vocabulary import IncidentScope, IncidentStatus
from harmledger.tallies.area import Area

By = Literal["day", "week", "month", "year", "place", "admin1", "none"]
WAYS: tuple[str, ...] = get_args(By)
_LENGTHS: Final[dict[str, int]] = {"day": 10, "month": 7, "year": 4}
"""So many letters of a date, YYYY-MM-DD, name the period."""
PERIODS = frozenset({"day", "week", "month", "year"})


class Counted(Protocol):
    """What of an incident is counted: an Incident has it, and so have the columns of a view."""

    @property
    def id(self) -> str:
        """The incident's id."""

    @property
    def scope(self) -> IncidentScope:
        """Attack, area-day or running total."""

    @property
    def time(self) -> Time | None:
        """When."""

    @property
    def place(self) -> Place | None:
        """Where."""

    @property
    def toll(self) -> Mapping[str, Extent]:
        """How many, by harm."""

    @property
    def accounts(self) -> Sequence[Account]:
        """Who says what of a running total."""

    @property
    def part_of(self) -> Sequence[str]:
        """The totals that contain it."""

    @property
    def status(self) -> IncidentStatus:
        """Withdrawn ones are not counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to count: the area, anywhere without one, and the days (both included, either may be open)."""

    area: Area | None = None
    since: date | None = None
    until: date | None = None


def lies_in_area(place: Place | None, question: Question) -> bool:
    """Tell whether the place is, or lies in, the area asked for."""
    return question.area is None or question.area.holds(place)


def lies_in_period(incident: Counted, question: Question) -> bool:
    """Tell whether the incident shares a day with the period asked for; undated ones never do."""
    if question.since is None and question.until is None:
        return True
    days = read_days(incident.time)
    if days is None:
        return False
    after = question.since is None or days[1] >= question.since.toordinal()
    before = question.until is None or days[0] <= question.until.toordinal()
    return after and before


def select_incidents(incidents: Sequence[Counted], question: Question) -> list[Counted]:
    """Give the attacks and area-days that the question is about; withdrawn ones are never counted."""
    counted = [i for i in incidents if i.scope != "since_date" and i.status != "withdrawn"]
    return list(select_lying(counted, question))


def select_lying(incidents: Iterable[Counted], question: Question) -> Iterator[Counted]:
    """Give the incidents, of whatever scope, that lie in the area and period asked for."""
    if question == Question():
        yield from incidents
        return
    lying: dict[int, bool] = {}  # by the value itself: most share their place
    for incident in incidents:
        is_inside = lying.get(id(incident.place))
        if is_inside is None:
            is_inside = lying[id(incident.place)] = lies_in_area(incident.place, question)
        if is_inside and lies_in_period(incident, question):
            yield incident


def name_period(day: date, by: str) -> str:
    """Give the label of the day's period: 2016-05-30, 2016-W22 (ISO week), 2016-05 or 2016."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: _LENGTHS[by]]


def label_incident(incident: Counted, by: str) -> str | None:
    """Give the row that the incident belongs to; None where it is not known that finely.

    A night counts for its first day; an incident dated only to a month has no row in a table of days.
    """
    if by in PERIODS:
        return None if incident.time is None else _label_time(incident.time.start, incident.time.end, by)
    if by == "place" and incident.place is not None:
        return incident.place.name or incident.place.wording
    if by == "admin1" and incident.place is not None:
        return incident.place.admin1
    return None


@lru_cache(maxsize=65536)
def _label_time(start: str, end: str, by: str) -> str | None:
    days = read_days(Time(start, end, "day"))
    if days is None:
        return None
    length = _LENGTHS.get(by)
    if length and _is_plain(start) and _is_plain(end):
        first, last = start[:length], end[:length]
    else:
        first, last = (name_period(date.fromordinal(day), by) for day in days)
    return first if first == last or is_short(days) else None


def _is_plain(day: str) -> bool:
    """Tell whether a day that can be read is written YYYY-MM-DD, and not in another way of ISO 8601."""
    return len(day) == len("YYYY-MM-DD") and day[7] == "-" and day[5] != "W"
