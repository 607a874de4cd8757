"""What fusing needs to know about the documents that claims come from."""

from collections.abc import Iterable, Mapping, Sequence
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
    texts, problems = open_texts(gathered)
    heads = _link_copies(_keep_standing(texts)) if is_linking else {}
    sources = (_describe_source(text, heads) for text in texts)
    return {source.document: source for source in sources}, index_working(texts), problems


def open_texts(gathered: Iterable[Gathered]) -> "tuple[tuple[Text, ...], tuple[Problem, ...]]":
    """Open the documents' texts; only what was lost is a problem here, the rest was told when they were read."""
    from harmledger.documents.read import read_document

    texts: list[Text] = []
    problems: list[Problem] = []
    for item in gathered:
        text, found = read_document(item.document, item.folder)
        problems.extend(problem for problem in found if problem.severity == "error")
        if text is not None:
            texts.append(text)
    return tuple(texts), tuple(problems)


def index_working(texts: "Iterable[Text]") -> dict[str, str]:
    """Give the working texts by document id."""
    return {text.document.id or "": text.working for text in texts}


def _keep_standing(texts: "Sequence[Text]") -> "list[Text]":
    replaced = {text.document.supersedes for text in texts}
    return [text for text in texts if not text.document.retracted and text.document.id not in replaced]


def _link_copies(texts: "Sequence[Text]") -> Mapping[str, str]:
    """Give the id of the first of its family for each document that is a near-copy."""
    from harmledger.documents.copies import gather_body, link_copies

    return link_copies((text.document.id or "", gather_body(text), text.published) for text in texts)


def _describe_source(text: "Text", heads: Mapping[str, str]) -> "Source":
    from harmledger.incidents.source import Source

    document = text.document
    head = heads.get(document.id or "")
    return Source(
        document=document.id or "",
        published=text.published,
        publisher=document.publisher,
        kind=document.kind,
        url=document.url,
        copy_of=None if head == document.id else head,
        is_retracted=bool(document.retracted),
        supersedes=document.supersedes,
        title=document.title,
    )
