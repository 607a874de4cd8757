"""The heads of documents that changed since some moment: found through the rows that came since, not by looking at all."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from harmledger.store.entries import Head
from harmledger.store.states import CALLERS_ID
from harmledger.store.tables import models

if TYPE_CHECKING:
    from harmledger.store.facts import Facts
    from harmledger.store.view_marks import Since

T = TypeVar("T")
_BATCH: Final = 500
_MOST: Final = 5000
"""Where more documents changed, looking at all of them is not slower."""


def list_changed_heads(facts: "Facts", since: "Since") -> dict[str, Head | None] | None:
    """Give by id the heads of all versions of the documents that got a version or a judgement since, and of those that
    such a version names as replaced; None for one that is withdrawn. None where there are too many."""
    versions = facts.rows(models.Version)
    came = versions.filter(id__gt=since.version).values_list("document_id", flat=True)
    judged = facts.rows(models.Judgement).filter(id__gt=since.judgement).values_list("document_id", flat=True)
    changed = {*islice(came, _MOST + 1), *islice(judged, _MOST + 1)}
    if len(changed) > _MOST:
        return None
    named: set[str] = set()
    for batch in _cut(changed):
        told = facts.list_versions_of(batch)
        named.update(one.supersedes for one in told if one.supersedes is not None)
    for batch in _cut(named):
        changed.update(versions.filter(key__in=batch).values_list("document_id", flat=True))
        addresses = [f"{CALLERS_ID}{name}" for name in batch]
        changed.update(facts.rows(models.Document).filter(address__in=addresses).values_list("id", flat=True))
    found: dict[str, Head | None] = {}
    for batch in _cut(changed):
        found.update(
            (head.id, None if head.state == "withdrawn" else head) for head in facts.list_heads_of(batch)
        )
    return found


def _cut(values: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
