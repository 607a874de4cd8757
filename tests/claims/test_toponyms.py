"""Which names are places, what leads to them and away from them, and which of them holds which."""

import pytest

from claims.telling import explain_words, parse_words, read_one, read_words
from harmledger.claims.toponyms import Toponym


def list_toponyms(words: str) -> list[Toponym]:
    return parse_words(words).toponyms


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("Nine died in Ariha.", "Ariha"),
        ("Nine died near Ariha.", "Ariha"),
        ("Rockets hit Ariha.", "Ariha"),
        ("Nine died in the town of Ariha.", "town of Ariha"),
        ("Nine died in Idlib province.", "Idlib province"),
        ("Nine died in northern Aleppo.", "northern Aleppo"),
    ],
)
def test_a_place_is_located_with_its_generic_words(words: str, wording: str) -> None:
    (place,) = list_toponyms(words)
    assert (place.wording, place.located) == (wording, True)


def test_a_name_that_no_gazetteer_knows_gives_no_place() -> None:
    assert read_one("Nine people were killed in Qwertzuiop.").place is None


def test_a_person_with_a_title_is_no_place() -> None:
    assert list_toponyms("Colonel Ariha died.") == []


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("Shells fell on Sheikh Miskin.", "Sheikh Miskin"),
        ("Nine died in the town of Sheikh Miskin.", "town of Sheikh Miskin"),
        ("Rockets hit Ariha and Sheikh Miskin.", "Sheikh Miskin"),
        ("Drones struck Port Sudan.", "Port Sudan"),
    ],
)
def test_a_town_whose_name_begins_with_a_word_of_another_meaning_is_a_place(words: str, wording: str) -> None:
    place = list_toponyms(words)[-1]
    assert (place.wording, place.located) == (wording, True)


def test_a_speaker_with_the_name_of_a_town_stays_a_person() -> None:
    assert [one.wording for one in list_toponyms("Sheikh Miskin said nine died in Ariha.")] == ["Ariha"]


def test_a_port_of_a_town_is_none_of_its_name() -> None:
    assert [one.wording for one in list_toponyms("Drones struck the port of Hodeidah.")] == ["Hodeidah"]


def test_words_that_lead_away_are_told_apart() -> None:
    (place,) = list_toponyms("Nine people from Ariha died.")
    assert place.origin


@pytest.mark.parametrize("words", ["Nine died in Ariha, Idlib.", "Nine died in Ariha in Idlib province."])
def test_the_second_place_holds_the_first(words: str) -> None:
    inner, outer = list_toponyms(words)
    assert inner.container == outer.wording
    assert outer.contains
    assert not inner.contains


def test_places_in_a_list_hold_nothing() -> None:
    first, second = list_toponyms("Rockets hit Ariha and Sarmin.")
    assert first.container is None
    assert not second.contains


def test_places_of_a_text_are_settled_in_one_country() -> None:
    _, traces = explain_words("Rockets hit Ariha on Sunday.\n\nNine died in Sarmin, a town in Syria.")
    settled = [place.settled for trace in traces for place in trace.parsed.toponyms]
    countries = {
        one.candidate.place.country for one in settled if one is not None and one.candidate is not None
    }
    assert countries == {"SY"}


def test_an_unknown_place_of_its_own_clause_is_not_the_place_of_the_clause_before() -> None:
    claims = read_words(
        "A raid killed nine militants in Mosul, while a mine killed four farmers in Xamandar."
    )
    killed = {claim.count.value: claim.place for claim in claims if claim.kind == "toll" and claim.count}
    told = {number: (place.name, place.wording) for number, place in killed.items() if place is not None}
    assert told == {9: ("Mosul", "Mosul"), 4: (None, "Xamandar")}
