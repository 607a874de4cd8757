"""The overlay: provinces, areas, crossings, air bases, quarters and towns, written by hand, one CSV a country."""

import csv
import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.resources import files
from typing import Final, cast, get_args

from harmledger.places.entry import Entry, PlaceKind
from harmledger.places.folders import locate_cache
from harmledger.places.layer import COMPILER_VERSION, Layer, build_layer, open_layer, write_layer

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
    """Open the overlay of these countries, or all of it.

    Each choice of countries is compiled once, into the user's cache folder under a name that carries the digest and
    the countries; where nothing can be written there it is compiled in memory. The digest covers the whole overlay.
    """
    texts = {name: _HERE.joinpath(name).read_text(encoding="utf-8") for name in _list_files()}
    content = "|".join((str(COMPILER_VERSION), *texts.values()))
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    if not countries:
        return _open_compiled(texts, digest, digest)
    chosen = {name: text for name, text in texts.items() if name[:2].upper() in countries}
    held = [name[:2] for name in chosen] or ["none"]
    return _open_compiled(chosen, digest, "-".join((digest, *held)))


def _open_compiled(texts: Mapping[str, str], digest: str, name: str) -> Layer:
    path = locate_cache() / f"{LABEL}-{name}.sqlite"
    with suppress(OSError, sqlite3.Error):
        return open_layer(path)
    with suppress(OSError, sqlite3.Error):
        write_layer(path, LABEL, {"digest": digest}, _list_entries(texts))
        for other in path.parent.glob(f"{LABEL}-*"):
            if not other.name.startswith(f"{LABEL}-{digest}"):
                other.unlink(missing_ok=True)
        return open_layer(path)
    return build_layer(LABEL, {"digest": digest}, _list_entries(texts))


def _list_entries(texts: Mapping[str, str]) -> Iterator[Entry]:
    for name, text in texts.items():
        yield from read_overlay(name[:2].upper(), text)


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
