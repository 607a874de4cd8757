"""What each level of a comparison is worth, as `weights.json` has it, with the reasons beside it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

_NAME: Final = "weights.json"


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the levels of one comparison are worth, in points, and why; a level with None rules two tellings out."""

    why: str
    levels: dict[str, float | None]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The points of every level of every comparison, and the sum from which two tellings are of one attack.

    A point is a doubling: how many times more often reports of one attack stand so to each other than reports of two that
    come up for comparison (Fellegi and Sunter 1969, with logarithms to the base 2). `provenance` says where they came from.
    """

    format: int
    threshold: float
    comparisons: dict[str, Weighing]
    provenance: dict[str, Any]

    def list_points(self) -> Mapping[str, Mapping[str, float | None]]:
        """Give the points by comparison and level."""
        return {name: weighing.levels for name, weighing in self.comparisons.items()}


def read_weights(text: bytes) -> Weights:
    """Give the weights that a file holds; raises msgspec.ValidationError where it is none of this format."""
    found = msgspec.json.decode(text, type=Weights)
    if found.format != 1:
        raise msgspec.ValidationError(f"format {found.format} is not known - at `$.format`")
    return found


@cache
def load_weights() -> Weights:
    """Give the weights that the program comes with."""
    return read_weights(files("harmledger.incidents").joinpath(_NAME).read_bytes())
