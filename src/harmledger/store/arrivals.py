"""Arrivals: files and the documents found in them become facts, a batch at a time, each batch one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Max

from harmledger.records.part import Part, Received
from harmledger.records.problem import Problem
from harmledger.store.entries import Tombstone
from harmledger.store.facts import BATCH, Facts, read_time, write_time
from harmledger.store.placing import (
    bound_name,
    choose_key,
    clean_text,
    compose_sheet,
    digest_content,
    digest_text,
    list_keys,
)
from harmledger.store.tables import models

FileStanding = Literal["unknown", "interrupted", "read", "erased"]
"""`interrupted`: known, but not read to its end. `erased`: destroyed for a reason, and not to come back."""

Fate = Literal["new", "version", "known", "refused", "notice"]
"""What became of a part: a first version, a later one, bytes that were there already, erased ones that were
refused, a notice of retraction without a text of its own."""

Holding = Literal["file", "own", "none"]
"""Where a version's bytes are: in its file, in a file of their own, nowhere any more."""

_UNREAD_LIMIT: Final = 1000


@dataclass(slots=True)
class Intake:
    """A file being read: its row, what has been found in it so far, and how its columns are read, as JSON."""

    received: Received
    row: int = 0
    is_kept: bool = True
    fates: dict[Fate, int] = field(default_factory=dict)
    unread: list[Problem] = field(default_factory=list)
    left_out: int = 0
    mapping: str | None = None

    def set_aside(self, problems: Iterable[Problem]) -> None:
        """Remember what could not be read, up to a bound; the rest is counted."""
        for problem in problems:
            if len(self.unread) < _UNREAD_LIMIT:
                self.unread.append(problem)
            else:
                self.left_out += 1


@dataclass(frozen=True, slots=True)
class Found:
    """A part found in a file, and where its bytes are kept."""

    intake: Intake
    part: Part
    holding: Holding = "file"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part, and what a person is told of it."""

    fate: Fate
    problem: Problem | None = None


@dataclass(slots=True)
class _Batch:
    """What the facts hold of a batch's digests, addresses and ids, and the rows that it adds."""

    versions: dict[str, Any]
    documents: dict[str, Any]
    numbers: dict[str, int]
    keys: set[str]
    retracted: set[str]
    places: set[tuple[str, int, str | None]]
    new_documents: list[Any] = field(default_factory=list)
    new_versions: list[Any] = field(default_factory=list)
    texts: list[Any] = field(default_factory=list)
    judgements: list[Any] = field(default_factory=list)
    occurrences: list[Any] = field(default_factory=list)


