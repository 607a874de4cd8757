"""Who was shot, and what became of them, told in different sentences."""

import pytest

from claims.telling import read_words


def list_harms(words: str) -> list[tuple[str | None, int | None]]:
    return [
        (claim.harm, claim.count.value if claim.count else None)
        for claim in read_words(words)
        if claim.kind == "toll"
    ]


@pytest.mark.parametrize(
    ("words", "harms"),
    [
        ("A driver was shot. The driver was pronounced dead.", [("killed", 1), ("killed", 1)]),
        ("A driver was wounded. The driver was pronounced dead.", [("injured", 1), ("killed", 1)]),
        ("A driver was shot. Another man was killed.", [("injured", 1), ("killed", 1)]),
        ("Two drivers were shot. One of the men died.", [("killed_or_injured", 2), ("killed", 1)]),
        ("Two drivers were shot, one fatally.", [("killed_or_injured", 2), ("killed", 1)]),
        ("A man was killed and two drivers were shot.", [("killed", 1), ("injured", 2)]),
        ("Two drivers were wounded. One of the men died.", [("injured", 2), ("killed", 1)]),
        (
            "A baker was killed and a woman wounded. The woman was shot.",
            [("killed", 1), ("injured", 1), ("injured", 1)],
        ),
    ],
)
def test_an_open_harm_is_settled_by_the_outcome(words: str, harms: list[tuple[str, int]]) -> None:
    assert list_harms(words) == harms


def test_one_person_told_twice_counts_once() -> None:
    shot, dead = (
        claim
        for claim in read_words("A driver was shot. The driver was pronounced dead.")
        if claim.kind == "toll"
    )
    assert shot.part_of == dead.id
