"""How the reports of an incident changed, and what people decided about its claims, from the facts of a case."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from harmledger.pipeline.changes import compare_words
from harmledger.publication.view.revisions import Bounds, FieldChange, Revision
from harmledger.records.judgement import Judgement
from harmledger.review.content import Difference, compare_contents
from harmledger.review.standing import Standing

if TYPE_CHECKING:
    from harmledger.store.facts import Facts


def find_changed(facts: "Facts", documents: Sequence[str] | None = None) -> frozenset[str]:
    """Give the ids of versions at addresses that have more than one, or that were retracted; of all, or of those at the
    addresses of some."""
    if documents is not None:
        return facts.find_revised(documents)
    by_address: dict[str, list[str]] = {}
    found: set[str] = set()
    for head in facts.list_heads():
        if head.state == "retracted":
            found.add(head.id)
        if head.address is not None:
            by_address.setdefault(head.address, []).append(head.id)
    return frozenset(found.union(*(names for names in by_address.values() if len(names) > 1)))


def list_later_versions(facts: "Facts", documents: Sequence[str]) -> Iterator[Revision]:
    """Give each later version of these reports with how many words differ, and what their publishers took back."""
    for name in documents:
        versions = sorted(facts.list_versions(name), key=lambda version: version.number)
        texts = {
            one.id: one.text or "" for one in facts.fetch_documents([version.id for version in versions])
        }
        for before, after in pairwise(versions):
            words = _count_words(texts.get(before.id, ""), texts.get(after.id, ""))
            yield Revision(after.published or after.received, "version", name, words)
        for judgement in facts.list_judgements(name):
            if judgement.verdict == "retracted" and judgement.holds:
                yield Revision(
                    judgement.at,
                    "retracted",
                    name,
                    None,
                    None,
                    judgement.by or None,
                    judgement.reason or None,
                )


def _count_words(old: str, new: str) -> int:
    """Count the words that were put in, or taken out where those are more."""
    return sum(
        max(len(change.added.split()), len(change.removed.split())) for change in compare_words(old, new)
    )


def list_decisions(judgements: Iterable[Judgement], claims: Iterable[str]) -> Iterator[Revision]:
    """Give what people decided about these claims and did not take back."""
    wanted = set(claims)
    for one in judgements:
        if one.kind != "undo" and not wanted.isdisjoint(one.claims):
            yield Revision(one.at, one.kind, None, None, one.field, one.by, one.reason or None)


def list_published(standing: Standing) -> Iterator[Revision]:
    """Give each time that two editors published the incident, with what it held then and had not held before."""
    before = None
    for one in standing.versions:
        found = () if before is None else compare_contents(before.content, one.content)
        yield Revision(
            one.at, "published" if before else "published_first", changes=tuple(map(_tell_change, found))
        )
        before = one


def _tell_change(found: Difference) -> FieldChange:
    if found.field.startswith("toll."):
        return FieldChange(found.field, _read_bounds(found.before), _read_bounds(found.after))
    return FieldChange(found.field)


def _read_bounds(told: Any) -> Bounds | None:
    return None if told is None else Bounds(told["low"], told["best"], told["high"], told["is_open"])
