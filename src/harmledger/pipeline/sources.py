"""What fusing needs to know about the documents that claims come from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from harmledger.pipeline.gather import Gathered
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.documents.text import Text
    from harmledger.incidents.source import Source


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


def stream_sources(
    gathered: Iterable[Gathered], is_linking: bool, take: Callable[[str, str], object]
) -> "tuple[Mapping[str, Source], tuple[Problem, ...]]":
    """Do the same without keeping the texts: each document's id and working text are handed to `take`."""
    from harmledger.documents.copies import Entry, gather_body, link_entries, sketch_body

    sources: list[Source] = []
    entries: list[Entry] = []
    signatures: dict[str, bytes] = {}
    problems: list[Problem] = []
    for text in _read_texts(gathered, problems):
        source = _describe_source(text)
        take(source.document, text.working)
        sources.append(source)
        if is_linking and not source.is_retracted:
            sketch = sketch_body(gather_body(text))
            entries.append(Entry(source.document, text.published, sketch.key, sketch.bands))
            signatures[source.document] = sketch.signature
    replaced = {source.supersedes for source in sources}
    standing = [entry for entry in entries if entry.id not in replaced]
    heads = link_entries(standing, signatures.__getitem__)
    return {source.document: _link_source(source, heads) for source in sources}, tuple(problems)


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
