"""Country packs: every settlement of a country with all its names, installed when a person asks."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from harmledger.places.division import Codes, list_divisions
from harmledger.places.dump import (
    DumpRow,
    SourceError,
    SourceFile,
    find_source,
    read_codes,
    read_dump,
    read_names,
)
from harmledger.places.entry import Entry, PlaceKind
from harmledger.places.folders import locate_packs
from harmledger.places.layer import COMPILER_VERSION, Layer, open_layer, write_layer
from harmledger.records.problem import Problem

LICENCE: Final = "CC BY 4.0, GeoNames (geonames.org)"
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_KINDS: Final[Mapping[str, PlaceKind]] = {"AIRB": "airbase", "PSTB": "crossing"}

Progress = Callable[[str], None]
"""Told in a few words what is being done."""


@dataclass(frozen=True, slots=True)
class Pack:
    """An installed country pack.

    `date` is the newest date of its source files (YYYY-MM-DD); `files` maps each to its SHA-256;
    `digest` (8 hexadecimal digits) covers the files' content and the version of our compiler.
    """

    country: str
    places: int
    names: int
    date: str
    digest: str
    licence: str
    source: str
    files: Mapping[str, str]


def install_pack(
    country: str,
    source_folder: Path | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[Pack, ...], tuple[Problem, ...]]:
    """Install, or replace, the pack of one country; gives it in a tuple, which is empty where that failed.

    `source_folder` holds GeoNames' files (XX.txt, .txt.gz or .zip; XX.alternateNamesV2; admin1CodesASCII;
    admin2Codes). Without it they are fetched from download.geonames.org: nothing else in the program
    reaches for the network. `folder` is the data folder (see `locate_packs`). The pack is built aside and
    renamed, so an interruption leaves the earlier pack, or none.
    """
    country = country.strip().upper()
    if not _COUNTRY.fullmatch(country):
        return (), (
            Problem(
                "places.country-code",
                f"{country[:20]!r} is not a country code.",
                "error",
                remedy="give the two letters of ISO 3166-1, such as SY",
            ),
        )
    report = progress or _ignore
    if source_folder is not None:
        return _install_files(country, source_folder, str(source_folder.name), locate_packs(folder), report)
    from harmledger.places.download import ADDRESS, download_files

    with TemporaryDirectory(prefix="harmledger-") as temporary:
        problems = download_files(country, Path(temporary), report)
        if any(problem.severity == "error" for problem in problems):
            return (), problems
        packs, more = _install_files(country, Path(temporary), ADDRESS, locate_packs(folder), report)
        return packs, (*problems, *more)


def list_packs(folder: Path | None = None) -> tuple[tuple[Pack, ...], tuple[Problem, ...]]:
    """Give the installed packs by country code; a damaged one is a problem, the others are given."""
    packs: list[Pack] = []
    problems: list[Problem] = []
    for country in list_countries(folder):
        layer, found = open_pack(country, folder)
        problems.extend(found)
        if layer is not None:
            packs.append(_describe_pack(country, layer.meta))
            layer.close()
    return tuple(packs), tuple(problems)


def remove_pack(country: str, folder: Path | None = None) -> tuple[Problem, ...]:
    """Remove the pack of one country; a problem where there is none."""
    country = country.strip().upper()
    path = _locate_pack(country, locate_packs(folder))
    if not _COUNTRY.fullmatch(country) or not path.is_file():
        return (
            Problem(
                "places.pack-missing",
                f"No pack {country[:20]!r} is installed.",
                "warning",
                remedy="harmledger places list shows what is installed",
            ),
        )
    path.unlink()
    return ()


def list_countries(folder: Path | None = None) -> tuple[str, ...]:
    """Give the codes of the countries that have a pack file, sorted."""
    packs = locate_packs(folder)
    if not packs.is_dir():
        return ()
    return tuple(sorted(path.stem for path in packs.glob("*.sqlite") if _COUNTRY.fullmatch(path.stem)))


def open_pack(country: str, folder: Path | None = None) -> tuple[Layer | None, tuple[Problem, ...]]:
    """Open an installed pack; None with a problem where it is missing or damaged."""
    path = _locate_pack(country, locate_packs(folder))
    try:
        return open_layer(path), ()
    except FileNotFoundError:
        code, message, severity = (
            "places.pack-missing",
            f"No gazetteer pack of {country} is installed.",
            "note",
        )
    except (sqlite3.DatabaseError, OSError) as fault:
        code, message, severity = (
            "places.pack-damaged",
            f"The pack of {country} cannot be read: {fault}.",
            "warning",
        )
    return None, (
        Problem(
            code,
            message,
            "note" if severity == "note" else "warning",
            where=path.name,
            remedy=f"harmledger places install {country}",
        ),
    )


def _install_files(
    country: str, sources: Path, origin: str, packs: Path, report: Progress
) -> tuple[tuple[Pack, ...], tuple[Problem, ...]]:
    stems = (country, f"{country}.alternateNamesV2", "admin1CodesASCII", "admin2Codes")
    files = [find_source(sources, stem) for stem in stems]
    dump, alternates, provinces, districts = files
    found = [file for file in files if file is not None]
    missing = [stem for stem, file in zip(stems, files, strict=True) if file is None]
    if dump is None:
        return (), (
            Problem(
                "places.source-missing",
                f"{origin} holds no {country}.txt, {country}.txt.gz or {country}.zip.",
                "error",
                remedy="get the file from download.geonames.org/export/dump, or leave --from out",
            ),
        )
    problems = [_note_missing(stem, country) for stem in missing]
    try:
        report(f"{country}: reading places")
        rows = read_dump(dump, country)
        report(f"{country}: reading names")
        names = read_names(alternates) if alternates else {}
        province_codes: Codes = read_codes(provinces, country) if provinces else {}
        district_codes: Codes = read_codes(districts, country) if districts else {}
        if not rows:
            raise SourceError(f"{dump.path.name} holds no place of {country}")
        meta = _describe_sources(country, origin, found)
        report(f"{country}: compiling {len(rows):,} places")
        divisions = list(list_divisions(country, rows.values(), names, province_codes, district_codes))
        path = _locate_pack(country, packs)
        write_layer(path, country, meta, [*divisions, *_list_settlements(country, rows, names)])
    except (SourceError, OSError, sqlite3.Error) as fault:
        problems.append(
            Problem(
                "places.install-failed",
                f"The pack of {country} was not installed: {fault}.",
                "error",
                where=origin,
                remedy="get the files again, or make the data folder writable; an earlier pack is untouched",
            )
        )
        return (), tuple(problems)
    for file in found:
        problems.extend(file.list_problems())
    layer, more = open_pack(country, packs.parent)
    if layer is None:
        return (), (*problems, *more)
    pack = _describe_pack(country, layer.meta)
    layer.close()
    return (pack,), tuple(problems)


def _list_settlements(
    country: str, rows: Mapping[int, DumpRow], names: Mapping[int, list[str]]
) -> Iterator[Entry]:
    for number in sorted(rows):
        row = rows[number]
        if row.feature in ("ADM1", "ADM2"):
            continue
        kind = _KINDS.get(row.feature, "neighbourhood" if row.feature == "PPLX" else "settlement")
        spellings = dict.fromkeys(
            (_choose_name(row), row.name, row.ascii_name, *row.names, *sorted(names.get(number, ())))
        )
        yield Entry(
            id=f"geonames:{number}",
            name=_choose_name(row),
            country=country,
            admin1=row.admin1 or None,
            admin2=row.admin2 or None,
            lat=row.lat,
            lon=row.lon,
            kind=kind,
            feature=row.feature,
            population=row.population,
            radius_km=None,
            names=tuple(spellings),
        )


def _choose_name(row: DumpRow) -> str:
    """Give the dump's name, or its first other name in Latin letters where the name has none."""
    names = (row.name, row.ascii_name, *row.names)
    return next((name for name in names if re.search("[A-Za-z]", name)), row.name)


