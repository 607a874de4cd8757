"""Others' running totals beside ours: compared, never summed."""

from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.incidents.days import Days, is_short, read_days
from harmledger.incidents.geography import contains_place
from harmledger.records.claim import Voice
from harmledger.records.incident import Account, Extent, GroupExtent, Incident
from harmledger.tallies.nesting import nest_incidents
from harmledger.tallies.selection import Question, lies_in_area, lies_in_period


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A published running total and what the record holds for the same area and period.

    "Nearly 750 since late April: we account for 38 to 59." `count` is the figure quoted, `low` and `high` its
    bounds as said (None where the words give none). `counted` is the group that the voice counts, None for
    people at large. `start` and `end` are the period's first and last day, None where the text gives none.
    `ours_low`, `ours_best`, `ours_high` are our total, and `unaccounted` is what `count` exceeds our best
    figure by; None where area or period are not known or no incident there has a figure.
    """

    incident: str
    voice: Voice
    harm: str
    counted: str | None
    count: int
    low: int | None
    high: int | None
    open_ended: bool
    area: str | None
    start: str | None
    end: str | None
    ours_low: int | None
    ours_best: int | None
    ours_high: int | None
    unaccounted: int | None
    incidents: int


def _find_counted(extent: Extent) -> str | None:
    same = [group for group, told in extent.groups.items() if told.best == extent.best]
    return same[0] if len(same) == 1 else None


def _lies_within(incident: Incident, running: Incident, period: Days) -> bool:
    """Tell whether the incident lies in the running total's area and period.

    A night that begins in the period lies in it. A day's total that names no one day does not: nobody knows
    which attacks it holds, and they may be counted already.
    """
    days = read_days(incident.time)
    if days is None or not period[0] <= days[0] <= period[1]:
        return False
    if not is_short(days) and (incident.scope == "area_day" or days[1] > period[1]):
        return False
    return (
        running.place is not None
        and incident.place is not None
        and contains_place(running.place, incident.place)
    )


def _read_quoted(said: Extent | GroupExtent) -> int | None:
    """Give the figure that the voice quotes: 750 of "nearly 750", which commits to no lower bound."""
    return next((figure for figure in (said.best, said.high, said.low) if figure is not None), None)


def _compare(
    running: Incident, account: Account, ours: Sequence[Incident], harm: str, group: str | None
) -> RunningTotal | None:
    extent = account.toll.get(harm)
    if extent is None:
        return None
    said = extent if group in (None, "people") else extent.groups.get(group or "")
    quoted = _read_quoted(said) if said is not None else None
    if said is None or quoted is None:
        return None
    total = nest_incidents(ours).count(harm, group)
    return RunningTotal(
        incident=running.id,
        voice=account.voice,
        harm=harm,
        counted=_find_counted(extent) if group is None else group,
        count=quoted,
        low=said.low,
        high=None if extent.open_ended else said.high,
        open_ended=extent.open_ended,
        area=running.place.name or running.place.wording if running.place is not None else None,
        start=running.time.start if running.time is not None else None,
        end=running.time.end if running.time is not None else None,
        ours_low=total.low if total else None,
        ours_best=total.best if total else None,
        ours_high=total.high if total else None,
        unaccounted=max(0, quoted - total.best) if total else None,
        incidents=sum(incident.scope == "attack" for incident in ours),
    )


def compare_running_totals(
    incidents: Sequence[Incident],
    harm: str = "killed",
    group: str | None = None,
    question: Question | None = None,
) -> tuple[RunningTotal, ...]:
    """Give every published running total of the harm beside ours, one for each voice, sorted by end and id.

    Ours is the total of the attacks and area-days inside the running total's own area and period, whatever
    the period asked for, with nothing counted twice.
    """
    asked = question or Question()
    counted = [i for i in incidents if i.scope != "since_date" and i.status != "withdrawn"]
    found: list[RunningTotal] = []
    for running in incidents:
        if running.scope != "since_date" or running.status == "withdrawn":
            continue
        if not (lies_in_area(running.place, asked) and lies_in_period(running, asked)):
            continue
        period = read_days(running.time)
        ours = [i for i in counted if period is not None and _lies_within(i, running, period)]
        compared = (_compare(running, account, ours, harm, group) for account in running.accounts)
        found.extend(total for total in compared if total is not None)
    return tuple(sorted(found, key=lambda t: (t.end or "~", t.incident, t.voice.name or "", repr(t.voice))))