class Arrivals:
    """Writes files and parts into the facts. Its caller holds the case's lock.

    `at` is the moment of the command, UTC, ISO 8601; `program` names the program that reads the files.
    """

    def __init__(self, facts: Facts, at: str, program: str) -> None:
        self._facts = facts
        self._at = read_time(at)
        self._program = program
        self.tombstones: dict[str, Tombstone] = {stone.digest: stone for stone in facts.list_tombstones()}
        self._erased_texts = {stone.text_digest: stone for stone in self.tombstones.values()}

    def find_standing(self, digest: str) -> FileStanding:
        """Tell what is known of a file's bytes."""
        if digest in self.tombstones:
            return "erased"
        row = self._facts.rows(models.File).filter(digest=digest).values_list("id", flat=True).first()
        if row is None:
            return "unknown"
        return "read" if self._facts.rows(models.Reading).filter(file_id=row).exists() else "interrupted"

    def find_tombstone(self, part: Part) -> Tombstone | None:
        """Give the tombstone of a part whose bytes, or whose working text, were erased."""
        if not self.tombstones:
            return None
        text = part.document.text
        return self.tombstones.get(part.digest) or (
            self._erased_texts.get(digest_text(clean_text(text))) if text else None
        )

    def list_unfinished(self) -> Iterator[Intake]:
        """Give the files, in the order they came, that were interrupted or hold something unread."""
        latest = {
            file: (row, mapping)
            for file, row, mapping in self._facts.rows(models.Reading)
            .order_by("id")
            .values_list("file_id", "id", "mapping")
        }
        unread = set(self._facts.rows(models.Unread).values_list("reading_id", flat=True))
        for file in self._facts.rows(models.File).filter(is_kept=True).order_by("id"):
            row, mapping = latest.get(file.pk, (None, None))
            if row is None or row in unread:
                received = Received(file.name, file.digest, file.size, write_time(file.received))
                yield Intake(received, file.pk, mapping=mapping)

    def has_unread(self, digest: str) -> bool:
        """Tell whether something in a file could not be read at the latest attempt."""
        latest = self._facts.rows(models.Reading).filter(file__digest=digest).order_by("id").last()
        return latest is not None and self._facts.rows(models.Unread).filter(reading=latest).exists()

    def record_files(self, intakes: Sequence[Intake]) -> None:
        """Record files before anything in them; one that is known keeps its first name and time."""
        with transaction.atomic(using=self._facts.alias):
            known = self._list_files(intakes)
            fresh = [
                self._make(
                    models.File,
                    digest=intake.received.digest,
                    size=intake.received.size,
                    name=clean_text(intake.received.name),
                    received=read_time(intake.received.received),
                    is_kept=intake.is_kept,
                )
                for intake in intakes
                if intake.received.digest not in known
            ]
            models.File.objects.using(self._facts.alias).bulk_create(fresh, batch_size=BATCH)
            known = self._list_files(intakes)
        for intake in intakes:
            intake.row, intake.is_kept = known[intake.received.digest]

    def _list_files(self, intakes: Sequence[Intake]) -> dict[str, tuple[int, bool]]:
        rows = self._facts.rows(models.File).filter(digest__in=[intake.received.digest for intake in intakes])
        return {
            digest: (row, is_kept) for digest, row, is_kept in rows.values_list("digest", "id", "is_kept")
        }

    def write(self, parts: Sequence[Found], finished: Sequence[Intake]) -> list[Outcome]:
        """Write a batch in one transaction: parts, and files that were read to their end.

        Gives what became of each part. What is not written when this returns is not there: a batch is all or
        nothing.
        """
        with transaction.atomic(using=self._facts.alias):
            batch = self._look_up(parts)
            outcomes = [self._place(batch, found) for found in parts]
            self._insert(batch)
            for found, outcome in zip(parts, outcomes, strict=True):
                fates = found.intake.fates
                fates[outcome.fate] = fates.get(outcome.fate, 0) + 1
            self._finish(finished)
        return outcomes

    def _make(self, model: Any, **fields: Any) -> Any:
        """Give a row of the case that is not saved yet, but knows which database it is for."""
        row = model(case_id=self._facts.case, **fields)
        row._state.db = self._facts.alias
        return row

    def _look_up(self, parts: Sequence[Found]) -> _Batch:
        """Ask the facts once for everything that placing the parts needs to know."""
        rows = self._facts.rows
        digests = [found.part.digest for found in parts]
        addresses = {bound_name(found.part.address) for found in parts if found.part.address}
        keys = {key for found in parts for key in list_keys(found.part)}
        versions = rows(models.Version).filter(digest__in=digests).select_related("document")
        documents = rows(models.Document).filter(address__in=addresses)
        further = rows(models.Occurrence).filter(version__digest__in=digests)
        numbers = (
            rows(models.Version).filter(document__address__in=addresses).values_list("document__address")
        )
        return _Batch(
            versions={version.digest: version for version in versions.defer("sheet")},
            documents={document.address: document for document in documents},
            numbers=dict(numbers.annotate(Max("number"))),
            keys=set(rows(models.Version).filter(key__in=keys).values_list("key", flat=True)),
            retracted=self._list_retracted(addresses),
            places=set(further.values_list("version__digest", "file_id", "locator")),
        )

    def _list_retracted(self, addresses: set[str]) -> set[str]:
        """Give those of the addresses whose document is retracted as a whole."""
        rows = self._facts.rows(models.Judgement).filter(
            document__address__in=addresses, version=None, verdict="retracted"
        )
        latest = dict(rows.order_by("id").values_list("document__address", "holds"))
        return {address for address, holds in latest.items() if holds}

    def _place(self, batch: _Batch, found: Found) -> Outcome:
        part = found.part
        stone = self.find_tombstone(part)
        if stone is not None:
            return Outcome("refused", _report_erased(found, stone))
        version = batch.versions.get(part.digest)
        if version is not None:
            self._note_occurrence(batch, version, found)
            return Outcome("known", _report_elsewhere(found, version))
        document = self._find_document(batch, part)
        if part.is_retraction:
            self._judge(batch, document, None, found)
            if not (part.document.text or "").strip():
                return Outcome("notice")
        elif part.document.retracted:
            return self._add_version(batch, document, found, is_retracted=True)
        return self._add_version(batch, document, found)

    def _find_document(self, batch: _Batch, part: Part) -> Any:
        address = bound_name(part.address) if part.address else None
        document = batch.documents.get(address) if address is not None else None
        if document is None:
            document = self._make(models.Document, address=address)
            batch.new_documents.append(document)
            if address is not None:
                batch.documents[address] = document
        return document

    def _add_version(self, batch: _Batch, document: Any, found: Found, is_retracted: bool = False) -> Outcome:
        part = found.part
        text = clean_text(part.document.text or "")
        sheet = compose_sheet(part.document)
        text_digest = digest_text(text)
        supersedes = bound_name(part.document.supersedes) if part.document.supersedes else None
        number = 1
        if document.address is not None:
            number += batch.numbers.get(document.address, 0)
            batch.numbers[document.address] = number
        version = self._make(
            models.Version,
            document=document,
            file_id=found.intake.row,
            number=number,
            key=choose_key(part, batch.keys),
            digest=part.digest,
            size=len(part.data),
            content_digest=digest_content(text_digest, sheet, supersedes),
            text_digest=text_digest,
            locator=_clean_locator(part),
            holding=found.holding,
            received=read_time(found.intake.received.received),
            supersedes=supersedes,
            extractor=part.extractor.name if part.extractor else None,
            extractor_version=part.extractor.version if part.extractor else None,
            extractor_digest=part.extractor.digest if part.extractor else None,
            published_source=part.published_source,
            sheet=sheet,
        )
        batch.keys.add(version.key)
        batch.versions[part.digest] = version
        batch.new_versions.append(version)
        batch.texts.append(self._make(models.WorkingText, version=version, content=text))
        if is_retracted:
            self._judge(batch, document, version, found)
        note = _note_retracted(found) if document.address in batch.retracted else None
        return Outcome("version" if number > 1 else "new", note)

    def _judge(self, batch: _Batch, document: Any, version: Any, found: Found) -> None:
        """Record what a notice says; a notice without a text, read again after an interruption, says it once."""
        place = ", ".join(filter(None, (found.intake.received.name, found.part.locator)))
        judgement = self._make(
            models.Judgement,
            document=document,
            version=version,
            verdict="retracted",
            holds=True,
            source="notice",
            reason=clean_text(f"its publisher's notice: {place}"),
            by=clean_text(found.part.document.publisher or "its publisher"),
            at=self._at,
        )
        if document.pk is not None:
            same = self._facts.rows(models.Judgement).filter(
                document=document, version=None, source="notice", reason=judgement.reason
            )
            if version is None and same.exists():
                return
        batch.judgements.append(judgement)

    def _note_occurrence(self, batch: _Batch, version: Any, found: Found) -> None:
        row, locator = found.intake.row, _clean_locator(found.part)
        place = (version.digest, row, locator)
        if (version.file_id, version.locator) == (row, locator) or place in batch.places:
            return
        batch.places.add(place)
        batch.occurrences.append(self._make(models.Occurrence, version=version, file_id=row, locator=locator))

    def _insert(self, batch: _Batch) -> None:
        for model, fresh in (
            (models.Document, batch.new_documents),
            (models.Version, batch.new_versions),
            (models.WorkingText, batch.texts),
            (models.Judgement, batch.judgements),
            (models.Occurrence, batch.occurrences),
        ):
            model.objects.using(self._facts.alias).bulk_create(fresh, batch_size=BATCH)

    def _finish(self, finished: Sequence[Intake]) -> None:
        for intake in finished:
            reading = models.Reading.objects.using(self._facts.alias).create(
                case_id=self._facts.case,
                file_id=intake.row,
                at=self._at,
                program=self._program,
                documents=sum(intake.fates.values()),
                mapping=intake.mapping,
            )
            if intake.left_out:
                intake.unread.append(_report_left_out(intake))
            rows = [self._compose_unread(reading, problem) for problem in intake.unread]
            models.Unread.objects.using(self._facts.alias).bulk_create(rows, batch_size=BATCH)

    def _compose_unread(self, reading: Any, problem: Problem) -> Any:
        return self._make(
            models.Unread,
            reading=reading,
            where=None if problem.where is None else clean_text(problem.where),
            severity=problem.severity,
            code=problem.code,
            message=clean_text(problem.message),
            remedy=None if problem.remedy is None else clean_text(problem.remedy),
        )


