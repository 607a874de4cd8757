"""Each row is a sentence and what must be read in it."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from depth import examples
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.times import load_time_words
from harmledger.ranges.quantities import Quantity, find_quantities
from harmledger.ranges.times import find_times

WORDS = load_number_words("en")
NUMBER_WORD = re.compile(
    r"\d|\b(?:" + "|".join(word for word, atom in WORDS.atoms.items() if not atom.within) + r")\b",
    re.IGNORECASE,
)


def read(text: str) -> list[Quantity]:
    return find_quantities(text, 0, len(text), WORDS)


@pytest.mark.parametrize(
    ("text", "wording", "value", "low", "high", "quantifier"),
    [
        ("38 people were killed", "38", 38, 38, 38, "exact"),
        ("Thirty-eight people", "Thirty-eight", 38, 38, 38, "exact"),
        ("1,234 homes", "1,234", 1234, 1234, 1234, "exact"),
        ("300 000 fled", "300 000", 300_000, 300_000, 300_000, "exact"),
        ("300.000 fled", "300.000", 300_000, 300_000, 300_000, "exact"),
        ("1.2 million people", "1.2 million", 1_200_000, 1_200_000, 1_200_000, "exact"),
        ("3 million people", "3 million", 3_000_000, 3_000_000, 3_000_000, "exact"),
        ("two and a half million people", "two and a half million", 2_500_000, 2_500_000, 2_500_000, "exact"),
        ("a 3,000-strong force", "3,000", 3000, 3000, 3000, "exact"),
        ("two hundred and six people", "two hundred and six", 206, 206, 206, "exact"),
        ("a hundred people", "a hundred", 100, 100, 100, "exact"),
        (
            "two million three hundred thousand people",
            "two million three hundred thousand",
            *[2_300_000] * 3,
            "exact",
        ),
        ("two dozen people", "two dozen", 24, 24, 24, "exact"),
        ("a dozen people", "a dozen", 12, 12, 12, "exact"),
        ("half a dozen people", "half a dozen", 6, 6, 6, "exact"),
        ("a couple of people", "a couple", 2, 2, 2, "exact"),
        ("both men", "both", 2, 2, 2, "exact"),
        ("zero deaths", "zero", 0, 0, 0, "exact"),
        ("No casualties", "No", 0, 0, 0, "exact"),
        ("no one was hurt", "no one", 0, 0, 0, "exact"),
        ("at least 23 people", "at least 23", 23, 23, None, "at_least"),
        ("more than two dozen", "more than two dozen", 24, 25, None, "more_than"),
        ("over 200 people", "over 200", 200, 201, None, "more_than"),
        ("20+ people", "20+", 20, 20, None, "at_least"),
        ("some 250 people", "some 250", 250, None, None, "about"),
        ("at least some 20 people", "at least some 20", 20, 20, None, "at_least"),
        ("up to an estimated 200", "up to an estimated 200", 200, None, 200, "at_most"),
        ("no more than five", "no more than five", 5, None, 5, "at_most"),
        ("as many as 40 people", "as many as 40", 40, None, 40, "at_most"),
        ("between 10 and 12 people", "between 10 and 12", None, 10, 12, "range"),
        ("from 10 to 12 people", "from 10 to 12", None, 10, 12, "range"),
        ("10-12 people", "10-12", None, 10, 12, "range"),
        ("two or three people", "two or three", None, 2, 3, "range"),
        ("two to three hundred people", "two to three hundred", None, 200, 300, "range"),
        ("at least four and up to six people", "at least four and up to six", None, 4, 6, "range"),
        ("an estimated 200 to 300 people", "an estimated 200 to 300", None, 200, 300, "range"),
        ("dozens of people", "dozens", None, 24, None, "dozens"),
        ("scores of people", "scores", None, 40, None, "dozens"),
        ("several people", "several", None, 3, None, "several"),
        ("a few people", "a few", None, 3, None, "several"),
        ("a handful of people", "a handful", None, 3, None, "several"),
        ("several hundred people", "several hundred", None, 300, None, "several"),
        ("hundreds of people", "hundreds", None, 200, None, "unspecified"),
        ("tens of thousands of people", "tens of thousands", None, 20_000, None, "unspecified"),
        ("millions of people", "millions", None, 2_000_000, None, "unspecified"),
        ("a number of people", "a number", None, 2, None, "unspecified"),
        ("few people remain", "few", None, None, None, "unspecified"),
        ("at least dozens of people", "at least dozens", None, 24, None, "dozens"),
        ("٢٣ people", "٢٣", 23, 23, 23, "exact"),
        ("over two villages", "two", 2, 2, 2, "exact"),
    ],
)
def test_first_number_is_bounded(
    text: str, wording: str, value: int | None, low: int | None, high: int | None, quantifier: str
) -> None:
    first = read(text)[0]
    assert text[first.start : first.end] == first.count.wording == wording
    assert (first.count.value, first.count.low, first.count.high) == (value, low, high)
    assert first.count.quantifier == quantifier
    assert first.kind == "count"


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("two killed and nine injured", ["two", "nine"]),
        ("two, three and four", ["two", "three", "four"]),
        ("the toll rose from 10 to 15", ["10", "15"]),
        ("won 5-4", ["5", "4"]),
        ("one hundred and six and two", ["one hundred and six", "two"]),
        ("three and a few others", ["three", "a few"]),
        ("no more than 5", ["no more than 5"]),
        ("people-12 of them", ["12"]),
    ],
)
def test_numbers_are_told_apart(text: str, wordings: list[str]) -> None:
    assert [text[q.start : q.end] for q in read(text)] == wordings


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("the third strike", "third", "ordinal"),
        ("the 21st strike", "21st", "ordinal"),
        ("in 2016", "2016", "year"),
        ("the 1990s", "1990", "year"),
        ("mid-2016", "2016", "year"),
        ("killed 2016 people", "2016", "count"),
        ("2,016 were there", "2,016", "count"),
        ("a 34-year-old man", "34", "age"),
        ("a girl aged 12", "12", "age"),
        ("Person A, 19, was hurt", "19", "age"),
        ("aged between 5 and 12", "between 5 and 12", "age"),
        ("a woman in her 40s", "40", "age"),
        ("at 13:15", "13:15", "clock"),
        ("at 2:45 p.m.", "2:45", "clock"),
        ("1315 GMT", "1315", "clock"),
        ("30 May", "30", "date_part"),
        ("May 30, 2016", "30", "date_part"),
        ("30-05-2016", "30-05-2016", "date_part"),
        ("$5 million", "$5 million", "money"),
        ("5 million dollars", "5 million", "money"),
        ("20 percent", "20", "percent"),
        ("5.5%", "5.5", "percent"),
        ("half of the homes", "half", "percent"),
        ("two-thirds of the homes", "two", "percent"),
        ("5 km away", "5", "measure"),
        ("a 7.62mm round", "7.62", "measure"),
        ("a 24-hour ceasefire", "24", "measure"),
        ("three times", "three", "measure"),
        ("an F-16 jet", "F-16", "name"),
        ("Su-24 jets", "Su-24", "name"),
        ("the M4 highway", "M4", "name"),
        ("Resolution 2254", "2254", "name"),
        ("24/7", "24/7", "name"),
        ("+963 11 123 4567", "+963 11 123 4567", "telephone"),
        ("https://example.org/2016/05", "https://example.org/2016/05", "url"),
        ("one another", "one another", "idiom"),
        ("no longer", "no longer", "idiom"),
    ],
)
def test_number_is_told_by_its_kind(text: str, number: str, kind: str) -> None:
    first = read(text)[0]
    assert (text[first.start : first.end], first.kind) == (number, kind)
    assert first.ordinal == (kind == "ordinal")


@pytest.mark.parametrize(
    "text", ["another five people", "a further five people", "five more people", "five others"]
)
def test_number_on_top_of_another_is_marked(text: str) -> None:
    assert read(text)[0].additional
    assert read(text)[0].count.value == 5


def test_qualifier_before_another_belongs_to_the_number() -> None:
    quantity = read("At least another five people")[0]
    assert quantity.count.wording == "At least another five"
    assert (quantity.count.low, quantity.count.quantifier, quantity.additional) == (5, "at_least", True)


def test_denied_zero_is_marked_and_counted_zero_is_not() -> None:
    assert [q.negative for q in read("no deaths; zero deaths; none")] == [True, False, True]


def test_numbers_of_a_time_wording_belong_to_the_date() -> None:
    text = "two days ago 15 people fled for a third straight day"
    times = find_times(text, 0, len(text), load_time_words("en"))
    kinds = [q.kind for q in find_quantities(text, 0, len(text), WORDS, times)]
    assert kinds == ["date_part", "count", "date_part"]


def test_numbers_between_since_and_its_date_still_count() -> None:
    text = "since a strike hit 30 people in late April"
    times = find_times(text, 0, len(text), load_time_words("en"))
    assert times[0].wording == text
    assert [q.kind for q in find_quantities(text, 0, len(text), WORDS, times)] == ["count"]


def test_offsets_count_from_the_beginning_of_the_reading_copy() -> None:
    reading = "One. Then 38 died."
    (quantity,) = find_quantities(reading, 5, len(reading), WORDS)
    assert reading[quantity.start : quantity.end] == "38"


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int, joiner: str, dash: str) -> str:
    """Write a number below a million in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (dash + ONES[number % 10] if number % 10 else "")
    unit, word = (1000, " thousand") if number >= 1000 else (100, " hundred")
    rest = number % unit
    link = joiner if rest < 100 else " "
    return spell(number // unit, joiner, dash) + word + (link + spell(rest, joiner, dash) if rest else "")


@given(st.integers(0, 999_999), st.sampled_from([" and ", " "]), st.sampled_from(["-", " "]))
def test_every_number_in_words_is_read_back(number: int, joiner: str, dash: str) -> None:
    text = f"There were {spell(number, joiner, dash)} people"
    assert [q.count.value for q in read(text)] == [number]


@given(st.integers(0, 10**12), st.sampled_from([",", " ", ""]))
def test_every_numeral_is_read_back(number: int, mark: str) -> None:
    numeral = f"{number:,}".replace(",", mark)
    values = [(q.kind, q.count.value) for q in read(f"They counted {numeral} tents")]
    assert values in ([("count", number)], [("year", number)]) or len(numeral) >= 10


NOISE = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from([*WORDS.atoms, *WORDS.qualifiers, *WORDS.postfixes, *WORDS.months]),
        st.sampled_from(
            ["12", "1,234", "5.5", "2016", "-", ",", "between", "from", "to", "or", "$", "+", "a", "and"]
        ),
        st.sampled_from(["https://x/1", "F-16", "13:15", "%", "km", "year-old", "٣٠٠", "İ1", "²", "½"]),
    ),
    max_size=14,
)


