"""Where an entry of a register and an incident of the record differ, and which accounts stand behind our figures."""

from dataclasses import dataclass
from typing import Literal

from harmledger.incidents.days import read_days
from harmledger.incidents.geography import measure_km
from harmledger.records.claim import Voice
from harmledger.records.incident import Extent, Incident
from harmledger.registers.entry import COUNTED, Bounds, Entry
from harmledger.registers.matching import hold_incident

Aspect = Literal["days", "place", "killed", "injured", "children", "blamed"]
Relation = Literal[
    "same", "inside", "around", "overlaps", "lower", "higher", "apart", "only_theirs", "only_ours"
]


@dataclass(frozen=True, slots=True)
class Backing:
    """A figure of ours and who gives it: the account nearest to theirs."""

    number: int
    voice: Voice


@dataclass(frozen=True, slots=True)
class Difference:
    """One respect in which the two differ, or agree (`same`).

    `relation` tells how theirs stands to ours: `inside` our bounds, `around` them, `overlaps`, wholly `lower` or `higher`; for
    days and places `apart` by `distance` (days, or kilometres). `lowest` and `highest` are the accounts behind
    our bounds, where theirs reach beyond them.
    """

    aspect: Aspect
    relation: Relation
    theirs: tuple[int | None, int | None] | None = None
    ours: tuple[int | None, int | None] | None = None
    distance: float | None = None
    lowest: Backing | None = None
    highest: Backing | None = None
    is_open: bool = False


def list_differences(entry: Entry, incident: Incident) -> tuple[Difference, ...]:
    """Give every respect in which both, or one of the two, tell something, in a fixed order."""
    found = [_compare_days(entry, incident), _compare_place(entry, incident)]
    for harm in COUNTED:
        found.append(_compare_toll(harm, entry.toll.get(harm), incident.toll.get(harm), incident))
    killed = incident.toll.get("killed")
    children = None if killed is None else killed.groups.get("children")
    ours = None if children is None else Extent(children.low, children.high, children.best)
    found.append(_compare_toll("children", entry.children, ours, None))
    found.append(_compare_blame(entry, incident))
    return tuple(one for one in found if one is not None)


def _compare_days(entry: Entry, incident: Incident) -> Difference | None:
    theirs, ours = entry.days, read_days(incident.time)
    if theirs is None or ours is None:
        return None
    gap = max(theirs[0] - ours[1], ours[0] - theirs[1])
    if gap > 0:
        return Difference("days", "apart", theirs, ours, gap)
    return Difference("days", "same" if theirs == ours else "overlaps", theirs, ours)


def _compare_place(entry: Entry, incident: Incident) -> Difference | None:
    if entry.place is None or incident.place is None:
        return None
    if entry.place.id is not None and entry.place.id == incident.place.id:
        return Difference("place", "same")
    km = measure_km(entry.place, incident.place)
    if km is None:
        return None
    distance = round(km, 1)
    return Difference("place", "apart", distance=distance) if distance else Difference("place", "same")


def _compare_toll(
    aspect: str, theirs: Bounds | None, ours: Extent | None, incident: Incident | None
) -> Difference | None:
    told = theirs.figure if theirs is not None else None
    held = _bound(ours)
    if told is None and held is None:
        return None
    if told is None:
        return Difference(aspect, "only_ours", None, held)  # type: ignore[arg-type]
    if ours is None or held is None:
        return Difference(aspect, "only_theirs", told)  # type: ignore[arg-type]
    low, high = told[0], told[0] if told[1] is None else told[1]
    relation = _relate(low, high, held, ours.open_ended)
    lowest = highest = None
    if incident is not None and relation != "same":
        lowest = _find_backing(incident, aspect, False) if held[0] is not None and low < held[0] else None
        highest = _find_backing(incident, aspect, True) if held[1] is not None and high > held[1] else None
    return Difference(
        aspect,  # type: ignore[arg-type]
        relation,
        (low, high),
        held,
        lowest=lowest,
        highest=highest,
        is_open=ours.open_ended,
    )


def _bound(extent: Extent | None) -> tuple[int | None, int | None] | None:
    if extent is None or (extent.low is None and extent.high is None):
        return None
    return extent.low, extent.high


def _relate(low: int, high: int, ours: tuple[int | None, int | None], is_open: bool) -> Relation:
    """An open top ("at least 23") reaches as far as theirs: they may be right without contradicting anybody."""
    bottom = ours[0] if ours[0] is not None else 0
    top = ours[1] if ours[1] is not None else high
    if (low, high) == (bottom, top):
        return "same"
    if high < bottom:
        return "lower"
    if low > top and not is_open:
        return "higher"
    if bottom <= low and (high <= top or is_open):
        return "inside"
    return "around" if low <= bottom and high >= top else "overlaps"


def _find_backing(incident: Incident, harm: str, is_high: bool) -> Backing | None:
    """Give the account with the smallest, or the largest, figure."""
    told = []
    for account in incident.accounts:
        extent = account.toll.get(harm)
        number = None if extent is None else (extent.high if is_high else extent.low)
        if number is not None:
            told.append(Backing(number, account.voice))
    if not told:
        return None
    return max(told, key=lambda one: one.number) if is_high else min(told, key=lambda one: one.number)


def _compare_blame(entry: Entry, incident: Incident) -> Difference | None:
    theirs, ours = entry.actors, hold_incident(incident).actors
    if not theirs and not ours:
        return None
    if not ours:
        return Difference("blamed", "only_theirs")
    if not theirs:
        return Difference("blamed", "only_ours")
    return Difference("blamed", "same" if theirs & ours else "apart")
