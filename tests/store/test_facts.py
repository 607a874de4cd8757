"""What others ask of the facts."""

import pytest

from harmledger.store.entries import Edition, Minted

from .conftest import AT, add, states, write_lines

ROWS = (
    {
        "id": "b",
        "text": "Shelling killed two people.",
        "publisher": "Example Wire",
        "url": "https://example.org/b",
    },
    {
        "id": "a",
        "text": "A raid killed 30.",
        "title": "A raid",
        "published": "2020-01-02",
        "kind": "news",
        "note": "x",
    },
)


@pytest.fixture
def filled(case, tmp_path):
    """Give a case with two documents, the first of them in two versions."""
    add(case, write_lines(tmp_path / "first.jsonl", *ROWS))
    add(case, write_lines(tmp_path / "second.jsonl", {**ROWS[0], "text": "Shelling killed three people."}))
    return case


def find_second(case):
    (id,) = (head.id for head in case.facts.list_heads() if head.id.startswith("b@"))
    return id


def test_heads_are_sorted_and_say_what_counts(filled):
    heads = list(filled.facts.list_heads())
    assert [head.id for head in heads] == sorted(head.id for head in heads)
    assert [head.state for head in heads] == ["current", "superseded", "current"]
    assert [head.address for head in heads] == ["id:a", "id:b", "id:b"]
    assert len({head.fingerprint for head in heads}) == 3


def test_documents_come_in_the_order_asked_and_filled_in(filled):
    second = find_second(filled)
    found = list(filled.facts.fetch_documents([second, "a", "none", "b"]))
    assert [document.id for document in found] == [second, "a", "b"]
    later, raid, first = found
    assert (later.text, later.supersedes) == ("Shelling killed three people.", "b")
    assert (raid.title, raid.published, raid.kind, raid.extra) == (
        "A raid",
        "2020-01-02",
        "news",
        {"note": "x"},
    )
    assert (first.url, first.publisher) == ("https://example.org/b", "Example Wire")
    assert raid.received == AT
    assert len(raid.digest) == 64
    assert raid.retracted is None


def test_documents_come_without_their_texts_where_none_are_wanted(filled):
    (raid,) = filled.facts.fetch_documents(["a"], has_texts=False)
    assert (raid.text, raid.title) == (None, "A raid")
    assert next(filled.facts.fetch_documents(["a"])).text == "A raid killed 30."


def test_revised_are_all_versions_of_a_document_with_several_and_what_was_retracted(filled):
    facts = filled.facts
    assert facts.find_revised(["a"]) == frozenset()
    assert (
        facts.find_revised(["a", "b"])
        == facts.find_revised([find_second(filled)])
        == {"b", find_second(filled)}
    )
    facts.judge("a", "retracted", "r", "b", AT)
    assert facts.find_revised(["a"]) == {"a"}
    facts.judge("a", "withdrawn", "r", "b", AT)
    assert facts.find_revised(["a"]) == frozenset()


def test_a_version_is_found_by_id_address_and_beginning(filled):
    second = find_second(filled)
    facts = filled.facts
    assert [one.id for one in facts.find_version("b")] == ["b"]
    assert [one.id for one in facts.find_version("id:b")] == [second]
    assert [one.id for one in facts.find_version(second[:5])] == [second]
    assert facts.find_version("") == facts.find_version("zzz") == ()
    (sheet,) = facts.find_version("a")
    assert (sheet.file_name, sheet.locator, sheet.number, sheet.is_kept) == ("first.jsonl", "line 2", 1, True)
    assert [one.number for one in facts.list_versions("b")] == [1, 2]


def test_a_judgement_is_taken_back_by_another(filled):
    facts = filled.facts
    before = list(facts.list_heads())
    facts.judge("a", "withdrawn", "not about this", "someone", AT)
    assert states(filled)["a"] == "withdrawn"
    facts.judge("a", "withdrawn", "it is", "someone else", AT, holds=False)
    assert list(facts.list_heads()) == before
    found = list(facts.list_judgements("a"))
    assert [(one.holds, one.by, one.version) for one in found] == [
        (True, "someone", "a"),
        (False, "someone else", "a"),
    ]
    with pytest.raises(LookupError):
        facts.judge("none", "withdrawn", "r", "b", AT)


def test_a_retraction_of_an_address_holds_for_versions_to_come(filled, tmp_path):
    facts = filled.facts
    facts.judge("b", "retracted", "a notice", "someone", AT, of_address=True)
    assert set(states(filled).values()) == {"current", "retracted"}
    _, problems = add(filled, write_lines(tmp_path / "third.jsonl", {**ROWS[0], "text": "Nobody was hurt."}))
    assert [problem.code for problem in problems] == ["store.retracted"]
    assert [state for id, state in states(filled).items() if id.startswith("b")] == ["retracted"] * 3
    assert all(one.retracted for one in facts.fetch_documents(["b"]))


def test_states_of_single_versions_agree_with_those_of_all(filled, tmp_path):
    add(filled, write_lines(tmp_path / "c.jsonl", {"id": "c", "text": "Corrected.", "supersedes": "a"}))
    filled.facts.judge("b", "withdrawn", "r", "b", AT)
    for id, state in states(filled).items():
        assert filled.facts.find_version(id)[0].state == state
    assert states(filled)["a"] == "superseded"


def test_minted_ids_are_added_and_never_lost(case):
    first, second = Minted("i1", "c1", 1), Minted("i2", "c2", 2)
    case.facts.record_minted([first, second])
    case.facts.record_minted([first])
    assert list(case.facts.list_minted()) == [first, second]
    merged = Minted("i2", "c2", 2, "i1")
    case.facts.record_minted(iter([merged]))
    assert list(case.facts.list_minted()) == [first, merged]
    case.facts.record_minted([second])
    assert list(case.facts.list_minted()) == [first, second]


def test_editions_are_numbered_and_know_what_they_hold(case):
    first = Edition("out", AT, "d1", False, ("a", "b", "a"))
    assert case.facts.record_edition(first) == 1
    assert case.facts.record_edition(Edition("out2", AT, "d2", True, ())) == 2
    assert [edition.folder for edition in case.facts.list_editions()] == ["out", "out2"]
    assert [edition.number for edition in case.facts.find_editions(["z", "b"])] == [1]
    assert list(case.facts.find_editions(["c"])) == []
