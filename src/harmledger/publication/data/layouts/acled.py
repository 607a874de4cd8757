"""Entries in the columns of ACLED's exports, as far as they are known here.

Codes: ACLED Codebook (2023 and later): event types and sub-event types, time_precision 1 to 3, geo_precision 1 to 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from harmledger.publication.data.layouts.events import (
    find_step,
    list_common_losses,
    list_reasons,
    read_event,
)
from harmledger.records.incident import Incident
from harmledger.records.meaning import meant

FILE: Final = "acled.csv"

_REMOTE: Final = "Explosions/Remote violence"
_ON_CIVILIANS: Final = "Violence against civilians"
_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "air_strike": (_REMOTE, "Air/drone strike"),
    "barrel_bomb": (_REMOTE, "Air/drone strike"),
    "drone": (_REMOTE, "Air/drone strike"),
    "shelling": (_REMOTE, "Shelling/artillery/missile attack"),
    "mortar": (_REMOTE, "Shelling/artillery/missile attack"),
    "rocket": (_REMOTE, "Shelling/artillery/missile attack"),
    "missile": (_REMOTE, "Shelling/artillery/missile attack"),
    "chemical": (_REMOTE, "Chemical weapon"),
    "suicide_bomb": (_REMOTE, "Suicide bomb"),
    "ied": (_REMOTE, "Remote explosive/landmine/IED"),
    "car_bomb": (_REMOTE, "Remote explosive/landmine/IED"),
    "landmine": (_REMOTE, "Remote explosive/landmine/IED"),
    "clashes": ("Battles", "Armed clash"),
    "gunfire": (_ON_CIVILIANS, "Attack"),
    "sniper": (_ON_CIVILIANS, "Attack"),
    "raid": (_ON_CIVILIANS, "Attack"),
    "execution": (_ON_CIVILIANS, "Attack"),
}
_GEO: Final[Mapping[str, int]] = {"district": 2, "province": 3, "country": 3}
_TIME_STEPS: Final = ((1, 1), (7, 2), (31, 3))
"""Most days of a span, and its time_precision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledRow:
    """One line of acled.csv."""

    event_id_cnty: str = meant("the incident's id")
    event_date: str = meant("the day, or the middle of the days, YYYY-MM-DD")
    year: int = meant("its year")
    time_precision: int = meant("1 a day, 2 a week, 3 a month or vaguer")
    event_type: str | None = meant(
        "type that follows from the means best supported; empty where they tell none"
    )
    sub_event_type: str | None = meant("sub-type, likewise")
    actor1: str | None = meant("the party that most voices blame, as alleged; empty where nobody is blamed")
    country: str | None = meant("country, in English")
    admin1: str | None = meant("province or governorate")
    admin2: str | None = meant("district")
    location: str | None = meant("name of the place")
    latitude: float = meant("degrees, WGS 84, as coarse as the edition tells them")
    longitude: float = meant("degrees, WGS 84")
    geo_precision: int = meant("1 the place, 2 a part of a region, 3 a larger region")
    source: str = meant("named voices, separated by ;")
    fatalities: int = meant("people killed, best figure")
    event_date_start: str = meant("our own column: first local calendar day")
    event_date_end: str = meant("our own column: last local calendar day, included")
    fatalities_low: int = meant("our own column: people killed, lowest figure")
    fatalities_high: int = meant("our own column: people killed, highest figure")


def make_acled_row(incident: Incident) -> tuple[AcledRow | None, tuple[str, ...]]:
    """Give an incident, in the form in which it may be shown, as a line, and what it lost; None where it is no event."""
    event = read_event(incident)
    if event is None:
        return None, tuple(list_reasons(incident))
    lost = list(list_common_losses(incident))
    kind = next((_TYPES[one] for one in incident.means if one in _TYPES), (None, None))
    lost += ["means"] if incident.means and (kind == (None, None) or len(incident.means) > 1) else []
    step = find_step(event.days, _TIME_STEPS)
    lost += ["vague date"] if step is None else ["days"] if event.days > 1 else []
    lost += ["bounds"] if event.low != event.best or event.high != event.best else []
    middle = date.fromisoformat(event.start) + timedelta(days=(event.days - 1) // 2)
    row = AcledRow(
        event_id_cnty=incident.id,
        event_date=middle.isoformat(),
        year=middle.year,
        time_precision=step or 3,
        event_type=kind[0],
        sub_event_type=kind[1],
        actor1=event.blamed,
        country=event.country,
        admin1=event.place.admin1,
        admin2=event.place.admin2,
        location=event.location,
        latitude=event.lat,
        longitude=event.lon,
        geo_precision=_GEO.get(event.place.precision or "", 1),
        source=event.voices,
        fatalities=event.best,
        event_date_start=event.start,
        event_date_end=event.end,
        fatalities_low=event.low,
        fatalities_high=event.high,
    )
    return row, tuple(lost)
