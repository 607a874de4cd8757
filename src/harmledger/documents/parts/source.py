"""A source: bytes to be opened, a received file or what was found inside one."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, TypeAlias

from harmledger.documents.parts.limits import (
    LABEL_LIMIT,
    MEMBER_LIMIT,
    RATIO_LIMIT,
    SIZE_LIMIT,
    UNPACKED_GRACE,
    UNPACKED_LIMIT,
)  # fmt: skip
from harmledger.documents.parts.mapping import ColumnMapping
from harmledger.records.document import Document
from harmledger.records.identity import digest_bytes
from harmledger.records.part import Extractor, Part, Received
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import Severity

Outcome: TypeAlias = tuple[Part | None, tuple[Problem, ...]]
"""One document, or None where something could not be read, with what is to be said about it."""

_LOCATOR_MARK: Final = " › "


class Exhausted(Exception):  # noqa: N818 (no error of the program: the file asks for too much)
    """What is inside a file is more than one file may hold; the text says what was exceeded."""


@dataclass(slots=True)
class Budget:
    """What one received file may still unpack, at any depth: bytes and members."""

    size: int = UNPACKED_LIMIT
    members: int = MEMBER_LIMIT
    most: int = UNPACKED_LIMIT

    @classmethod
    def of_file(cls, size: int) -> "Budget":
        """Give what a received file of so many bytes may unpack: no file of reports, and nothing in one, packs better than
        RATIO_LIMIT times, so that a small file that does is left after little work."""
        most = min(UNPACKED_LIMIT, max(UNPACKED_GRACE, size * RATIO_LIMIT))
        return cls(most, MEMBER_LIMIT, most)

    def take_member(self) -> None:
        """Count one file inside. Raises Exhausted."""
        self.members -= 1
        if self.members < 0:
            raise Exhausted(f"it holds more than {MEMBER_LIMIT:,} files")

    def take_bytes(self, count: int) -> None:
        """Count bytes that came out of a file inside. Raises Exhausted."""
        self.size -= count
        if self.size < 0:
            raise Exhausted(f"more than {self.most // 1_000_000:,} MB come out of it")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a container tells of a document inside it; what the document's own bytes say goes first."""

    address: str | None = None
    url: str | None = None
    received: str | None = None
    media: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be opened: a received file, or what was found inside one.

    `name` tells the suffix and is shown, nothing more. `handle` can seek; it is closed by whoever made the
    source. `locator` are the steps that lead here from the received file; `depth` counts the containers
    around it. `folder` is where the `path` of JSON lines is looked up; inside an archive `beside` gives the
    bytes of its file of that name instead.
    """

    name: str
    handle: IO[bytes]
    size: int
    received: Received
    budget: Budget
    mapping: ColumnMapping | None = None
    locator: tuple[str, ...] = ()
    depth: int = 0
    hints: Hints = field(default_factory=Hints)
    folder: Path | None = None
    beside: Callable[[str], bytes | None] | None = None

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def arrival(self) -> str:
        """When this reached whoever collected it, as far as its container knows."""
        return self.hints.received or self.received.received

    def locate(self, *steps: str) -> str | None:
        """Give the words that lead from the received file to here, and on by the steps given."""
        return _LOCATOR_MARK.join((*self.locator, *steps)) or None

    def point(self, *steps: str) -> str:
        """Give the received file's name and the words that lead on from it, for a problem."""
        return ", ".join(filter(None, (self.received.name, self.locate(*steps))))

    def read_head(self, size: int) -> bytes:
        """Give the first bytes, and go back to the start."""
        self.handle.seek(0)
        head = self.handle.read(size)
        self.handle.seek(0)
        return head

    def read_all(self, limit: int = SIZE_LIMIT) -> bytes | None:
        """Give all bytes; None where there are more than the limit."""
        if self.size > limit:
            return None
        self.handle.seek(0)
        data = self.handle.read(limit + 1)  # a file may grow after its size was asked
        return None if len(data) > limit else data

    def enter(self, step: str, data: IO[bytes] | bytes, name: str, size: int, **changes: Any) -> "Source":
        """Give a source for what stands inside this one, under a step of the locator."""
        handle = io.BytesIO(data) if isinstance(data, bytes) else data
        changes = {"hints": Hints(), "folder": None, "beside": None, **changes}
        return replace(
            self, name=name, handle=handle, size=size, locator=(*self.locator, step), depth=self.depth + 1,
            **changes,
        )  # fmt: skip

    def report(
        self,
        code: str,
        message: str,
        remedy: str | None,
        *steps: str,
        severity: Severity = "error",
    ) -> Outcome:
        """Give a problem in this source, without a document."""
        return None, (Problem(f"documents.{code}", message, severity, self.point(*steps), remedy=remedy),)

    def report_size(self, limit: int, remedy: str = "split it, or give the reports alone") -> Outcome:
        """Give the problem of a source that is larger than what is taken of its kind."""
        return self.report("size", f"is larger than {limit // 1_000_000} MB", remedy)


def make_part(
    source: Source,
    data: bytes,
    document: Document,
    *steps: str,
    address: str | None = None,
    extractor: Extractor | None = None,
    published_source: str | None = None,
    problems: tuple[Problem, ...] = (),
    is_retraction: bool = False,
) -> Outcome:
    """Give the part that a document makes, with what its container tells filled in where it is silent.

    A document whose text is nothing but space is a problem in place of a part.
    """
    if not is_retraction and not (document.text or "").strip():
        _, more = source.report("empty", "holds no text", "give the report's text", *steps)
        return None, problems + more
    url, received = document.url or source.hints.url, document.received or source.arrival
    if (url, received) != (document.url, document.received):  # replacing is the dearest step for a short line
        document = replace(document, url=url, received=received)
    address = address or source.hints.address
    locator = source.locate(*steps)
    return Part(
        locator, data, digest_bytes(data), address, document, extractor, published_source, is_retraction
    ), problems


def clean_label(name: str) -> str:
    """Give a name from inside a container so that it can be shown: a label, never a path.

    Control and bidirectional marks become U+FFFD; a name that is too long loses its middle.
    """
    shown = "".join(char if char.isprintable() else "\ufffd" for char in name)
    if len(shown) > LABEL_LIMIT:
        half = LABEL_LIMIT // 2
        shown = f"{shown[:half]}…{shown[-half:]}"
    return shown or "a file without a name"


Opener: TypeAlias = Callable[[Source], Iterator[Outcome]]
"""What gives the documents of a source of one kind."""
