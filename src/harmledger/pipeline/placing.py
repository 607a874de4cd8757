"""Places looked up by name while somebody waits: the gazetteer stays open, one for each thread."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from harmledger.places.candidate import PlaceContext
from harmledger.records.place import Place

if TYPE_CHECKING:
    from harmledger.places.gazetteer import Gazetteer
    from harmledger.places.town import Box, Town

LEAST_SCORE: Final = 0.8
"""Below it the gazetteer's best is another place with a name a little like the one told."""
_LONGEST: Final = 120

_kept = threading.local()


def search_places(name: str, countries: Sequence[str], most: int = 8) -> list[Place]:
    """Give places of these countries (ISO 3166-1 alpha-2; any without them) that a name may mean, the best first."""
    wanted = name.strip()[:_LONGEST]
    if not wanted:
        return []
    gazetteer = _open(tuple(sorted(countries)))
    found: list[Place] = []
    for code in tuple(countries) or (None,):
        candidates = gazetteer.find(wanted, PlaceContext(country=code))
        found.extend(one.place for one in candidates if code in (None, one.place.country))
    return found[:most]


def list_towns(box: "Box", countries: Sequence[str], most: int = 60) -> "list[Town]":
    """Give the towns and villages within a part of a map, the largest first."""
    return _open(tuple(sorted(countries))).list_towns(box, most)


def find_place(name: str, countries: Sequence[str]) -> Place | None:
    """Give the place of a name in these countries; None where the best is another with a name a little like it."""
    gazetteer = _open(tuple(sorted(countries)))
    for code in tuple(countries) or (None,):
        candidates = gazetteer.find(name.strip()[:_LONGEST], PlaceContext(country=code, is_leading=True))
        if candidates and code in (None, candidates[0].place.country) and candidates[0].score >= LEAST_SCORE:
            return candidates[0].place
    return None


def _open(countries: tuple[str, ...]) -> "Gazetteer":
    from harmledger.places.gazetteer import open_gazetteer

    held: tuple[tuple[str, ...], Gazetteer] | None = getattr(_kept, "held", None)
    if held is None or held[0] != countries:
        held = _kept.held = (countries, open_gazetteer(countries=countries)[0])
    return held[1]
