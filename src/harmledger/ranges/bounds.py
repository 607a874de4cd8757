"""From a number and the words beside it to a count: the table of FORMATS (docs/formats.md)."""

from harmledger.lexicon.numbers import Qualifier
from harmledger.ranges.figures import Figure
from harmledger.records.count import Count


def bound_figure(figure: Figure, qualifier: Qualifier | None, wording: str) -> Count:
    """Give the count of one number under its qualifier.

    A number without a value ("dozens") keeps its own lower bound whatever qualifies it: "at least dozens"
    says no more than "dozens".
    """
    n = figure.value
    if n is None:
        low = None if figure.needs_article else figure.low
        quantifier = figure.quantifier if low is not None else "unspecified"
        return Count(None, low, None, quantifier, wording)
    if qualifier is None:
        if figure.quantifier == "about":
            return Count(n, None, None, "about", wording)
        return Count(n, n, n, "exact", wording)
    if qualifier.is_below:
        return Count(None, None, max(n - 1, 0), "at_most", wording)
    match qualifier.quantifier:
        case "at_least":
            return Count(n, n, None, "at_least", wording)
        case "more_than":
            return Count(n, n + 1, None, "more_than", wording)
        case "nearly" | "at_most":
            return Count(n, None, n, qualifier.quantifier, wording)
        case _:
            return Count(n, None, None, "about", wording)


def bound_spread(low: int, high: int, wording: str) -> Count:
    """Give the count of "between a and b", "a to b", "at least a and up to b"."""
    return Count(None, low, high, "range", wording)


def choose_qualifier(inner_first: list[Qualifier]) -> Qualifier | None:
    """Give the one that decides where several stand before a number: the outermost that sets a bound.

    "at least some 20" is at least 20, "up to an estimated 200" at most 200.
    """
    bounds = [qualifier for qualifier in inner_first if qualifier.quantifier != "about"]
    if bounds:
        return bounds[-1]
    return inner_first[0] if inner_first else None
