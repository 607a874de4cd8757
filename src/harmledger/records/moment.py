"""The order of moments."""


def order_moment(at: str) -> str:
    """Give what moments sort by that are written as the facts write them, in UTC, ISO 8601, to the second or to its parts: 21Z
    stands before 21.5Z, though a Z sorts behind a point."""
    return at.removesuffix("Z")


def is_later(at: str, other: str) -> bool:
    """Tell whether a moment comes after another."""
    return order_moment(at) > order_moment(other)
