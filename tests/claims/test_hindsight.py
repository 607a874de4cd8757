"""What only the whole document tells about its first sentences."""

import pytest

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


LEAD = "An air strike in Idlib province killed 59 people on Friday."
DAY = "The monitor said 59 people were killed across Idlib province on Friday."


def tell_scope(lead: str, later: str) -> tuple[str, bool]:
    """Give the scope of the lead's toll, and whether a figure told again gave it."""
    first = list_tolls(f"{lead}\n\nA shell killed two people in Sarmin on Friday. {later}")[0]
    return first.scope, "scope.told-again" in first.because


def test_a_figure_told_twice_has_the_wider_scope() -> None:
    lead, attack, day = list_tolls(f"{LEAD}\n\nA strike killed 38 people in Ariha on Friday. {DAY}")
    assert (lead.scope, attack.scope, day.scope) == ("area_day", "attack", "area_day")
    assert "scope.told-again" in lead.because


@pytest.mark.parametrize(
    "later",
    [DAY.replace("killed", "wounded"), DAY.replace("59", "61"), DAY.replace("on Friday", "on Saturday")],
    ids=["another harm", "another figure", "another day"],
)
def test_a_figure_that_differs_is_not_told_again(later: str) -> None:
    assert tell_scope(LEAD, DAY) == ("area_day", True)
    assert tell_scope(LEAD, later) == ("attack", False)


def test_a_figure_of_a_town_is_not_the_figure_of_its_province() -> None:
    assert tell_scope(LEAD.replace("Idlib province", "Ariha"), DAY) == ("attack", False)


def test_a_figure_of_one_body_is_not_the_figure_of_another() -> None:
    lead = f"{LEAD[:-1]}, the White Helmets said."
    assert tell_scope(lead, DAY.replace("The monitor", "The White Helmets")) == ("area_day", True)
    assert tell_scope(lead, DAY.replace("The monitor", "The United Nations")) == ("attack", False)


def test_a_total_told_before_widens_no_attack_told_after() -> None:
    day, attack = list_tolls(f"{DAY}\n\n{LEAD}")
    assert (day.scope, attack.scope) == ("area_day", "attack")


def test_a_small_figure_told_twice_may_be_chance() -> None:
    lead, _ = list_tolls(
        "Strikes kill nine in Ariha\n\nThe monitor said nine people were killed across Idlib province on Friday."
    )
    assert lead.scope == "attack"


PROVINCE = "An air strike in Idlib province killed nine people."


def test_a_figure_of_a_province_told_again_in_a_town_is_of_the_town() -> None:
    lead, _ = list_tolls(f"{PROVINCE}\n\nThe strike killed nine people in Ariha on Friday.")
    assert lead.place is not None
    assert (lead.place.name, "place.told-again" in lead.because) == ("Ariha", True)


def test_a_figure_of_a_province_is_not_another_figure_of_the_one_town() -> None:
    lead, _ = list_tolls(f"{PROVINCE}\n\nThe strike killed six people in Ariha on Friday.")
    assert lead.place is not None
    assert lead.place.precision == "province"


def test_an_attack_without_a_number_follows_the_figure_of_its_sentence() -> None:
    claims = read_words(f"{PROVINCE}\n\nThe strike killed nine people in Ariha on Friday.")
    attack = next(claim for claim in claims if claim.kind == "attack")
    assert attack.place is not None
    assert (attack.place.name, "place.told-again" in attack.because) == ("Ariha", True)


def test_an_attack_without_a_number_stays_in_its_province() -> None:
    attack, *_ = read_words(
        "Jets bombed Idlib province again.\n\nA strike killed nine people in Ariha on Friday."
    )
    assert attack.place is not None
    assert attack.place.precision == "province"


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


def test_a_part_with_a_strike_of_its_own_keeps_its_place_and_scope() -> None:
    whole, part = list_tolls(
        "Air strikes killed 59 people in Idlib province on Monday, including 38 killed in a strike on Ariha."
    )
    assert whole.place is not None
    assert part.place is not None
    assert (whole.place.precision, whole.scope) == ("province", "area_day")
    assert (part.place.name, part.scope, part.part_of) == ("Ariha", "attack", whole.id)


def test_a_part_without_one_has_those_of_its_total() -> None:
    whole, part = list_tolls(
        "Air strikes killed 59 people across Idlib province on Monday, including 12 children."
    )
    assert (part.place, part.scope, part.time) == (whole.place, whole.scope, whole.time)
    assert whole.scope == "area_day"


def test_an_attack_that_a_voice_lists_after_its_total_for_the_day_is_a_part_of_it() -> None:
    day, town, other = list_tolls(
        "Strikes killed 59 people across Idlib province on Friday. A strike killed 38 people in Ariha. "
        "The White Helmets said a shell killed two people in Sarmin."
    )
    assert day.scope == "area_day"
    assert town.part_of == day.id
    assert other.part_of is None
