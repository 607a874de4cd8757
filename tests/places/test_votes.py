"""Which country a document is about: names that may be several countries' count for each a little."""

import pytest

from harmledger.places.candidate import Candidate
from harmledger.places.votes import weigh_countries
from harmledger.records.place import Place


def candidate(country: str, score: float, found: str = "same-name") -> Candidate:
    place = Place("Anytown", "Anytown", f"t:{country}", country, lat=1.0, lon=1.0, precision="settlement")
    return Candidate(place, score, "settlement", 1000, "Anytown", because=(found,))


@pytest.mark.parametrize(
    ("candidates", "votes"),
    [
        ([], {}),
        ([candidate("PS", 0.98)], {"PS": 0.98}),
        ([candidate("PS", 0.98), candidate("EG", 0.97)], {"PS": 0.49, "EG": 0.485}),
        ([candidate("PS", 0.98), candidate("EG", 0.5)], {"PS": 0.98}),
        ([candidate("AF", 0.8, "same-spelling")], {"AF": 0.4}),
        ([candidate("AF", 0.8, "same-skeleton")], {}),
    ],
)
def test_a_wording_has_one_vote_and_shares_it(candidates: list[Candidate], votes: dict[str, float]) -> None:
    assert weigh_countries(candidates) == pytest.approx(votes)
