"""Who is blamed, who denies and who admits, and that an attack is told without a toll."""

import pytest

from claims.telling import read_words


def list_actors(words: str, kind: str) -> list[tuple[str, str]]:
    return [
        (actor.name, actor.role)
        for claim in read_words(words)
        if claim.kind == kind
        for actor in claim.actors
    ]


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Residents blamed Russia for the shelling.", ("Russia", "blamed")),
        ("Residents accused the Syrian army of bombing the market.", ("Syrian government", "blamed")),
        ("Russia denied any involvement in the attack.", ("Russia", "denies")),
        ("Russia said it was not involved in the strike.", ("Russia", "denies")),
        ("The Islamic State claimed responsibility for the bombing.", ("Islamic State", "admits")),
    ],
)
def test_an_attribution_names_its_party(words: str, actor: tuple[str, str]) -> None:
    assert actor in list_actors(words, "attribution")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Russian warplanes killed nine people in Ariha.", "Russia"),
        ("Nine people were killed in Ariha by Russian air strikes.", "Russia"),
        ("US strikes killed nine people in Raqqa.", "United States"),
        ("Rebels shelled Ariha and killed nine people.", "Syrian opposition armed groups"),
    ],
)
def test_a_toll_carries_who_did_it(words: str, name: str) -> None:
    assert list_actors(words, "toll") == [(name, "blamed")]


def test_who_is_killed_did_not_do_it() -> None:
    assert list_actors("Nine rebel fighters were killed in Ariha.", "toll") == []


def test_who_speaks_did_not_do_it() -> None:
    assert list_actors("The Syrian army said nine people were killed in Ariha.", "toll") == []


def test_a_denial_is_denied() -> None:
    denials = [claim for claim in read_words("Russia denied any involvement in the attack.") if claim.actors]
    assert [claim.stance for claim in denials] == ["denied"]


def test_an_attack_needs_no_toll() -> None:
    (claim,) = read_words("An air strike hit Ariha on Sunday.")
    assert (claim.kind, claim.harm, claim.count, claim.means) == ("attack", None, None, "air_strike")


def test_each_place_struck_is_an_attack() -> None:
    claims = [
        claim for claim in read_words("Air strikes hit Ariha and Sarmin on Sunday.") if claim.kind == "attack"
    ]
    assert [claim.place.name if claim.place else None for claim in claims] == ["Ariha", "Sarmin"]
