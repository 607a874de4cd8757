"""Whether two names mean one area, as the gazetteer's aliases have it."""

from collections.abc import Callable
from functools import cache

from harmledger.records.problem import Problem


def open_area_matcher() -> Callable[[str, str], bool]:
    """Give a test whether two names mean one country, province or settlement.

    Names equal but for case and accents always match; else overlay and country packs are asked, so that
    Idleb finds Idlib and Syria finds SY. The first name is the one asked for. Nothing is compiled or fetched for it.
    """
    from harmledger.places.gazetteer import open_gazetteer
    from harmledger.tallies.selection import match_folded

    gazetteer, _ = open_gazetteer(layers=("overlay", "packs"))

    @cache
    def list_meanings(name: str, is_asked: bool) -> frozenset[object]:
        """Give what a name may mean; names that are like it are looked for only where a person wrote it."""
        country = gazetteer.names_country(name)
        meanings: set[object] = {name.upper() if len(name) == 2 else country}
        meanings.discard(None)
        meanings |= gazetteer.resolve_province(name)
        if is_asked or gazetteer.is_known(name):
            meanings |= {candidate.place.id for candidate in gazetteer.find(name)[:1]}
        return frozenset(meanings)

    @cache
    def is_same_area(first: str, second: str) -> bool:
        return match_folded(first, second) or bool(list_meanings(first, True) & list_meanings(second, False))

    return is_same_area


def is_area_known(name: str) -> bool:
    """Tell whether overlay or country packs know a country, province or settlement of this name."""
    from harmledger.places.gazetteer import open_gazetteer

    gazetteer, _ = open_gazetteer(layers=("overlay", "packs"))
    is_country = gazetteer.names_country(name) is not None or len(name) == len("SY")
    return is_country or bool(gazetteer.resolve_province(name)) or bool(gazetteer.find(name))


def report_unknown_area(name: str) -> Problem:
    """Give the problem of an area by whose name nothing is known."""
    return Problem(
        code="pipeline.area-unknown",
        message=f"no area is known by the name {name!r:.60}",
        severity="warning",
        remedy="check the spelling (harmledger places find NAME); a country pack knows every settlement",
    )
