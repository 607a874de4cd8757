"""Where one document of a file stands inside another: by their locators alone."""

from typing import Final

STEP: Final = " › "


def holds_inside(outer: str | None, inner: str | None) -> bool:
    """Tell whether the bytes at the first locator hold those at the second, a mail its attachment for instance.

    A document that is its whole file (None) holds everything else in it.
    """
    if inner is None:
        return False
    return outer is None or inner.startswith(outer + STEP)
