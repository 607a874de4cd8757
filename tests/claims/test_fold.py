"""The key of a text has its length, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.claims.fold import fold_phrase, fold_text


@given(st.text())
def test_the_key_is_as_long_as_the_text(text: str) -> None:
    assert len(fold_text(text)) == len(text)


@given(st.text(), st.text())
def test_each_code_point_is_folded_by_itself(before: str, after: str) -> None:
    """Only so do offsets into a part agree with offsets into the whole. The final sigma is the one exception."""
    whole, parts = fold_text(before + after), fold_text(before) + fold_text(after)
    assert whole.replace("ς", "σ") == parts.replace("ς", "σ")


@given(st.text())
def test_a_folded_phrase_is_folded(text: str) -> None:
    assert fold_phrase(fold_phrase(text)) == fold_phrase(text)


def test_punctuation_becomes_space_and_letters_become_small() -> None:
    assert fold_text("U.S.-led: 38 DEAD!") == "u s  led  38 dead "
    assert fold_phrase("U.S.-led") == "u s led"


def test_a_letter_whose_small_form_is_longer_keeps_its_place() -> None:
    assert fold_text("İdlib KILLED") == "İdlib killed"
