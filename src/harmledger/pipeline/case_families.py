"""Families of near-copies for a case: linked from nothing, or kept up with what changed."""

from collections.abc import Collection
from dataclasses import dataclass, field

from harmledger.documents.copies import Entry, link_entries
from harmledger.documents.relinking import Change, relink_entries
from harmledger.store.view_copies import Copies

Families = dict[str, list[str]]
"""Families whose tellings may differ from what they were, by head, with their documents; one that is gone has none."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What some documents were before they changed: what is compared of each, and the head of its family, by id."""

    entries: dict[str, Entry] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)


def note_earlier(copies: Copies, ids: Collection[str]) -> Earlier:
    """Give what documents are before they change; those that do not stand are left out."""
    entries = {entry.id: entry for entry in copies.list_entries(ids)}
    heads = ((id, copies.find_family(id)) for id in entries)
    return Earlier(entries, {id: head for id, head in heads if head is not None})


def link_families(copies: Copies) -> Families:
    """Find the families of all documents, and record them."""
    copies.index()
    heads = link_entries(copies.list_entries(), copies.fetch_signature)
    copies.set_families(heads.items())
    found: Families = {}
    for id, head in heads.items():
        found.setdefault(head, []).append(id)
    return found


def relink_families(
    copies: Copies, earlier: Earlier, changed: Collection[str], forced: Collection[str]
) -> Families:
    """Bring the families up to date with documents that changed, and give those whose tellings may differ: where a member
    came, went or changed, and those of documents in `forced`, which did not."""
    copies.index(changed)
    entries = {entry.id: entry for entry in copies.list_entries(changed)}
    same = {id for id, entry in entries.items() if earlier.entries.get(id) == entry}
    copies.set_families((id, earlier.families[id]) for id in same)
    change = Change(
        {id: entry for id, entry in earlier.entries.items() if id not in same},
        earlier.families,
        {id: entry for id, entry in entries.items() if id not in same},
    )
    moved = relink_entries(change, copies)
    former = {id: earlier.families.get(id) or copies.find_family(id) for id in (*moved, *forced)}
    fresh = {id: head for id, head in moved.items() if former[id] != head}
    copies.set_families(moved.items())
    heads = {*earlier.families.values(), *(moved[id] for id in fresh), *(former[id] for id in fresh)}
    heads.update(former[id] for id in forced)
    heads.update(copies.find_family(id) for id in entries)
    return {
        head: [entry.id for entry in copies.list_family(head)]
        for head in sorted(heads - {None}, key=str)
        if head
    }
