"""What an erasure would destroy: told to a person before anything is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from harmledger.store.entries import Edition
from harmledger.store.facts import Facts
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


def plan_erasure(facts: Facts, ids: Iterable[str] = (), file_digest: str | None = None) -> ErasurePlan:
    """Find out what erasing the versions with these ids, or a whole received file, would touch."""
    rows = list(facts.rows(models.Version).filter(key__in=list(ids)).order_by("key"))
    files: dict[int, AffectedFile] = {}
    if file_digest is not None:
        for file in facts.rows(models.File).filter(digest=file_digest):
            files[file.pk] = AffectedFile(file, {None})
            rows.extend(
                facts.rows(models.Version).filter(file=file).exclude(key__in=[row.key for row in rows])
            )
    going = {row.pk for row in rows}
    for row, locator in _list_places(facts, rows):
        affected = files.setdefault(row.pk, AffectedFile(row))
        affected.places.add(locator)
    inside: set[str] = set()
    for affected in files.values():
        _survey(facts, affected, going, inside)
    documents = {row.document_id for row in rows}
    texts = {row.text_digest for row in rows}
    others = facts.rows(models.Version).exclude(pk__in=going).order_by("key").values_list("key", flat=True)
    editions = {
        edition.number: edition for row in rows for edition in facts.list_editions(holding=str(row.key))
    }
    return ErasurePlan(
        versions=tuple(rows),
        files=tuple(files.values()),
        inside=tuple(sorted(inside)),
        alike=tuple(others.filter(text_digest__in=texts)),
        siblings=tuple(others.filter(document_id__in=documents)),
        editions=tuple(editions[number] for number in sorted(editions)),
    )


def _list_places(facts: Facts, rows: list[Any]) -> Iterable[tuple[Any, str | None]]:
    """Give every file that holds one of the versions, and where in it."""
    files = facts.rows(models.File).in_bulk([row.file_id for row in rows])
    for row in rows:
        yield files[row.file_id], row.locator
    further = facts.rows(models.Occurrence).filter(version_id__in=[row.pk for row in rows])
    for occurrence in further.select_related("file"):
        yield occurrence.file, occurrence.locator


def _survey(facts: Facts, file: AffectedFile, going: set[int], inside: set[str]) -> None:
    """Sort the other documents of an affected file by what becomes of their bytes."""
    first = [(row, row.locator) for row in facts.rows(models.Version).filter(file=file.row)]
    further = facts.rows(models.Occurrence).filter(file=file.row).select_related("version")
    residents = [*first, *((row.version, row.locator) for row in further)]
    seen: set[int] = set()
    for row, locator in residents:
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
