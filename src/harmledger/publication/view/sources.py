"""Who tells the record: publishers of reports and bodies that are quoted, with how each is known."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from harmledger.lexicon.words import find_body
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, PRIVATE_ROLES
from harmledger.publication.wording import Wording
from harmledger.records.document import Document
from harmledger.records.incident import Incident

Side = Literal["publishers", "bodies", "unnamed"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One publisher, or one body that is quoted: what it is, how it is known, how often it tells, and when."""

    name: str
    role: str
    known: str
    reports: str
    entries: str
    period: str


@dataclass(frozen=True, slots=True)
class SourceLists:
    """Publishers, bodies, and those who are not named, by role."""

    publishers: tuple[SourceRow, ...]
    bodies: tuple[SourceRow, ...]
    unnamed: tuple[SourceRow, ...]


@dataclass(slots=True)
class _Told:
    kinds: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)

    def add(self, kind: str | None, document: str, entry: str, day: str | None) -> None:
        self.kinds[kind or ""] += 1
        self.documents.add(document)
        self.entries.add(entry)
        self.days.update({day[:10]} if day else ())


class Telling(NamedTuple):
    """Who tells of an entry: a publisher, a body that is quoted, or one that is not named, with what is known of it there;
    `told` is the report or the origin, `day` when it told."""

    side: Side
    name: str
    kind: str | None
    told: str
    day: str | None


def list_tellings(public: Incident, documents: Iterable[Document]) -> Iterator[Telling]:
    """Give who tells of an incident in its public form, by the reports behind it."""
    for document in documents:
        told = document.id or "", document.published
        if document.kind in PERSONAL_KINDS or not document.publisher:
            yield Telling("unnamed", document.kind or "unnamed", document.kind, *told)
        else:
            yield Telling("publishers", document.publisher, document.kind, *told)
    for account in public.accounts:
        voice, day = account.voice, account.first_published
        # A publisher's own voice stands with its reports, and so does a public role without an entry in the register.
        if voice.name and find_body(voice.name) is not None:
            yield Telling("bodies", voice.name, voice.role, account.origin, day)
        elif voice.role in PRIVATE_ROLES:
            yield Telling("unnamed", voice.role, voice.role, account.origin, day)


class SourceGatherer:
    """Gathers sources as incidents pass, in the form in which they may be shown."""

    def __init__(self) -> None:
        self._publishers: dict[str, _Told] = {}
        self._bodies: dict[str, _Told] = {}
        self._unnamed: dict[str, _Told] = {}

    def add(self, public: Incident, documents: Iterable[Document]) -> None:
        """Take in an incident in its public form, and the reports behind it."""
        self.take(public.id, list_tellings(public, documents))

    def take(self, entry: str, tellings: Iterable[Telling]) -> None:
        """Take in who tells of an entry."""
        held = {"publishers": self._publishers, "bodies": self._bodies, "unnamed": self._unnamed}
        for one in tellings:
            _take(held[one.side], one.name).add(one.kind, one.told, entry, one.day)

    def list_sources(self, words: Wording) -> SourceLists:
        """Give all sources, those that tell of the most entries first."""
        site = words.tables["site"]
        return SourceLists(
            tuple(
                _describe(name, told, site["known_publisher"], words)
                for name, told in _sort(self._publishers)
            ),
            tuple(
                _describe(name, told, _tell_side(name, words), words) for name, told in _sort(self._bodies)
            ),
            tuple(
                _describe(words.label("role", name), told, site["known_unnamed"], words, is_role=True)
                for name, told in _sort(self._unnamed)
            ),
        )


def _take(held: dict[str, _Told], name: str) -> _Told:
    return held.setdefault(name, _Told())


def _sort(held: dict[str, _Told]) -> list[tuple[str, _Told]]:
    return sorted(held.items(), key=lambda item: (-len(item[1].entries), item[0]))


def _describe(name: str, told: _Told, known: str, words: Wording, *, is_role: bool = False) -> SourceRow:
    kind = max(sorted(told.kinds), key=lambda one: told.kinds[one]) if told.kinds else ""
    body = find_body(name)
    role = body.role if body else kind
    first, last = min(told.days, default=None), max(told.days, default=None)
    period = ""
    if first and last:
        first_text, last_text = words.stamp(first) or first, words.stamp(last) or last
        period = first_text if first == last else words.phrase("day_span", start=first_text, end=last_text)
    return SourceRow(
        name if is_role else words.name_body(name),
        "" if is_role or not role else words.label("role", role),
        known,
        words.number(len(told.documents)),
        words.number(len(told.entries)),
        period,
    )


def _tell_side(name: str, words: Wording) -> str:
    body = find_body(name)
    if body is not None and body.side is not None:
        return str(words.tables["site"]["known_party"]).format(party=words.name_body(body.side))
    return str(words.tables["site"]["known_body"])
