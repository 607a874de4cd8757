"""What an erasure would destroy: told to a person before anything is."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from harmledger.store.entries import Edition
from harmledger.store.facts import BATCH, Facts
from harmledger.store.nesting import holds_inside
from harmledger.store.tables import models


@dataclass(slots=True)
class AffectedFile:
    """A received file whose bytes hold something to be erased.

    `places` are the locators in it of what is erased. `separated` are the rows of other documents whose bytes
    lie in it and are written out on their own; `holders` those of documents that themselves hold what is
    erased (a mail its attachment): their bytes go, their text stays. `residents` counts the other documents.
    """

    row: Any
    places: set[str | None] = field(default_factory=set)
    separated: list[Any] = field(default_factory=list)
    holders: list[Any] = field(default_factory=list)
    residents: int = 0
    unread: int = 0

    @property
    def is_emptied(self) -> bool:
        """Tell whether no other document of the case came in this file."""
        return self.residents == 0


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What goes (`versions`, `files`), and what a person should know before it does.

    `inside` are ids of documents that lie inside an erased one and stay (a mail's attachments). `alike` are ids
    of documents with the very same text, which stay. `siblings` are ids of other versions at the same addresses,
    which stay. `editions` are publications that hold an erased document, which the program does not touch.
    """

    versions: tuple[Any, ...]
    files: tuple[AffectedFile, ...]
    inside: tuple[str, ...]
    alike: tuple[str, ...]
    siblings: tuple[str, ...]
    editions: tuple[Edition, ...]

    @property
    def holders(self) -> tuple[str, ...]:
        """The ids of documents that keep their text but lose their bytes, which hold what is erased."""
        return tuple(sorted({row.key for file in self.files for row in file.holders}))

    @property
    def separated(self) -> int:
        """The number of documents whose bytes are written out on their own."""
        return sum(len(file.separated) for file in self.files)

    @property
    def unread(self) -> int:
        """The number of parts of the destroyed files that could never be read, and go with them."""
        return sum(file.unread for file in self.files if file.row.is_kept)


def plan_erasure(facts: Facts, ids: Collection[str] = (), file_digest: str | None = None) -> ErasurePlan:
    """Find out what erasing the versions with these ids, or a whole received file, would touch."""
    versions = facts.rows(models.Version)
    rows = {row.pk: row for row in _gather(versions, "key", ids)}
    files: dict[int, AffectedFile] = {}
    if file_digest is not None:
        for file in facts.rows(models.File).filter(digest=file_digest):
            files[file.pk] = AffectedFile(file, {None})
            rows.update((row.pk, row) for row in _choose_columns(versions.filter(file=file)))
    for file, locator in _list_places(facts, rows.values()):
        files.setdefault(file.pk, AffectedFile(file)).places.add(locator)
    inside: set[str] = set()
    for affected in files.values():
        _survey(facts, affected, rows, inside)
    going = sorted(rows.values(), key=lambda row: str(row.key))
    siblings = _gather(versions, "document_id", {row.document_id for row in going})
    alike = _gather(versions, "text_digest", {row.text_digest for row in going})
    return ErasurePlan(
        versions=tuple(going),
        files=tuple(files.values()),
        inside=tuple(sorted(inside)),
        alike=tuple(sorted(row.key for row in alike if row.pk not in rows)),
        siblings=tuple(sorted(row.key for row in siblings if row.pk not in rows)),
        editions=tuple(facts.find_editions([row.key for row in going])),
    )


def _choose_columns(rows: Any) -> Any:
    """Ask for what an erasure needs of a version, which is not what it says."""
    return rows.only(
        "key", "digest", "text_digest", "size", "locator", "holding", "received", "file_id", "document_id"
    )


def _gather(rows: Any, column: str, values: Collection[object]) -> Iterator[Any]:
    """Give the versions whose column has one of the values, however many there are."""
    remaining = iter(values)
    while batch := list(islice(remaining, BATCH)):
        yield from _choose_columns(rows.filter(**{f"{column}__in": batch}))


def _list_places(facts: Facts, rows: Collection[Any]) -> Iterator[tuple[Any, str | None]]:
    """Give every file that holds one of the versions, and where in it."""
    files: dict[int, Any] = {}
    for row in rows:
        if row.file_id not in files:
            files[row.file_id] = facts.rows(models.File).get(pk=row.file_id)
        yield files[row.file_id], row.locator
    remaining = iter(rows)
    while batch := [row.pk for row in islice(remaining, BATCH)]:
        for occurrence in facts.rows(models.Occurrence).filter(version_id__in=batch).select_related("file"):
            yield occurrence.file, occurrence.locator


def _survey(facts: Facts, file: AffectedFile, going: Mapping[int, Any], inside: set[str]) -> None:
    """Sort the other documents of an affected file by what becomes of their bytes."""
    first = ((row, row.locator) for row in _choose_columns(facts.rows(models.Version).filter(file=file.row)))
    further = facts.rows(models.Occurrence).filter(file=file.row).select_related("version")
    seen: set[int] = set()
    for row, locator in chain(first, ((row.version, row.locator) for row in further)):
        if row.pk in going or row.pk in seen:
            continue
        seen.add(row.pk)
        if any(holds_inside(locator, place) for place in file.places):
            file.holders.append(row)
            continue
        if any(holds_inside(place, locator) for place in file.places):
            inside.add(row.key)
        if row.holding == "file" and row.file_id == file.row.pk:
            file.separated.append(row)
    file.residents = len(seen)
    last = facts.rows(models.Reading).filter(file=file.row).order_by("id").last()
    if last is not None:
        file.unread = facts.rows(models.Unread).filter(reading=last).exclude(severity="note").count()
