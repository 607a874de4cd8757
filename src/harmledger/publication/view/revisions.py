"""What changed of an incident since it was first told: later versions of its reports, and what people decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from harmledger.publication.wording import Wording

RevisionKind = Literal["version", "retracted", "join", "split", "exclude", "correct", "note", "add"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One change. `at` is UTC, ISO 8601; `document` the report that it is of, None for a decision about claims.

    `words` counts the words that differ from the version before; `field` is what was corrected. `by` and `reason` are a
    person's: for internal pages only.
    """

    at: str
    kind: RevisionKind
    document: str | None = None
    words: int | None = None
    field: str | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One change in words."""

    at: str
    day: str
    text: str
    detail: str = ""


def tell_revisions(
    revisions: Iterable[Revision], publishers: Mapping[str, str], words: Wording, is_internal: bool
) -> tuple[RevisionLine, ...]:
    """Tell changes in order of time. `publishers` name the report of each document, as they may be shown.

    A note changes nothing, and stands inside alone; so does who decided, and why.
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
        detail = ": ".join(part for part in (one.by, one.reason) if part) if is_internal else ""
        lines.append(RevisionLine(one.at, words.stamp(one.at[:10]) or one.at, text, detail))
    return tuple(lines)
