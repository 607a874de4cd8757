"""Opening bytes as if they had been received, and taking the outcomes apart."""

import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from harmledger.documents.parts import ColumnMapping, open_parts
from harmledger.records.identity import digest_bytes
from harmledger.records.part import Part, Received
from harmledger.records.problem import Problem

RECEIVED = "2026-11-22T08:00:00Z"
STORY = (
    "Two people were killed on Monday when a shell hit a house in the town, rescuers said. Five were wounded."
)


@dataclass(frozen=True)
class Opened:
    """All that a file gave."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> list[str]:
        return [problem.code.removeprefix("documents.") for problem in self.problems]

    @property
    def texts(self) -> list[str]:
        return [part.document.text or "" for part in self.parts]

    @property
    def locators(self) -> list[str | None]:
        return [part.locator for part in self.parts]

    @property
    def addresses(self) -> list[str | None]:
        return [part.address for part in self.parts]


def open_path(path: Path, name: str | None = None, mapping: ColumnMapping | None = None) -> Opened:
    received = Received(name or path.name, "0" * 64, path.stat().st_size, RECEIVED)
    outcomes = list(open_parts(path, received, mapping))
    opened = Opened(
        tuple(part for part, _ in outcomes if part is not None),
        tuple(problem for _, problems in outcomes for problem in problems),
    )
    for part in opened.parts:
        assert part.digest == digest_bytes(part.data)
        assert part.document.text is not None
        assert part.document.html is None
        assert part.document.path is None
        assert part.document.received is not None
        assert (part.published_source is None) == (part.document.published is None)
    for problem in opened.problems:
        assert problem.where is not None
        assert problem.where.startswith(received.name)
        assert problem.severity != "error" or problem.remedy, problem
    return opened


def open_bytes(data: bytes, name: str, mapping: ColumnMapping | None = None) -> Opened:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return open_path(Path(file.name), name, mapping)


def pack(members: dict[str, bytes | str]) -> bytes:
    """Give a ZIP of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()
