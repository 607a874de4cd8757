"""Erasing: a document's bytes and every text derived from them are destroyed; a tombstone is left.

In three steps, so that being killed in the middle costs nothing but time: what shares a file with the erased
document is written out on its own; in one transaction the rows are deleted, the tombstones set, and what is still
to be destroyed is written down; then it is destroyed. Whoever next holds the case finishes what was begun.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from django.db import connections, transaction

from harmledger.records.part import Part, Received
from harmledger.records.problem import Problem
from harmledger.store.backups import list_backups, name_backup
from harmledger.store.bytes import ByteStore, destroy_file
from harmledger.store.erasure_plan import AffectedFile, ErasurePlan
from harmledger.store.facts import BATCH, Facts, read_time, write_time
from harmledger.store.nesting import STEP
from harmledger.store.placing import clean_text
from harmledger.store.rulings import empty_rulings
from harmledger.store.signings import empty_signings
from harmledger.store.tables import models

OpenFile = Callable[[Path, Received, str | None], Iterable[Part]]
"""Gives the documents of a received file again: path of its bytes, what was received, column mapping as JSON."""

_VIEWS: Final = (
    "views-*",
    ".views-*",
    "catalogue-*",
    ".catalogue-*",
    "queue.sqlite*",
    "downloads-*/**/*",
    ".downloads-*/**/*",
)
"""Views, catalogues and downloads, and what killed builds left of them: they hold what was erased in part, and are rebuilt."""


class Erasable(Protocol):
    """What of a case erasing reaches: its folder, its facts and its bytes."""

    folder: Path
    facts: Facts
    bytes: ByteStore


def erase(
    case: Erasable, plan: ErasurePlan, reason: str, by: str, at: str, open_file: OpenFile
) -> tuple[Problem, ...]:
    """Destroy what the plan names, and leave tombstones. The caller holds the case's lock.

    `at` is UTC, ISO 8601. Gives what could not be done, or not as it should. Raises OSError and
    django.db.DatabaseError; what was begun is then finished by whoever next holds the case.
    """
    lost: set[int] = set()
    for file in plan.files:
        if file.row.is_kept and file.separated:
            lost |= _separate(case, file, open_file)
    _delete_rows(case.facts, plan, lost, clean_text(reason), clean_text(by), at)
    problems = finish_erasures(case, at)
    if lost:
        message = (
            f"the bytes of {len(lost)} other documents could not be told apart from it, and went with it"
        )
        remedy = "their texts are kept; add their own files again if you have them"
        problems += (Problem("store.bytes-lost", message, "warning", str(case.folder), remedy=remedy),)
    return problems


def _separate(case: Erasable, file: AffectedFile, open_file: OpenFile) -> set[int]:
    """Write the bytes of a file's other documents out on their own; give the rows of those not found in it."""
    row = file.row
    wanted = {version.digest: version.pk for version in file.separated}
    received = Received(row.name, row.digest, row.size, write_time(row.received))
    last = case.facts.rows(models.Reading).filter(file=row).order_by("id").last()
    parts = open_file(case.bytes.locate(row.digest), received, last.mapping if last else None)
    case.bytes.write(part.data for part in parts if wanted.pop(part.digest, None) is not None)
    return set(wanted.values())


def _delete_rows(facts: Facts, plan: ErasurePlan, lost: set[int], reason: str, by: str, at: str) -> None:
    moment = read_time(at)
    going = [row.pk for row in plan.versions]
    documents = {row.document_id for row in plan.versions}
    destroyed = {row.digest for row in plan.versions} | {file.row.digest for file in plan.files}
    with transaction.atomic(using=facts.alias):
        stones = {row.digest: (row.text_digest, row.size) for row in plan.versions}
        for file in plan.files:
            if file.is_emptied:
                stones.setdefault(file.row.digest, (None, file.row.size))
        known = set(facts.rows(models.Tombstone).values_list("digest", flat=True))
        models.Tombstone.objects.using(facts.alias).bulk_create(
            [
                models.Tombstone(
                    case_id=facts.case,
                    digest=digest,
                    text_digest=text_digest,
                    size=size,
                    by=by,
                    at=moment,
                    reason=reason,
                )
                for digest, (text_digest, size) in sorted(stones.items())
                if digest not in known
            ],
            batch_size=BATCH,
        )
        for file in plan.files:
            destroyed |= _release(facts, file, lost)
        empty_rulings(facts, [row.key for row in plan.versions])
        empty_signings(facts, {row.key for row in plan.versions})
        _delete_versions(facts, going, documents)
        models.Erasure.objects.using(facts.alias).create(
            case_id=facts.case, at=moment, destroyed=json.dumps(sorted(destroyed))
        )


