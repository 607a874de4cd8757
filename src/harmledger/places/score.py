"""How well a place of the gazetteer fits a wording: the name first, then where it lies and what it is."""

from functools import lru_cache
from math import exp, log10
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from harmledger.places.candidate import AskedKind, PlaceContext
from harmledger.places.dump import is_abandoned
from harmledger.places.entry import PlaceKind, measure_distance
from harmledger.places.folding import fold_name, make_key
from harmledger.places.layer import Hit
from harmledger.places.romanisation import is_marked, restore_letters, write_letters
from harmledger.places.transliteration import reduce_spelling, spell_name

ACCEPTED: Final = 0.7
"""Scores below this are no answer: of place names of Syria as an event register writes them, with the province
known, fewer than one in five such answers was right, and half of those just above."""

_SAME_KEY: Final = 1.0
_SAME_SPELLING: Final = 0.95
_SAME_SKELETON_FLOOR: Final = 0.58
_SAME_SKELETON_SHARE: Final = 0.36
_SIMILAR_VOWELS: Final = 0.62
_SIMILAR_CONSONANTS: Final = 0.26
_LIKE_LETTERS_FLOOR: Final = -0.6
_LIKE_LETTERS_SHARE: Final = 1.6
"""A name of ten letters may differ in one."""
_UNSURE: Final = 0.1
"""What is taken off where a romanisation leaves open which vowels are long."""
_SAME_CONSONANTS: Final = frozenset({"same-spelling", "same-skeleton"})
LEAST_SIMILAR: Final = 100 * (ACCEPTED - _SIMILAR_CONSONANTS) / _SIMILAR_VOWELS
"""In percent: a spelling that agrees less is no answer even with the same consonants, since where a place lies and
what it is only take away (see `score_place`)."""
_PRIOR_WEIGHT: Final = 0.06
_NEAR_WEIGHT: Final = 0.05
_NEAR_KM: Final = 40.0
_OTHER_COUNTRY: Final = 0.3
_KNOWN_ABROAD: Final = 15_000
_OTHER_PROVINCE: Final = 0.35
_CURATED: Final = 0.75
_SECOND_NAME: Final = 0.03
_SAME_KIND: Final = 0.05
_OTHER_KIND: Final = 0.15
_RELATED_KIND: Final = 0.03
_ABANDONED: Final = 0.02
_BARE_NAME: Final[dict[PlaceKind, float]] = {
    "country": 0.05,
    "settlement": 0.05,
    "province": 0.02,
    "district": 0.0,
}
"""What a name alone means, where the words do not say: rather the town than the province named after it."""
_CURATED_NAME: Final = 0.05
_POINTS: Final[frozenset[PlaceKind]] = frozenset({"neighbourhood", "area", "crossing", "airbase"})
_RELATED: Final[dict[str, frozenset[PlaceKind]]] = {
    "settlement": frozenset({"neighbourhood", "area"}),
    "district": frozenset({"area", "settlement", "neighbourhood"}),
    "area": frozenset({"district", "province", "neighbourhood", "settlement"}),
    "province": frozenset({"area"}),
    "country": frozenset(),
}
_PROMINENT_KINDS: Final[dict[PlaceKind, float]] = {"country": 1.0, "province": 0.8}
_FEATURES: Final[dict[str, float]] = {
    "PPLC": 1.0,
    "PPLA": 0.8,
    "PPLA2": 0.6,
    "PPLA3": 0.5,
    "PPLA4": 0.3,
}


class Name(NamedTuple):
    """A name as it is looked for; `letters` are those of one in the Arabic script, else empty."""

    key: str
    spelling: str
    skeleton: str
    letters: str = ""


class Province(NamedTuple):
    """A province by its country and code."""

    country: str
    code: str


def make_name(folded: str) -> Name:
    """Give the forms in which a folded name is looked for."""
    spelling = spell_name(folded)
    letters = "" if folded.isascii() else write_letters(folded)
    return Name(make_key(folded), spelling, reduce_spelling(spelling), letters)


def score_name(name: Name, hit: Hit) -> tuple[float, str]:
    """Give how far the hit's name agrees with the one looked for, 0 to 1, and in what."""
    if hit.key == name.key:
        return _SAME_KEY, "same-name"
    if not hit.spelling or not name.spelling:
        return 0.0, "other-name"
    agreement, reason = score_spelling(name, hit.spelling, hit.skeleton or "")
    return _score_letters(name.letters, hit, agreement, reason) if name.letters else (agreement, reason)


