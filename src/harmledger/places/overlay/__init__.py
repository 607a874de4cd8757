"""The overlay: provinces, areas, crossings, air bases, quarters and towns, written by hand, one CSV a country."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Final, cast, get_args

from harmledger.places.entry import Entry, PlaceKind
from harmledger.places.layer import COMPILER_VERSION, Layer, build_layer

LABEL: Final = "overlay"
COLUMNS: Final = (
    "slug", "kind", "name", "code", "admin1", "lat", "lon", "radius_km", "population", "geonames", "aliases",
    "source",
)  # fmt: skip
"""The columns of an overlay file; docs/gazetteer.md explains each."""

_HERE: Final = files("harmledger.places.overlay")
_KINDS: Final[tuple[str, ...]] = get_args(PlaceKind)
_FEATURES: Final[dict[str, str]] = {
    "country": "PCLI",
    "province": "ADM1",
    "district": "ADM2",
    "neighbourhood": "PPLX",
}


def open_overlay(countries: Sequence[str] = ()) -> Layer:
    """Compile the overlay of these countries in memory, or all of it; it has a few hundred places.

    The digest covers the whole overlay either way.
    """
    texts = {name: _HERE.joinpath(name).read_text(encoding="utf-8") for name in _list_files()}
    content = "|".join((str(COMPILER_VERSION), *texts.values()))
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    entries = (
        entry
        for name, text in texts.items()
        if not countries or name[:2].upper() in countries
        for entry in read_overlay(name[:2].upper(), text)
    )
    return build_layer(LABEL, {"digest": digest}, entries)


def read_overlay(country: str, text: str) -> Iterator[Entry]:
    """Yield the places of one country's overlay file.

    Raises ValueError, with the line, where a row has a wrong number of cells, an unknown kind, a province
    that the file does not list, or coordinates off the earth: the file is ours, so that is a defect.
    """
    rows = list(csv.DictReader(text.splitlines(), restkey="", strict=True))
    codes = {row["name"]: row["code"] for row in rows if row["kind"] == "province"}
    for line, row in enumerate(rows, 2):
        try:
            yield _read_row(country, row, codes)
        except (KeyError, TypeError, ValueError) as fault:
            raise ValueError(f"overlay/{country.lower()}.csv:{line}: {fault!r}") from fault


def _read_row(country: str, row: dict[str, str], codes: dict[str, str]) -> Entry:
    if tuple(row) != COLUMNS or None in row.values() or row["kind"] not in _KINDS:
        raise ValueError("its columns or its kind are not those of an overlay")
    lat, lon = float(row["lat"]), float(row["lon"])
    if abs(lat) > 90 or abs(lon) > 180:
        raise ValueError("its coordinates lie outside the earth")
    kind = cast(PlaceKind, row["kind"])
    is_known = row["geonames"].isdigit()
    aliases = [alias.strip() for alias in row["aliases"].split("|") if alias.strip()]
    admin1 = row["code"] if kind == "province" else codes[row["admin1"]] if row["admin1"] else None
    return Entry(
        id=f"geonames:{row['geonames']}" if is_known else f"overlay:{country.lower()}-{row['slug']}",
        name=row["name"],
        country=country,
        admin1=admin1,
        admin2=None,
        lat=lat,
        lon=lon,
        kind=kind,
        feature=_FEATURES.get(kind, "PPL"),
        population=int(row["population"] or 0),
        radius_km=float(row["radius_km"]) if row["radius_km"] else None,
        names=(row["name"], *aliases),
    )


def _list_files() -> list[str]:
    return sorted(entry.name for entry in _HERE.iterdir() if entry.name.endswith(".csv"))
