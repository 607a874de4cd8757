"""What is known of documents is the same, however many processes read them."""

from multiprocessing import active_children

import pytest

from harmledger.pipeline import sources
from harmledger.pipeline.gather import Gathered
from harmledger.pipeline.sources import describe_sources, stream_sources
from harmledger.records.document import Document

WORDS = [
    "shells",
    "fell",
    "on",
    "the",
    "market",
    "of",
    "the",
    "town",
    "in",
    "the",
    "morning",
    "and",
    "residents",
    "carried",
    "the",
    "wounded",
    "to",
    "a",
    "clinic",
    "nearby",
]


def _make(number: int) -> Gathered:
    words = [WORDS[(number // 3 * 7 + place * (1 + number // 3)) % len(WORDS)] for place in range(45)]
    document = Document(
        id=f"d{number:02}",
        text=" ".join(words) + "." if number != 5 else " ",
        published=f"2016-05-{1 + number:02}",
        supersedes="d01" if number == 8 else None,
        retracted=number == 9,
    )
    return Gathered(document, None, f"documents.jsonl:{number}")


@pytest.mark.parametrize("is_linking", [True, False])
def test_documents_are_the_same_however_many_processes_read_them(
    is_linking: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_BATCH", 2)
    gathered = [_make(number) for number in range(12)]
    known, texts, problems = describe_sources(gathered, is_linking)
    assert [problem.code for problem in problems] == ["documents.empty"]
    assert len(known) == len(texts) == 11
    assert any(source.copy_of for source in known.values()) == is_linking
    taken: dict[str, str] = {}
    shared = stream_sources((one for one in gathered), is_linking, taken.__setitem__, jobs=2)
    assert shared == (known, problems)
    assert taken == texts
    assert not active_children()
