"""Settling: the place mentions of a whole document are settled together, country and province first."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from harmledger.claims.parse import Parsed
from harmledger.claims.toponyms import Toponym
from harmledger.lexicon.names import load_name_shape
from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.entry import measure_distance
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.settle import Mention, Settled, settle_places
from harmledger.records.place import Place

_TOWN_REACH_KM = 10.0
"""How far from its town's centre a quarter may lie."""
_WORLD_CITY = 200_000
"""Least population of a town abroad that a report about another country may mean."""


def settle_toponyms(
    parsed: Sequence[Parsed], gazetteer: Gazetteer, countries: Sequence[str], language: str
) -> str | None:
    """Settle every toponym of the document in place; give the country that most of them lie in, or None."""
    toponyms = [toponym for sentence in parsed for toponym in sentence.toponyms]
    _house_quarters(toponyms, language)
    settled = settle_places([_make_mention(toponym) for toponym in toponyms], gazetteer, countries)
    country = _count_votes(toponyms, settled)
    for toponym, answer in zip(toponyms, settled, strict=True):
        toponym.settled = replace(answer, candidate=None) if _is_foreign(answer, country) else answer
    for toponym in toponyms:
        if toponym.town is not None:
            _keep_in_town(toponym, toponym.town)
    return country


def _keep_in_town(quarter: Toponym, town: Toponym) -> None:
    """Give a quarter that the gazetteer lacks, or knows only elsewhere, the point of its town."""
    if quarter.settled is None or town.settled is None or town.settled.candidate is None:
        return
    found, place = quarter.settled.candidate, town.settled.candidate.place
    if found is not None and measure_km(found.place, place) <= _TOWN_REACH_KM:
        return
    quarter.settled = replace(quarter.settled, candidate=town.settled.candidate)


def measure_km(one: Place, other: Place) -> float:
    """Give the distance of two places in kilometres; infinite where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    return measure_distance(one.lat, one.lon, other.lat, other.lon)


def _count_votes(toponyms: Sequence[Toponym], settled: Sequence[Settled]) -> str | None:
    votes: dict[str, float] = {}
    for toponym, answer in zip(toponyms, settled, strict=True):
        candidate = answer.candidate
        if candidate is not None and candidate.place.country:
            weight = 1.0 if toponym.located else 0.5
            votes[candidate.place.country] = votes.get(candidate.place.country, 0.0) + weight
    return max(sorted(votes), key=lambda country: votes[country]) if votes else None


def _is_foreign(answer: Settled, country: str | None) -> bool:
    """Tell whether a small town abroad was taken for a place of a report about another country."""
    candidate = answer.candidate
    if candidate is None or country is None or candidate.place.country in {None, country}:
        return False
    return candidate.kind not in {"country", "province"} and candidate.population < _WORLD_CITY


def _house_quarters(toponyms: Sequence[Toponym], language: str) -> None:
    """Put a quarter that is named without its town into the town named before it, else after it."""
    levels = load_toponyms(language).levels
    quarters = {word for word, level in levels.items() if level == "neighbourhood"}
    quarters |= load_name_shape(language).quarters
    for index, toponym in enumerate(toponyms):
        if toponym.container is not None or not _names_quarter(toponym, quarters):
            continue
        others = [*reversed(toponyms[:index]), *toponyms[index + 1 :]]
        town = next((other for other in others if other.located and not _names_level(other, levels)), None)
        if town is not None:
            toponym.container, toponym.town = town.wording, town


def _names_quarter(toponym: Toponym, quarters: Set[str]) -> bool:
    words = toponym.wording.lower().split()
    return len(words) > 1 and (words[-1] in quarters or words[0] in quarters)


def _names_level(toponym: Toponym, levels: Mapping[str, str]) -> bool:
    words = toponym.wording.lower().split()
    return len(words) > 1 and (words[-1] in levels or words[0] in levels)


def _make_mention(toponym: Toponym) -> Mention:
    return Mention(
        wording=toponym.wording,
        start=toponym.start,
        end=toponym.end,
        container=toponym.container,
        role="event" if toponym.located else "background",
    )
