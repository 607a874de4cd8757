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
        figures = [n for n in (self.value, self.low, self.high) if n is not None]
        if any(n < 0 for n in figures):
            raise ValueError(f"a count cannot be negative: {self.wording!r}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}: {self.wording!r}")
        if self.value is not None:
            slack = 1 if self.quantifier == "more_than" else 0
            if self.low is not None and self.value + slack < self.low:
                raise ValueError(f"value {self.value} is below low {self.low}: {self.wording!r}")
            if self.high is not None and self.value > self.high:
                raise ValueError(f"value {self.value} is above high {self.high}: {self.wording!r}")


def exact(number: int, wording: str) -> Count:
    """Give the count of a number said without any qualifier ("38", "a child", "no casualties" = 0)."""
    return Count(number, number, number, "exact", wording)