def _score_letters(letters: str, hit: Hit, agreement: float, reason: str) -> tuple[float, str]:
    """Compare the letters of a name in Arabic with those of the hit's name, or with those behind its romanised name.

    Its long vowels are letters, which spellings do not know; a romanisation without signs for them says nothing where the
    place's first name has them.
    """
    restored = _write_name(hit.matched_name)
    if not restored:
        is_told = is_marked(hit.matched_name)
        restored = restore_letters(hit.matched_name if is_told else hit.name)
        if restored != letters and not is_told and not is_marked(hit.name):
            return agreement - _UNSURE, reason
    if restored == letters:
        return _SAME_SPELLING, "same-spelling"
    likeness = _LIKE_LETTERS_FLOOR + _LIKE_LETTERS_SHARE * ratio(letters, restored) / 100
    return likeness, "same-skeleton" if reason in _SAME_CONSONANTS else reason


@lru_cache(maxsize=65_536)
def _write_name(name: str) -> str:
    return write_letters(fold_name(name))


def score_spelling(name: Name, spelling: str, skeleton: str) -> tuple[float, str]:
    """Give how far a spelling agrees with that of the name, 0 to 1, and in what; neither is empty."""
    if spelling == name.spelling:
        return _SAME_SPELLING, "same-spelling"
    agreement = ratio(name.spelling, spelling) / 100
    if skeleton == name.skeleton:
        return _SAME_SKELETON_FLOOR + _SAME_SKELETON_SHARE * agreement, "same-skeleton"
    return _SIMILAR_VOWELS * agreement + _SIMILAR_CONSONANTS * ratio(
        name.skeleton, skeleton
    ) / 100, "similar-spelling"


def may_answer(name: Name, spelling: str) -> bool:
    """Tell whether a place of that spelling can be an answer at all: where it lies and what it is only take away."""
    return score_spelling(name, spelling, reduce_spelling(spelling))[0] >= ACCEPTED


def score_place(
    hit: Hit, context: PlaceContext, provinces: frozenset[Province], is_curated: bool = False
) -> tuple[float, list[str]]:
    """Give what counts for or against the place apart from its name, and the reasons.

    An expected place of the highest prominence gets 0, so that an exact name scores 1 at most. A curated
    place stands in the overlay because reports name it.
    """
    kind, country = hit.kind, context.country
    is_abroad = bool(country) and hit.country != country and kind != "country"
    is_inside = None
    if provinces and kind != "country":
        is_inside = Province(hit.country or "", hit.admin1 or "") in provinces
    closest = None
    if context.near:
        closest = min(measure_distance(hit.lat, hit.lon, lat, lon) for lat, lon in context.near)
    score, because = _weigh_place(
        kind, hit.population, hit.feature, hit.names, hit.principal, is_curated, context.kind, is_abroad, is_inside,
        closest,
    )  # fmt: skip
    return score, list(because)


@lru_cache(maxsize=65_536)
def _weigh_place(
    kind: PlaceKind,
    population: int,
    feature: str,
    names: int,
    principal: int,
    is_curated: bool,
    asked: AskedKind | None,
    is_abroad: bool,
    is_inside: bool | None,
    closest_km: float | None,
) -> tuple[float, tuple[str, ...]]:
    """Give what `score_place` gives: the same for places alike in all that counts, of which there are many."""
    prominence = _PROMINENT_KINDS.get(kind) or _weigh_settled(population, feature, names)
    prominence = max(prominence, _CURATED if is_curated else 0.0)
    score = _PRIOR_WEIGHT * (prominence - 1) - _SAME_KIND
    because: list[str] = []
    if is_abroad:
        score -= _OTHER_COUNTRY * (1 - prominence)
        because.append("other-country")
        if population < _KNOWN_ABROAD and kind != "province":
            score -= _OTHER_COUNTRY
    if is_inside is not None:
        score -= 0.0 if is_inside else _OTHER_PROVINCE
        because.append("in-province" if is_inside else "other-province")
    if asked is None:
        score += _weigh_bare_name(kind, is_curated)
    elif kind == asked:
        score += _SAME_KIND
    else:
        is_related = kind in _RELATED[asked]
        score -= _RELATED_KIND if is_related else _OTHER_KIND
        because.append("related-kind" if is_related else "other-kind")
    if closest_km is not None:
        score += _NEAR_WEIGHT * (exp(-closest_km / _NEAR_KM) - 1)
        because.append("near-others" if closest_km <= _NEAR_KM else "far-from-others")
    if not principal and not is_curated:
        score -= _SECOND_NAME
    if is_abandoned(feature):
        score -= _ABANDONED
        because.append("abandoned")
    return score, tuple(because)


def _weigh_bare_name(kind: PlaceKind, is_curated: bool) -> float:
    bonus = _BARE_NAME.get(kind, 0.0)
    return max(bonus, _CURATED_NAME) if is_curated and kind in _POINTS else bonus


def _weigh_settled(inhabitants: int, feature: str, names: int) -> float:
    """Give 0 to 1: population, seat of government, and in how many spellings the place is known."""
    population = min(log10(1 + inhabitants) / 7, 1.0)
    spellings = min(log10(1 + names) / 2, 1.0)
    return 0.5 * population + 0.3 * _FEATURES.get(feature, 0.0) + 0.2 * spellings
