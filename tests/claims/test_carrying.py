"""What one sentence leaves to the next, and what it does not."""

from claims.telling import read_words
from harmledger.records.claim import Claim


def list_tolls(words: str) -> list[Claim]:
    return [claim for claim in read_words(words) if claim.kind == "toll"]


def test_place_time_and_means_are_carried() -> None:
    _, second = list_tolls("An air strike killed nine people in Ariha on Sunday. Forty people were wounded.")
    assert second.place is not None
    assert second.time is not None
    assert (second.place.name, second.place.wording) == ("Ariha", None)
    assert (second.time.start, second.time.wording) == ("2021-11-07", None)
    assert second.means == "air_strike"


def test_a_sentence_that_names_its_place_takes_no_other() -> None:
    _, second = list_tolls("Nine people were killed in Ariha. Four people were killed in Sarmin.")
    assert second.place is not None
    assert second.place.name == "Sarmin"


def test_what_is_only_possible_leaves_nothing() -> None:
    words = (
        "Nine people were killed in Ariha. A strike on Sarmin could kill 40 people. Six people were wounded."
    )
    assert [claim.place.name if claim.place else None for claim in list_tolls(words)][-1] == "Ariha"


def test_an_earlier_event_leaves_nothing() -> None:
    words = (
        "Nine people were killed in Ariha on Sunday. In 2013 a gas attack killed 40 people in Saraqib. "
        "Six people were wounded."
    )
    last = list_tolls(words)[-1]
    assert last.place is not None
    assert last.time is not None
    assert (last.place.name, last.time.start) == ("Ariha", "2021-11-07")


def test_a_part_divides_the_last_total_of_its_harm() -> None:
    whole, part = list_tolls("The raid killed 12 people. Four were children.")
    assert part.part_of == whole.id
    assert (part.harm, part.group) == ("killed", "children")


def test_a_part_without_a_speaker_has_the_voice_of_its_total() -> None:
    whole, part = list_tolls("Medics said the raid killed 12 people. Four were children.")
    assert part.voice.name == whole.voice.name == "Medics"
    assert "voice.of-the-whole" in part.because
