import pytest

from harmledger.incidents.days import Days, read_days, relate_days
from harmledger.records.time import Time
from incidents.build import day

MAY, JUNE = (day("2016-05-01", "2016-05-31", "month"), day("2016-06-01"))


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (day("2016-05-30"), day("2016-05-30"), "same"),
        (day("2016-05-30"), day("2016-05-30", "2016-05-31"), "same"),
        (day("2016-05-30"), day("2016-05-31"), "adjacent"),
        (day("2016-05-30"), day("2016-06-01"), "apart"),
        (day("2016-05-30"), day("2016-05-27", "2016-06-01"), "week"),
        (day("2016-05-30"), MAY, "month"),
        (MAY, JUNE, "apart"),
        (day("2016-05-30"), day("2016-01-01", "2016-12-31", "year"), "long"),
        (day("2016-05-30"), None, "unknown"),
        (day("2016-05-30"), day("2019-05-30"), "year"),
        (day("2016-05-30", "2016-05-31"), day("2018-05-31"), "year"),
        (day("2018-05-30"), MAY, "year"),
        (day("2018-06-30"), MAY, "apart"),
        (MAY, day("2018-05-01", "2018-05-31", "month"), "apart"),
    ],
)
def test_stretches_of_days(a: Time, b: Time | None, relation: str) -> None:
    assert relate_days(read_days(a), read_days(b)) == relation
    assert relate_days(read_days(b), read_days(a)) == relation


@pytest.mark.parametrize(
    ("start", "end"), [("2016-02-30", "2016-03-01"), ("2016-05-02", "2016-05-01"), ("", "x")]
)
def test_dates_that_are_none_give_no_days(start: str, end: str) -> None:
    days: Days | None = read_days(Time(start, end, "day"))
    assert days is None
