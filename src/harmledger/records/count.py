"""How many, as said: a value with its bounds, its quantifier and its wording. Never a bare int."""

from dataclasses import dataclass

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import Quantifier


@dataclass(frozen=True, slots=True)
class Count:
    """A number as its words give it; `None` where the words give no such bound.

    The table of FORMATS (docs/formats.md) is the law: "at least n" has value n, low n and no high;
    "nearly n" has value n, high n and no low; "dozens" has neither value nor high and low 24.
    """

    value: int | None = meant("the number said, where one number is said")
    low: int | None = meant("the smallest number the words allow; null where they give no lower bound")
    high: int | None = meant("the largest number the words allow; null where they give no upper bound")
    quantifier: Quantifier = meant("how the number is qualified")
    wording: str = meant("the words of the number, as they stand in the text")

    def __post_init__(self) -> None:
        """Refuse bounds that contradict each other.

        Raises ValueError when low > high, when the value lies outside the bounds by more than the one
        that "more than n" adds, or when a figure is negative.
        """
        value, low, high = self.value, self.low, self.high
        if value == low == high and value is not None and value >= 0:
            return  # as most are; a case makes thousands of them at a time
        if any(n is not None and n < 0 for n in (value, low, high)):
            raise ValueError(f"a count cannot be negative: {self.wording!r}")
        if low is not None and high is not None and low > high:
            raise ValueError(f"low {low} is above high {high}: {self.wording!r}")
        if value is not None:
            slack = 1 if self.quantifier == "more_than" else 0
            if low is not None and value + slack < low:
                raise ValueError(f"value {value} is below low {low}: {self.wording!r}")
            if high is not None and value > high:
                raise ValueError(f"value {value} is above high {high}: {self.wording!r}")


def exact(number: int, wording: str) -> Count:
    """Give the count of a number said without any qualifier ("38", "a child", "no casualties" = 0)."""
    return Count(number, number, number, "exact", wording)
