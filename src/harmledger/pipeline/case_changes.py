"""Which documents of a case changed since its view was built: told by the facts that came since, or by looking at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from harmledger.store.changed_heads import list_changed_heads
from harmledger.store.entries import Head
from harmledger.store.facts import Facts
from harmledger.store.view_marks import find_since
from harmledger.store.view_readings import Readings


class Heads(Protocol):
    """The versions of a case's documents, with what bears on reading and fusing each."""

    def load(self) -> dict[str, Head]:
        """Give the heads of all that are not withdrawn, by id."""

    def find_changed(self, mark: str) -> Mapping[str, Head | None] | None:
        """Give the heads that may have changed since a mark was written, None for one that is gone; None for all of them
        where that cannot be told."""


class FactHeads:
    """The heads in the facts of a case."""

    def __init__(self, facts: Facts, mark: tuple[int, ...] | None = None) -> None:
        self._facts = facts
        self._mark = mark

    def load(self) -> dict[str, Head]:
        """Give the heads of all that are not withdrawn, by id."""
        return {head.id: head for head in self._facts.list_heads() if head.state != "withdrawn"}

    def find_changed(self, mark: str) -> Mapping[str, Head | None] | None:
        """Give the heads that may have changed since a mark was written; None where that cannot be told."""
        since = find_since(self._mark, mark)
        return None if since is None else list_changed_heads(self._facts, since)


class ListedHeads:
    """Heads in memory, by id; what changed among them is not known."""

    def __init__(self, heads: dict[str, Head]) -> None:
        self._heads = heads

    def load(self) -> dict[str, Head]:
        """Give the heads of all that are not withdrawn, by id."""
        return self._heads

    def find_changed(self, mark: str) -> Mapping[str, Head | None] | None:
        """Give None: all must be looked at."""
        return None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed: the heads of the documents that are to be read, by id, and the ids of those that are gone."""

    stale: dict[str, Head] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


def find_changes(heads: Heads, readings: Readings, mark: str) -> Changes:
    """Give what changed since the view with these readings was built, which was marked so."""
    changed = heads.find_changed(mark)
    if changed is None:
        known = readings.list_fingerprints()
        present: Mapping[str, Head | None] = heads.load()
        changed = dict.fromkeys(known.keys() - present.keys()) | dict(present)
    else:
        known = readings.list_fingerprints(changed)
    stale = {
        id: head for id, head in changed.items() if head is not None and known.get(id) != head.fingerprint
    }
    return Changes(stale, frozenset(id for id, head in changed.items() if head is None and id in known))
