"""When what is held back for a time may be shown: the delay after the later of its last day and its first report."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from harmledger.publication.withholding.delay import find_release
from harmledger.records.document import Document
from harmledger.records.time import Time

from .cases import make_incident

HOURS = 72
DELAY = timedelta(hours=HOURS)


def make(end="2016-05-31", accounts=()):
    time = None if end is None else Time("2016-05-30", end, "day", "that day")
    return make_incident(time=time, accounts=accounts)


def report(published=None, received=None):
    return Document(id="a", text="x", published=published, received=received)


@pytest.mark.parametrize(
    ("end", "documents", "from_when"),
    [
        ("2016-05-31", [], "2016-06-01T00:00:00"),  # a day ends with its midnight
        ("2016-05-31", [report("2016-05-31T09:00:00Z")], "2016-06-01T00:00:00"),
        ("2016-05-31", [report("2016-06-04")], "2016-06-05T00:00:00"),  # told late
        ("2016-05-31", [report("2016-06-04"), report("2016-06-02")], "2016-06-03T00:00:00"),  # the first report counts
        ("2016-05-31", [report(None, "2016-06-04T10:00:00Z")], "2016-06-04T10:00:00"),  # came in, if not published
        ("2016-05-31", [report("2016-06-04T10:00:00+03:00")], "2016-06-04T07:00:00"),
        ("2016-05-31", [report("2016-06-04T10:00:00")], "2016-06-04T10:00:00"),  # without a zone: UTC
        (None, [report("2016-06-04T10:00:00Z")], "2016-06-04T10:00:00"),
        ("2016-05-31", [report("some day")], "2016-06-01T00:00:00"),
    ],
)  # fmt: skip
def test_the_delay_begins_with_the_later_of_the_last_day_and_the_first_report(end, documents, from_when):
    expected = datetime.fromisoformat(from_when).replace(tzinfo=UTC) + DELAY
    assert find_release(make(end), documents, HOURS) == expected


def test_a_report_that_only_an_account_names_counts_as_well():
    (account, *_) = make_incident().accounts
    incident = make(accounts=(replace(account, first_published="2016-06-10T12:00:00Z"),))
    assert find_release(incident, [], HOURS) == datetime(2016, 6, 10, 12, tzinfo=UTC) + DELAY


def test_without_a_day_and_a_report_nothing_tells_when():
    assert find_release(make(None), [report("some day")], HOURS) is None
    assert find_release(make(None), [], 0) is None
