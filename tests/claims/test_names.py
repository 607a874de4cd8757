"""Capitalised runs that the lexicon does not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.claims.fold import fold_text
from harmledger.claims.marks import compile_vocabulary, find_marks
from harmledger.claims.names import find_names

VOCABULARY = compile_vocabulary("en")


def list_names(text: str) -> list[str]:
    marks = find_marks(text, fold_text(text), 0, len(text), VOCABULARY)
    return [text[name.start : name.end] for name in find_names(text, 0, len(text), marks)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the town of Kafr Nabl was hit", ["Kafr Nabl"]),
        ("In Qalat al-Madiq nine were killed", ["Qalat al-Madiq"]),
        ("a crossing at Bab al-Hawa was hit", ["Bab al-Hawa"]),
        ("Russian aircraft over Ariha", ["Ariha"]),
        ("Ariha's market was hit", ["Ariha"]),
        ("the village of al-Habit was hit", ["al-Habit"]),
        ("nothing here is a name", []),
    ],
)
def test_names_are_runs_of_capitals_without_the_words_we_know(text: str, names: list[str]) -> None:
    assert list_names(text) == names


@given(st.text())
def test_names_lie_in_the_text_apart_and_hold_a_capital(text: str) -> None:
    free = 0
    for name in find_names(text, 0, len(text), []):
        assert free <= name.start < name.end <= len(text)
        assert any(letter.isupper() for letter in text[name.start : name.end])
        free = name.end