def _release(facts: Facts, file: AffectedFile, lost: set[int]) -> set[str]:
    """Say of a file's other documents where their bytes are now, and of the file that it is gone.

    Gives the digests of further bytes to destroy: those of documents that hold what is erased.
    """
    versions = facts.rows(models.Version)
    gone = [row.pk for row in file.holders] + [row.pk for row in file.separated if row.pk in lost]
    for start in range(0, len(gone), BATCH):
        versions.filter(pk__in=gone[start : start + BATCH]).update(holding="none")
    versions.filter(file=file.row, holding="file").update(holding="own")  # those that go are deleted next
    changes: dict[str, Any] = {"is_kept": False}
    if file.is_emptied:
        changes["name"] = "erased"
    facts.rows(models.File).filter(pk=file.row.pk).update(**changes)
    _forget_unread(facts, file)
    return {row.digest for row in file.holders}


def _forget_unread(facts: Facts, file: AffectedFile) -> None:
    """Delete what problems quote of what is erased: all of a file's where nothing else came in it."""
    for row in facts.rows(models.Unread).filter(reading__file=file.row):
        where = row.where or ""
        if file.is_emptied or any(
            place is None or where.endswith(f", {place}") or f", {place}{STEP}" in where
            for place in file.places
        ):
            row.delete()


def _delete_versions(facts: Facts, going: list[int], documents: set[int]) -> None:
    for start in range(0, len(going), BATCH):
        facts.rows(models.Version).filter(pk__in=going[start : start + BATCH]).delete()
    empty = facts.rows(models.Document).filter(pk__in=documents, versions=None)
    facts.rows(models.Document).filter(pk__in=list(empty.values_list("pk", flat=True))).delete()


def finish_erasures(case: Erasable, at: str) -> tuple[Problem, ...]:
    """Destroy what erasures wrote down and have not destroyed yet. The caller holds the case's lock."""
    begun = list(case.facts.rows(models.Erasure).filter(finished=None))
    if not begun:
        return ()
    _record_backups(case, begun)
    for erasure in begun:
        for digest in json.loads(erasure.destroyed):
            case.bytes.destroy(digest)
    for path in _list_derived(case.folder):
        destroy_file(path)
    if not _compact(case):
        return (_report_busy(case.folder),)
    pks = [erasure.pk for erasure in begun]
    case.facts.rows(models.Erasure).filter(pk__in=pks).update(finished=read_time(at))
    return ()


def _record_backups(case: Erasable, begun: Iterable[Any]) -> None:
    """Write down which backups are about to go, with those that went before an interruption."""
    names = {name_backup(path) for path in list_backups(case.folder)}
    if not names:
        return
    with transaction.atomic(using=case.facts.alias):
        for erasure in begun:
            erasure.backups = json.dumps(sorted(names.union(json.loads(erasure.backups))))
            erasure.save(using=case.facts.alias, update_fields=["backups"])


def _list_derived(folder: Path) -> Iterator[Path]:
    """Give every file of the case that may hold texts of what is erased, but for the facts and the bytes."""
    for pattern in _VIEWS:
        yield from (path for path in folder.glob(pattern) if path.is_file())
    yield from list_backups(folder)


def _compact(case: Erasable) -> bool:
    """Rewrite the facts without any page of what was deleted, and empty the journal.

    Deleted rows are overwritten with zeros as it is, but pages that were split keep stale copies of rows that
    moved; only writing every page anew is sure to leave none. False where a reader kept the journal from being
    emptied.
    """
    connection = connections[case.facts.alias]
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with _spill_into(case.folder):
            cursor.execute("PRAGMA temp_store=FILE")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    return not is_busy


@contextmanager
def _spill_into(folder: Path) -> Iterator[None]:
    """Have SQLite put what it spills (here only what stays) into the case folder, under no name."""
    earlier = os.environ.get("SQLITE_TMPDIR")
    os.environ["SQLITE_TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if earlier is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = earlier


def _report_busy(folder: Path) -> Problem:
    message = "another program is reading the case, so that its journal still holds what was erased"
    remedy = (
        "close what reads it; the next command that writes the case (harmledger erase CASE --finish) ends it"
    )
    return Problem("store.erasure-unfinished", message, "error", str(folder), remedy=remedy)
