"""Families of near-copies kept up with: what changes among them when some documents come, go or move in rank.

A document is compared with the latest before it in each of its bands (`documents.copies`). So a change bears on pairs that
stand near it in a band: those that are compared only now may join two families, and where one is compared no longer, or
a document went, the family is worked out anew. All others stay.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from harmledger.documents import copies
from harmledger.documents.copies import Entry, is_alike, list_window, rank_entry, unpack_signature


class Bucket(NamedTuple):
    """The documents that have the same key in a band, in no order; equal texts stand in the same buckets."""

    band: int
    key: bytes
    members: Sequence[Entry]


class Standing(Protocol):
    """The documents that stand once the change is made, with the families that they were in before it."""

    def find_equal(self, key: bytes) -> Sequence[Entry]:
        """Give the documents whose texts are equal once folded."""

    def list_buckets(self, entries: Collection[Entry], least: int = 1) -> Iterable[Bucket]:
        """Give for each band of each of some documents those that stand in it with the same key, each bucket once. Those in
        which fewer than so many stand may be left out."""

    def find_family(self, id: str) -> str | None:
        """Give the head of the family that a document was in; None for one that changed."""

    def list_family(self, head: str) -> Sequence[Entry]:
        """Give the documents of a family that did not change."""

    def fetch_signature(self, id: str) -> bytes:
        """Give the signature of a document's text."""


@dataclass(frozen=True, slots=True)
class Change:
    """The documents that came, went, or moved in rank: as they were, with the heads of their families, and as they are."""

    before: Mapping[str, Entry]
    families: Mapping[str, str]
    after: Mapping[str, Entry]


def relink_entries(change: Change, standing: Standing) -> dict[str, str]:
    """Give the head of its family for each document of which it may have changed.

    Together with what stood before that is what `copies.link_entries` gives for all documents that stand.
    """
    return _Relinking(change, standing).run()


class _Relinking:
    """One change, worked out step by step."""

    def __init__(self, change: Change, standing: Standing) -> None:
        self._change = change
        self._standing = standing
        self._find_equal = lru_cache(maxsize=None)(standing.find_equal)
        self._fetch = lru_cache(maxsize=None)(lambda id: unpack_signature(standing.fetch_signature(id)))
        self._told: set[tuple[str, str]] = set()
        self._families = _Families()
        self._originals: dict[str, bool] = {}

    def run(self) -> dict[str, str]:
        """Give the head of its family for each document of which it may have changed."""
        change = self._change
        keys = {entry.key for known in (change.before, change.after) for entry in known.values()} - {b""}
        went, came = self._find_moved(keys)
        pairs, moving = self._find_pairs(went, came)
        stale = {one.id: one for one in came} | self._list_stale(moving)
        for entry in stale.values():
            self._families.add(entry)
        for later, earlier in pairs:
            self._join(later, earlier, stale)
        self._compare({id: one for id, one in stale.items() if self._find_family(one) in moving}, stale)
        heads = {id: id for id, entry in change.after.items() if not entry.key}
        for node in self._families.list_nodes():
            head = self._families.find(node)
            if node.id in stale:
                heads.update((one.id, head.id) for one in self._find_equal(node.key))
            elif head is not node:
                heads.update((one.id, head.id) for one in self._standing.list_family(node.id))
        for key in keys:
            if members := self._find_equal(key):
                first = min(members, key=rank_entry)
                head_id = heads.get(first.id) or self._find_family(first) or first.id
                heads.update((one.id, head_id) for one in members)
        return heads

    def _find_moved(self, keys: Iterable[bytes]) -> tuple[list[Entry], list[Entry]]:
        """Give the originals, the first of documents with equal texts, that went, and those that came."""
        before, after = self._change.before, self._change.after
        earlier: dict[bytes, list[Entry]] = {}
        for entry in before.values():
            earlier.setdefault(entry.key, []).append(entry)
        went: list[Entry] = []
        came: list[Entry] = []
        for key in keys:
            now = self._find_equal(key)
            then = [one for one in now if one.id not in after]
            old = min((*then, *earlier.get(key, ())), key=rank_entry, default=None)
            new = min(now, key=rank_entry, default=None)
            if old != new:
                went.extend(one for one in (old,) if one is not None and one.bands)
                came.extend(one for one in (new,) if one is not None and one.bands)
        return went, came

    def _find_pairs(
        self, went: Sequence[Entry], came: Sequence[Entry]
    ) -> tuple[list[tuple[Entry, Entry]], set[str]]:
        """Give the pairs that are compared only now, and the families that lose a document, or a pair that was."""
        moving = {family for one in went if (family := self._find_family(one)) is not None}
        fresh = {one.id for one in came}
        gained: dict[tuple[str, str], tuple[Entry, Entry]] = {}
        seen: set[tuple[frozenset[str], ...]] = set()
        for bucket in self._standing.list_buckets((*went, *came), 1 if went else 2):
            place = len(bucket.key) * bucket.band
            gone = [one for one in went if one.bands[place : place + len(bucket.key)] == bucket.key]
            if len(bucket.members) + len(gone) < 2:
                continue  # as almost all are: nobody to be compared with
            ids = frozenset(one.id for one in bucket.members), frozenset(one.id for one in gone)
            if ids in seen:
                continue  # copies stand together in most of their bands
            seen.add(ids)
            now = _list_originals(bucket.members)
            then = sorted((*(one for one in now if one.id not in fresh), *gone), key=rank_entry)
            touched = _list_near(now, fresh) | _list_near(then, {one.id for one in gone})
            after, before = _list_pairs(now, touched), _list_pairs(then, touched)
            gained.update((pair, after[pair]) for pair in after.keys() - before.keys())
            for pair in before.keys() - after.keys():
                later, earlier = map(self._find_family, before[pair])
                if later is not None and later == earlier:
                    moving.add(later)
        return list(gained.values()), moving

    def _list_stale(self, families: Iterable[str]) -> dict[str, Entry]:
        """Give the originals of some families that did not change themselves, by id."""
        members = (one for head in families for one in self._standing.list_family(head))
        return {one.id: one for one in members if one.bands and self._is_original(one)}

    def _compare(self, wanted: Mapping[str, Entry], stale: Mapping[str, Entry]) -> None:
        """Compare documents with the latest before them in each of their bands."""
        seen: set[frozenset[str]] = set()
        for bucket in self._standing.list_buckets(tuple(wanted.values()), 2):
            ids = frozenset(one.id for one in bucket.members)
            if len(ids) > 1 and ids not in seen:  # copies stand together in most of their bands
                seen.add(ids)
                for later, earlier in _list_pairs(_list_originals(bucket.members), wanted.keys()).values():
                    self._join(later, earlier, stale)

    def _join(self, entry: Entry, other: Entry, stale: Mapping[str, Entry]) -> None:
        """Make one family of those of two documents where they are alike."""
        if (entry.id, other.id) in self._told:
            return
        self._told.add((entry.id, other.id))
        node, near = stale.get(entry.id), stale.get(other.id)
        if node is not None and near is not None and self._families.find(node) is self._families.find(near):
            return
        if is_alike(self._fetch(entry.id), self._fetch(other.id)):
            self._families.join(node or self._find_node(entry), near or self._find_node(other))

    def _find_node(self, entry: Entry) -> Entry:
        """Give the head that stands for the family of a document that is not stale."""
        head = self._standing.find_family(entry.id) or entry.id
        return self._families.get(head) or self._families.add(
            next((one for one in self._standing.list_family(head) if one.id == head), entry)
        )

    def _find_family(self, entry: Entry) -> str | None:
        return self._change.families.get(entry.id) or self._standing.find_family(entry.id)

    def _is_original(self, entry: Entry) -> bool:
        found = self._originals.get(entry.id)
        if found is None:
            found = not entry.key or min(self._find_equal(entry.key), key=rank_entry).id == entry.id
            self._originals[entry.id] = found
        return found


