"""The local calendar day of a publication time. Zones come from the pinned tzdata package alone.

`PYTHONTZPATH` and the system's zone files are never read, so that two machines give the same day.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from harmledger.records.problem import Problem

_DATE: Final = re.compile(r"\d{4}(?P<month>-\d{2}(?P<day>-\d{2})?)?", re.ASCII)
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)
_TZDATA: Final = files("tzdata")

# Of countries with several zones, the one of the capital
_CAPITAL_ZONES: Final = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Hebron",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


@dataclass(frozen=True, slots=True)
class LocalDay:
    """The calendar day at the place on which a report was published, from which "yesterday" is counted.

    `day` is None where the publication time names no day. `zoned` is false where it carried no zone and
    was used as given. `problem` says what a person should know; the caller adds where.
    """

    day: date | None
    zoned: bool
    problem: Problem | None = None


def local_day(published: str, country: str | None, zone: str | None) -> LocalDay:
    """Give the local day of an ISO 8601 publication time.

    A time with a zone is converted to `zone` (an IANA name), else to the country's (ISO 3166-1 alpha-2; of
    several, the capital's), else to UTC. A date, or a time without a zone, is used as given and flagged.
    """
    moment = parse_published(published)
    if moment is None:
        return LocalDay(None, False, _describe_unreadable(published))
    if not isinstance(moment, datetime):
        if len(published.strip()) < len("2016-05-30"):
            return LocalDay(None, False, _describe_dayless(published))
        return LocalDay(moment, False, _describe_unzoned(published))
    if moment.tzinfo is None:
        return LocalDay(moment.date(), False, _describe_unzoned(published))
    target, problem = _choose_zone(country, zone)
    try:
        return LocalDay(moment.astimezone(target).date(), True, problem)
    except OverflowError:  # the first or the last day of the calendar
        return LocalDay(moment.date(), False, problem)


def parse_published(text: str) -> date | datetime | None:
    """Read an ISO 8601 date or date-time; None where it is neither.

    "2016-05" and "2016" give their first day; `local_day` takes no day from them.
    """
    text = text.strip()
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
        match = _DATE.fullmatch(text)
        if match is None:
            return None
        return date.fromisoformat(text + ("" if match["day"] else "-01" if match["month"] else "-01-01"))
    except ValueError:  # the thirteenth month, the twenty-fifth hour
        return None


def _choose_zone(country: str | None, zone: str | None) -> tuple[tzinfo, Problem | None]:
    problem = None
    if zone is not None:
        found = _load_zone(zone)
        if found is not None:
            return found, None
        problem = Problem(
            code="ranges.zone-unknown",
            message=f"{zone[:60]!r} is no time zone of the IANA database",
            severity="warning",
            remedy="name the zone as in Asia/Damascus",
        )
    named = _country_zones().get(country.upper()) if country is not None else None
    found = _load_zone(named) if named is not None else None
    if found is not None:
        return found, problem
    return UTC, problem or Problem(
        code="ranges.zone-missing",
        message="neither the case nor the country gives a time zone: the day is counted in UTC",
        severity="note",
        remedy="give the case a time zone",
    )


@cache
def _country_zones() -> dict[str, str]:
    """Give each country's zone: its only one, or its capital's."""
    zones: dict[str, str] = {}
    for line in _TZDATA.joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            zones.setdefault(country, name)
    return zones | _CAPITAL_ZONES


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(_TZDATA.joinpath("zones").read_text(encoding="utf-8").split())


@cache
def _load_known_zone(name: str) -> ZoneInfo:
    with _TZDATA.joinpath("zoneinfo", *name.split("/")).open("rb") as handle:
        return ZoneInfo.from_file(handle, key=name)


def _load_zone(name: str) -> ZoneInfo | None:
    """Give the zone, or None where tzdata does not list the name; only listed names reach the file system."""
    return _load_known_zone(name) if name in _known_zones() else None


def _describe_unreadable(published: str) -> Problem:
    return Problem(
        code="ranges.published-unreadable",
        message=f"{published[:60]!r} is no ISO 8601 date or date-time: relative dates stay unresolved",
        severity="warning",
        remedy="give published as 2016-05-30 or 2016-05-30T13:15:00Z",
    )


def _describe_dayless(published: str) -> Problem:
    return Problem(
        code="ranges.published-dayless",
        message=f"{published[:60]!r} names no day: relative dates stay unresolved",
        severity="warning",
        remedy="give the day of publication",
    )


def _describe_unzoned(published: str) -> Problem:
    return Problem(
        code="ranges.published-unzoned",
        message=f"{published[:60]!r} has no time zone: it is taken as the local day at the place",
        severity="note",
        remedy="give published with its zone, as in 2016-05-30T13:15:00Z",
    )
