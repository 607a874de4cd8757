"""Rows of the tables: an incident, an account, a total. Each column says what it means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harmledger.publication.view.extras import read_extra
from harmledger.records.certainty import Certainty
from harmledger.records.incident import Account, Extent, GroupExtent, Incident
from harmledger.records.meaning import meant
from harmledger.records.place import Place
from harmledger.tallies.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One line of incidents.csv."""

    id: str = meant("the incident's id; it stays while reports come in")
    scope: str = meant("attack: one attack; area_day: a day's total for an area; since_date: a running total")
    start: str | None = meant("first local calendar day, YYYY-MM-DD")
    end: str | None = meant("last local calendar day, included")
    date_precision: str | None = meant("day, week, month, year or period")
    place: str | None = meant("name of the place, as the gazetteer has it")
    place_id: str | None = meant("the gazetteer's id with its source")
    country: str | None = meant("ISO 3166-1 alpha-2 code")
    admin1: str | None = meant("province or governorate")
    admin2: str | None = meant("district")
    latitude: float | None = meant("degrees, WGS 84, never finer than the place is known; no single site")
    longitude: float | None = meant("degrees, WGS 84")
    place_precision: str | None = meant("what the coordinates stand for: settlement, district, province …")
    radius_km: float | None = meant("radius around the coordinates in which the event lies, kilometres")
    means: str = meant("means of attack, best supported first, separated by ;")
    targets: str = meant("kinds of place hit, best supported first, separated by ;")
    killed_low: int | None = meant("people killed: the smallest figure an account commits to")
    killed_best: int | None = meant("people killed: what a careful recorder would quote")
    killed_high: int | None = meant("people killed: the largest figure an account gives")
    killed_open: bool = meant('true when an account says "at least" or "more than"')
    killed_children_low: int | None = meant("children among the killed: smallest figure")
    killed_children_best: int | None = meant("children among the killed: best figure")
    killed_children_high: int | None = meant("children among the killed: largest figure")
    injured_low: int | None = meant("people injured: smallest figure")
    injured_best: int | None = meant("people injured: best figure")
    injured_high: int | None = meant("people injured: largest figure")
    injured_open: bool = meant('true when an account says "at least" or "more than" of the injured')
    alleged: str = meant("parties blamed by a voice, separated by ;")
    denied: str = meant("parties for which a denial is on the record, separated by ;")
    accounts: int = meant("number of accounts: one for each voice and origin")
    origins: int = meant("number of independent origins: copies of one story are one")
    grade: str | None = meant("confirmed, fair, weak, contested or discounted")
    health_care: str | None = meant(
        "of an attack on health care the level of certainty after WHO: confirmed, probable, possible or rumour"
    )
    status: str = meant("machine: no person has reviewed it; reviewed; withdrawn")
    part_of: str = meant("ids of the totals that contain it, separated by ;: do not add it to them")
    formerly: str = meant("earlier ids, separated by ;")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One line of accounts.csv: what one voice says of one harm in one incident."""

    incident: str = meant("the incident's id")
    voice: str | None = meant(
        "neutral name of the voice; empty for a private person, and for the publisher itself"
    )
    role: str | None = meant("what kind of voice it is")
    via: str = meant("who passed it on, nearest first, separated by ;")
    origin: str = meant("id of the earliest report of this origin: copies of one story share it")
    first_published: str | None = meant("publication of the earliest report that carries it")
    harm: str = meant("what was done")
    group: str = meant("to whom, or to what kind of place; people for everyone")
    low: int | None = meant("smallest figure the account commits to")
    best: int | None = meant("its best figure")
    high: int | None = meant("largest figure it gives")
    open_ended: bool = meant('true when it says "at least" or "more than" of everyone harmed')
    replaced: bool = meant("true for an earlier figure that the same voice later replaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """One line of tallies.csv: a total with its bounds."""

    by: str = meant("what a row is: month, year, admin1 (province), or none for everything")
    label: str | None = meant("the period or province; empty for everything, and for what is not known")
    harm: str = meant("what was done")
    group: str = meant("to whom; people for everyone")
    low: int | None = meant("sum of the smallest figures; empty where nobody gives one")
    best: int | None = meant("sum of the best figures")
    high: int | None = meant("sum of the largest figures")
    open_ended: bool = meant('true when an account says "at least" or "more than"')
    attacks: int = meant("number of attacks")
    area_days: int = meant("number of published totals of an area and a day")
    without_figures: int = meant("attacks for which nobody gives this figure")
    contains: str = meant("other rows that hold parts of this one, separated by ;: do not add them up")


ROWS = {"incidents.csv": IncidentRow, "accounts.csv": AccountRow, "tallies.csv": TallyRow}
"""The tables, and the row of each."""


def make_incident_row(incident: Incident) -> IncidentRow:
    """Give an incident, in the form in which it may be shown, as a row."""
    place = incident.place or Place(None, None)
    killed = incident.toll.get("killed", Extent())
    injured = incident.toll.get("injured", Extent())
    children = killed.groups.get("children")
    return IncidentRow(
        id=incident.id,
        scope=incident.scope,
        start=incident.time.start if incident.time else None,
        end=incident.time.end if incident.time else None,
        date_precision=incident.time.precision if incident.time else None,
        place=place.name or place.wording,
        place_id=place.id,
        country=place.country,
        admin1=place.admin1,
        admin2=place.admin2,
        latitude=place.lat,
        longitude=place.lon,
        place_precision=place.precision,
        radius_km=place.radius_km,
        means=_join(incident.means),
        targets=_join(incident.targets),
        killed_low=killed.low,
        killed_best=killed.best,
        killed_high=killed.high,
        killed_open=killed.open_ended,
        killed_children_low=children.low if children else None,
        killed_children_best=children.best if children else None,
        killed_children_high=children.high if children else None,
        injured_low=injured.low,
        injured_best=injured.best,
        injured_high=injured.high,
        injured_open=injured.open_ended,
        alleged=_join(alleged.actor for alleged in incident.attribution),
        denied=_join(alleged.actor for alleged in incident.attribution if alleged.denied_by),
        accounts=len(incident.accounts),
        origins=incident.origins,
        grade=incident.grade.value if incident.grade else None,
        health_care=_read_certainty(incident),
        status=incident.status,
        part_of=_join(incident.part_of),
        formerly=_join(incident.formerly),
    )


def _read_certainty(incident: Incident) -> str | None:
    certainty = read_extra(incident, "health_care", Certainty)
    return None if certainty is None else certainty.value


def list_account_rows(incident: Incident) -> Iterator[AccountRow]:
    """Give what each account of an incident says, a row for each harm and group, replaced figures too."""
    for account in incident.accounts:
        for harm in sorted(account.toll):
            yield from _list_figures(incident, account, harm, account.toll[harm], False)
        for past in account.earlier:
            for harm in sorted(past.toll):
                yield from _list_figures(incident, account, harm, past.toll[harm], True)


def _list_figures(
    incident: Incident, account: Account, harm: str, extent: Extent, is_replaced: bool
) -> Iterator[AccountRow]:
    parts: dict[str, Extent | GroupExtent] = {
        "people": extent,
        **{name: extent.groups[name] for name in sorted(extent.groups)},
    }
    for group, part in parts.items():
        if (part.low, part.best, part.high) == (None, None, None) and group == "people":
            continue
        yield AccountRow(
            incident=incident.id,
            voice=account.voice.name,
            role=account.voice.role,
            via=_join(account.voice.via),
            origin=account.origin,
            first_published=account.first_published,
            harm=harm,
            group=group,
            low=part.low,
            best=part.best,
            high=part.high,
            open_ended=extent.open_ended,
            replaced=is_replaced,
        )


def make_tally_row(tally: Tally) -> TallyRow:
    """Give a tally as a row."""
    return TallyRow(
        by=tally.by,
        label=tally.label,
        harm=tally.harm,
        group=tally.group or "people",
        low=tally.low,
        best=tally.best,
        high=tally.high,
        open_ended=tally.open_ended,
        attacks=tally.incidents,
        area_days=tally.area_days,
        without_figures=tally.without_figures,
        contains=_join(tally.contains),
    )


def _join(names: Iterable[str]) -> str:
    return "; ".join(name.replace(";", ",") for name in names)
