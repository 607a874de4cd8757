"""What two texts' words have in common."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents.kinship import MOST_STEMS, count_shared, rate_shared, sketch_words

REPORT = "Aircraft struck the vegetable market near the old mill in the northern quarter, residents reported."


def _rate(one: bytes, other: bytes) -> float:
    return rate_shared(*count_shared(one, other))


def test_a_report_and_its_reworking_are_nearer_than_two_reports_of_one_place() -> None:
    reworked = sketch_words(
        ["The vegetable market near the old mill was struck by aircraft, residents said."]
    )
    other = sketch_words(["Artillery shells landed on farmland outside the northern quarter overnight."])
    report = sketch_words([REPORT])
    assert _rate(report, reworked) > 2
    assert 0 < _rate(report, other) < 1


def test_what_is_written_onto_a_word_and_its_ending_do_not_matter() -> None:
    assert sketch_words(["والمدرسة"]) == sketch_words(["المدرسه"]) == sketch_words(["للمدرسة"])
    assert sketch_words(["villages"]) == sketch_words(["Villager"])


def test_no_word_in_common_is_no_kinship() -> None:
    assert _rate(sketch_words([REPORT]), sketch_words(["قصف مدفعي على أطراف البلدة"])) == 0
    assert _rate(b"", sketch_words([REPORT])) == 0


@given(st.lists(st.text(max_size=200), max_size=4), st.lists(st.text(max_size=200), max_size=4))
def test_kinship_is_symmetrical_and_the_order_of_sentences_does_not_matter(
    one: list[str], other: list[str]
) -> None:
    mine, theirs = sketch_words(one), sketch_words(other)
    assert _rate(mine, theirs) == _rate(theirs, mine) >= 0
    assert sketch_words(reversed(one)) == mine
    assert len(mine) <= 2 * MOST_STEMS