def _describe_sources(country: str, origin: str, files: Sequence[SourceFile]) -> dict[str, Any]:
    digests = {file.path.name: file.digest for file in files}
    content = (country, str(COMPILER_VERSION), *(file.digest for file in files))
    digest = hashlib.sha256("|".join(content).encode()).hexdigest()[:8]
    newest = max(file.path.stat().st_mtime for file in files)
    return {
        "country": country,
        "source": origin,
        "licence": LICENCE,
        "date": datetime.fromtimestamp(newest, UTC).date().isoformat(),
        "files": digests,
        "digest": digest,
    }


def _describe_pack(country: str, meta: Mapping[str, Any]) -> Pack:
    return Pack(
        country=country,
        places=int(meta.get("places", 0)),
        names=int(meta.get("names", 0)),
        date=str(meta.get("date", "")),
        digest=str(meta.get("digest", "")),
        licence=str(meta.get("licence", "")),
        source=str(meta.get("source", "")),
        files=dict(meta.get("files", {})),
    )


def _note_missing(stem: str, country: str) -> Problem:
    return Problem(
        "places.source-missing",
        f"{stem} was not given: the pack of {country} knows fewer names, or no provinces.",
        "warning",
        remedy="put the file beside the others and install again",
    )


def _locate_pack(country: str, packs: Path) -> Path:
    return packs / f"{country}.sqlite"


def _ignore(_message: str) -> None:
    """Report progress to nobody."""
