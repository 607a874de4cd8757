"""How a toll grew: each voice's figures from the first to the last, as an incident carries them under `extra`."""

from dataclasses import dataclass
from typing import Literal

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import Harm

Change = Literal[
    "first", "higher", "lower", "restated", "late_deaths", "found_dead", "more_bodies", "none_left"
]
"""How a figure stands to the one before it: larger; smaller, as a correction; the same with other bounds; on top of it,
because wounded died, missing were found dead, or more bodies were found; nobody any more."""


@dataclass(frozen=True, slots=True)
class GrowthStep:
    """One figure of a voice."""

    published: str | None = meant("publication of the earliest document that carries it")
    low: int | None = meant("the smallest figure that it commits to")
    best: int = meant("what would be quoted of it")
    high: int = meant("the largest figure that it gives")
    open_ended: bool = meant('true when it says "at least" or "more than"')
    change: Change = meant("how it stands to the figure before it")
    claims: tuple[str, ...] = meant("ids of the claims that give it", ())


@dataclass(frozen=True, slots=True)
class GrowthCurve:
    """What one voice said of one harm, from its first figure to its last."""

    account: int = meant("place of the voice's account in `accounts`, from 0")
    harm: Harm = meant("what was done")
    steps: tuple[GrowthStep, ...] = meant("its figures, oldest first", ())


@dataclass(frozen=True, slots=True)
class StockEnding:
    """When nobody was missing, or trapped, any more."""

    harm: Harm = meant("missing or trapped")
    published: str | None = meant("publication of the earliest document that says so")
    change: Literal["none_left", "rescued"] = meant(
        "somebody says that none are left, or as many were rescued since"
    )
    claims: tuple[str, ...] = meant("ids of the claims that say so", ())


@dataclass(frozen=True, slots=True)
class Growth:
    """How the toll of an incident grew; without anything where no figure changed."""

    curves: tuple[GrowthCurve, ...] = meant("voices that changed their figure, by account and harm", ())
    endings: tuple[StockEnding, ...] = meant("where the missing and the trapped end", ())
