"""What changed of an incident since it was first told: later versions of its reports, and what people decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from harmledger.publication.wording import Wording
from harmledger.records.incident import Extent

RevisionKind = Literal[
    "version",
    "retracted",
    "join",
    "split",
    "exclude",
    "correct",
    "note",
    "add",
    "published_first",
    "published",
]


class Bounds(NamedTuple):
    """The bounds of one harm."""

    low: int | None
    best: int | None
    high: int | None
    is_open: bool


class FieldChange(NamedTuple):
    """What differs from the version published before: a field of the incident, `toll.HARM` with its bounds."""

    field: str
    before: Bounds | None = None
    after: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One change. `at` is UTC, ISO 8601; `document` the report that it is of, None for a decision about claims.

    `words` counts the words that differ from the version before; `field` is what was corrected. `by` and `reason` are a
    person's: for internal pages only. `changes` are those between two published versions.
    """

    at: str
    kind: RevisionKind
    document: str | None = None
    words: int | None = None
    field: str | None = None
    by: str | None = None
    reason: str | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One change in words."""

    at: str
    day: str
    text: str
    detail: str = ""


def tell_revisions(
    revisions: Iterable[Revision],
    publishers: Mapping[str, str],
    words: Wording,
    is_internal: bool,
    withheld: Collection[str] = (),
) -> tuple[RevisionLine, ...]:
    """Tell changes in order of time. `publishers` name the report of each document, as they may be shown.

    A note changes nothing, and stands inside alone; so does who decided, and why. Of fields that are `withheld`
    (incident.FIELD) it is not told that they changed.
    """
    lines = []
    for one in sorted(
        set(revisions), key=lambda told: (told.at, told.kind, told.document or "", told.field or "")
    ):
        if one.kind == "note" and not is_internal:
            continue
        text = words.phrase(f"revision_{one.kind}", publisher=publishers.get(one.document or "", ""))
        if one.kind == "version" and one.words:
            text = words.phrase("revision_words", text=text, count=words.number(one.words))
        if one.field:
            text = words.phrase("revision_field", text=text, field=words.label("field", one.field))
        changed = _tell_changes(one.changes, words, withheld)
        if changed:
            text = words.phrase("revision_changes", text=text, changes=changed)
        detail = ": ".join(part for part in (one.by, one.reason) if part) if is_internal else ""
        lines.append(RevisionLine(one.at, words.stamp(one.at[:10]) or one.at, text, detail))
    return tuple(lines)


def _tell_changes(changes: Iterable[FieldChange], words: Wording, withheld: Collection[str]) -> str:
    told: list[str] = []
    for one in changes:
        name, _, harm = one.field.partition(".")
        if f"incident.{name}" in withheld:
            continue
        if harm:
            before, after = _tell_bounds(one.before, words), _tell_bounds(one.after, words)
            text = words.phrase("revision_toll", harm=words.label("harm", harm), before=before, after=after)
        else:
            text = words.label("content", name)
        told.append(text)
    return words.comma.join(dict.fromkeys(told))


def _tell_bounds(bounds: Bounds | None, words: Wording) -> str:
    if bounds is None or bounds.best is None:
        return words.phrase("none_said")
    return words.figure(Extent(bounds.low, bounds.high, bounds.best, bounds.is_open), bounds.is_open)
