"""Entries as a table with tags of the Humanitarian Exchange Language (hxlstandard.org, 1.1) and OCHA's P-codes."""

from dataclasses import dataclass
from typing import Any, Final

from harmledger.publication.data.cells import write_line
from harmledger.publication.data.rows import IncidentRow, make_incident_row
from harmledger.records.incident import Incident
from harmledger.records.meaning import meant
from harmledger.records.place import Place

FILE: Final = "incidents-hxl.csv"


def _meant_alike(column: str) -> Any:
    """Declare a column that means what that of incidents.csv means."""
    return meant(IncidentRow.__dataclass_fields__[column].metadata["meaning"])


@dataclass(frozen=True, slots=True, kw_only=True)
class HxlRow:
    """One line of incidents-hxl.csv; its second line has the tags."""

    id: str = meant("the incident's id")
    scope: str = meant("attack, area_day (a day's total for an area) or since_date (a running total)")
    start: str | None = _meant_alike("start")
    end: str | None = _meant_alike("end")
    country: str | None = _meant_alike("country")
    admin1: str | None = _meant_alike("admin1")
    admin1_code: str | None = meant("its P-code")
    admin2: str | None = _meant_alike("admin2")
    admin2_code: str | None = meant("its P-code")
    place: str | None = _meant_alike("place")
    latitude: float | None = _meant_alike("latitude")
    longitude: float | None = _meant_alike("longitude")
    place_precision: str | None = _meant_alike("place_precision")
    killed_low: int | None = _meant_alike("killed_low")
    killed_best: int | None = _meant_alike("killed_best")
    killed_high: int | None = _meant_alike("killed_high")
    killed_children_best: int | None = _meant_alike("killed_children_best")
    injured_low: int | None = _meant_alike("injured_low")
    injured_best: int | None = _meant_alike("injured_best")
    injured_high: int | None = _meant_alike("injured_high")
    grade: str | None = _meant_alike("grade")
    status: str = meant("machine: no person has reviewed it; reviewed")


TAGS: Final = {
    "id": "#event+id",
    "scope": "#event+type",
    "start": "#date+start",
    "end": "#date+end",
    "country": "#country+code+v_iso2",
    "admin1": "#adm1+name",
    "admin1_code": "#adm1+code+v_pcode",
    "admin2": "#adm2+name",
    "admin2_code": "#adm2+code+v_pcode",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "killed_children_best": "#affected+killed+children",
    "injured_low": "#affected+injured+min",
    "injured_best": "#affected+injured",
    "injured_high": "#affected+injured+max",
    "grade": "#meta+grade",
    "status": "#status",
}
"""The tag of each column."""


def write_tags() -> str:
    """Give the line of tags."""
    return write_line(TAGS[name] for name in HxlRow.__dataclass_fields__)


def make_hxl_row(incident: Incident) -> tuple[HxlRow, tuple[str, ...]]:
    """Give an incident, in the form in which it may be shown, as a line with P-codes, and what it lost."""
    from harmledger.places.pcodes import load_pcodes

    row = make_incident_row(incident)
    place = incident.place or Place(None, None)
    known = load_pcodes(place.country)
    first, second = known.find(place) if known else (None, None)
    lost = [
        *(["no province"] if place.admin1 is None else ["province without P-code"] if first is None else []),
        *(["district without P-code"] if place.admin2 and second is None else []),
        *(["accounts"] if len(incident.accounts) > 1 else []),
        *(["evidence"] if incident.claims else []),
    ]
    own = {name: getattr(row, name) for name in HxlRow.__dataclass_fields__ if hasattr(row, name)}
    return HxlRow(**own, admin1_code=first, admin2_code=second), tuple(lost)
