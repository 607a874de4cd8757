"""People harmed: one claim for each number, who is counted with whom, and what is a part of what."""

import pytest

from claims.telling import read_one, read_words
from harmledger.records.claim import Claim


def list_numbers(words: str) -> list[tuple[str | None, str | None, int | None]]:
    tolls = [claim for claim in read_words(words) if claim.kind == "toll"]
    return [(claim.harm, claim.group, claim.count.value if claim.count else None) for claim in tolls]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (
            "The blast killed two farmers and wounded a child.",
            [("killed", "civilians", 2), ("injured", "children", 1)],
        ),
        (
            "Shelling killed two children, wounding nine.",
            [("killed", "children", 2), ("injured", "children", 9)],
        ),
        ("The raids killed and wounded some 90 people.", [("killed_or_injured", "people", 90)]),
        ("A man and his two daughters were killed.", [("killed", "people", 3)]),
        ("A woman and two girls were killed.", [("killed", "women", 1), ("killed", "children", 2)]),
        ("A tailor, a father of four, was killed.", [("killed", "civilians", 1)]),
        ("Two boys, aged 9 and 12, were killed.", [("killed", "children", 2)]),
        ("A 9-year-old boy was killed.", [("killed", "children", 1)]),
        ("No casualties were reported in the shelling.", [("killed_or_injured", "people", 0)]),
        ("Nobody was hurt in the shelling.", [("injured", "people", 0)]),
        ("The blast claimed six lives.", [("killed", "people", 6)]),
        ("The death toll rose to 14.", [("killed", "people", 14)]),
    ],
)
def test_each_number_is_one_claim(words: str, numbers: list[tuple[str, str, int]]) -> None:
    assert list_numbers(words) == numbers


def list_parts(words: str) -> tuple[Claim, Claim]:
    whole, part = (claim for claim in read_words(words) if claim.kind == "toll")
    return whole, part


@pytest.mark.parametrize(
    "words",
    [
        "The raid killed 12 people, including four children.",
        "The raid killed 12 people, four of them children.",
        "Twelve people, including four children, were killed.",
        "The raid killed 12 people. Four were children.",
    ],
)
def test_a_subset_is_part_of_its_total(words: str) -> None:
    whole, part = list_parts(words)
    assert (whole.part_of, part.part_of) == (None, whole.id)
    assert (part.group, part.count.value if part.count else None) == ("children", 4)


def test_a_part_may_have_a_harm_of_its_own() -> None:
    whole, part = list_parts("The clinic took in 40 wounded, of whom nine later died.")
    assert (whole.harm, part.harm) == ("injured", "killed")


def test_what_photos_show_is_a_claim_about_media() -> None:
    claim = read_one("Photos showed six bodies in the street.", kind="media")
    assert (claim.harm, claim.count.value if claim.count else None) == ("killed", 6)


def test_a_number_of_displaced_people_is_a_displacement() -> None:
    assert read_one("The raids displaced 400 people.", kind="displacement").harm == "displaced"


@pytest.mark.parametrize(
    "words",
    [
        "Nine people were not killed.",
        "The minister met nine people in Ariha after the attack.",
        "The strike came nine days after the summit.",
        "Nine jets took part in the attack.",
    ],
)
def test_nobody_is_harmed_where_nobody_says_so(words: str) -> None:
    assert list_numbers(words) == []
