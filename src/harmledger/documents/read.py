"""Read a document: its bytes to a text with a reading copy, sentences and a publication time."""

from dataclasses import replace
from pathlib import Path

from harmledger.documents.intake import take_in
from harmledger.documents.language import detect_language, is_in_script
from harmledger.documents.lines import join_wrapped_lines
from harmledger.documents.page import Page, extract_page
from harmledger.documents.publication import find_publication
from harmledger.documents.reading import make_reading
from harmledger.documents.roles import assign_roles
from harmledger.documents.sentences import split_sentences
from harmledger.documents.text import Text
from harmledger.lexicon.prose import load_prose
from harmledger.records.document import Document
from harmledger.records.problem import Problem


def read_document(
    document: Document, folder: Path | None, default_language: str | None = None
) -> tuple[Text | None, tuple[Problem, ...]]:
    """Read one document: its `text`, its `html`, or the file that `path` names inside `folder`.

    The document of the text returned has its `id` (SHA-256 of the received bytes where the caller gave
    none), `digest` and `language` filled in; `default_language` is taken where none is given and none can
    be told. Bad input is a Problem, and None in place of the text where nothing could be read.
    """
    taken, problems = take_in(document, folder)
    if taken is None:
        return None, problems
    identity = document.id or taken.digest
    working = taken.content
    page: Page | None = None
    if taken.is_page:
        page, more = extract_page(taken.content, identity)
        problems += more
        if page is None:
            return None, problems
        working = page.text
    if not working.strip():
        message = "the document is empty"
        return None, (
            *problems,
            Problem("documents.empty", message, "error", identity, remedy="give its text"),
        )
    copy = make_reading(working)
    reading = join_wrapped_lines(copy.text)
    language = document.language
    if language and not is_in_script(reading, language):
        told, language = language, detect_language(reading)
        message = f"the text is not in the script of the language given ({told}); read as {language or 'no language'}"
        problems += (
            Problem("documents.script", message, "note", identity, remedy="give the language of the text"),
        )
    elif not language:
        language = detect_language(reading) or default_language
        if language is None:
            message = "the language could not be told; no words of any language are recognised"
            remedy = 'give "language" (BCP 47), or a default language'
            problems += (Problem("documents.language", message, "warning", identity, remedy=remedy),)
    title = document.title or (page.title if page else None)
    document = replace(
        document, id=identity, digest=document.digest or taken.digest, language=language, title=title
    )
    stretches = split_sentences(reading, load_prose(language), copy.ends)
    sentences, stamps = assign_roles(reading, stretches, title, language, document.kind)
    published, source, more = find_publication(document, stamps, page.published if page else None, reading)
    return (
        Text(
            document,
            working,
            reading,
            sentences,
            published,
            source,
            copy.shifts,
            copy.ends,
            page.extractor if page else None,
        ),
        problems + more,
    )
