"""What the layouts of events share: which entries are events, and what all of them lose."""

from collections.abc import Iterator
from datetime import date

from harmledger.records.incident import Extent, Incident

_MONTH_DAYS = 31


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


def count_days(incident: Incident) -> int:
    """Give how many days an entry's time spans, 1 for one day; 0 without a time."""
    if incident.time is None:
        return 0
    return (date.fromisoformat(incident.time.end) - date.fromisoformat(incident.time.start)).days + 1


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
