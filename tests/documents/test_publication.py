"""When a text was published, as far as it plainly says so."""

import pytest

from harmledger.documents.publication import read_address
from harmledger.documents.read import read_document
from harmledger.records.document import Document

STORY = "Two people were killed when a shell hit a house in the town on Monday, rescuers said."


def published(text: str, **fields: str) -> tuple[str | None, str | None, list[str]]:
    found, problems = read_document(Document(text=text, **{"language": "en", **fields}), None)  # type: ignore[arg-type]
    assert found is not None
    return found.published, found.published_source, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("text", "time", "source"),
    [
        (f"30-05-2016 Shell kills two. {STORY}", "2016-05-30", "dateline"),
        (f"BEIRUT, July 22, 2019 (Example Wire) - {STORY}", "2019-07-22", "dateline"),
        (f"BEIRUT, 22 July 2019 (Example Wire) - {STORY}", "2019-07-22", "dateline"),
        (f"02.10.2017 {STORY}", "2017-10-02", "dateline"),
        (f"May 30, 2016 - {STORY}", "2016-05-30", "dateline"),
        (f"Thursday 02 June 2016 11:30 {STORY}", "2016-06-02T11:30:00", "dateline"),
        (f"2016-05-30\n\n{STORY}", "2016-05-30", "dateline"),
        (f"Published: 3 May 2021\n\n{STORY}", "2021-05-03", "update_stamp"),
        (
            f"Shell kills two\n\nLast updated: Monday, 3 May 2021, 10:15 GMT\n\n{STORY}",
            "2021-05-03T10:15:00Z",
            "update_stamp",
        ),
        (f"May 30, 2016\n\nUPDATE 1315 GMT: {STORY}", "2016-05-30T13:15:00Z", "dateline"),
        (f"{STORY}\n\n28/11/2024", "2024-11-28", "dateline"),
        (f"{STORY}\n٢٨/١١/٢٠٢٤", "2024-11-28", "dateline"),
    ],
)
def test_stamps_date_a_text(text: str, time: str, source: str) -> None:
    assert published(text) == (time, source, [])


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"UPDATE 1315 GMT: {STORY}",
        f"DAMASCUS, May 30 (Agency) - {STORY}",
        f"On May 30, 2016, {STORY}",
        "October 12, 2023, two people were killed in a strike on a house.",
        f"{STORY} The war began on 15 March 2011.",
        f"31-02-2016 {STORY}",
        f"{STORY}\n\n1 May 2016\n\n{STORY}\n\n2 May 2016",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    time, source, problems = published(text)
    assert (time, source) == (None, None) or "1 May 2016" in text
    if time is None:
        assert problems == ["documents.publication"]


def test_figures_that_custom_alone_orders_are_noted() -> None:
    assert published(f"03-04-2016 Shell kills two. {STORY}") == (
        "2016-04-03",
        "dateline",
        ["documents.date-order"],
    )
    assert published(f"03/04/2016 {STORY}", language="en-US") == ("2016-03-04", "dateline", [])
    assert published(f"03/14/2016 {STORY}") == ("2016-03-14", "dateline", [])


def test_given_comes_first_and_the_text_before_the_address() -> None:
    url = "https://example.com/2020/01/02/story.html"
    assert published(f"May 30, 2016 - {STORY}", published="2001-01-01")[:2] == ("2001-01-01", "given")
    assert published(f"May 30, 2016 - {STORY}", url=url)[:2] == ("2016-05-30", "dateline")
    assert published(STORY, url=url)[:2] == ("2020-01-02", "address")


@pytest.mark.parametrize(
    ("url", "time"),
    [
        ("https://example.com/news/2016/5/30/story", "2016-05-30"),
        ("https://example.com/2016/05/30", "2016-05-30"),
        ("https://twitter.com/example/status/1000000000000000000", "2018-05-25T13:05:53Z"),
        ("https://x.com/example/status/1000000000000000000?s=20", "2018-05-25T13:05:53Z"),
        ("https://example.com/2016/13/30/story", None),
        ("https://example.com/2016/05/story", None),
        ("https://example.com/story?date=2016/05/30", None),
        ("https://notx.com.example/a/status/1000000000000000000", None),
        ("", None),
    ],
)
def test_addresses(url: str, time: str | None) -> None:
    assert read_address(url) == time
