"""Words of the lexicon in a text: the longest, at word boundaries, acronyms only in capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.claims.chunks import Chunk
from harmledger.claims.fold import fold_text
from harmledger.claims.marks import compile_vocabulary, find_marks, find_triggers

VOCABULARY = compile_vocabulary("en")


def mark(text: str) -> list[Chunk]:
    return find_marks(text, fold_text(text), 0, len(text), VOCABULARY)


def quote(text: str) -> list[str]:
    return [text[found.start : found.end] for found in mark(text)]


def test_the_longest_phrase_is_marked() -> None:
    assert "have been killed" not in quote("Five have been killed")
    assert quote("women and children") == ["women and children"]
    assert "claimed the lives of" in quote("It claimed the lives of six")
    assert "barrel bombs" in quote("helicopters dropped barrel bombs on homes")


@pytest.mark.parametrize("text", ["skilled workmanship", "unkilled", "killedx", "overkilled7"])
def test_a_word_inside_another_is_not_marked(text: str) -> None:
    assert not any("HARM_ED" in found.readings for found in mark(text))


@pytest.mark.parametrize("text", ["killed", "Killed!", '"killed"', "(killed)", "un-killed", "killed-or"])
def test_punctuation_bounds_a_word(text: str) -> None:
    assert any(found.readings.get("HARM_ED") == "killed" for found in mark(text))


@pytest.mark.parametrize(
    ("text", "is_country"),
    [
        ("US raids", True),
        ("U.S. raids", True),
        ("told us so", False),
    ],
)
def test_an_acronym_counts_only_in_capitals(text: str, is_country: bool) -> None:
    assert any("DEMONYM" in found.readings for found in mark(text)) is is_country


def test_a_phrase_may_run_over_punctuation() -> None:
    assert "US-led coalition" in quote("the US-led coalition said")


def test_a_word_keeps_all_its_readings() -> None:
    (found,) = (found for found in mark("residents fled") if found.start == 0)
    assert {"PEOPLE_MANY", "SPEAKER_MANY"} <= set(found.readings)


@given(st.text(), st.sampled_from(["killed", "air strike", "the dead", "war monitor"]), st.text())
def test_marks_are_in_order_apart_and_on_word_boundaries(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    key = fold_text(text)
    free = 0
    for found in find_marks(text, key, 0, len(text), VOCABULARY):
        assert free <= found.start < found.end <= len(text)
        assert found.start == 0 or not key[found.start - 1].isalnum()
        assert found.end == len(text) or not key[found.end].isalnum()
        assert found.readings
        free = found.end


def test_offsets_count_the_whole_text() -> None:
    text = "Calm. Nine were killed."
    found = find_marks(text, fold_text(text), 6, len(text), VOCABULARY)
    assert [text[one.start : one.end] for one in found if "HARM_ED" in one.readings] == ["killed"]


def test_only_words_of_harm_make_a_sentence_worth_reading() -> None:
    calm, harm = "The minister said the summit will be held.", "Nine were killed."
    assert find_triggers(fold_text(calm), VOCABULARY) == []
    assert find_triggers(fold_text(harm), VOCABULARY) == [harm.index("killed")]


@pytest.mark.parametrize("text", ["killed™ nine", "nine killed™", "killed℃", "Five were killed™"])
def test_a_sign_that_the_key_keeps_ends_a_word(text: str) -> None:
    assert any(text[one.start : one.end] in {"killed", "were killed"} for one in mark(text))
