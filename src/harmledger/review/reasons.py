"""Why an incident wants a look, and how much: what a look would change most comes first.

Each reason is a row of one table: how strong it is, from 0 to 1, times its weight. The sum is the incident's score; its words
stand with the words of the desk, under the reason's name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2
from typing import Final, NamedTuple

from harmledger.records.incident import Extent, Incident
from harmledger.records.signing import State

_LEAST: Final = 0.1
"""A reason that is weaker than this is none."""

_MOST_KILLED: Final = 256
_WIDEST: Final = 128
_MOST_UNREAD: Final = 4
_MOST_DAYS: Final = 14
_TOTAL: Final = "total"
_FIRM_BITS: Final = 4.0
"""A link so many bits above the threshold (odds of sixteen to one) is not weak."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at of an incident. `bond` is by how many bits its weakest link lies above the threshold, None where it
    holds no link; `unread` counts numbers in its reports that nobody could read; `days` the length of its time."""

    killed: Extent = Extent()
    injured: Extent = Extent()
    bond: float | None = None
    unread: int = 0
    precision: str | None = None
    days: int | None = None
    grade: str | None = None
    contradictions: int = 0
    origins: int = 0
    state: State = "new"


class Reason(NamedTuple):
    """One row: its name, what it is worth at its strongest, and how strong it is."""

    name: str
    weight: int
    measure: Callable[[Sight], float]


@dataclass(frozen=True, slots=True)
class Look:
    """How much an incident wants a look: the score, and the reasons that make it, the heaviest first, each with its points."""

    score: float
    reasons: tuple[tuple[str, float], ...]


def measure_change(sight: Sight) -> float:
    """What somebody signed holds no more: their yes stands for another toll, place or day."""
    return 1.0 if sight.state == "changed" else 0.0


def measure_toll(sight: Sight) -> float:
    """The larger the toll, the more of every sum hangs on it; each doubling counts the same."""
    return _grow(max(_largest(sight.killed), _largest(sight.injured) // 4), _MOST_KILLED)


def measure_width(sight: Sight) -> float:
    """How far apart the lowest and the highest figure of those killed are: a look may settle which."""
    killed = sight.killed
    least = killed.low if killed.low is not None else killed.best
    return 0.0 if least is None else _grow(_largest(killed) - least, _WIDEST)


def measure_bond(sight: Sight) -> float:
    """The weakest link that holds it together lies near the threshold: it may be two attacks."""
    return 0.0 if sight.bond is None else min(1.0, max(0.0, 1 - sight.bond / _FIRM_BITS))


def measure_contest(sight: Sight) -> float:
    """Voices contradict each other, or figures cannot all be true."""
    return 1.0 if sight.grade == "contested" or sight.contradictions else 0.0


def measure_unread(sight: Sight) -> float:
    """Numbers stand in its reports that the reader could not place."""
    return min(1.0, sight.unread / _MOST_UNREAD)


def measure_place(sight: Sight) -> float:
    """Nobody knows where, or only in which province or district."""
    return {None: 1.0, "country": 1.0, "province": 0.7, "district": 0.4}.get(sight.precision, 0.0)


def measure_time(sight: Sight) -> float:
    """Nobody knows when, or only within weeks."""
    return 1.0 if sight.days is None else min(1.0, (sight.days - 1) / _MOST_DAYS)


def measure_support(sight: Sight) -> float:
    """A large toll rests on one origin alone."""
    return _grow(_largest(sight.killed), _MOST_KILLED) if sight.origins == 1 else 0.0


REASONS: Final = (
    Reason("changed", 30, measure_change),
    Reason("large_toll", 30, measure_toll),
    Reason("wide_range", 25, measure_width),
    Reason("weak_link", 18, measure_bond),
    Reason("contested", 15, measure_contest),
    Reason("unread", 15, measure_unread),
    Reason("unknown_place", 12, measure_place),
    Reason("unknown_time", 8, measure_time),
    Reason("one_origin", 8, measure_support),
)
"""All reasons. Weights are points of a score, chosen so that no single lesser reason outweighs a toll of a hundred; a
look at what was signed and changed comes before any that nobody asked for."""


def weigh_look(sight: Sight) -> Look:
    """Give how much an incident wants a look, and why."""
    found = []
    for reason in REASONS:
        strength = reason.measure(sight)
        if strength >= _LEAST:
            found.append((reason.name, round(reason.weight * strength, 1)))
    ordered = sorted(found, key=lambda one: -one[1])
    return Look(round(sum(points for _, points in ordered), 1), tuple(ordered))


def see_incident(incident: Incident, bond: float | None, unread: int, state: State) -> Sight:
    """Give what is looked at of an incident, beside what only its case tells.

    A total has no link, no town and, over a period, no day of its own: none of these is missing there.
    """
    from harmledger.incidents.days import read_days

    days = read_days(incident.time)
    place = incident.place
    is_attack = incident.scope == "attack"
    precision = None if place is None or place.name is None else place.precision
    length = None if days is None else days[1] - days[0] + 1
    contradictions = incident.extra.get("contradictions")
    return Sight(
        killed=incident.toll.get("killed", Extent()),
        injured=incident.toll.get("injured", Extent()),
        bond=bond if is_attack else None,
        unread=unread,
        precision=precision if is_attack else _TOTAL,
        days=1 if incident.scope == "since_date" else length,
        grade=incident.grade.value if incident.grade is not None else None,
        contradictions=len(contradictions) if isinstance(contradictions, list | tuple) else 0,
        origins=incident.origins,
        state=state,
    )


def _largest(extent: Extent) -> int:
    return extent.high or extent.best or extent.low or 0


def _grow(number: int, most: int) -> float:
    return min(1.0, log2(1 + max(0, number)) / log2(1 + most))
