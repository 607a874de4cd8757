"""The present moment, in UTC and ISO 8601."""

from datetime import UTC, datetime


def read_clock() -> str:
    """Give the present moment to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def read_moment() -> str:
    """Give the present moment as exactly as it is known, and as the facts give it back: what people decide counts in the order
    in which they decided it, and two decisions may come within a second."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
