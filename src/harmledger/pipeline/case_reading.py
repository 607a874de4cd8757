"""Reading for a case: each document once, with what fusing will need to know of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import msgspec

from harmledger.documents.copies import gather_body, sketch_body
from harmledger.incidents.source import Source
from harmledger.pipeline.gather import Gathered
from harmledger.pipeline.read import DocumentReader, ReadSettings, Tell, share_out
from harmledger.records.document import Document
from harmledger.store.view_readings import Reading, pack_reading

if TYPE_CHECKING:
    from harmledger.documents.text import Text

FEW: Final = 64
"""So few documents are read in this process: starting others would take longer."""

Packed = tuple[Reading, bytes, bytes]
"""A reading without its lines, and its claims and its problems packed."""


class _Stub(msgspec.Struct):
    """What of a claim's line is looked up."""

    id: str
    part_of: str | None = None


_STUBS: Final = msgspec.json.Decoder(_Stub)


def study_document(reader: DocumentReader, gathered: Gathered) -> Packed:
    """Read one document of a case."""
    found, text = reader.study(gathered)
    stubs = _STUBS.decode_lines(b"".join(found.lines)) if found.lines else []
    reading = Reading(
        id=gathered.id,
        source=_describe_source(gathered.document, text),
        lines=found.lines,
        claims=tuple(stub.id for stub in stubs),
        parts=tuple((stub.id, stub.part_of) for stub in stubs if stub.part_of),
        problems=found.problems,
        sketch=sketch_body(gather_body(text)) if text is not None else None,
    )
    claims, problems = pack_reading(reading)
    return replace(reading, lines=()), claims, problems


def _describe_source(document: Document, text: "Text | None") -> Source:
    return Source(
        document=document.id or "",
        published=text.published if text is not None else document.published,
        publisher=document.publisher,
        kind=document.kind,
        url=document.url,
        is_retracted=bool(document.retracted),
        supersedes=document.supersedes,
        title=text.document.title if text is not None else document.title,
    )


def study_documents(
    documents: Iterable[Document], settings: ReadSettings, jobs: int, tell: Tell | None = None
) -> Iterator[Packed]:
    """Read documents in their order, in so many processes; few are read in this one."""
    given = (Gathered(document, None, document.id or "") for document in documents)
    first: Sequence[Gathered] = list(islice(given, FEW + 1))
    if jobs <= 1 or len(first) <= FEW:
        reader = DocumentReader(settings, tell)
        for gathered in chain(first, given):
            yield study_document(reader, gathered)
        return
    yield from share_out(chain(first, given), study_document, settings, jobs)
