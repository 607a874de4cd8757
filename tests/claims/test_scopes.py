"""Scope and stance: every rule of the decision table, each by the sentence that needs it."""

import pytest

from claims.telling import PUBLISHED, read_one, read_words

SCOPES = [
    ("scope.modal", "hypothetical", "An attack on Ariha could kill 40 people."),
    ("scope.modal", "hypothetical", "Aid workers warned that an offensive would kill 40 people."),
    ("scope.fiction", "hypothetical", "In the film 40 people are killed by a bomb."),
    ("scope.mass", "since_date", "More than 300,000 people were killed in the country."),
    ("scope.since", "since_date", "At least 40 people have been killed in Idlib since late April."),
    ("scope.past-day", "area_day", "In the past 24 hours 12 people were killed in Idlib."),
    ("scope.running-words", "since_date", "To date 90 people have been killed."),
    ("scope.running-words", "since_date", "Shelling killed 31 people in Ariha over three days."),
    (
        "scope.long-period",
        "since_date",
        "In September 2020 air strikes and artillery killed 24 people in Ariha.",
    ),
    ("scope.one-attack", "attack", "In September 2020 an air strike killed 24 people in Ariha."),
    ("scope.wide-area", "area_day", "Air strikes across Idlib province killed 12 people on Sunday."),
    ("scope.wide-area", "area_day", "Air strikes killed 12 people in Idlib province on Sunday."),
    ("scope.one-attack", "attack", "So far 12 people have been killed in the strike."),
    ("scope.one-attack", "attack", "An air strike killed 12 people in Idlib province on Sunday."),
    ("scope.one-attack", "attack", "Air strikes killed 12 people in Ariha on Sunday."),
]


@pytest.mark.parametrize(("rule", "scope", "words"), SCOPES)
def test_a_scope_is_decided_by_its_rule(rule: str, scope: str, words: str) -> None:
    claim = read_one(words)
    assert (claim.scope, rule in claim.because) == (scope, True)


def test_people_displaced_without_a_day_are_a_stock() -> None:
    claim = read_one("Two hundred people have been displaced from Ariha.", kind="displacement")
    assert (claim.scope, claim.because[-1]) == ("since_date", "scope.stock")


def test_an_event_that_ended_long_before_the_one_told_is_background() -> None:
    words = (
        "Air strikes killed 12 people in Ariha on Sunday. In 2013 a gas attack killed 40 people in Saraqib."
    )
    told, earlier = (claim for claim in read_words(words) if claim.kind == "toll")
    assert (told.scope, earlier.scope) == ("attack", "background")
    assert "scope.earlier-event" in earlier.because
    assert earlier.time is not None
    assert earlier.time.start == "2013-01-01"


def test_a_total_is_wider_than_the_one_attack_inside_it() -> None:
    words = "Shelling killed 29 people in Idlib province on Sunday, 16 of them in a single attack on Ariha."
    whole, part = (claim for claim in read_words(words) if claim.kind == "toll")
    assert (whole.scope, part.scope) == ("area_day", "attack")
    assert part.part_of == whole.id


def test_a_running_total_runs_to_the_day_of_publication() -> None:
    time = read_one("At least 40 people have been killed in Idlib since late April.").time
    assert time is not None
    assert (time.start, time.end) == ("2021-04-20", PUBLISHED)


@pytest.mark.parametrize(
    "words",
    ["Nine people are feared dead in Ariha.", "Nine people were believed killed in Ariha."],
)
def test_what_is_only_feared_is_hedged(words: str) -> None:
    assert read_one(words).stance == "hedged"


def test_a_modal_of_another_clause_makes_nothing_hypothetical() -> None:
    assert read_one("Nine people were killed in Ariha, and the talks could fail.").scope == "attack"
