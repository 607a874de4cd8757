"""Near-copies of one story."""

import random
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents.copies import COPY_SIMILARITY, gather_body, link_copies, measure_similarity
from harmledger.documents.read import read_document
from harmledger.records.document import Document

WORDS = [f"word{n}" for n in range(2000)]


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
    assert measure_similarity("قُتِلَ خمسة مدنيين", "قتل خمسة مدنيين") == 1.0
    assert measure_similarity("air-strikes hit it's town", "airstrikes hit its town") == 1.0


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
