"""The facts of a case, as the rest of the program asks for them."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice, starmap
from typing import Any, Final

from django.db.models import Max

from harmledger.records.document import Document
from harmledger.records.vocabulary import Severity
from harmledger.store.entries import (
    Edition,
    Head,
    Judgement,
    JudgementSource,
    Minted,
    Summary,
    Tombstone,
    Unread,
    Verdict,
    VersionSheet,
)
from harmledger.store.holdings import find_holding, pack_holdings
from harmledger.store.placing import clean_text
from harmledger.store.states import CALLERS_ID, Standing, Thin, Verdicts, decide_states
from harmledger.store.tables import models

BATCH: Final = 500
"""Rows asked for, or written, at a time: enough to hide the cost of a query, few enough for any database."""

_INTERRUPTED: Final = (
    None,
    "error",
    "store.interrupted",
    "was not read to its end: the program was stopped",
    "add the file again, or read what is here of it: harmledger add CASE --retry",
)
_MINTED: Final = ("incident", "anchor", "order", "merged_into")
_SHEET: Final = ("id", "key", "document_id", "digest", "received", "sheet")
_THIN: Final = ("id", "key", "document_id", "number", "content_digest", "supersedes")


class Facts:
    """The facts of one case. Reading needs no lock; writing needs the case's.

    What is read is read at one moment for each method, not for several together.
    """

    def __init__(self, alias: str, case: int) -> None:
        self.alias = alias
        self.case = case

    def rows(self, model: Any) -> Any:
        """Give the case's rows of a table."""
        return model.objects.using(self.alias).filter(case_id=self.case)

    def numbered(self, model: Any) -> Any:
        """Give the rows of a table, to be asked for by numbers of the case's own rows: were they asked for by case as well,
        the index that the database chooses would lead through all of it."""
        return model.objects.using(self.alias)

    # Versions

    def list_heads(self) -> Iterator[Head]:
        """Give a head for each version that is not erased, sorted by id."""
        addresses = dict(self.rows(models.Document).values_list("id", "address"))
        heads = [
            (standing.version.key, standing.fingerprint, standing.state, addresses[standing.version.document])
            for standing in self._decide_all(addresses)
        ]
        heads.sort()
        return starmap(Head, heads)

    def list_heads_of(self, documents: Collection[int]) -> Iterator[Head]:
        """Give the heads of all versions of some documents, given by the numbers of their rows: a few hundred at a time."""
        wanted = set(documents)
        addresses = dict(self._list_addresses(wanted))
        for standing in self._decide_states(wanted).values():
            version = standing.version
            if version.document in wanted:
                yield Head(version.key, standing.fingerprint, standing.state, addresses[version.document])

    def list_versions_of(self, documents: Collection[int]) -> list[Thin]:
        """Give what bears on states of all versions of some documents, given by the numbers of their rows."""
        rows = self.numbered(models.Version).filter(document_id__in=documents)
        return list(map(Thin._make, rows.values_list(*_THIN)))

    def _list_addresses(self, documents: Collection[int]) -> Iterator[tuple[int, str | None]]:
        yield from self.numbered(models.Document).filter(pk__in=documents).values_list("id", "address")

    def count_withdrawn(self) -> int:
        """Give the number of versions that are withdrawn."""
        verdicts = self._gather_verdicts()
        versions = set(verdicts.versions["withdrawn"])
        if wholes := verdicts.documents["withdrawn"]:
            rows = self.rows(models.Version).filter(document_id__in=wholes)
            versions.update(rows.values_list("id", flat=True))
        return len(versions)

    def find_revised(self, ids: Iterable[str]) -> frozenset[str]:
        """Give of the documents that these versions belong to the versions of those that have several, and what was retracted."""
        ids, found = iter(ids), set[str]()
        while batch := list(islice(ids, BATCH)):
            rows = self.rows(models.Version).filter(key__in=batch).values_list("document_id", flat=True)
            standings = self._decide_some(set(rows)).values()
            counts = Counter(one.version.document for one in standings)
            for one in standings:
                if counts[one.version.document] > 1 or one.state == "retracted":
                    found.add(one.version.key)
        return frozenset(found)

    def _decide_all(self, addresses: dict[int, str | None]) -> Iterable[Standing]:
        thin = map(Thin._make, self.rows(models.Version).values_list(*_THIN))
        by_address = {address: row for row, address in addresses.items() if address is not None}
        return decide_states(thin, self._gather_verdicts(), by_address).values()

    def _gather_verdicts(self, documents: Iterable[int] | None = None) -> Verdicts:
        """Give the verdicts that hold: of several of one kind on one thing, the latest counts."""
        rows = self.rows(models.Judgement)
        if documents is not None:
            rows = self.numbered(models.Judgement).filter(document_id__in=documents)
        verdicts = Verdicts()
        told = rows.order_by("id").values_list("document_id", "version_id", "verdict", "holds")
        for document, version, verdict, holds in told:
            held = verdicts.documents[verdict] if version is None else verdicts.versions[verdict]
            thing = document if version is None else version
            held.add(thing) if holds else held.discard(thing)
        return verdicts

    def fetch_documents(self, ids: Sequence[str], *, has_texts: bool = True) -> Iterator[Document]:
        """Give the documents with these ids, in their order; an id that is not there is passed over.

        `text` is the working text (None where no texts are wanted), `digest` that of the document's own bytes (or the one its caller gave),
        `supersedes` the version before it that still stands, `retracted` true where a judgement says so.
        """
        remaining = iter(ids)
        while batch := list(islice(remaining, BATCH)):
            found = self._fetch_batch(batch, has_texts)
            yield from (found[key] for key in batch if key in found)

    def _fetch_batch(self, keys: list[str], has_texts: bool) -> dict[str, Document]:
        columns = (*_SHEET, "text__content") if has_texts else _SHEET
        rows = list(self.rows(models.Version).filter(key__in=keys).values_list(*columns))
        standings = self._decide_some({row[2] for row in rows})
        return {
            key: _compose_document(
                key, digest, received, sheet, text[0] or "" if text else None, standings[row]
            )
            for row, key, _, digest, received, sheet, *text in rows
        }

    def _decide_some(self, documents: set[int]) -> dict[int, Standing]:
        """Decide the standing of all versions of some documents, but for what versions elsewhere supersede."""
        return decide_states(self.list_versions_of(documents), self._gather_verdicts(documents), {})

    def _decide_states(self, documents: set[int]) -> dict[int, Standing]:
        """Decide the standing of all versions of some documents, with what versions elsewhere supersede."""
        thin = self.list_versions_of(documents)
        addresses = {
            address: document
            for document, address in self._list_addresses(documents)
            if address is not None and address.startswith(CALLERS_ID)
        }
        names = {one.key for one in thin} | {address.removeprefix(CALLERS_ID) for address in addresses}
        naming = self.rows(models.Version).filter(supersedes__in=names).exclude(document_id__in=documents)
        thin.extend(map(Thin._make, naming.values_list(*_THIN)))
        return decide_states(thin, self._gather_verdicts({one.document for one in thin}), addresses)

    def find_version(self, id_or_prefix: str) -> tuple[VersionSheet, ...]:
        """Give the version with this id, or the latest at this address (a URL, say), or those whose id begins
        with it: one where it is told apart, two where it is not, none where there is none."""
        versions = self.rows(models.Version)
        found = list(versions.filter(key=id_or_prefix)[:1])
        if not found:
            found = list(versions.filter(document__address=id_or_prefix).order_by("-number")[:1])
        if not found and id_or_prefix:
            found = list(versions.filter(key__startswith=id_or_prefix).order_by("key")[:2])
        return tuple(self._describe_versions(found))

    def list_versions(self, id: str) -> tuple[VersionSheet, ...]:
        """Give all versions at the address of the version with this id, the earliest first."""
        documents = self.rows(models.Version).filter(key=id).values_list("document_id", flat=True)
        rows = self.numbered(models.Version).filter(document_id__in=list(documents)).order_by("number")
        return tuple(self._describe_versions(list(rows)))

    def _describe_versions(self, rows: list[Any]) -> Iterator[VersionSheet]:
        standings = self._decide_states({row.document_id for row in rows}) if rows else {}
        for row in rows:
            sheet = json.loads(row.sheet)
            yield VersionSheet(
                id=row.key,
                address=row.document.address,
                number=row.number,
                state=standings[row.pk].state,
                digest=row.digest,
                size=row.size,
                title=sheet.get("title"),
                publisher=sheet.get("publisher"),
                url=sheet.get("url"),
                published=sheet.get("published"),
                received=write_time(row.received),
                file_name=row.file.name,
                file_digest=row.file.digest,
                locator=row.locator,
                is_kept=row.holding != "none",
            )

    def summarize(self) -> Summary:
        """Count what the case holds."""
        return Summary(
            files=self.rows(models.File).count(),
            documents=self.rows(models.Version).values("document_id").distinct().count(),
            versions=self.rows(models.Version).count(),
            unread=sum(1 for _ in self.list_unread()),
            erased=self.rows(models.Tombstone).count(),
        )

    # Judgements

    def judge(
        self,
        id: str,
        verdict: Verdict,
        reason: str,
        by: str,
        at: str,
        *,
        holds: bool = True,
        of_address: bool = False,
        source: JudgementSource = "person",
    ) -> None:
        """Record a verdict on the version with this id, or on all versions at its address, present and to come.

        Nothing recorded earlier is changed: a verdict is taken back by one that does not hold. `at` is UTC, ISO
        8601. Raises LookupError where there is no such version.
        """
        row = self.rows(models.Version).filter(key=id).values_list("id", "document_id").first()
        if row is None:
            raise LookupError(id)
        models.Judgement.objects.using(self.alias).create(
            case_id=self.case,
            document_id=row[1],
            version_id=None if of_address else row[0],
            verdict=verdict,
            holds=holds,
            source=source,
            reason=clean_text(reason),
            by=clean_text(by),
            at=read_time(at),
        )

    def list_judgements(self, id: str | None = None) -> Iterator[Judgement]:
        """Give all judgements in the order they were made, or those on the address of one version."""
        rows = self.rows(models.Judgement)
        if id is not None:
            documents = self.rows(models.Version).filter(key=id).values_list("document_id", flat=True)
            rows = self.numbered(models.Judgement).filter(document_id__in=list(documents))
        for row in rows.order_by("id").select_related("document", "version").iterator(BATCH):
            yield Judgement(
                verdict=row.verdict,
                holds=row.holds,
                version=None if row.version is None else row.version.key,
                address=row.document.address,
                reason=row.reason,
                by=row.by,
                at=write_time(row.at),
                source=row.source,
            )

    def list_tombstones(self) -> Iterator[Tombstone]:
        """Give what is left of each erased document, in the order they were erased."""
        names = ("digest", "text_digest", "size", "by", "at", "reason")
        rows = self.rows(models.Tombstone).order_by("id").values_list(*names)
        for digest, text_digest, size, by, at, reason in rows:
            yield Tombstone(digest, text_digest, size, by, write_time(at), reason)

    # Incidents and editions

    def list_minted(self) -> Iterator[Minted]:
        """Give every incident id ever minted, in the order of minting, each with what is now said of it."""
        latest: dict[str, Minted] = {}
        rows = self.rows(models.MintedId).order_by("id")
        for row in rows.values_list(*_MINTED):
            latest[row[0]] = Minted(*row)
        yield from sorted(latest.values(), key=lambda minted: (minted.order, minted.incident))

    def list_holders(self) -> Iterator[Minted]:
        """Give everything that was said of incident ids, in the order in which it was recorded."""
        return starmap(Minted, self.rows(models.MintedId).order_by("id").values_list(*_MINTED))

    def find_holders(self, column: str, values: Collection[str]) -> Iterator[Minted]:
        """Give what was said of ids whose `incident`, `anchor` or `merged_into` is one of the values; of one value in the
        order in which it was recorded."""
        remaining = iter(values)
        while batch := list(islice(remaining, BATCH)):
            rows = self.rows(models.MintedId).filter(**{f"{column}__in": batch})
            found = sorted(
                rows.values_list("id", *_MINTED)
            )  # sorted by the database, all rows would be gone through
            yield from (Minted(*row) for _, *row in found)

    def find_last_minted(self) -> int:
        """Give the largest order that an id was given."""
        return int(self.rows(models.MintedId).aggregate(last=Max("order"))["last"] or 0)

    def record_minted(self, minted: Iterable[Minted]) -> None:
        """Record ids as minted, merged, or standing again, in one transaction; what stands already is passed
        over. Nothing recorded earlier is changed."""
        from django.db import transaction

        given = list(minted)
        with transaction.atomic(using=self.alias):
            known = {one.incident: one for one in self.find_holders("incident", {m.incident for m in given})}
            fresh = [one for one in given if known.get(one.incident) != one]
            models.MintedId.objects.using(self.alias).bulk_create(
                [models.MintedId(case_id=self.case, incident=one.incident, anchor=one.anchor, order=one.order,
                                 merged_into=one.merged_into) for one in fresh],
                batch_size=BATCH,
            )  # fmt: skip

    def list_editions(self) -> Iterator[Edition]:
        """Give the publications made, the earliest first; what they hold is asked of `find_editions`."""
        for row in self.rows(models.Edition).order_by("number").defer("holdings"):
            yield _compose_edition(row)

    def find_editions(self, ids: Collection[str]) -> Iterator[Edition]:
        """Give the publications that hold any of the versions with these ids, the earliest first."""
        for row in self.rows(models.Edition).order_by("number").iterator(1):
            holdings = bytes(row.holdings)
            if any(find_holding(holdings, id) for id in ids):
                yield _compose_edition(row)

    def record_edition(self, edition: Edition) -> int:
        """Record a publication, and give its number."""
        from django.db import transaction

        with transaction.atomic(using=self.alias):
            last = self.rows(models.Edition).order_by("number").values_list("number", flat=True).last()
            number = int(last or 0) + 1
            models.Edition.objects.using(self.alias).create(
                case_id=self.case, number=number, folder=edition.folder, made=read_time(edition.made),
                digest=edition.digest, is_internal=edition.is_internal, holdings=pack_holdings(edition.documents),
            )  # fmt: skip
        return number

    # Files that could not be read

    def list_unread(self) -> Iterator[Unread]:
        """Give files and parts that could not be read at the latest attempt, and files whose reading was cut
        short, each with the reason, in the order they arrived."""
        latest = dict(self.rows(models.Reading).order_by("id").values_list("file_id", "id"))
        unread = self.rows(models.Unread).values_list("reading__file_id", flat=True)
        wanted = set(unread) | set(
            self.rows(models.File).filter(readings=None, is_kept=True).values_list("id", flat=True)
        )
        for number in sorted(wanted):
            file = self.rows(models.File).get(pk=number)
            if number not in latest:
                yield _compose_unread(file, *_INTERRUPTED)
            rows = self.rows(models.Unread).filter(reading_id=latest.get(number)).order_by("id")
            for row in rows:
                yield _compose_unread(file, row.where, row.severity, row.code, row.message, row.remedy)


def _compose_unread(
    file: Any, where: str | None, severity: Severity, code: str, message: str, remedy: str | None
) -> Unread:
    return Unread(file.digest, file.name, write_time(file.received), where, severity, code, message, remedy)


def _compose_document(
    key: str, digest: str, received: datetime, sheet: str, text: str | None, standing: Standing
) -> Document:
    given = json.loads(sheet)
    given["digest"] = given.get("digest") or digest
    given["received"] = given.get("received") or write_time(received)
    given["supersedes"] = standing.supersedes
    given["retracted"] = True if standing.is_retracted else None
    return Document(id=key, text=text, **given)


def _compose_edition(row: Any) -> Edition:
    return Edition(row.folder, write_time(row.made), row.digest, row.is_internal, (), row.number)


def read_time(moment: str) -> datetime:
    """Read UTC, ISO 8601. Raises ValueError for anything else."""
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def write_time(moment: datetime) -> str:
    """Give a time as UTC, ISO 8601, to the second (to the microsecond where it has one)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