@examples(150, 40)
@given(NOISE, st.sampled_from([" ", "-", ""]))
@example(["0", "AT MOST", "0"], " ")
def test_no_number_is_left_unread(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    found = read(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(q.count.wording == text[q.start : q.end] for q in found)
    for match in NUMBER_WORD.finditer(text):
        holders = [q for q in found if q.start <= match.start() and match.end() <= q.end]
        assert len(holders) == 1 or "_" in text, (text, match, found)


@examples(100, 30)
@given(st.text(max_size=200), st.integers(0, 50), st.integers(0, 200))
def test_any_stretch_of_any_text_is_read_without_error(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    assert all(start <= q.start < q.end <= end for q in find_quantities(text, start, end, WORDS))


HOSTILE = [
    "1 ",
    "and ",
    "1",
    "a",
    "one ",
    "1-",
    "no ",
    "at least ",
    "1,000,",
    "a1",
    "1.",
    " ",
    "half a ",
    "1/",
    "1 or ",
]


def spend(unit: str, size: int) -> float:
    text = (unit * size)[:size]
    began = time.process_time()
    find_quantities(text, 0, len(text), WORDS)
    return time.process_time() - began


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_takes_no_more_than_linear_time(unit: str) -> None:
    spend(unit, 100)
    small = min(spend(unit, 2_000) for _ in range(3))
    large = min(spend(unit, 16_000) for _ in range(3))
    assert large < 8 * 4 * small + 0.05


@pytest.mark.parametrize("unit", ["1 ", "and and "])
def test_a_hundred_kilobytes_of_noise_are_read_in_seconds(unit: str) -> None:
    assert spend(unit, 100_000) < 10.0
