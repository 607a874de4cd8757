"""Editions: what a publication held, so that the next can say what changed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from harmledger.publication.disclosure.rules import Disclosure, pack_disclosure
from harmledger.publication.view.entry import Entry

MARKER: Final = "edition.json"
"""The file by which a folder is known as a site of ours."""

_KIND: Final = "harmledger-publication"
_SIZE_LIMIT: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """What an edition held of one incident: a digest of all that was shown, and what is told when it changes."""

    digest: str
    heading: str
    figure: str
    grade: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication: its number from 1, its moment (UTC), and a line for each incident by page name.

    `gone` are pages of incidents that earlier editions held and that are not in the record any more; `name` is the
    edition's in the policy.
    """

    number: int
    as_of: str
    is_internal: bool
    lines: Mapping[str, Line] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One incident that is new, says something else, or is gone."""

    stem: str
    heading: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two editions, each in the order of the page names."""

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    gone: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.new or self.changed or self.gone)


def make_line(entry: Entry, public: bytes) -> Line:
    """Give an incident's line, from its entry and the bytes of its public form."""
    figure = entry.killed.text if entry.killed is not None and entry.killed.has_total else ""
    return Line(hashlib.sha256(public).hexdigest()[:16], entry.heading, figure, entry.grade or "")


def compare_editions(before: Edition, lines: Mapping[str, Line]) -> Changes:
    """Tell what changed since an edition. What is gone is told by its page alone: nothing of it is shown."""
    new = [Change(stem, lines[stem].heading, "", "") for stem in sorted(lines.keys() - before.lines.keys())]
    changed = [
        Change(stem, line.heading, _tell(before.lines[stem]), _tell(line))
        for stem, line in sorted(lines.items())
        if stem in before.lines and before.lines[stem].digest != line.digest
    ]
    gone = [Change(stem, None, "", "") for stem in sorted(before.lines.keys() - lines.keys())]
    return Changes(tuple(new), tuple(changed), tuple(gone))


def _tell(line: Line) -> str:
    return ", ".join(part for part in (line.figure, line.grade) if part)


def encode_edition(edition: Edition, before: Edition | None, rules: Disclosure) -> str:
    """Give the file of an edition, with the one before it: an edition that is written anew is compared with that.

    Of the one before, no place is kept: what was shown then may not be shown now. The rules stand in it too, so that the
    edition can be held against them (`harmledger leak-check`).
    """
    kept = before and replace(
        before, lines={stem: _forget_place(line) for stem, line in before.lines.items()}
    )
    body = {
        "kind": _KIND,
        "format": 1,
        **_pack(edition),
        "before": kept and _pack(kept),
        "rules": pack_disclosure(rules),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _forget_place(line: Line) -> Line:
    return replace(line, heading="")


def _pack(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.name,
        "number": edition.number,
        "as_of": edition.as_of,
        "internal": edition.is_internal,
        "incidents": {
            stem: [line.digest, line.heading, line.figure, line.grade] for stem, line in edition.lines.items()
        },
        "gone": list(edition.gone),
    }


def read_edition(folder: Path) -> tuple[Edition, Edition | None] | None:
    """Read a folder's edition and the one before it; None where the folder holds none of ours."""
    marker = folder / MARKER
    try:
        if not marker.is_file() or marker.stat().st_size > _SIZE_LIMIT:
            return None
        body = json.loads(marker.read_text(encoding="utf-8"))
        if body["kind"] != _KIND:
            return None
        return _unpack(body), _unpack(body["before"]) if body["before"] else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _unpack(body: Mapping[str, Any]) -> Edition:
    lines = {str(stem): Line(*map(str, told)) for stem, told in body["incidents"].items()}
    number = int(body["number"])
    gone = tuple(str(stem) for stem in body["gone"])
    is_internal = bool(body["internal"])
    name = str(body.get("edition") or ("internal" if is_internal else "public"))
    return Edition(number, str(body["as_of"]), is_internal, lines, gone, name)
