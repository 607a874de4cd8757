"""What a report without a day says of it."""

from dataclasses import replace

import pytest

from harmledger.incidents.compare import compare_dating
from harmledger.incidents.dating import Dating, find_dating, list_dates, list_weekdays
from harmledger.incidents.days import read_days
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.mentions import Mention
from harmledger.records.span import Span
from incidents.build import TAKHARIM, day, sources, toll

MONDAY, FRIDAY = day("2016-05-30"), day("2016-06-03")


@pytest.mark.parametrize(
    ("text", "weekday", "date"),
    [
        ("Two people were killed on Monday.", 0, None),
        ("A man was hurt today, Thursday 2 September.", 3, (9, 2)),
        ("On the 3rd of May shells fell on the town.", None, (5, 3)),
        ("On December 31 jets struck.", None, (12, 31)),
        ("It was on Monday or on Tuesday.", None, None),
        ("He sat in the sun.", None, None),
        ("Some 5,000 May have fled; 99 May.", None, None),
        ("أصيب شخصان اليوم الأربعاء 23 آذار.", 2, (3, 23)),
        ("قصف المدينة فجر السبت", 5, None),
        ("في 11 من تشرين الأول", None, (10, 11)),
        ("", None, None),
    ],
)
def test_a_weekday_and_a_date_are_found(text: str, weekday: int | None, date: tuple[int, int] | None) -> None:
    assert find_dating([text]) == Dating(weekday, date)


def test_several_sentences_that_differ_name_none() -> None:
    assert find_dating(["On Monday 2 May.", "On Friday 6 May."]) == Dating()
    assert find_dating(["On Monday 2 May.", "It was a Monday."]) == Dating(0, (5, 2))


def test_a_day_has_its_weekday_and_a_month_none() -> None:
    assert list_weekdays(read_days(MONDAY), Dating()) == {0}
    assert list_dates(read_days(MONDAY), Dating()) == {(5, 30)}
    month = read_days(day("2016-05-01", "2016-05-31", "month"))
    assert list_weekdays(month, Dating()) == list_dates(month, Dating()) == frozenset()


@pytest.mark.parametrize(
    ("dating", "level"),
    [
        (Dating(0, None), "weekday"),
        (Dating(1, None), "next"),
        (Dating(6, None), "next"),
        (Dating(3, None), "another"),
        (Dating(None, (5, 30)), "date"),
        (Dating(3, (5, 30)), "date"),
        (Dating(None, (5, 23)), "another"),
        (Dating(0, (5, 23)), "another"),
        (Dating(1, (5, 31)), "next"),
        (Dating(), "unknown"),
    ],
)
def test_what_is_said_of_a_day_is_held_against_it(dating: Dating, level: str) -> None:
    undated = Mention("a", "a", "attack", dating=dating)
    dated = Mention("b", "b", "attack", days=read_days(MONDAY))
    assert compare_dating(undated, dated) == compare_dating(dated, undated) == level
    assert compare_dating(dated, dated) == "unknown"


def test_the_weekday_tells_which_of_two_attacks_a_report_is_of() -> None:
    about = {"place": TAKHARIM, "means": "air_strike"}
    sentence = "Jets struck the town on Friday"
    undated = toll("u", 1, 2, **about)
    start = undated.evidence.start
    undated = replace(undated, evidence=Span(start, start + len(sentence), sentence))
    claims = [toll("a", 1, 2, time=MONDAY, **about), toll("b", 1, 2, time=FRIDAY, **about), undated]
    incidents, _ = fuse_claims(claims, sources("a", "b", "u"))
    assert sorted(incident.documents for incident in incidents) == [("a",), ("b", "u")]
