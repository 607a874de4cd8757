"""Votes: which countries the wording of a place speaks for."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from harmledger.places.candidate import LEAD, Candidate, PlaceContext
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.holding import sounds_alike

NO_LEANING: Final[Mapping[str, float]] = MappingProxyType({})
"""No votes beside those of the places."""
_CLEAR_LEAD: Final = LEAD
"""How far a candidate must lead those of other countries for its mention to vote."""
_COUNTRY_VOTE: Final = 2.0
_SAME_NAME: Final = "same-name"
_LIKE_VOTE: Final = 0.5
_CITY: Final = 100_000
"""Least population of a city that is meant before any village of its name."""
_VILLAGE: Final = 100
"""How many times a village goes into a city."""
_SOUND_ALONE: Final = PlaceContext(is_fuzzy=False, is_leading=True)
"""Before the country is known, a name that merely looks like some place's says nothing."""


def weigh_wording(wording: str, gazetteer: Gazetteer) -> dict[str, float]:
    """Give the votes of one wording for countries: of a country's name two, of any other place's one in all."""
    named = gazetteer.names_country(wording)
    if named:
        return {named: _COUNTRY_VOTE}
    return weigh_countries(gazetteer.find(wording, _SOUND_ALONE))


def weigh_countries(candidates: Sequence[Candidate]) -> dict[str, float]:
    """Give what one wording says for each country: one vote in all, shared by the countries in which a town of the name is
    as likely meant. A name that is only spelled like the one told counts half."""
    if not candidates or not sounds_alike(candidates[0]):
        return {}
    least = candidates[0].score - _CLEAR_LEAD
    if candidates[0].population >= _CITY:  # a city leaves no doubt for the villages that share its name
        candidates = [one for one in candidates if one.population * _VILLAGE >= candidates[0].population]
    scores: dict[str, float] = {}
    for one in candidates:
        if one.place.country is not None and one.score > least and sounds_alike(one):
            weight = one.score if one.because[0] == _SAME_NAME else one.score * _LIKE_VOTE
            scores.setdefault(one.place.country, weight)
    return {code: score / len(scores) for code, score in scores.items()}
