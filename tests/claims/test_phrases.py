"""Noun phrases: how many, of whom, of what side, and where a phrase ends."""

import pytest

from claims.telling import list_kinds, parse_words
from harmledger.claims.chunks import Chunk


def find_chunk(words: str, kind: str) -> Chunk:
    chunks = [chunk for chunk in parse_words(words).chunks if chunk.kind == kind]
    assert chunks, list_kinds(words)
    return chunks[0]


@pytest.mark.parametrize(
    ("words", "value", "low", "high", "quantifier"),
    [
        ("Nine people fell.", 9, 9, 9, "exact"),
        ("At least nine people fell.", 9, 9, None, "at_least"),
        ("More than 40 people fell.", 40, 41, None, "more_than"),
        ("About 40 people fell.", 40, None, None, "about"),
        ("Nearly 40 people fell.", 40, None, 40, "nearly"),
        ("As many as 40 people fell.", 40, None, 40, "at_most"),
        ("Between 10 and 15 people fell.", None, 10, 15, "range"),
        ("Five or six people fell.", None, 5, 6, "range"),
        ("Dozens of people fell.", None, 24, None, "dozens"),
        ("Several people fell.", None, 3, None, "several"),
        ("A child fell.", 1, 1, 1, "exact"),
        ("Both men fell.", 2, 2, 2, "exact"),
        ("Villagers fell.", None, 2, None, "unspecified"),
        ("An entire family fell.", None, 2, None, "unspecified"),
    ],
)
def test_people_are_counted_by_number_article_or_plural(
    words: str, value: int | None, low: int | None, high: int | None, quantifier: str
) -> None:
    count = find_chunk(words, "PEOPLE").count
    assert count is not None
    assert (count.value, count.low, count.high, count.quantifier) == (value, low, high, quantifier)


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Nine people fell.", "people"),
        ("Nine residents fell.", "people"),
        ("Nine teachers fell.", "civilians"),
        ("Nine women fell.", "women"),
        ("Nine women and children fell.", "women_and_children"),
        ("Nine pro-democracy activists fell.", "civilians"),
        ("Nine rebel fighters fell.", "combatants"),
        ("Nine Syrian soldiers fell.", "combatants"),
        ("Nine civilian men fell.", "men"),
        ("Nine ambulance workers fell.", "medics"),
        ("Nine members of one family fell.", "people"),
    ],
)
def test_a_phrase_has_the_group_of_its_head(words: str, group: str) -> None:
    assert find_chunk(words, "PEOPLE").group == group


def test_places_hit_are_counted_too() -> None:
    target = find_chunk("Two hospitals burned.", "TARGET")
    assert (target.group, target.count.value if target.count else None) == ("hospital", 2)


def test_the_owner_is_no_part_of_what_is_owned() -> None:
    assert list_kinds("Residents' homes burned.")[:2] == ["PEOPLE", "TARGET"]
    assert find_chunk("Residents' homes burned.", "TARGET").group == "home"


def test_a_plural_closes_the_phrase() -> None:
    assert list_kinds("Nine people hospitals fell.")[:2] == ["PEOPLE", "TARGET"]


def test_a_bracket_without_a_number_does_not_part_a_phrase() -> None:
    assert find_chunk("The Kurdish (YPG) fighters fell.", "PEOPLE").group == "combatants"


def test_a_means_takes_the_side_of_its_owner() -> None:
    assert find_chunk("Russian air strikes began.", "MEANS").actor == "Russia"
    assert find_chunk("Russian air strikes began.", "MEANS").value == "air_strike"


def test_a_harmed_person_is_a_kind_of_its_own() -> None:
    chunk = find_chunk("A wounded man fell.", "HARMED_PEOPLE")
    assert (chunk.harm, chunk.group) == ("injured", "men")


def test_a_damaged_place_is_a_kind_of_its_own() -> None:
    chunk = find_chunk("The ruined school stood.", "DAMAGED_TARGET")
    assert (chunk.harm, chunk.group) == ("damaged", "school")


def test_those_who_speak_have_a_role() -> None:
    assert find_chunk("A doctor spoke.", "PEOPLE").role == "medic"
    assert find_chunk("A war monitor spoke.", "SPEAKER").role == "monitor"
