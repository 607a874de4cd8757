"""The step read: documents to claims, in one process or several, with the same bytes either way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from harmledger.pipeline.cycles import NEW_OBJECTS
from harmledger.pipeline.formats import encode_records
from harmledger.pipeline.gather import Gathered
from harmledger.pipeline.processes import begin_process
from harmledger.pipeline.provenance import name_maker
from harmledger.records.claim import Claim
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from harmledger.claims.reader import Reader
    from harmledger.documents.text import Text

T = TypeVar("T")

Tell = Callable[[str], None]
"""Told in a few words what is being done."""

_CHUNK: Final = 16
"""Documents handed to a process at a time: enough to hide the cost of the hand-over, few enough to share out."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What a case sets: countries (ISO 3166-1 alpha-2) and zone of its places, language of its texts."""

    countries: tuple[str, ...] = ()
    zone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """What one document gave: its claims as lines of claims.jsonl, and what went wrong.

    `is_read` is False where there was no text to read in it.
    """

    document: str
    lines: tuple[bytes, ...]
    problems: tuple[Problem, ...]
    is_read: bool = True


class DocumentReader:
    """Reads documents one at a time with one gazetteer and one case; open one a process."""

    def __init__(self, settings: ReadSettings, tell: Tell | None = None) -> None:
        from harmledger.claims.reader import open_reader
        from harmledger.places.gazetteer import open_gazetteer

        gazetteer, self.problems = open_gazetteer(countries=settings.countries, progress=tell)
        self._late_problems = gazetteer.problems
        made_by = name_maker(gazetteer.digests)
        self.reader: Reader = open_reader(gazetteer, settings.countries, settings.zone, made_by)
        self._language = settings.language

    def open_text(self, gathered: Gathered) -> "tuple[Text | None, tuple[Problem, ...]]":
        """Give the document's text, or None and why not."""
        from harmledger.documents.read import read_document

        return read_document(gathered.document, gathered.folder, self._language)

    def read(self, gathered: Gathered) -> DocumentClaims:
        """Read one document. A fault of the program costs that document alone, and is reported as such."""
        return self.study(gathered)[0]

    def study(self, gathered: Gathered) -> "tuple[DocumentClaims, Text | None]":
        """Read one document, and give its text too; None where there was none, or the program failed."""
        try:
            text, opened = self.open_text(gathered)
            claims, problems = self.read_claims(text) if text is not None else ((), ())
        except Exception as error:
            return DocumentClaims(gathered.id, (), (_report_fault(gathered, error),), is_read=False), None
        lines, broken = encode_records(claims)
        late = tuple(self._late_problems)
        self._late_problems.clear()
        found = (*opened, *problems, *broken, *late)
        return DocumentClaims(gathered.id, tuple(lines), found, is_read=text is not None), text

    def read_claims(self, text: "Text") -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
        """Give the claims of a text, signed and in its order, and what could not be read."""
        claims, problems = self.reader.read(text)
        return tuple(sorted(claims, key=order_claim)), problems


def read_documents(
    documents: Sequence[Gathered], settings: ReadSettings, jobs: int = 1, tell: Tell | None = None
) -> Iterator[DocumentClaims]:
    """Give what each document gives, in the order of the documents, whatever the number of jobs.

    The first value carries what there is to say about the gazetteer and belongs to no document. `tell` is told
    in a few words of long preparations, such as compiling a gazetteer for the first time. Raises
    concurrent.futures.BrokenExecutor when the system kills a process, for want of memory as a rule.
    """
    if not documents:
        return
    if jobs <= 1 or len(documents) <= _CHUNK:
        reader = DocumentReader(settings, tell)
        yield DocumentClaims("", (), tuple(reader.problems))
        yield from map(reader.read, documents)
        return
    yield DocumentClaims("", (), _prepare_gazetteer(settings, tell))
    yield from share_out(documents, DocumentReader.read, settings, min(jobs, -(-len(documents) // _CHUNK)))


def share_out(
    documents: Iterable[Gathered],
    work: Callable[[DocumentReader, Gathered], T],
    settings: ReadSettings,
    jobs: int,
) -> Iterator[T]:
    """Give what `work` makes of each document, in their order, in so many processes with a reader each.

    `work` is found by its name in them, and is handed a few documents at a time; no more of them are taken than
    are being worked on. Raises concurrent.futures.BrokenExecutor when the system kills a process.
    """
    given = iter(documents)
    with _open_pool(settings, jobs) as pool:
        waiting: deque[Future[list[T]]] = deque()
        while True:
            while len(waiting) < 2 * jobs and (chunk := list(islice(given, _CHUNK))):
                waiting.append(pool.submit(_work_chunk, work, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _prepare_gazetteer(settings: ReadSettings, tell: Tell | None) -> tuple[Problem, ...]:
    """Open the gazetteer once before any process does, so that what must be compiled is compiled once."""
    from harmledger.places.gazetteer import open_gazetteer

    return open_gazetteer(countries=settings.countries, progress=tell)[1]


_own: DocumentReader | None = None
"""The reader of this process, in the processes of a pool."""


@contextmanager
def _open_pool(settings: ReadSettings, jobs: int) -> "Iterator[ProcessPoolExecutor]":
    """Start fresh processes, so that no lock or database handle of this one is shared; end them at once."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start_process, initargs=(settings,)
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_process(settings: ReadSettings) -> None:
    """Open this process's reader."""

    global _own  # noqa: PLW0603 - one reader a process is what an initialiser is for
    begin_process(NEW_OBJECTS)
    _own = DocumentReader(settings)


def _own_reader() -> DocumentReader:
    if _own is None:
        raise RuntimeError("this process has not been started as a reader")
    return _own


def _work_chunk(work: Callable[[DocumentReader, Gathered], T], chunk: Sequence[Gathered]) -> list[T]:
    reader = _own_reader()
    return [work(reader, gathered) for gathered in chunk]


def order_claim(claim: Claim) -> tuple[str, int, int, str]:
    """Give what claims are sorted by in claims.jsonl: document, place of the evidence and of the cue, id."""
    return claim.document, claim.evidence.start, claim.cue.start, claim.id


def _report_fault(gathered: Gathered, error: Exception) -> Problem:
    return Problem(
        code="pipeline.document-failed",
        message=f"the document could not be read: {type(error).__name__}: {error!s:.200}",
        severity="error",
        where=gathered.id,
        remedy="this is a fault of the program: please report it with the document",
    )
