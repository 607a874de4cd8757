"""The step add: received files to facts, each file first, then the documents in it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.pipeline.provenance import name_maker
from harmledger.records.part import Part, Received
from harmledger.records.problem import Problem
from harmledger.store.case import INBOX
from harmledger.store.nesting import holds_inside

if TYPE_CHECKING:
    from harmledger.documents.parts import ColumnMapping
    from harmledger.store.arrivals import Fate, FileStanding, Found, Holding, Intake
    from harmledger.store.bytes import Arrival
    from harmledger.store.case import Case

_BATCH_PARTS: Final = 500
_BATCH_SIZE: Final = 16_000_000
"""Bytes and code points of parts that wait to be written."""
_GROUP_FILES: Final = 64
_GROUP_SIZE: Final = 64_000_000
_PROBLEMS_PER_FILE: Final = 1000
_LINE: Final = re.compile(r"line \d+")


@dataclass(frozen=True, slots=True)
class AddedFile:
    """A file that is safely in the case, or need not be, and what was found in it.

    `standing` is what was known of it before: `unknown` a new file, `interrupted` one whose reading is now
    finished, `read` one that was here already (nothing changed, unless it was read again on request), `erased`
    one that was refused. `unread` counts what could not be read in it.
    """

    name: str
    digest: str
    size: int
    standing: "FileStanding"
    fates: "dict[Fate, int]" = field(default_factory=dict)
    unread: int = 0


Added = tuple[AddedFile | None, tuple[Problem, ...]]
"""A file, durable in the case when this is given; or None, with what is to be said."""


def add_files(
    case: "Case", paths: Sequence[Path], at: str, mapping: "ColumnMapping | None" = None
) -> Iterator[Added]:
    """Add files, and folders of them, to a case whose lock the caller holds.

    `at` is the moment of receipt, UTC, ISO 8601. A file is given once it and everything found in it are
    durable; one whose bytes are known changes nothing. Killed at any instant, what was given is there, and adding
    the same files again finishes the rest. Raises OSError and django.db.DatabaseError where the case cannot be
    written; what was given before stands.
    """
    from harmledger.documents.parts import list_files

    adding = _Adding(case, at)
    own = case.folder.resolve()
    inbox = own / INBOX
    with closing(_Group(adding, mapping)) as group:
        for listed, problems in list_files(paths):
            if problems:
                yield None, problems
            if listed is None:
                continue
            path = listed.path.resolve()
            if path.is_relative_to(own) and not path.is_relative_to(inbox):
                yield None, (_report_own(listed.name),)
            else:
                yield from group.take(listed.path, listed.name)
        yield from group.read()
        yield from adding.flush()


def retry_files(case: "Case", at: str) -> Iterator[Added]:
    """Read again the files that were interrupted or that hold something unread, from the bytes that were kept."""
    adding = _Adding(case, at)
    for intake in list(adding.arrivals.list_unfinished()):
        path = case.bytes.locate(intake.received.digest)
        if path.is_file():
            mapping = decode_mapping(intake.mapping)
            yield from adding.read(_Opened(path, intake, "read", mapping=mapping))
        else:
            yield None, (_report_lost(intake.received),)
    yield from adding.flush()


@dataclass(slots=True)
class _Opened:
    """A file whose documents are to be read: the path of its bytes, and what was known of it before.

    `folder` is where it came from, `mapping` says which column of a table is what. `erased` are the places in it of
    what was erased: then its bytes are not kept, but those of its other documents, each on its own.
    """

    path: Path
    intake: "Intake"
    standing: "FileStanding"
    folder: Path | None = None
    erased: tuple[str | None, ...] = ()
    mapping: "ColumnMapping | None" = None


class _Adding:
    """Documents on their way into one case, in batches that bound memory and share the cost of durability."""

    def __init__(self, case: "Case", at: str) -> None:
        from harmledger.store.arrivals import Arrivals

        self.arrivals: Arrivals = Arrivals(case.facts, at, name_maker(()))
        self.bytes = case.bytes
        self.at = at
        self._parts: list[Found] = []
        self._size = 0
        self._done: list[_Opened] = []

    def read(self, file: _Opened) -> Iterator[Added]:
        """Read a file that is recorded to its end; give what is durable by then."""
        from harmledger.documents.parts import open_parts

        told = 0
        for part, problems in open_parts(file.path, file.intake.received, file.mapping, folder=file.folder):
            if part is None:
                file.intake.set_aside(problems)
            told += len(problems)
            if problems and told <= _PROBLEMS_PER_FILE:
                yield None, problems
            if part is not None:
                yield from self._put(file, part)
        if told > _PROBLEMS_PER_FILE:
            yield None, (_report_many(file.intake.received.name, told - _PROBLEMS_PER_FILE),)
        self._done.append(file)
        if len(self._done) >= _GROUP_FILES:
            yield from self.flush()

    def _put(self, file: _Opened, part: Part) -> Iterator[Added]:
        from harmledger.store.arrivals import Found

        self._parts.append(Found(file.intake, part, self._keep_bytes(file, part)))
        self._size += len(part.data) + len(part.document.text or "")
        if len(self._parts) >= _BATCH_PARTS or self._size >= _BATCH_SIZE:
            yield from self.flush()

    def _keep_bytes(self, file: _Opened, part: Part) -> "Holding":
        """Keep a part's bytes on their own where the file's are not kept, or do not hold them."""
        if file.intake.is_kept and not _lies_outside(part):
            return "file"
        if self.arrivals.find_tombstone(part) or any(
            holds_inside(part.locator, place) for place in file.erased
        ):
            return "none"
        self.bytes.write((part.data,))
        return "own"

    def flush(self) -> Iterator[Added]:
        """Write what is waiting, and give the files that are now complete."""
        parts, self._parts, self._size = self._parts, [], 0
        done, self._done = self._done, []
        if not parts and not done:
            return
        outcomes = self.arrivals.write(parts, [file.intake for file in done])
        problems = tuple(outcome.problem for outcome in outcomes if outcome.problem is not None)
        if problems:
            yield None, problems
        for file in done:
            yield _describe(file.intake, file.standing), ()


class _Group:
    """Files copied aside together, so that they are recorded in one transaction before any of them is read."""

    def __init__(self, adding: _Adding, mapping: "ColumnMapping | None") -> None:
        self._adding = adding
        self._mapping = mapping
        self._waiting: dict[str, tuple[Arrival, _Opened]] = {}
        self._size = 0

    def take(self, path: Path, name: str) -> Iterator[Added]:
        """Copy a file aside; give what is durable by then."""
        from harmledger.store.arrivals import Intake
        from harmledger.store.bytes import SourceError

        mapping, problems = self._choose_mapping(path)
        if problems:
            yield None, problems
            return
        try:
            arrival = self._adding.bytes.take_in(path)
        except SourceError as error:
            yield None, (_report_unreadable(name, error),)
            return
        if arrival.digest in self._waiting:  # its first copy must be in before it can be known
            yield from self.read()
            yield from self._adding.flush()
        received = Received(name, arrival.digest, arrival.size, self._adding.at)
        intake = Intake(received, mapping=_encode_mapping(mapping))
        standing = self._adding.arrivals.find_standing(arrival.digest)
        if standing == "read" and mapping is not None and self._adding.arrivals.has_unread(arrival.digest):
            standing = (
                "interrupted"  # a table that could not be read is brought again, with its columns named
            )
        if standing in {"read", "erased"}:
            self._adding.bytes.discard(arrival)
            refusal = (self._report_erased(intake),) if standing == "erased" else ()
            yield _describe(intake, standing), refusal
            return
        file = _Opened(arrival.path, intake, standing, path.parent, mapping=mapping)
        self._waiting[arrival.digest] = arrival, file
        self._size += arrival.size
        if len(self._waiting) >= _GROUP_FILES or self._size >= _GROUP_SIZE:
            yield from self.read()

    def _choose_mapping(self, path: Path) -> "tuple[ColumnMapping | None, tuple[Problem, ...]]":
        """Give the mapping that was named for all tables, else the one that lies beside this one."""
        from harmledger.documents.parts import find_companion, load_mapping

        companion = find_companion(path) if self._mapping is None else None
        return (self._mapping, ()) if companion is None else load_mapping(companion)

    def read(self) -> Iterator[Added]:
        """Record the files that wait, put their bytes in place, and read them; give what is durable by then."""
        waiting = list(self._waiting.values())
        for _, file in waiting:
            file.erased = self._find_erased(file)
            file.intake.is_kept = not file.erased
        intakes = [file.intake for _, file in waiting]
        if intakes:
            self._adding.arrivals.record_files(intakes)
        self._adding.bytes.keep([arrival for arrival, file in waiting if file.intake.is_kept])
        for arrival, file in waiting:
            if file.intake.is_kept:
                file.path = self._adding.bytes.locate(arrival.digest)
        for _, file in waiting:
            yield from self._adding.read(file)
        self.close()

    def close(self) -> None:
        """Remove the copies that were not put in place."""
        for arrival, _ in self._waiting.values():
            self._adding.bytes.discard(arrival)
        self._waiting, self._size = {}, 0

    def _find_erased(self, file: _Opened) -> tuple[str | None, ...]:
        """Give the places in a file of documents that were erased: looked for only where anything was."""
        from harmledger.documents.parts import open_parts

        arrivals = self._adding.arrivals
        if not arrivals.tombstones:
            return ()
        parts = open_parts(file.path, file.intake.received, file.mapping, folder=file.folder)
        return tuple(part.locator for part, _ in parts if part is not None and arrivals.find_tombstone(part))

    def _report_erased(self, intake: "Intake") -> Problem:
        stone = self._adding.arrivals.tombstones[intake.received.digest]
        message = (
            f"was erased on {stone.at[:10]} by {stone.by} and is refused; the reason given: {stone.reason}"
        )
        remedy = "leave it out of what is added"
        return Problem("store.erased", message, "warning", intake.received.name, remedy=remedy)


def _lies_outside(part: Part) -> bool:
    """Tell whether a part's bytes are more than its file holds: a JSON line with the file that its `path` names.

    No JSON line holds a line break; what such a part has after one is the other file's.
    """
    return part.locator is not None and _LINE.fullmatch(part.locator) is not None and b"\n" in part.data


def _describe(intake: "Intake", standing: "FileStanding") -> AddedFile:
    received = intake.received
    unread = sum(problem.severity != "note" for problem in intake.unread) + intake.left_out
    return AddedFile(received.name, received.digest, received.size, standing, dict(intake.fates), unread)


def _encode_mapping(mapping: "ColumnMapping | None") -> str | None:
    import msgspec

    return None if mapping is None else msgspec.json.encode(mapping, order="deterministic").decode()


def decode_mapping(mapping: str | None) -> "ColumnMapping | None":
    """Give the column mapping that a file was read with, as the facts keep it."""
    import msgspec

    from harmledger.documents.parts import ColumnMapping

    return None if mapping is None else msgspec.json.decode(mapping, type=ColumnMapping)


def _report_unreadable(name: str, error: OSError) -> Problem:
    message = f"cannot be read: {error.strerror or error}"
    return Problem(
        "pipeline.unreadable-file", message, "error", name, remedy="check its permissions and its disk"
    )


def _report_own(name: str) -> Problem:
    message = "lies in the case folder itself and is passed over"
    return Problem("store.own-file", message, "warning", name, remedy="name the files that were received")


def _report_lost(received: Received) -> Problem:
    message = "its bytes are not in the case: the program was killed before they were put there"
    return Problem("store.bytes-missing", message, "error", received.name, remedy="add the file again")


def _report_many(name: str, count: int) -> Problem:
    message = f"{count} more problems in this file are not listed one by one"
    return Problem("pipeline.many-problems", message, "error", name, remedy="mend the file, and add it again")
