"""Hashtags that name well-known places in a script with capitals."""

import pytest

from claims.telling import read_one, read_words


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("A civilian was killed in shelling on #MaaratAlNuman.", "Maarat al-Numan", "settlement"),
        ("A civilian was killed in shelling on #Idlib_countryside.", "Idlib", "province"),
        ("A civilian was killed in shelling on #Deir_Ezzor city.", "Deir ez-Zor", "settlement"),
    ],
)
def test_a_hashtag_names_a_place(words: str, name: str, precision: str) -> None:
    place = read_one(words, kind="toll").place
    assert place is not None
    assert (place.name, place.precision) == (name, precision)


def test_a_hashtag_that_is_no_place_names_none() -> None:
    claims = read_words("#BREAKING A civilian was killed in shelling. #Whatever")
    assert all(claim.place is None for claim in claims)


def test_hashtags_of_a_quoted_post_place_nothing() -> None:
    claims = read_words('A nurse wrote: "A child was killed in the #MaaratAlNuman raid."')
    assert all(claim.place is None for claim in claims)


def test_the_countryside_of_a_provincial_capital_is_its_province() -> None:
    place = read_one("A civilian was killed in shelling in Aleppo countryside.", kind="toll").place
    assert place is not None
    assert place.precision == "province"
