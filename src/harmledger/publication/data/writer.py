"""The files of data, written line by line as incidents pass."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Final

import msgspec

from harmledger.publication.data.cells import write_header, write_row
from harmledger.publication.data.features import compose_feature
from harmledger.publication.data.fields import compose_package, compose_readme
from harmledger.publication.data.layouts import acled, hxl, ucdp
from harmledger.publication.data.layouts.losses import LossCounter
from harmledger.publication.data.rows import (
    TallyRow,
    list_account_rows,
    make_incident_row,
    make_tally_row,
)
from harmledger.publication.data.tables import LOSSES, TABLES
from harmledger.publication.disclosure.rules import Disclosure
from harmledger.publication.templating import clean_controls
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.tallies.tally import Tally

FILES: Final = (
    "accounts.csv",
    "acled.csv",
    "claims.jsonl",
    "incidents-hxl.csv",
    "incidents.csv",
    "incidents.geojson",
    "incidents.jsonl",
    "losses.csv",
    "tallies.csv",
    "ucdp.csv",
)
"""The files of data, in the order in which they are listed."""

_STEP: Final = 1 << 20
_LAYOUTS: Final[Mapping[str, Callable[[Incident], tuple[object | None, tuple[str, ...]]]]] = {
    hxl.FILE: hxl.make_hxl_row,
    ucdp.FILE: ucdp.make_ucdp_row,
    acled.FILE: acled.make_acled_row,
}


class DataWriter:
    """Writes the files of data into a folder; use as a context, give every incident once, in order of ids."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._handles: dict[str, IO[str]] = {}
        self._has_feature = False
        self._losses = LossCounter()

    def __enter__(self) -> "DataWriter":
        """Open the files and write their first lines."""
        self._folder.mkdir(parents=True)
        for name in FILES:
            path = self._folder / name
            self._handles[name] = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        for name, row_type in TABLES.items():
            self._handles[name].write(write_header(row_type))
        self._handles[hxl.FILE].write(hxl.write_tags())
        self._handles["incidents.geojson"].write('{"type":"FeatureCollection","features":[\n')
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files, whole only where nothing went wrong."""
        if kind is None:
            for row in self._losses.list_rows():
                self._handles[LOSSES].write(write_row(row))
            self._handles["incidents.geojson"].write("\n]}\n")
        self._stack.close()

    def write_incident(self, incident: Incident, claims: Iterable[Claim]) -> bytes:
        """Write an incident and its claims, all in the form in which they may be shown; give the incident's bytes."""
        row = make_incident_row(incident)
        self._handles["incidents.csv"].write(write_row(row))
        for account in list_account_rows(incident):
            self._handles["accounts.csv"].write(write_row(account))
        feature = compose_feature(incident, row)
        if feature is not None:
            self._handles["incidents.geojson"].write((",\n" if self._has_feature else "") + feature)
            self._has_feature = True
        self._write_layouts(incident)
        line = msgspec.json.encode(incident)
        self._handles["incidents.jsonl"].write(line.decode() + "\n")
        for claim in claims:
            told = replace(claim, extra={"incident": incident.id})
            self._handles["claims.jsonl"].write(msgspec.json.encode(told).decode() + "\n")
        return line

    def _write_layouts(self, incident: Incident) -> None:
        """Write an incident in the layouts of others, and count what they cannot carry."""
        self._losses.entries += 1
        for file, make_row in _LAYOUTS.items():
            row, lost = make_row(incident)
            if row is not None:
                self._handles[file].write(write_row(row))
            self._losses.add(file, lost)

    def write_tallies(self, tallies: Iterable[Tally]) -> None:
        """Write the totals."""
        self.write_tally_rows(map(make_tally_row, tallies))

    def write_tally_rows(self, rows: Iterable[TallyRow]) -> None:
        """Write totals that are rows already."""
        for row in rows:
            self._handles["tallies.csv"].write(write_row(row))


def explain_data(folder: Path, words: Wording, name: str, as_of: str, rules: Disclosure) -> None:
    """Write the README and the data package beside the files."""
    readme = compose_readme(words, name, rules)
    (folder / "README.md").write_text(clean_controls(readme), encoding="utf-8", newline="\n")
    digests = {file: _digest_file(folder / file) for file in FILES}
    package = compose_package(name, as_of, digests, words.tables["site"]["credits"])
    (folder / "datapackage.json").write_text(package, encoding="utf-8", newline="\n")


def _digest_file(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as handle:
        while block := handle.read(_STEP):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
