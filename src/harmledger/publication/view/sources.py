"""Who tells the record: publishers of reports and bodies that are quoted, with how each is known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from harmledger.lexicon.words import find_body
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, PRIVATE_ROLES
from harmledger.publication.wording import Wording
from harmledger.records.document import Document
from harmledger.records.incident import Incident


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


class SourceGatherer:
    """Gathers sources as incidents pass, in the form in which they may be shown."""

    def __init__(self) -> None:
        self._publishers: dict[str, _Told] = {}
        self._bodies: dict[str, _Told] = {}
        self._unnamed: dict[str, _Told] = {}

    def add(self, public: Incident, documents: Iterable[Document]) -> None:
        """Take in an incident in its public form, and the reports behind it."""
        for document in documents:
            told = document.id or "", public.id, document.published
            if document.kind in PERSONAL_KINDS or not document.publisher:
                _take(self._unnamed, document.kind or "unnamed").add(document.kind, *told)
            else:
                _take(self._publishers, document.publisher).add(document.kind, *told)
        for account in public.accounts:
            voice, day = account.voice, account.first_published
            # A publisher's own voice stands with its reports, and so does a public role without an entry in the register.
            if voice.name and find_body(voice.name) is not None:
                _take(self._bodies, voice.name).add(voice.role, account.origin, public.id, day)
            elif voice.role in PRIVATE_ROLES:
                _take(self._unnamed, voice.role).add(voice.role, account.origin, public.id, day)

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
