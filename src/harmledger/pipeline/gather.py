"""Documents in: from files to one list, each id once, in an order that owes nothing to the files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harmledger.pipeline.formats import encode_record
from harmledger.pipeline.lines import iterate_records
from harmledger.pipeline.streams import STANDARD_STREAM, name_source
from harmledger.records.document import Document
from harmledger.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Gathered:
    """A document with the folder that its `path` is looked up in (None for standard input), and its line."""

    document: Document
    folder: Path | None
    where: str

    @property
    def id(self) -> str:
        """The document's id, which gathering has filled in where the caller gave none."""
        return self.document.id or ""


def gather_documents(sources: Sequence[str]) -> tuple[tuple[Gathered, ...], tuple[Problem, ...]]:
    """Read the documents of all files, sorted by id.

    Of several documents with one id a single one is kept, chosen by content alone, so that the order of the
    lines does not matter; the others are problems.
    """
    problems: list[Problem] = []
    kept: dict[str, Gathered] = {}
    for gathered in _read_sources(sources, problems):
        rival = kept.get(gathered.id)
        if rival is None:
            kept[gathered.id] = gathered
            continue
        first, second = sorted((rival, gathered), key=_rank)
        kept[gathered.id] = first
        problems.append(_report_duplicate(first, second))
    return tuple(kept[key] for key in sorted(kept)), tuple(problems)


def _read_sources(sources: Sequence[str], problems: list[Problem]) -> Iterator[Gathered]:
    for source in sources:
        folder = None if source == STANDARD_STREAM else Path(source).parent
        for number, document in iterate_records(source, Document, problems):
            gathered = Gathered(document, folder, f"{name_source(source)}:{number}")
            named = gathered if document.id else _fill_id(gathered, problems)
            if named:
                yield named


def _fill_id(gathered: Gathered, problems: list[Problem]) -> Gathered | None:
    """Give a document without an id the digest of its bytes; None where the bytes cannot be read."""
    from harmledger.documents.intake import take_in

    taken, found = take_in(gathered.document, gathered.folder)
    if taken is None:
        problems.extend(replace(problem, where=gathered.where) for problem in found)
        return None
    return replace(gathered, document=replace(gathered.document, id=taken.digest))


def _rank(gathered: Gathered) -> tuple[bytes, str]:
    return encode_record(gathered.document), str(gathered.folder)


def _report_duplicate(kept: Gathered, lost: Gathered) -> Problem:
    is_same = kept.document == lost.document
    return Problem(
        code="pipeline.duplicate-document",
        message=f"the document {kept.id!r:.120} stands "
        + (
            "twice with the same content; one is read" if is_same else "more than once with different content"
        ),
        severity="warning" if is_same else "error",
        where=lost.where,
        remedy=f"{kept.where} is read; give a changed text an id of its own and name the old one in `supersedes`",
    )
