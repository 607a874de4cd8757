"""A register beside the record: what both hold and where they differ, what only they hold, what only we hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.days import Days, read_days
from harmledger.incidents.geography import contains_place, has_point
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.registers.differences import Difference, list_differences
from harmledger.registers.entry import Entry
from harmledger.registers.matching import Match, match_entries

MARGIN_DAYS: Final = 3
"""An entry this many days before the first attack, or after the last, still falls into the days of the record."""
MARGIN_DEGREES: Final = 0.5
"""And one this far outside its attacks' rectangle, in degrees of latitude and longitude, into its area."""

Certainty = Literal["same", "perhaps"]
Reason = Literal["not_told", "in_total", "told_together"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """An entry and the incident that it is taken for; `perhaps` where the score is short of the threshold."""

    entry: Entry
    incident: Incident
    certainty: Certainty
    score: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """An entry without an attack of its own here, and why: nobody told of it (`not_told`), only a total for its area
    and day does (`in_total`), or the record tells it as one attack with another entry (`told_together`); `incident` is the id of
    that total or attack."""

    entry: Entry
    reason: Reason
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterComparison:
    """What comparing one register gave. `outside` counts its entries outside the days or the area of the record,
    `only_here` are the ids of attacks in the register's days and area that it does not have, `not_compared` those
    without a day or a place."""

    register: str
    entries: int
    outside: int
    pairings: tuple[Pairing, ...]
    lacking: tuple[Lacking, ...]
    only_here: tuple[str, ...]
    not_compared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """The days and the rectangle that something covers."""

    days: Days
    south: float
    north: float
    west: float
    east: float

    def covers(self, days: Days | None, place: Place | None) -> bool:
        """Tell whether days and place fall into it, with the margins; what is not known falls into it."""
        if days is not None and (
            days[1] < self.days[0] - MARGIN_DAYS or days[0] > self.days[1] + MARGIN_DAYS
        ):
            return False
        if place is None or place.lat is None or place.lon is None or not has_point(place):
            return True
        return (
            self.south - MARGIN_DEGREES <= place.lat <= self.north + MARGIN_DEGREES
            and self.west - MARGIN_DEGREES <= place.lon <= self.east + MARGIN_DEGREES
        )


def measure_extent(told: Iterable[tuple[Days | None, Place | None]]) -> Extent | None:
    """Give what days and places cover together; None where none has both."""
    days: list[Days] = []
    points: list[tuple[float, float]] = []
    for day, place in told:
        if day is None or place is None or place.lat is None or place.lon is None or not has_point(place):
            continue
        days.append(day)
        points.append((place.lat, place.lon))
    if not days:
        return None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    first, last = min(day[0] for day in days), max(day[1] for day in days)
    return Extent((first, last), min(lats), max(lats), min(lons), max(lons))


def compare_register(
    register: str, entries: Sequence[Entry], incidents: Sequence[Incident], outside: int = 0
) -> RegisterComparison:
    """Compare the entries of one register with the record; incidents in any order, withdrawn ones left out.

    `outside` counts entries that were left aside before, as outside the days or the area of the record.
    """
    standing = sorted((one for one in incidents if one.status != "withdrawn"), key=lambda one: one.id)
    attacks = [one for one in standing if one.scope == "attack"]
    totals = [one for one in standing if one.scope == "area_day"]
    ours = measure_extent((read_days(one.time), one.place) for one in standing if one.scope != "since_date")
    inside = [one for one in entries if ours is None or ours.covers(one.days, one.place)]
    matches, further = match_entries(inside, attacks)
    theirs = measure_extent((one.days, one.place) for one in inside)
    held = {match.incident for match in matches}
    left = [one for number, one in enumerate(attacks) if number not in held]
    placed = [one for one in left if one.time is not None and one.place is not None]
    return RegisterComparison(
        register,
        len(entries) + outside,
        len(entries) - len(inside) + outside,
        tuple(_pair(inside[match.entry], attacks[match.incident], match) for match in matches),
        tuple(_explain_lacking(inside, attacks, totals, matches, further)),
        tuple(
            one.id for one in placed if theirs is not None and theirs.covers(read_days(one.time), one.place)
        ),
        tuple(one.id for one in left if one.time is None or one.place is None),
    )


def _pair(entry: Entry, incident: Incident, match: Match) -> Pairing:
    certainty: Certainty = "same" if match.score >= THRESHOLD else "perhaps"
    return Pairing(entry, incident, certainty, match.score, list_differences(entry, incident))


def _explain_lacking(
    entries: Sequence[Entry],
    attacks: Sequence[Incident],
    totals: Sequence[Incident],
    matches: Sequence[Match],
    further: Sequence[Match],
) -> Iterable[Lacking]:
    matched = {match.entry for match in matches}
    together = {match.entry: attacks[match.incident].id for match in further}
    for number, entry in enumerate(entries):
        if number in matched:
            continue
        if number in together:
            yield Lacking(entry, "told_together", together[number])
            continue
        total = next((one.id for one in totals if _holds(one, entry)), None)
        yield Lacking(entry, "in_total" if total else "not_told", total)


def _holds(total: Incident, entry: Entry) -> bool:
    outer, inner = read_days(total.time), entry.days
    if outer is None or inner is None or total.place is None or entry.place is None:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1] and contains_place(total.place, entry.place)
