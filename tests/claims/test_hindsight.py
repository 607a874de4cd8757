"""What only the whole document tells about its first sentences."""

from claims.telling import read_words
from harmledger.records.claim import Claim


def list_tolls(words: str) -> list[Claim]:
    return [claim for claim in read_words(words) if claim.kind == "toll"]


def test_a_lead_is_dated_by_its_story() -> None:
    lead, _ = list_tolls("A strike killed nine people.\n\nA shell killed two people in Ariha on Friday.")
    assert lead.time is not None
    assert lead.place is not None
    assert (lead.time.start, lead.time.wording) == ("2021-11-05", None)
    assert (lead.place.name, lead.place.wording) == ("Ariha", None)


def test_a_figure_told_twice_has_the_wider_scope() -> None:
    lead, attack, day = list_tolls(
        "Strikes kill 59 in Idlib\n\nA strike killed 38 people in Ariha on Friday. "
        "The monitor said 59 people were killed across Idlib province on Friday."
    )
    assert (lead.scope, attack.scope, day.scope) == ("area_day", "attack", "area_day")
    assert "scope.told-again" in lead.because


def test_a_small_figure_told_twice_may_be_chance() -> None:
    lead, _ = list_tolls(
        "Strikes kill nine in Ariha\n\nThe monitor said nine people were killed across Idlib province on Friday."
    )
    assert lead.scope == "attack"


def test_a_province_becomes_the_one_town_of_the_story() -> None:
    lead, _ = list_tolls(
        "An air strike in Idlib province killed nine people.\n\nThe strike killed six people in Ariha on Friday."
    )
    assert lead.place is not None
    assert (lead.place.name, "place.only-one" in lead.because) == ("Ariha", True)


def test_of_two_towns_none_is_the_only_one() -> None:
    lead, *_ = list_tolls(
        "An air strike in Idlib province killed nine people.\n\nThe strike killed six people in Ariha on Friday. "
        "A shell killed two people in Sarmin on Friday."
    )
    assert lead.place is not None
    assert lead.place.precision == "province"


def test_a_monitor_without_a_name_is_the_only_one_of_the_story() -> None:
    lead, _ = list_tolls(
        "A monitor said three people were hurt.\n\n"
        "The Syrian Observatory for Human Rights said nine people were killed in Ariha."
    )
    assert lead.voice.name == "Syrian Observatory for Human Rights"
    assert "voice.only-one" in lead.because
