"""Read GeoNames' text files: country dumps, alternate names and codes of provinces and districts."""

import gzip
import hashlib
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import IO, Final, cast

from harmledger.places.folding import NAME_LIMIT
from harmledger.records.problem import Problem

SIZE_LIMIT: Final = 2_000_000_000
"""The most bytes a file may unpack to; the largest country dump has some 350 MB."""
LINE_LIMIT: Final = 65_536
"""The longest line that is read, in bytes; a dump's line has 20,000 at most."""
NAMES_LIMIT: Final = 400
"""The most names that one place may carry."""

_DUMP_COLUMNS: Final = 19
_NAMES_COLUMNS: Final = 4
_CODES_COLUMNS: Final = 4
_NOT_NAMES: Final = frozenset(
    {"link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon", "piny", "abbr", "fr_1793"}
)
_KEPT_FEATURES: Final = frozenset({"ADM1", "ADM2", "AIRB", "PSTB"})
_ABANDONED_SETTLEMENTS: Final = frozenset({"PPLQ", "PPLH", "PPLW"})


@dataclass(slots=True)
class DumpRow:
    """A line of a country dump that the gazetteer keeps."""

    number: int
    name: str
    ascii_name: str
    names: list[str]
    lat: float
    lon: float
    feature: str
    admin1: str
    admin2: str
    population: int


@dataclass(slots=True)
class SourceFile:
    """A file as given: where it lies, and, once read to its end, its digest and its broken lines.

    `members` are the names that it may have inside a zip; empty for a plain or a gzip file.
    """

    path: Path
    members: tuple[str, ...] = ()
    digest: str = ""
    lines: int = 0
    broken: list[tuple[int, str]] = field(default_factory=list)

    def list_problems(self) -> tuple[Problem, ...]:
        """Give one problem for the broken lines, with the first of them; none where all were sound."""
        if not self.broken:
            return ()
        line, reason = self.broken[0]
        return (
            Problem(
                "places.source-line",
                f"{len(self.broken)} of {self.lines} lines were skipped; the first because {reason}.",
                "warning",
                where=f"{self.path.name}:{line}",
                remedy="get the file again from where it came",
            ),
        )


class SourceError(Exception):
    """A source file that cannot be used; the message says why."""


def find_source(folder: Path, stem: str) -> SourceFile | None:
    """Find the file of this stem (SY, SY.alternateNamesV2, admin1CodesASCII): .txt, .txt.gz, or .zip."""
    for suffix in (".txt.gz", ".txt", ".zip"):
        path = folder / f"{stem}{suffix}"
        if path.is_file():
            # GeoNames calls the alternate names of a country SY.txt inside their archive too.
            members = (f"{stem}.txt", f"{stem.partition('.')[0]}.txt") if suffix == ".zip" else ()
            return SourceFile(path, members)
    return None


def read_dump(source: SourceFile, country: str) -> dict[int, DumpRow]:
    """Read a country dump: settlements, provinces, districts, air bases and border posts, by GeoNames id.

    Broken lines are skipped and noted in the source. Raises SourceError where the file cannot be used.
    """
    rows: dict[int, DumpRow] = {}
    for line, cells in _read_cells(source, _DUMP_COLUMNS):
        if cells[8] != country or (cells[6] != "P" and cells[7] not in _KEPT_FEATURES):
            continue
        try:
            row = _read_row(cells)
        except ValueError as fault:
            source.broken.append((line, str(fault)))
            continue
        rows[row.number] = row
    return rows


def read_names(source: SourceFile) -> dict[int, list[str]]:
    """Read alternate names (V2) by GeoNames id; links, codes and phonetic forms are left out."""
    names: dict[int, list[str]] = defaultdict(list)
    for line, cells in _read_cells(source, _NAMES_COLUMNS):
        if cells[2] in _NOT_NAMES or not cells[3]:
            continue
        if not cells[1].isascii() or not cells[1].isdigit():
            source.broken.append((line, "its place has no number"))
            continue
        known = names[int(cells[1])]
        if len(known) < NAMES_LIMIT:
            known.append(cells[3][:NAME_LIMIT])
    return names


def read_codes(source: SourceFile, country: str) -> dict[tuple[str, ...], tuple[str, str, int]]:
    """Read the country's provinces or districts: codes after the country's, to name, ASCII name, GeoNames id."""
    codes: dict[tuple[str, ...], tuple[str, str, int]] = {}
    for line, cells in _read_cells(source, _CODES_COLUMNS):
        head, *rest = cells[0].split(".")
        if head != country:
            continue
        if not (cells[3].isascii() and cells[3].isdigit()) or not rest:
            source.broken.append((line, "it has no code or no number"))
            continue
        codes[tuple(rest)] = (cells[1][:NAME_LIMIT], cells[2][:NAME_LIMIT], int(cells[3]))
    return codes


def is_abandoned(feature: str) -> bool:
    """Tell whether the feature code stands for an abandoned, destroyed or historical settlement."""
    return feature in _ABANDONED_SETTLEMENTS


def _read_row(cells: list[str]) -> DumpRow:
    lat, lon = float(cells[4]), float(cells[5])
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("its coordinates lie outside the earth")
    return DumpRow(
        number=int(cells[0]),
        name=cells[1][:NAME_LIMIT],
        ascii_name=cells[2][:NAME_LIMIT],
        names=[name[:NAME_LIMIT] for name in cells[3].split(",")[:NAMES_LIMIT]],
        lat=lat,
        lon=lon,
        feature=cells[7],
        admin1=cells[10],
        admin2=cells[11],
        population=max(0, int(cells[14] or 0)),
    )


def _read_cells(source: SourceFile, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield line numbers and cells of the lines that have at least this many columns; digest on the way."""
    digest = hashlib.sha256()
    size = 0
    try:
        with _open_source(source) as stream:
            while raw := stream.readline(LINE_LIMIT + 1):
                source.lines += 1
                size += len(raw)
                if size > SIZE_LIMIT:
                    raise SourceError(f"{source.path.name} unpacks to more than {SIZE_LIMIT:,} bytes")
                if len(raw) > LINE_LIMIT:
                    raise SourceError(f"{source.path.name} has a line of more than {LINE_LIMIT:,} bytes")
                digest.update(raw)
                if raw.startswith(b"#") or not raw.strip():
                    continue
                try:
                    cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
                except UnicodeDecodeError:
                    source.broken.append((source.lines, "it is not UTF-8"))
                    continue
                if len(cells) < columns:
                    source.broken.append((source.lines, f"it has {len(cells)} columns of {columns}"))
                    continue
                yield source.lines, cells
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise SourceError(f"{source.path.name} cannot be read to its end: {fault}") from fault
    source.digest = digest.hexdigest()
    if len(source.broken) * 2 > source.lines:
        raise SourceError(f"{source.path.name} is not a GeoNames file: most of its lines are broken")


def _open_source(source: SourceFile) -> IO[bytes]:
    if source.members:
        with zipfile.ZipFile(source.path) as archive:
            member = next((name for name in source.members if name in archive.namelist()), None)
            if member is None:
                raise SourceError(f"{source.path.name} does not hold {source.members[0]}")
            # Only this member is read, as a stream; nothing is unpacked, so no path inside can lead anywhere.
            return archive.open(member)
    if source.path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(source.path))
    return source.path.open("rb")
