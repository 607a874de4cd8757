"""Each row is a wording, the day it is read on, and the interval it stands for."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from depth import examples
from harmledger.lexicon.times import load_time_words
from harmledger.ranges.times import TimeMention, find_times, resolve_time
from harmledger.records.time import Time

WORDS = load_time_words("en")
TUESDAY = date(2016, 5, 31)


def read(text: str) -> list[TimeMention]:
    return find_times(text, 0, len(text), WORDS)


def resolve(
    text: str, anchor: date | None = TUESDAY, antecedent: Time | None = None
) -> tuple[str, str, str] | None:
    found = read(text)
    assert len(found) == 1, found
    time = resolve_time(found[0], anchor, antecedent)
    return (time.start, time.end, time.precision) if time else None


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("May 30, 2016", "2016-05-30", "2016-05-30", "day"),
        ("30 May 2016", "2016-05-30", "2016-05-30", "day"),
        ("the 30th of May", "2016-05-30", "2016-05-30", "day"),
        ("30-05-2016", "2016-05-30", "2016-05-30", "day"),
        ("30.05.2016", "2016-05-30", "2016-05-30", "day"),
        ("05/30/2016", "2016-05-30", "2016-05-30", "day"),
        ("2016-05-30", "2016-05-30", "2016-05-30", "day"),
        ("03-04-2016", "2016-04-03", "2016-04-03", "day"),
        ("on Monday, 30 May", "2016-05-30", "2016-05-30", "day"),
        ("Sept 8th", "2015-09-08", "2015-09-08", "day"),
        ("Jan. 5", "2016-01-05", "2016-01-05", "day"),
        ("on June 1", "2015-06-01", "2015-06-01", "day"),
        ("29 February", "2016-02-29", "2016-02-29", "day"),
        ("May 3-5", "2016-05-03", "2016-05-05", "period"),
        ("between 3 and 5 May", "2016-05-03", "2016-05-05", "period"),
        ("from 30 December to 2 January", "2015-12-30", "2016-01-02", "period"),
        ("on Tuesday", "2016-05-31", "2016-05-31", "day"),
        ("on Monday", "2016-05-30", "2016-05-30", "day"),
        ("late Monday", "2016-05-30", "2016-05-30", "day"),
        ("Monday night", "2016-05-30", "2016-05-30", "day"),
        ("on Sunday morning", "2016-05-29", "2016-05-29", "day"),
        ("last Tuesday", "2016-05-24", "2016-05-24", "day"),
        ("next Friday", "2016-06-03", "2016-06-03", "day"),
        ("on Monday last week", "2016-05-23", "2016-05-23", "day"),
        ("from Friday to Sunday", "2016-05-27", "2016-05-29", "period"),
        ("overnight into Tuesday", "2016-05-30", "2016-05-31", "day"),
        ("the night of Sunday", "2016-05-29", "2016-05-30", "day"),
        ("yesterday", "2016-05-30", "2016-05-30", "day"),
        ("today", "2016-05-31", "2016-05-31", "day"),
        ("this morning", "2016-05-31", "2016-05-31", "day"),
        ("last night", "2016-05-30", "2016-05-31", "day"),
        ("overnight", "2016-05-30", "2016-05-31", "day"),
        ("the day before yesterday", "2016-05-29", "2016-05-29", "day"),
        ("two days ago", "2016-05-29", "2016-05-29", "day"),
        ("three weeks ago", "2016-05-07", "2016-05-13", "week"),
        ("two months ago", "2016-03-01", "2016-03-31", "month"),
        ("five years ago", "2011-01-01", "2011-12-31", "year"),
        ("a few days ago", "2016-05-26", "2016-05-29", "period"),
        ("two hours ago", "2016-05-30", "2016-05-30", "day"),
        ("last week", "2016-05-23", "2016-05-29", "week"),
        ("late last week", "2016-05-26", "2016-05-29", "period"),
        ("earlier this week", "2016-05-30", "2016-05-31", "period"),
        ("over the weekend", "2016-05-28", "2016-05-29", "period"),
        ("last weekend", "2016-05-28", "2016-05-29", "period"),
        ("last month", "2016-04-01", "2016-04-30", "month"),
        ("earlier this month", "2016-05-01", "2016-05-31", "period"),
        ("in May", "2016-05-01", "2016-05-31", "month"),
        ("in September", "2015-09-01", "2015-09-30", "month"),
        ("last September", "2015-09-01", "2015-09-30", "month"),
        ("in late February", "2016-02-20", "2016-02-29", "period"),
        ("early February", "2016-02-01", "2016-02-10", "period"),
        ("mid-February", "2016-02-10", "2016-02-20", "period"),
        ("in March 2011", "2011-03-01", "2011-03-31", "month"),
        ("between November and February", "2015-11-01", "2016-02-29", "period"),
        ("in 2016", "2016-01-01", "2016-12-31", "year"),
        ("early 2014", "2014-01-01", "2014-04-30", "period"),
        ("from 2011 to 2013", "2011-01-01", "2013-12-31", "period"),
        ("this year", "2016-01-01", "2016-12-31", "year"),
        ("last year", "2015-01-01", "2015-12-31", "year"),
        ("this past spring", "2016-03-01", "2016-05-31", "period"),
        ("last spring", "2015-03-01", "2015-05-31", "period"),
        ("this past December", "2015-12-01", "2015-12-31", "month"),
        ("in the early hours of Tuesday", "2016-05-31", "2016-05-31", "day"),
        ("last winter", "2015-12-01", "2016-02-29", "period"),
        ("in the summer of 2015", "2015-06-01", "2015-08-31", "period"),
        ("in recent days", "2016-05-26", "2016-05-31", "period"),
        ("in the past 48 hours", "2016-05-29", "2016-05-31", "period"),
        ("over the past two weeks", "2016-05-17", "2016-05-31", "period"),
        ("during the last month", "2016-04-30", "2016-05-31", "period"),
        ("so far this year", "2016-01-01", "2016-05-31", "period"),
        ("since March 2011", "2011-03-01", "2016-05-31", "period"),
        ("since late April", "2016-04-20", "2016-05-31", "period"),
        ("since Friday", "2016-05-27", "2016-05-31", "period"),
        ("since the start of the year", "2016-01-01", "2016-05-31", "period"),
        ("since the shelling began on 3 May", "2016-05-03", "2016-05-31", "period"),
        ("for a third straight day", "2016-05-29", "2016-05-31", "period"),
        ("for the second day in a row", "2016-05-30", "2016-05-31", "period"),
        ("a fifth consecutive week", "2016-05-02", "2016-05-31", "period"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "period"),
    ],
)
def test_wording_is_resolved(text: str, start: str, end: str, precision: str) -> None:
    assert resolve(text) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("a day earlier", "2016-05-19", "2016-05-19"),
        ("two days later", "2016-05-22", "2016-05-22"),
        ("the previous day", "2016-05-19", "2016-05-19"),
        ("the same day", "2016-05-20", "2016-05-20"),
        ("the following morning", "2016-05-21", "2016-05-21"),
        ("the night before", "2016-05-19", "2016-05-19"),
        ("that night", "2016-05-20", "2016-05-20"),
        ("since then", "2016-05-20", "2016-05-31"),
    ],
)
def test_wording_counted_from_the_time_spoken_of_before(text: str, start: str, end: str) -> None:
    (mention,) = read(text)
    assert mention.needs_antecedent
    assert resolve_time(mention, TUESDAY) is None
    time = resolve_time(mention, TUESDAY, Time("2016-05-20", "2016-05-20", "day"))
    assert time is not None
    assert (time.start, time.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "on Monday",
        "yesterday",
        "last month",
        "in May",
        "since 2011",
        "in recent days",
        "two days ago",
        "May 30",
        "overnight",
    ],
)
def test_nothing_relative_is_guessed_without_a_day_of_publication(text: str) -> None:
    assert resolve(text, anchor=None) is None
    assert read(text)[0].is_relative


@pytest.mark.parametrize("text", ["May 30, 2016", "in March 2011", "in 2016", "30.05.2016"])
def test_a_full_date_needs_no_day_of_publication(text: str) -> None:
    assert resolve(text, anchor=None) is not None
    assert not read(text)[0].is_relative


@pytest.mark.parametrize(
    "text",
    [
        "31 June 2016",
        "a day after a ceasefire",
        "for several hours",
        "at 2:45 p.m.",
        "since the offensive began",
    ],
)
def test_wording_without_a_day_stays_unresolved(text: str) -> None:
    assert resolve(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "They may leave.",
        "May they leave.",
        "The march went on.",
        "The sun set.",
        "someone",
        "daylight",
        "2,016 people",
        "200 people",
    ],
)
def test_words_that_mean_something_else_are_left(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("on Saturday, a day after a summit", ["on Saturday", "a day after"]),
        ("He said on Monday. Since 2011 it", ["on Monday", "Since 2011"]),
        ("since the war began, 3 died on Monday", ["since the war began", "on Monday"]),
        ("It has since died down", []),
        ("in May 30 people died", ["in May"]),
        ("Tuesday. Then", ["Tuesday"]),
    ],
)
def test_wordings_are_told_apart(text: str, wordings: list[str]) -> None:
    assert [mention.wording for mention in read(text)] == wordings


def test_kinds() -> None:
    text = "on Monday; last month; since 2011; for a third straight day; for two hours; at 13:15"
    assert [m.kind for m in read(text)] == ["point", "period", "since", "for_days", "duration", "clock"]


def test_offsets_count_from_the_beginning_of_the_reading_copy() -> None:
    reading = "Monday. Then on Friday"
    (mention,) = find_times(reading, 8, len(reading), WORDS)
    assert reading[mention.start : mention.end] == mention.wording == "on Friday"


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_every_date_is_read_back(day: date, form: str) -> None:
    assert resolve(day.strftime(form), anchor=None) == (day.isoformat(), day.isoformat(), "day")


CONNECTIVES = "since ago the of in on from to - , 31 3rd 2016 999 recent straight 13:15"
TABLES = (WORDS.weekdays, WORDS.months, WORDS.units, WORDS.turns, WORDS.edges, WORDS.seasons, WORDS.offsets)
VOCABULARY = st.sampled_from([*(word for table in TABLES for word in table), *CONNECTIVES.split()])
PHRASE = st.lists(st.one_of(VOCABULARY, VOCABULARY.map(str.title), st.text(max_size=4)), max_size=10).map(
    " ".join
)


@examples(200, 50)
@example("mid last weekend", date(2000, 1, 1), None)
@given(PHRASE, st.dates(), st.one_of(st.none(), st.dates()))
def test_intervals_are_closed_and_offsets_true(text: str, anchor: date, before: date | None) -> None:
    antecedent = Time(before.isoformat(), before.isoformat(), "day") if before else None
    found = read(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    for mention in found:
        assert text[mention.start : mention.end] == mention.wording
        time = resolve_time(mention, anchor, antecedent)
        assert time is None or date.fromisoformat(time.start) <= date.fromisoformat(time.end)


HOSTILE = [
    "1 ",
    "and ",
    "since ",
    "20",
    "20:",
    "in the ",
    "monday ",
    "a2016",
    " ",
    "on the 5 ",
    "1-",
    "day ",
    "the last ",
    "since the a ",
]


def spend(unit: str, size: int) -> float:
    text = (unit * size)[:size]
    began = time.process_time()
    find_times(text, 0, len(text), WORDS)
    return time.process_time() - began


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_takes_no_more_than_linear_time(unit: str) -> None:
    spend(unit, 100)
    small = min(spend(unit, 2_000) for _ in range(3))
    large = min(spend(unit, 16_000) for _ in range(3))
    assert large < 8 * 4 * small + 0.05
