"""Others' running totals beside ours: compared, never summed."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from harmledger.incidents.days import Days, is_short, read_days
from harmledger.incidents.geography import SAME_NAME_KM, contains_place, has_point, is_area, reach_km
from harmledger.incidents.names import fold_name
from harmledger.records.claim import Voice
from harmledger.records.incident import Account, Extent, GroupExtent
from harmledger.records.place import Place
from harmledger.tallies.nesting import nest_incidents
from harmledger.tallies.selection import Counted, Question, select_lying

Complete = Callable[[str], Counted]
"""Gives an incident by id whole, with its accounts."""

KM_A_DEGREE: Final = 111.0
"""A degree of latitude is at least about this long: places so many degrees apart are at least so far apart."""


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


class Calendar:
    """The incidents that totals may hold, by place and first day."""

    def __init__(self, incidents: Iterable[Counted]):
        found: dict[Place, list[tuple[int, str, Counted]]] = defaultdict(list)
        homes: dict[int, list[tuple[int, str, Counted]]] = {}  # by the value itself: most share theirs
        for incident in incidents:
            days = read_days(incident.time)
            if days is not None and incident.place is not None:
                home = homes.get(id(incident.place))
                if home is None:
                    home = homes[id(incident.place)] = found[_strip_wording(incident.place)]
                home.append((days[0], incident.id, incident))
        self._by_place = {place: sorted(told) for place, told in found.items()}
        self._atlas = _Atlas(self._by_place)

    def list_within(self, running: Counted) -> list[Counted]:
        """Give the incidents that lie in a running total's area and period.

        A night that begins in the period lies in it. A day's total that names no one day does not: nobody knows
        which attacks it holds, and they may be counted already.
        """
        period = read_days(running.time)
        if period is None or running.place is None:
            return []
        inside = self._atlas.list_inside(_strip_wording(running.place))
        return [incident for place in inside for incident in self._list_begun(place, period)]

    def _list_begun(self, place: Place, period: Days) -> Iterator[Counted]:
        told = self._by_place[place]
        for _, _, incident in told[bisect_left(told, (period[0],)) : bisect_left(told, (period[1] + 1,))]:
            days = read_days(incident.time) or period
            if is_short(days) or (incident.scope != "area_day" and days[1] <= period[1]):
                yield incident


class _Atlas:
    """Places, asked for those that lie in another."""

    def __init__(self, places: Iterable[Place]):
        self._by_country: dict[str, list[Place]] = defaultdict(list)
        self._by_latitude: list[tuple[float, int, Place]] = []
        self._elsewhere: list[Place] = []
        self._known: dict[Place, list[Place]] = {}
        for number, place in enumerate(places):
            self._by_country[fold_name(place.country or "")].append(place)
            if place.lat is not None and has_point(place):
                self._by_latitude.append((place.lat, number, place))
            else:
                self._elsewhere.append(place)
        self._by_latitude.sort(key=lambda item: item[:2])
        towns = (place for _, _, place in self._by_latitude if not is_area(place))
        self._reach_km = max(map(reach_km, towns), default=0.0)

    def list_inside(self, area: Place) -> list[Place]:
        """Give the places that are this one or lie in it; remembered."""
        known = self._known.get(area)
        if known is None:
            known = [place for place in self._list_near(area) if contains_place(area, place)]
            self._known[area] = known
        return known

    def _list_near(self, area: Place) -> Iterable[Place]:
        """Give the places that may lie in this one: of an area those of its country, of a town those that are not
        farther to the north or south than any that is taken for it."""
        country = fold_name(area.country or "")
        if is_area(area):
            if not country:
                return chain.from_iterable(self._by_country.values())
            return chain(self._by_country.get(country, ()), self._by_country.get("", ()))
        if area.lat is None or not has_point(area):
            return chain.from_iterable(self._by_country.values())
        margin = (max(SAME_NAME_KM, reach_km(area) + self._reach_km) + 1) / KM_A_DEGREE
        start = bisect_left(self._by_latitude, (area.lat - margin,))
        end = bisect_left(self._by_latitude, (area.lat + margin,))
        same = (place for place in self._by_country.get(country, ()) if place.id == area.id)
        return dict.fromkeys(
            chain((place for _, _, place in self._by_latitude[start:end]), self._elsewhere, same)
        )


def _strip_wording(place: Place) -> Place:
    """Give the place without its words where it has a name: what was said of it does not move it."""
    return place if place.name is None or place.wording is None else replace(place, wording=None)


def _read_quoted(said: Extent | GroupExtent) -> int | None:
    """Give the figure that the voice quotes: 750 of "nearly 750", which commits to no lower bound."""
    return next((figure for figure in (said.best, said.high, said.low) if figure is not None), None)


def _compare(
    running: Counted, account: Account, ours: Sequence[Counted], harm: str, group: str | None
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
    incidents: Sequence[Counted],
    harm: str = "killed",
    group: str | None = None,
    question: Question | None = None,
    latest: int | None = None,
    complete: Complete | None = None,
) -> tuple[RunningTotal, ...]:
    """Give published running totals of the harm beside ours, one for each voice, sorted by end and id.

    Ours is the total of the attacks and area-days inside the running total's own area and period, whatever
    the period asked for, with nothing counted twice. With `latest` only so many are compared, those that end last.
    `complete` gives the accounts of a running total where `incidents` come without.
    """
    asked = question or Question()
    wanted = [
        one
        for one in incidents
        if one.scope == "since_date" and one.status != "withdrawn" and _tells_of(one, harm)
    ]
    wanted = list(select_lying(wanted, asked))
    if not wanted:
        return ()
    calendar = Calendar(i for i in incidents if i.scope != "since_date" and i.status != "withdrawn")
    found: list[RunningTotal] = []
    for running in sorted(wanted, key=_order_running, reverse=True):
        whole = running if complete is None else complete(running.id)
        ours = calendar.list_within(whole)
        compared = (_compare(whole, account, ours, harm, group) for account in whole.accounts)
        found.extend(total for total in compared if total is not None)
        if latest is not None and len(found) >= latest:
            break
    found.sort(key=lambda t: (t.end or "~", t.incident, t.voice.name or "", repr(t.voice)))
    return tuple(found if latest is None else found[-latest:])


def _tells_of(incident: Counted, harm: str) -> bool:
    return harm in incident.toll or any(harm in account.toll for account in incident.accounts)


def _order_running(incident: Counted) -> tuple[str, str]:
    return incident.time.end if incident.time is not None else "~", incident.id
