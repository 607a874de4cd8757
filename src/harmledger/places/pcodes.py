"""P-codes of OCHA's common operational datasets: the codes by which humanitarian data name provinces and districts."""

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from harmledger.places.countries import load_countries
from harmledger.places.folders import locate_packs
from harmledger.places.folding import fold_key
from harmledger.places.wording import strip_levels
from harmledger.records.place import Place
from harmledger.records.problem import Problem

SOURCE: Final = "global_pcodes_adm_1_2.csv"
"""HDX's file of all P-codes (data.humdata.org/dataset/global-pcodes), CSV or CSV.gz."""

_CODE: Final = re.compile("[A-Z]{2}")
_ALIKE: Final = 75.0
_SIZE_LIMIT: Final = 256 * 1024 * 1024
_COLUMNS: Final = ("Location", "Admin Level", "P-Code", "Name", "Parent P-Code")

FindPlaces = Callable[[str, str], list[Place]]
"""Gives the places of a name in a country, the likeliest first."""


@dataclass(frozen=True, slots=True)
class PCodes:
    """A country's P-codes by the gazetteer's names of provinces, and of districts in their province."""

    provinces: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def find(self, place: Place) -> tuple[str | None, str | None]:
        """Give the codes of a place's province and district, None where they are not known."""
        if place.admin1 is None:
            return None, None
        district = self.districts.get((place.admin1, place.admin2)) if place.admin2 else None
        return self.provinces.get(place.admin1), district


def install_pcodes(
    country: str, source_folder: Path, find_places: FindPlaces, folder: Path | None = None
) -> tuple[int, tuple[Problem, ...]]:
    """Write a country's P-codes beside its pack, by the names that the gazetteer has; gives how many.

    `source_folder` may hold no file of P-codes: then none are written, and nothing is said. Units whose name the
    gazetteer does not know are told in one note. Raises OSError.
    """
    path = next((p for p in (source_folder / SOURCE, source_folder / f"{SOURCE}.gz") if p.is_file()), None)
    if path is None:
        return 0, ()
    rows, lost = _resolve(list(_read_rows(path, country)), country, find_places)
    target = _locate(country, folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows(rows)
    aside = target.with_suffix(".part")
    aside.write_text(held.getvalue(), encoding="utf-8", newline="")
    aside.replace(target)
    if not lost:
        return len(rows), ()
    message = f"{country}: the gazetteer does not know {len(lost)} of the units with P-codes: {', '.join(lost)[:300]}"
    return len(rows), (Problem("places.pcodes", message, "note", path.name),)


def _read_rows(path: Path, country: str) -> Iterator[tuple[str, str, str, str]]:
    """Give level, code, name and parent of each unit of the country."""
    iso3 = load_countries().get(country, {}).get("iso3")
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in csv.DictReader(io.StringIO(data[:_SIZE_LIMIT].decode("utf-8-sig", "replace"))):
        if row.get("Location") == iso3 and all(row.get(name) for name in _COLUMNS):
            yield row["Admin Level"], row["P-Code"], row["Name"], row["Parent P-Code"]


def _resolve(
    units: list[tuple[str, str, str, str]], country: str, find_places: FindPlaces
) -> tuple[list[tuple[str, str, str, str]], list[str]]:
    """Give level, code, province and district of each unit, and the names of those not found.

    A province that is not found by its name is found by its seat of that name; so is a district.
    """
    rows: list[tuple[str, str, str, str]] = []
    provinces: dict[str, str] = {}
    lost = []
    for level, code, name, parent in sorted(units):
        found = find_places(name, country)
        if level == "1":
            own = next((place for place in found if place.precision == "province"), None)
            admin1 = own.admin1 if own else next((place.admin1 for place in found if place.admin1), None)
            if admin1 and admin1 not in provinces.values():
                provinces[code] = admin1
                rows.append((level, code, admin1, ""))
                continue
        elif level == "2":
            inside = (p for p in found if p.admin2 and p.admin1 == provinces.get(parent))
            seat = next((p for p in inside if _are_alike(name, p.admin2 or "")), None)
            if seat is not None:
                rows.append((level, code, seat.admin1 or "", seat.admin2 or ""))
                continue
        lost.append(name)
    return rows, lost


def _are_alike(name: str, district: str) -> bool:
    """Tell whether two names may be one district's: a wrong code is worse than none."""
    first, second = fold_key(strip_levels(name)), fold_key(strip_levels(district))
    return fuzz.ratio(first, second) >= _ALIKE


def load_pcodes(country: str | None, folder: Path | None = None) -> PCodes | None:
    """Give a country's P-codes; None where none are installed."""
    return _load(_locate(country, folder)) if country and _CODE.fullmatch(country) else None


@cache
def _load(path: Path) -> PCodes | None:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    rows = [row for row in csv.reader(io.StringIO(text)) if len(row) == 4]
    provinces = {admin1: code for level, code, admin1, _ in rows if level == "1"}
    districts: dict[tuple[str, str], str] = {}
    for level, code, admin1, admin2 in rows:
        if level == "2":
            districts.setdefault((admin1, admin2), code)
    return PCodes(provinces, districts)


def _locate(country: str, folder: Path | None) -> Path:
    return locate_packs(folder).parent / "pcodes" / f"{country}.csv"
