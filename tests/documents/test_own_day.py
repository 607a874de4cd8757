"""The day on which a report says that it is written."""

import pytest

from harmledger.documents.own_day import OwnDay, find_own_day
from harmledger.documents.read import read_document
from harmledger.records.document import Document


@pytest.mark.parametrize(
    ("reading", "url", "stamped", "own"),
    [
        ("قصف اليوم الخميس 2 أيلول 2021 قرية.", "", [], OwnDay("2021-09-02", False)),
        ("قصف اليوم الخميس 2 أيلول قرية، منذ هدنة عام 2020.", "", [], OwnDay("2021-09-02", True)),
        ("قصف فجر اليوم، الخميس 2 من أيلول/سبتمبر، قرية", "https://example.org/2021/09/x", [], OwnDay("2021-09-02", True)),
        ("قصف يوم أمس الأربعاء ١ أيلول قرية. العام 2021", "", [], OwnDay("2021-09-02", True)),
        ("قصف اليوم الخميس 2 أيلول قرية.", "", [], None),
        ("قصف اليوم الخميس 2 أيلول قرية، منذ عام 2014.", "", [], None),
        ("قصف اليوم الخميس قرية.", "", ["2021-09-02", "2022-01-01"], OwnDay("2021-09-02", False)),
        ("قصف اليوم الجمعة قرية.", "", ["2021-09-02", "2022-01-01"], None),
        ("قصف اليوم الخميس 31 شباط قرية عام 2021.", "", [], None),
    ],
)  # fmt: skip
def test_own_day(reading: str, url: str, stamped: list[str], own: OwnDay | None) -> None:
    assert find_own_day(reading, url, stamped) == own


def test_year_told_by_the_weekday_is_noted() -> None:
    text, problems = read_document(
        Document(text="قُتل مدني اليوم الخميس 2 أيلول، رغم هدنة عام 2020.", language="ar"), None
    )
    assert text is not None
    assert (text.published, text.published_source) == ("2021-09-02", "dateline")
    assert [problem.code for problem in problems] == ["documents.year"]
