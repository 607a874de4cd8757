"""Letters of Arabic names, and those behind their standard romanisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.places.folding import fold_name
from harmledger.places.romanisation import is_marked, restore_letters, write_letters


@pytest.mark.parametrize(
    ("arabic", "romanised"),
    [
        ("الحمران", "Ḩumrān"),
        ("معارة النعسان", "Ma‘ārrat an Na‘sān"),
        ("قلعة المضيق", "Qal‘at al Maḑīq"),
        ("الظاهرية", "Az̧ Z̧āhirīyah"),
        ("كفر نبل", "Kafr Nabl"),
        ("رأس العين", "Ra’s al ‘Ayn"),
        ("عين العروس", "‘Ayn al ‘Arūs"),
        ("أم الكيف", "Umm al Kayf"),
        ("الشيخ ناصر", "Ash Shaykh Nāşir"),
        ("الزهراء", "Az Zahrā’"),
    ],
)
def test_letters_meet(arabic: str, romanised: str) -> None:
    assert write_letters(fold_name(arabic)) == restore_letters(romanised)


def test_long_vowels_tell_names_apart() -> None:
    """Names of the same consonants differ in the vowels that Arabic writes."""
    letters = write_letters(fold_name("حمران"))
    assert letters not in {restore_letters("Ḩimārayn"), restore_letters("‘Amārinah")}


def test_letters_that_writers_exchange() -> None:
    assert write_letters(fold_name("أبو حامضة")) == write_letters(fold_name("ابو حامظه"))


def test_marks_of_the_standard() -> None:
    assert is_marked("Ḩamrān")
    assert is_marked("Z̧ahr")
    assert not is_marked("Hamran")


def test_no_letters_in_other_scripts() -> None:
    assert write_letters("hamran") == ""


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(restore_letters(text), str)
    assert isinstance(write_letters(fold_name(text)), str)
