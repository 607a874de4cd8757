"""What the gazetteer is asked, and what it answers."""

from dataclasses import dataclass
from typing import Final, Literal

from harmledger.places.entry import PlaceKind
from harmledger.records.place import Place

AskedKind = Literal["settlement", "province", "country", "district", "area"]


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known about a place beside its name; all of it may be unknown.

    `country` is an ISO 3166-1 alpha-2 code; `admin1` any wording of a province; `near` holds latitude and
    longitude, in degrees, of places named beside it; `kind` what the words call it; without
    `is_fuzzy`, only names of the same sound are looked for, not those that merely look alike. With `is_leading`,
    only the best are wanted, and those that come within LEAD of them, and none at all where no place's name sounds like the wording: far fewer need be fetched.
    """

    country: str | None = None
    admin1: str | None = None
    near: tuple[tuple[float, float], ...] = ()
    kind: AskedKind | None = None
    is_fuzzy: bool = True
    is_leading: bool = False


LEAD: Final = 0.05
"""What the best leads others by where it is taken to be meant."""
SAME_SOUND: Final = frozenset({"same-name", "same-spelling"})
"""The first reason of a candidate that bears the name looked for, in whatever spelling."""
NO_CONTEXT: Final = PlaceContext()
"""Nothing known beside the name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a wording may mean.

    `score` runs from 0 to 1 and orders candidates of one wording: 1 is the exact name where it was
    expected. `division` is the code of the province within the country. `because` names, in order, what
    was found and what counted for or against it.
    """

    place: Place
    score: float
    kind: PlaceKind
    population: int
    matched_name: str
    division: str | None = None
    because: tuple[str, ...] = ()
