"""Parties as registers name them."""

import pytest

from harmledger.registers.parties import name_parties


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Government of Syria", {"syrian government"}),
        ("Russian Military", {"russia"}),
        ("Syrian Government; Russian Military", {"syrian government", "russia"}),
        ("US-led Coalition", {"us-led coalition"}),
        ("Islamic State", {"islamic state"}),
        ("Some Unknown Brigade", {"some unknown brigade"}),
        ("", set()),
    ],
)
def test_a_party_is_known_by_its_neutral_name(told: str, names: set[str]) -> None:
    assert {name.replace("us led", "us-led") for name in name_parties(told)} == names