def _list_originals(members: Iterable[Entry]) -> list[Entry]:
    """Give the originals of a bucket in their rank: the first of those with equal texts."""
    firsts: dict[bytes, Entry] = {}
    for one in sorted(members, key=rank_entry):
        firsts.setdefault(one.key, one)
    return list(firsts.values())


def _list_near(members: Sequence[Entry], changed: AbstractSet[str]) -> set[str]:
    """Give the members of a band that are compared with others where some came or went: these, and those that look back
    to them."""
    places = (place for place, one in enumerate(members) if one.id in changed)
    return {one.id for place in places for one in members[place : place + copies.WINDOW + 1]}


def _list_pairs(
    members: Sequence[Entry], wanted: AbstractSet[str]
) -> dict[tuple[str, str], tuple[Entry, Entry]]:
    """Give the pairs, later and earlier, in which the wanted members of a band are compared with others."""
    pairs = (
        (one, other)
        for place, one in enumerate(members)
        if one.id in wanted
        for other in list_window(members, place)
    )
    return {(one.id, other.id): (one, other) for one, other in pairs}


class _Families:
    """Documents joined into families; each goes by the first in rank."""

    def __init__(self) -> None:
        self._nodes: dict[str, Entry] = {}
        self._above: dict[str, Entry] = {}

    def add(self, entry: Entry) -> Entry:
        """Take in a document as a family of its own."""
        self._nodes[entry.id] = self._above[entry.id] = entry
        return entry

    def get(self, id: str) -> Entry | None:
        """Give a document that was taken in."""
        return self._nodes.get(id)

    def list_nodes(self) -> Iterator[Entry]:
        """Give all documents that were taken in."""
        return iter(self._nodes.values())

    def find(self, entry: Entry) -> Entry:
        """Give the head of a document's family."""
        above = self._above[entry.id]
        while above.id != entry.id:
            above = self._above[entry.id] = self._above[above.id]
            entry, above = above, self._above[above.id]
        return entry

    def join(self, one: Entry, other: Entry) -> None:
        """Make one family of two."""
        first, second = sorted((self.find(one), self.find(other)), key=rank_entry)
        self._above[second.id] = first
