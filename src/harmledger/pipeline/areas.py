"""Whether two names mean one area, as the gazetteer's aliases have it."""

from collections.abc import Callable
from functools import cache


def open_area_matcher() -> Callable[[str, str], bool]:
    """Give a test whether two names mean one country, province or settlement.

    Names equal but for case and accents always match; else overlay and country packs are asked, so that
    Idleb finds Idlib and Syria finds SY. Nothing is compiled or fetched for it.
    """
    from harmledger.places.gazetteer import open_gazetteer
    from harmledger.tallies.selection import match_folded

    gazetteer, _ = open_gazetteer(layers=("overlay", "packs"))

    @cache
    def list_meanings(name: str) -> frozenset[object]:
        country = gazetteer.names_country(name)
        meanings: set[object] = {name.upper() if len(name) == 2 else country}
        meanings.discard(None)
        meanings |= gazetteer.resolve_province(name)
        meanings |= {candidate.place.id for candidate in gazetteer.find(name)[:1]}
        return frozenset(meanings)

    def is_same_area(first: str, second: str) -> bool:
        return match_folded(first, second) or bool(list_meanings(first) & list_meanings(second))

    return is_same_area
