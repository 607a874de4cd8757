"""Entries in the columns of UCDP's Georeferenced Event Dataset, as far as they are known here.

Codes: UCDP GED Codebook, versions 20 to 25 (where_prec 1 to 7, date_prec 1 to 5, event_clarity 1 to 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from harmledger.publication.data.layouts.events import (
    find_step,
    list_common_losses,
    list_reasons,
    read_event,
)
from harmledger.records.incident import Extent, Incident
from harmledger.records.meaning import meant

FILE: Final = "ucdp.csv"
_WHERE: Final[Mapping[str, int]] = {
    "site": 1,
    "neighbourhood": 1,
    "settlement": 1,
    "district": 3,
    "province": 4,
    "country": 6,
}
_DATE_STEPS: Final = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""Most days of a span, and its date_prec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UcdpRow:
    """One line of ucdp.csv."""

    id: str = meant("the incident's id; UCDP's own are numbers")
    year: int = meant("year of the first day")
    side_a: str | None = meant("the party that most voices blame, as alleged; empty where nobody is blamed")
    source_office: str = meant("named voices, separated by ;")
    number_of_sources: int = meant("independent origins")
    where_prec: int = meant("how exact the place is: 1 the place, 3 district, 4 province, 6 country")
    where_coordinates: str | None = meant("name of the place that the coordinates stand for")
    adm_1: str | None = meant("province or governorate")
    adm_2: str | None = meant("district")
    latitude: float = meant("degrees, WGS 84, as coarse as the edition tells them")
    longitude: float = meant("degrees, WGS 84")
    country: str | None = meant("country, in English")
    event_clarity: int = meant("1 one attack, told as such")
    date_prec: int = meant("1 a day, 2 up to six days, 3 a week, 4 a month, 5 up to a year")
    date_start: str = meant("first local calendar day, YYYY-MM-DD")
    date_end: str = meant("last local calendar day, included")
    deaths_civilians: int | None = meant("civilians among the killed, best figure; empty where nobody says")
    best: int = meant("people killed, best figure")
    high: int = meant("people killed, highest figure")
    low: int = meant("people killed, lowest figure")


def make_ucdp_row(incident: Incident) -> tuple[UcdpRow | None, tuple[str, ...]]:
    """Give an incident, in the form in which it may be shown, as a line, and what it lost; None where it is no event."""
    event = read_event(incident)
    if event is None:
        return None, tuple(list_reasons(incident))
    lost = [*list_common_losses(incident), *(["means"] if incident.means else [])]
    step = find_step(event.days, _DATE_STEPS)
    if step is None:
        lost.append("vague date")
    civilians = incident.toll.get("killed", Extent()).groups.get("civilians")
    row = UcdpRow(
        id=incident.id,
        year=int(event.start[:4]),
        side_a=event.blamed,
        source_office=event.voices,
        number_of_sources=incident.origins,
        where_prec=_WHERE[event.place.precision or "settlement"],
        where_coordinates=event.location,
        adm_1=event.place.admin1,
        adm_2=event.place.admin2,
        latitude=event.lat,
        longitude=event.lon,
        country=event.country,
        event_clarity=1,
        date_prec=step or 5,
        date_start=event.start,
        date_end=event.end,
        deaths_civilians=civilians.best if civilians else None,
        best=event.best,
        high=event.high,
        low=event.low,
    )
    return row, tuple(lost)
