"""The local day on which a report was published."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.ranges.zones import local_day, parse_published


@pytest.mark.parametrize(
    ("published", "country", "zone", "day", "zoned", "code"),
    [
        ("2018-09-10T22:15:00Z", "SY", None, date(2018, 9, 11), True, None),
        ("2018-09-10T22:15:00Z", "US", None, date(2018, 9, 10), True, None),
        ("2018-09-10T22:15:00Z", "US", "Asia/Damascus", date(2018, 9, 11), True, None),
        ("2018-09-10T22:15:00+03:00", None, None, date(2018, 9, 10), True, "ranges.zone-missing"),
        ("2018-09-10T22:15:00Z", "SY", "../../etc/passwd", date(2018, 9, 11), True, "ranges.zone-unknown"),
        ("2018-09-10T22:15:00", "SY", None, date(2018, 9, 10), False, "ranges.published-unzoned"),
        ("2018-09-10", "SY", None, date(2018, 9, 10), False, "ranges.published-unzoned"),
        ("2018-09", "SY", None, None, False, "ranges.published-dayless"),
        ("10/09/2018", "SY", None, None, False, "ranges.published-unreadable"),
        ("2018-13-01", "SY", None, None, False, "ranges.published-unreadable"),
    ],
)
def test_local_day(
    published: str, country: str | None, zone: str | None, day: date | None, zoned: bool, code: str | None
) -> None:
    local = local_day(published, country, zone)
    assert (local.day, local.zoned) == (day, zoned)
    assert (local.problem.code if local.problem else None) == code


def test_system_zone_files_are_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))
    assert local_day("2018-09-10T22:15:00Z", None, "Asia/Gaza").day == date(2018, 9, 11)


def test_published_with_less_than_a_day_is_read_to_its_first() -> None:
    assert parse_published("2018") == date(2018, 1, 1)
    assert parse_published("2018-09") == date(2018, 9, 1)
    assert parse_published("2018-09-10T13:15:00Z") == datetime(2018, 9, 10, 13, 15, tzinfo=UTC)


@given(st.text(max_size=40), st.text(max_size=4), st.text(max_size=20))
def test_any_text_gives_a_value(published: str, country: str, zone: str) -> None:
    local = local_day(published, country, zone)
    assert local.day is not None or local.problem is not None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)))
def test_a_moment_falls_on_the_day_of_its_zone(moment: datetime) -> None:
    utc = moment.replace(tzinfo=UTC)
    assert local_day(utc.isoformat(), "LB", None).day == utc.astimezone(ZoneInfo("Asia/Beirut")).date()
