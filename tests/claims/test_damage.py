"""Places hit, damaged, destroyed, or struck near: different claims about one night."""

import pytest

from claims.telling import read_words


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The raids destroyed two bakeries.", [("destroyed", "bakery", 2)]),
        ("Two hospitals and a school were hit.", [("damaged", "hospital", 2), ("damaged", "school", 1)]),
        ("Rockets landed near a mosque.", [("struck_near", "mosque", 1)]),
        (
            "The strikes landed near two clinics and a mosque.",
            [("struck_near", "clinic", 2), ("struck_near", "mosque", 1)],
        ),
        ("Warplanes bombed the market.", [("damaged", "market", 1)]),
        ("The shelling set 14 cars on fire.", [("damaged", "vehicle", 14)]),
        ("Shells did not hit the hospital.", []),
        ("The doctors work in two hospitals.", []),
    ],
)
def test_places_are_damaged_as_the_words_say(words: str, found: list[tuple[str, str, int]]) -> None:
    damage = [claim for claim in read_words(words) if claim.kind == "damage"]
    assert [(c.harm, c.group, c.count.value if c.count else None) for c in damage] == found
