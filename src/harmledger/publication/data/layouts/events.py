"""What the layouts of events share: which entries are events, and what all of them lose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from harmledger.records.incident import Extent, Incident
from harmledger.records.place import Place


@dataclass(frozen=True, slots=True)
class Event:
    """An entry that is an event of such a layout, with what all of them ask for. `days` is how many its time spans, `low`,
    `best` and `high` are people killed, `blamed` is the party that most voices blame."""

    start: str
    end: str
    days: int
    place: Place
    lat: float
    lon: float
    location: str | None
    country: str | None
    blamed: str | None
    voices: str
    low: int
    best: int
    high: int


def read_event(incident: Incident) -> Event | None:
    """Give an entry as an event; None where it is none (`list_reasons` tells why)."""
    time, place = incident.time, incident.place
    if list_reasons(incident) or time is None or place is None or place.lat is None or place.lon is None:
        return None
    low, best, high = bound_killed(incident)
    return Event(
        start=time.start,
        end=time.end,
        days=(date.fromisoformat(time.end) - date.fromisoformat(time.start)).days + 1,
        place=place,
        lat=place.lat,
        lon=place.lon,
        location=place.name or place.wording,
        country=name_country(place.country),
        blamed=next(iter(list_blamed(incident)), None),
        voices=list_voices(incident),
        low=low,
        best=best,
        high=high,
    )


def find_step(days: int, steps: Sequence[tuple[int, int]]) -> int | None:
    """Give the code of the first step that is long enough for so many days; `steps` are most days and code."""
    return next((code for most, code in steps if days <= most), None)


def list_reasons(incident: Incident) -> list[str]:
    """Tell why an entry is no event of such a layout; nothing where it is one."""
    killed = incident.toll.get("killed", Extent())
    place = incident.place
    reasons = []
    if incident.scope == "area_day":
        reasons.append("no day total")
    if incident.scope == "since_date":
        reasons.append("no running total")
    if killed.best is None:
        reasons.append("no figure")
    elif killed.best == 0:
        reasons.append("nobody killed")
    if incident.time is None:
        reasons.append("no date")
    if place is None or place.lat is None or place.lon is None:
        reasons.append("no point")
    return reasons


def list_common_losses(incident: Incident) -> Iterator[str]:
    """Give what every layout of events loses of an entry."""
    killed = incident.toll.get("killed", Extent())
    if killed.open_ended:
        yield "open end"
    if len(incident.accounts) > 1:
        yield "accounts"
    if any(harm != "killed" for harm in incident.toll):
        yield "injured"
    if any(extent.groups for extent in incident.toll.values()):
        yield "groups"
    if incident.targets:
        yield "targets"
    blamed = list_blamed(incident)
    if len(blamed) > 1:
        yield "further parties"
    if not blamed:
        yield "nobody blamed"
    if any(alleged.denied_by for alleged in incident.attribution):
        yield "denial"
    if incident.grade is not None:
        yield "grade"
    if incident.part_of:
        yield "containment"
    if incident.claims:
        yield "evidence"


def list_blamed(incident: Incident) -> list[str]:
    """Give the parties that some voice blames, or that admit it, best supported first."""
    return [one.actor for one in incident.attribution if one.asserted_by or one.admitted_by]


def list_voices(incident: Incident) -> str:
    """Give the named voices of an entry, separated by ;."""
    names = (account.voice.name for account in incident.accounts)
    return "; ".join(dict.fromkeys(name.replace(";", ",") for name in names if name))


def bound_killed(incident: Incident) -> tuple[int, int, int]:
    """Give low, best and high of the killed as whole numbers; a bound that nobody gives is the nearest that holds."""
    killed = incident.toll.get("killed", Extent())
    best = killed.best or 0
    low = killed.low if killed.low is not None else 0
    high = killed.high if killed.high is not None else max(best, low)
    return low, best, high


def name_country(code: str | None) -> str | None:
    """Give a country's English name by its code (CLDR)."""
    from babel import Locale

    return None if code is None else str(Locale("en").territories.get(code, code))
