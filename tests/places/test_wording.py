"""Generic words around a name, and the tables they come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.folding import fold_name
from harmledger.places.wording import Described, describe_wording, split_brackets, strip_levels


@pytest.mark.parametrize(
    ("wording", "described"),
    [
        ("Idlib", Described("idlib")),
        ("Idlib Province", Described("idlib", "province")),
        ("the province of Idlib", Described("idlib", "province")),
        ("the town of Khan Sheikhoun", Described("khan sheikhoun", "settlement")),
        ("northern Hama Province", Described("hama", "province", "north")),
        ("south-eastern Idlib", Described("idlib", None, "southeast")),
        ("east Aleppo city", Described("aleppo", "settlement", "east")),
        ("the outskirts of Saraqib", Described("saraqib", None, None, True)),
        ("the southern Idlib countryside", Described("idlib", "area", "south")),
        ("Hama military airport", Described("hama", "airbase")),
        ("Province", Described("province")),
        ("", Described("")),
    ],
)
def test_generic_words_are_taken_off(wording: str, described: Described) -> None:
    assert describe_wording(wording) == described


@given(
    st.lists(
        st.sampled_from(["the", "of", "northern", "province", "town", "near", "idlib"]),
        min_size=1,
        max_size=8,
    )
)
def test_a_name_always_remains(words: list[str]) -> None:
    wording = " ".join(words)
    name = describe_wording(wording).name
    assert name
    assert name in fold_name(wording)


def test_brackets_hold_another_name() -> None:
    assert split_brackets("Homs (Hims)") == ("Homs", "Hims")
    assert split_brackets("Homs") == ("Homs",)


def test_levels_leave_division_names() -> None:
    assert strip_levels("Idlib District") == "idlib"
    assert strip_levels("Abyan Governorate") == "abyan"


def test_every_generic_word_is_written_as_it_folds() -> None:
    toponyms = load_toponyms("en")
    words = [*toponyms.levels, *toponyms.directions, *toponyms.surroundings, *toponyms.connectors]
    words += [*toponyms.countries, *(word for words in toponyms.adjectives.values() for word in words)]
    assert [word for word in words if fold_name(word) != word] == []


def test_a_language_without_the_table_says_so() -> None:
    with pytest.raises(FileNotFoundError):
        load_toponyms("xx")
