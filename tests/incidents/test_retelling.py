"""What one document tells twice."""

from dataclasses import replace

import pytest

from harmledger.incidents.source import Sources
from harmledger.incidents.telling import group_document
from harmledger.records.claim import Claim
from harmledger.records.place import Place
from incidents.build import PROVINCE, TAKHARIM, attack, day, toll

MONDAY, TUESDAY = day("2016-05-30"), day("2016-05-31")
CITY = Place("City", "City", "t:city", "SY", "Idlib", None, 35.0, 36.0, "settlement", 6.0)
SUBURB = Place("Suburb", "Suburb", "t:suburb", "SY", "Idlib", None, 35.03, 36.05, "settlement", 3.0)


def group(*claims: Claim) -> list[list[str]]:
    return [[claim.id for claim in mention.claims] for mention in group_document(claims, Sources({}))]


def test_a_headline_has_the_city_and_the_text_its_suburb() -> None:
    headline = toll("d", 0, 18, place=CITY, time=MONDAY, id="headline")
    strike = attack("d", 1, place=SUBURB, time=MONDAY, id="strike")
    body = toll("d", 2, 18, place=SUBURB, time=MONDAY, id="body")
    (told,) = group_document((headline, strike, body), Sources({}))
    assert {claim.id for claim in told.claims} == {"headline", "strike", "body"}
    assert told.place == SUBURB


@pytest.mark.parametrize(
    "body",
    [
        toll("d", 2, 18, place=TAKHARIM, time=MONDAY, id="body"),
        toll("d", 2, 17, place=SUBURB, time=MONDAY, id="body"),
        toll("d", 2, 18, place=SUBURB, time=TUESDAY, id="body"),
    ],
    ids=["far away", "another number", "another day"],
)
def test_what_differs_is_another_attack(body: Claim) -> None:
    headline = toll("d", 0, 18, place=CITY, time=MONDAY, id="headline")
    assert group(headline, attack("d", 1, place=body.place, time=body.time, id="strike"), body)[0] == [
        "headline"
    ]


def test_a_small_number_is_no_sign_of_one_attack() -> None:
    """Two killed in a town, two killed in the next."""
    first = toll("d", 0, 2, place=CITY, time=MONDAY, id="first")
    second = toll("d", 1, 2, place=SUBURB, time=MONDAY, id="second")
    assert group(first, second) == [["first"], ["second"]]


def test_women_and_a_child_of_one_sentence_are_one_toll() -> None:
    strike = attack("d", 0, place=TAKHARIM, time=MONDAY, id="strike")
    women = toll("d", 1, 5, group="women", place=PROVINCE, time=MONDAY, id="women")
    child = replace(
        toll("d", 1, 1, group="children", place=PROVINCE, time=MONDAY, id="child", offset=40),
        evidence=women.evidence,
    )
    assert group(strike, women, child) == [["strike", "women", "child"]]
