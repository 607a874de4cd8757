"""Near-copies of one story."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.documents import copies
from harmledger.documents.copies import (
    COPY_SIMILARITY,
    Entry,
    compare_signatures,
    gather_body,
    link_entries,
    link_sketches,
    sketch_body,
)
from harmledger.documents.read import read_document
from harmledger.documents.relinking import Bucket, Change, relink_entries
from harmledger.records.document import Document

WORDS = [f"word{n}" for n in range(2000)]


def link_copies(texts: Iterable[tuple[str, str, str | None]]) -> dict[str, str]:
    return link_sketches((id, published, sketch_body(body)) for id, body, published in texts)


def story(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def edit(words: list[str], changes: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    words = words[: len(words) - changes]
    for _ in range(changes):
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    return words


def test_copies_are_linked_to_the_earliest() -> None:
    wire = story(1)
    texts = [
        ("b", " ".join(wire), "2016-05-31"),
        ("a", " ".join(edit(wire, 15)).upper(), "2016-06-01"),
        ("c", " ".join(edit(wire, 10, 1)), "2016-05-30T10:00:00Z"),
        ("d", " ".join(story(2)), "2016-05-01"),
        ("e", " ".join(wire), None),
    ]
    assert link_copies(texts) == {"a": "c", "b": "c", "c": "c", "d": "d", "e": "c"}


def test_ties_go_to_the_smaller_id() -> None:
    wire = " ".join(story(1))
    assert link_copies([("b", wire, "2016-05-31"), ("a", wire, "2016-05-31")]) == {"a": "a", "b": "a"}


def test_short_texts_are_copies_only_when_equal() -> None:
    texts = [
        ("a", "Two people were killed in Idlib today, rescuers said.", None),
        ("b", "Two people were killed in Idlib today, rescuers said!", None),
        ("c", "Ten people were killed in Idlib today, rescuers said.", None),
        ("d", "", None),
        ("e", "", None),
    ]
    assert link_copies(texts) == {"a": "a", "b": "a", "c": "c", "d": "d", "e": "e"}


def test_spelling_marks_do_not_part_copies() -> None:
    assert sketch_body("قُتِلَ خمسة مدنيين") == sketch_body("قتل خمسة مدنيين")
    assert sketch_body("air-strikes hit it's town") == sketch_body("airstrikes hit its town")


def test_signatures_tell_how_much_two_texts_share() -> None:
    wire = story(1, 400)
    for changes in (0, 20, 60):
        edited = edit(wire, changes)
        one, other = (set(zip(words, words[1:], words[2:], strict=False)) for words in (wire, edited))
        found = compare_signatures(
            sketch_body(" ".join(wire)).signature, sketch_body(" ".join(edited)).signature
        )
        assert abs(found - len(one & other) / len(one | other)) < 0.12


class Stand:
    """Documents that stand, as a view has them."""

    def __init__(
        self, entries: list[Entry], families: dict[str, str], signature: Callable[[str], bytes]
    ) -> None:
        self.entries = entries
        self.families = families
        self.fetch_signature = signature

    def find_equal(self, key: bytes) -> list[Entry]:
        return [entry for entry in self.entries if entry.key == key]

    def find_family(self, id: str) -> str | None:
        return self.families.get(id)

    def list_family(self, head: str) -> list[Entry]:
        return [entry for entry in self.entries if self.families.get(entry.id) == head]

    def list_buckets(self, entries: Collection[Entry], least: int = 1) -> Iterator[Bucket]:
        for band in range(copies.BANDS):
            place = 4 * band
            for key in {entry.bands[place : place + 4] for entry in entries}:
                members = [entry for entry in self.entries if entry.bands[place : place + 4] == key]
                yield Bucket(band, key, members)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 40), st.sampled_from(("stay", "go", "come", "move"))),
        max_size=30,
    ),
    st.integers(1, 3),
)
def test_families_kept_up_with_are_the_families_found_anew(
    members: list[tuple[int, int, str]], window: int
) -> None:
    sketches = {}
    before, after = [], []
    for number, (seed, changes, fate) in enumerate(members):
        sketch = sketches[f"{number}"] = sketch_body(" ".join(edit(story(seed, 90), changes, changes)))
        dates = f"2020-01-{changes % 28 + 1:02}", f"2020-02-{number % 28 + 1:02}"
        for entries, absent, day in ((before, "come", dates[0]), (after, "go", dates[fate == "move"])):
            if fate != absent:
                entries.append(Entry(f"{number}", day, sketch.key, sketch.bands))
    kept, copies.WINDOW = copies.WINDOW, window
    try:
        signature = {name: sketch.signature for name, sketch in sketches.items()}.__getitem__
        families = link_entries(before, signature)
        standing = Stand(after, families, signature)
        earlier, later = ({entry.id: entry for entry in entries} for entries in (before, after))
        moved = {id for id in earlier | later if earlier.get(id) != later.get(id)}
        change = Change(
            {id: entry for id, entry in earlier.items() if id in moved},
            {id: head for id, head in families.items() if id in moved},
            {id: entry for id, entry in later.items() if id in moved},
        )
        standing.families = {id: head for id, head in families.items() if id in later and id not in moved}
        found = standing.families | relink_entries(change, standing)
        assert found == link_entries(after, signature)
    finally:
        copies.WINDOW = kept


@given(st.permutations(range(12)), st.integers(0, 5))
def test_the_order_of_input_decides_nothing(order: list[int], seed: int) -> None:
    texts = [
        (f"{n}", " ".join(edit(story(seed + n % 4), 5 * (n // 4), n)), f"2020-01-{n + 1:02}")
        for n in range(12)
    ]
    assert link_copies(texts[n] for n in order) == link_copies(texts)


def test_two_thousand_texts() -> None:
    texts = []
    for n in range(1000):
        wire = story(n)
        texts += [
            (f"a{n}", " ".join(wire), "2020-01-02"),
            (f"b{n}", " ".join(edit(wire, 12, n)), "2020-01-01"),
        ]
    started = process_time()
    heads = link_copies(texts)
    assert process_time() - started < 10
    assert all(heads[f"a{n}"] == heads[f"b{n}"] == f"b{n}" for n in range(1000))


def test_one_story_in_many_copies_is_not_compared_pair_by_pair() -> None:
    wire = story(1)
    texts = [(f"{n:04}", " ".join(edit(wire, 10, n)), None) for n in range(800)]
    started = process_time()
    assert set(link_copies(texts).values()) == {"0000"}
    assert process_time() - started < 10


def test_what_is_compared_is_the_reporting() -> None:
    text, _ = read_document(
        Document(text="DAMASCUS, May 30 (Agency) - Two killed.\n\nShare\n\nRead more", language="en"), None
    )
    assert text is not None
    assert gather_body(text) == "Two killed."
    assert 0 < COPY_SIMILARITY < 1
