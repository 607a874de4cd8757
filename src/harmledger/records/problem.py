"""What went wrong, or needs a person's eye: a value with a place and a remedy, never a swallowed error."""

from dataclasses import dataclass

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a step could not do, where it happened, and what a person can do about it."""

    code: str = meant("room and kind, such as documents.encoding or claims.number-unread")
    message: str = meant("what happened, in a sentence")
    severity: Severity = meant(
        "error: a record was lost; warning: a record may be wrong; note: worth knowing"
    )
    where: str | None = meant("file with line number, or document id", None)
    start: int | None = meant("first code point in the working text, where there is one", None)
    end: int | None = meant("one past the last code point", None)
    remedy: str | None = meant("what the reader can do about it", None)