def _clean_locator(part: Part) -> str | None:
    return None if part.locator is None else clean_text(part.locator)


def _name_place(found: Found) -> str:
    return ", ".join(filter(None, (found.intake.received.name, found.part.locator)))


def _report_erased(found: Found, stone: Tombstone) -> Problem:
    message = f"was erased on {stone.at[:10]} by {stone.by} and is refused; the reason given: {stone.reason}"
    return Problem(
        "store.erased", message, "warning", _name_place(found), remedy="leave it out of what is added"
    )


def _report_elsewhere(found: Found, version: Any) -> Problem | None:
    """Say that bytes which are known stand at another address too, or are an earlier version come back."""
    address = found.part.address
    if address is None or bound_name(address) == version.document.address:
        return None
    message = f"the same bytes are known as {version.key}, at another address; nothing was added"
    return Problem("store.known-elsewhere", message, "note", _name_place(found))


def _note_retracted(found: Found) -> Problem:
    message = (
        "a document at this address was retracted by its publisher; this version of it does not count either"
    )
    remedy = "where the publisher stands by this version: harmledger retract CASE DOC --undo --reason …"
    return Problem("store.retracted", message, "warning", _name_place(found), remedy=remedy)


def _report_left_out(intake: Intake) -> Problem:
    message = f"{intake.left_out} more parts could not be read and are not listed one by one"
    return Problem("store.many-unread", message, "error", intake.received.name)
