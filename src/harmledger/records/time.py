"""When something happened: a first and a last local calendar day, and how vague the words are."""

from dataclasses import dataclass

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import TimePrecision


@dataclass(frozen=True, slots=True)
class Time:
    """A closed interval of local calendar dates at the place, ISO 8601 (YYYY-MM-DD)."""

    start: str = meant("first local calendar day, YYYY-MM-DD")
    end: str = meant("last local calendar day, YYYY-MM-DD, included")
    precision: TimePrecision = meant(
        "how vague the words are; 2019-07 is the whole month with precision month"
    )
    wording: str | None = meant("the words of the text; null when the time was carried from elsewhere", None)
