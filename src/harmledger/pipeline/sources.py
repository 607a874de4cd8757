"""What fusing needs to know about the documents that claims come from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from harmledger.pipeline.gather import Gathered
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.documents.copies import Sketch
    from harmledger.documents.text import Text
    from harmledger.incidents.source import Source

_BATCH: Final = 500
"""Documents read at a time."""


def describe_sources(
    gathered: Iterable[Gathered], is_linking: bool
) -> "tuple[Mapping[str, Source], Mapping[str, str], tuple[Problem, ...]]":
    """Give for each document what fusing needs to know, and its working text.

    Near-copies are linked with `is_linking`; where every document is fused on its own they change nothing. What no
    claim is taken from, because it was retracted or a later version replaced it, is nobody's original.
    """
    texts: dict[str, str] = {}
    sources, problems = stream_sources(gathered, is_linking, texts.__setitem__)
    return sources, texts, problems


class _Studied(NamedTuple):
    """Of a document what fusing needs to know, its working text, and of what it is compared by to find near-copies the sketch; None
    for a document of which there is no need."""

    source: "Source"
    working: str
    sketch: "Sketch | None"


class _Batch(NamedTuple):
    """Documents to be read, and whether near-copies are looked for."""

    documents: Sequence[Gathered]
    is_linking: bool


def stream_sources(
    gathered: Iterable[Gathered], is_linking: bool, take: Callable[[str, str], object], jobs: int = 1
) -> "tuple[Mapping[str, Source], tuple[Problem, ...]]":
    """Do the same without keeping the texts: each document's id and working text are handed to `take`. Many are read in so many
    processes; raises concurrent.futures.BrokenExecutor when the system kills one of them."""
    from harmledger.documents.copies import link_sketches
    from harmledger.pipeline.case_work import cut_batches, share_work

    sources: list[Source] = []
    sketches: dict[str, Sketch] = {}
    problems: list[Problem] = []
    batches = (_Batch(batch, is_linking) for batch in cut_batches(gathered, _BATCH))
    for studied, found in share_work(_study_batch, batches, jobs):
        problems.extend(found)
        for source, working, sketch in studied:
            take(source.document, working)
            sources.append(source)
            if sketch is not None:
                sketches[source.document] = sketch
    for source in sources:
        sketches.pop(source.supersedes or "", None)
    heads = link_sketches(
        (source.document, source.published, sketches[source.document])
        for source in sources
        if source.document in sketches
    )
    return {source.document: _link_source(source, heads) for source in sources}, tuple(problems)


def _study_batch(batch: _Batch) -> tuple[list[_Studied], list[Problem]]:
    from harmledger.documents.copies import gather_body, sketch_body

    problems: list[Problem] = []
    studied: list[_Studied] = []
    for text in _read_texts(batch.documents, problems):
        is_compared = batch.is_linking and not text.document.retracted
        sketch = sketch_body(gather_body(text)) if is_compared else None
        studied.append(_Studied(_describe_source(text), text.working, sketch))
    return studied, problems


def open_texts(gathered: Iterable[Gathered]) -> "tuple[tuple[Text, ...], tuple[Problem, ...]]":
    """Open the documents' texts; only what was lost is a problem here, the rest was told when they were read."""
    problems: list[Problem] = []
    return tuple(_read_texts(gathered, problems)), tuple(problems)


def _read_texts(gathered: Iterable[Gathered], problems: list[Problem]) -> "Iterator[Text]":
    from harmledger.documents.read import read_document

    for item in gathered:
        text, found = read_document(item.document, item.folder)
        problems.extend(problem for problem in found if problem.severity == "error")
        if text is not None:
            yield text


def index_working(texts: "Iterable[Text]") -> dict[str, str]:
    """Give the working texts by document id."""
    return {text.document.id or "": text.working for text in texts}


def _describe_source(text: "Text") -> "Source":
    from harmledger.incidents.source import Source

    document = text.document
    return Source(
        document=document.id or "",
        published=text.published,
        publisher=document.publisher,
        kind=document.kind,
        url=document.url,
        is_retracted=bool(document.retracted),
        supersedes=document.supersedes,
        title=document.title,
    )


def _link_source(source: "Source", heads: Mapping[str, str]) -> "Source":
    head = heads.get(source.document)
    return source if head in (None, source.document) else replace(source, copy_of=head)
