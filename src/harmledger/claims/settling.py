"""Settling: the place mentions of a whole document are settled together, country and province first."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.leaning import lean_on_words
from harmledger.claims.parse import Parsed
from harmledger.claims.toponyms import Toponym
from harmledger.lexicon.names import load_name_shape
from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.toponyms import load_toponyms
from harmledger.lexicon.words import find_homes, name_local_side
from harmledger.places.candidate import Candidate, PlaceContext
from harmledger.places.entry import measure_distance
from harmledger.places.folding import fold_name
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.settle import Mention, Settled, settle_places
from harmledger.places.votes import NO_LEANING
from harmledger.places.wording import describe_wording
from harmledger.records.place import Place

_TOWN_REACH_KM: Final = 10.0
"""How far from its town's centre a quarter may lie."""
_CAPITAL_REACH_KM: Final = 80.0
"""How far from its capital the middle of a province may lie."""
_COUNTRYSIDE_KM: Final = 15.0
"""How far the countryside of a town reaches."""
_INSIDE: Final = "inside-container"
_WIDENING: Final = 2
"""Words of a mention among which stands the one for what lies around a town: "villages of the countryside of X"."""
_STRAY_KM: Final = 100.0
"""How far from all other places of its document a small town may lie that is meant."""
_SMALL: Final = 5_000
"""Population from which on a town is meant wherever it is told."""
_WORLD_CITY: Final = 200_000
"""Least population of a town abroad that a report about another country may mean."""
_SURE: Final = 0.92
"""Least score of a place, a town of some size or one that reports are known to name, that a report may mean by a
spelling of its own though nothing else names the country."""
_SAME_NAME: Final = "same-name"
"""The first reason of a candidate that bears the very name told."""
_SURE_NAME: Final = 0.96
"""Least score of a place that bears the very name told and is no village."""
_TOWN: Final = 10_000
_OCCUPIER: Final = join_bits("OCCUPIER")
_OCCUPIER_NAMED: Final = join_bits("OCCUPIER_NAMED")
_OCCUPIERS: Final = _OCCUPIER | _OCCUPIER_NAMED
_ANY_BODY: Final = join_bits("ANY_BODY")
_OTHER_KIND: Final = "other-kind"
"""The reason of a candidate that is not what the words call it."""


def settle_toponyms(
    reading: str, parsed: list[Parsed], gazetteer: Gazetteer, countries: Sequence[str], language: str
) -> str | None:
    """Settle every toponym of the document in place; give the country that most of them lie in, or None."""
    toponyms = [toponym for sentence in parsed for toponym in sentence.toponyms]
    _house_quarters(toponyms, gazetteer)
    leaning = NO_LEANING if countries else lean_on_words(reading, parsed, toponyms, gazetteer)
    settled = settle_places([_make_mention(toponym) for toponym in toponyms], gazetteer, countries, leaning)
    country = _count_votes(toponyms, settled, leaning)
    firm = frozenset(countries) or _list_firm_countries(settled, parsed)
    for toponym, answer in zip(toponyms, settled, strict=True):
        is_dropped = _is_foreign(answer, country) or (not countries and _is_by_likeness_alone(answer, firm))
        toponym.settled = replace(answer, candidate=None) if is_dropped else answer
    _name_sides(parsed, firm, country if country in firm else None)
    _name_occupiers(parsed)
    if load_syntax(language).is_noun_first:
        _settle_strays(toponyms, language)
    for toponym in toponyms:
        _widen(toponym, gazetteer, language)
        if toponym.town is not None:
            _keep_in_town(toponym, toponym.town)
        is_lost = (
            toponym.town is None or toponym.town.settled is None or toponym.town.settled.candidate is None
        )
        if is_lost and _is_street(toponym, language):
            _leave_elsewhere(toponym)
    return country


def _settle_strays(toponyms: list[Toponym], language: str) -> None:
    """Leave out a small town that nothing is said to hold and that lies far from every other place of the document: a
    namesake of the one meant is where the same name stands with what holds it, or is not known.
    """
    _follow_held(toponyms, language)
    points = [(toponym, place) for toponym in toponyms if (place := _find_point(toponym)) is not None]
    for toponym in [toponym for toponym, place in points if _is_stray(toponym, place, points)]:
        if toponym.settled is not None:
            toponym.settled = replace(toponym.settled, candidate=None)


def _follow_held(toponyms: list[Toponym], language: str) -> None:
    """Take a small town that nothing is said to hold as the one of its name that stands elsewhere with what holds it."""
    held: dict[str, Toponym] = {}
    for toponym in toponyms:
        if (
            toponym.container is not None
            and toponym.settled is not None
            and _INSIDE in toponym.settled.because
        ):
            held.setdefault(describe_wording(toponym.wording, language).name, toponym)
    for toponym in toponyms if held else ():
        told = held.get(describe_wording(toponym.wording, language).name)
        if told is None or told.settled is None or toponym.settled is None:
            continue
        if toponym.container is None and (toponym.settled.candidate is None or _is_small(toponym)):
            toponym.settled = replace(toponym.settled, candidate=told.settled.candidate)


def _is_stray(toponym: Toponym, place: Place, points: Sequence[tuple[Toponym, Place]]) -> bool:
    if toponym.container is not None or not _is_small(toponym):
        return False
    others = [other for told, other in points if other.id != place.id and told.wording != toponym.wording]
    return bool(others) and min(measure_km(place, other) for other in others) > _STRAY_KM


def _find_point(toponym: Toponym) -> Place | None:
    candidate = toponym.settled.candidate if toponym.settled is not None else None
    is_point = candidate is not None and candidate.kind != "country" and candidate.place.lat is not None
    return candidate.place if candidate is not None and is_point else None


def _is_small(toponym: Toponym) -> bool:
    candidate = toponym.settled.candidate if toponym.settled is not None else None
    return candidate is not None and candidate.kind == "settlement" and candidate.population < _SMALL


def _widen(toponym: Toponym, gazetteer: Gazetteer, language: str) -> None:
    """Give "countryside of X" the province of which X is the capital, else the surroundings of X."""
    settled = toponym.settled
    if settled is None or settled.candidate is None or settled.candidate.kind != "settlement":
        return
    words = fold_name(toponym.wording).split()
    if load_toponyms(language).widening.isdisjoint((*words[:_WIDENING], words[-1])):
        return
    place = settled.candidate.place
    name = describe_wording(toponym.wording, language).name
    found = gazetteer.find(name, PlaceContext(country=place.country, kind="province", is_fuzzy=False))
    if found and found[0].kind == "province" and measure_km(found[0].place, place) <= _CAPITAL_REACH_KM:
        wide = replace(found[0].place, wording=place.wording)
        toponym.settled = replace(settled, candidate=replace(found[0], place=wide))
        return
    around = replace(place, precision="district", radius_km=max(place.radius_km or 0.0, _COUNTRYSIDE_KM))
    toponym.settled = replace(settled, candidate=replace(settled.candidate, place=around))


def _keep_in_town(quarter: Toponym, town: Toponym) -> None:
    """Give a quarter that the gazetteer lacks, or knows only elsewhere, the point of its town."""
    if quarter.settled is None or town.settled is None or town.settled.candidate is None:
        return
    found, place = quarter.settled.candidate, town.settled.candidate.place
    if found is not None and measure_km(found.place, place) <= _TOWN_REACH_KM:
        return
    quarter.settled = replace(quarter.settled, candidate=town.settled.candidate)


def _is_street(toponym: Toponym, language: str) -> bool:
    """Tell whether the words begin with one for a street, a square or a quarter, where no capital shows a name."""
    shape = load_name_shape(language)
    return not shape.capitals and fold_name(toponym.wording).partition(" ")[0] in shape.quarters


def _leave_elsewhere(street: Toponym) -> None:
    """Leave out the village that bears the name of a street of which the town is not known."""
    settled = street.settled
    if settled is None or settled.candidate is None or settled.candidate.kind != "settlement":
        return
    if "container-stands-in" not in settled.because:
        street.settled = replace(settled, candidate=None)


def measure_km(one: Place, other: Place) -> float:
    """Give the distance of two places in kilometres; infinite where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    return measure_distance(one.lat, one.lon, other.lat, other.lon)


def _count_votes(
    toponyms: list[Toponym], settled: Sequence[Settled], leaning: Mapping[str, float]
) -> str | None:
    votes: dict[str, float] = {}
    for toponym, answer in zip(toponyms, settled, strict=True):
        candidate = answer.candidate
        if candidate is not None and candidate.place.country:
            weight = 1.0 if toponym.located else 0.5
            votes[candidate.place.country] = votes.get(candidate.place.country, 0.0) + weight
    if not votes:
        return None
    return max(sorted(votes), key=lambda country: votes[country] + leaning.get(country, 0.0))


def _is_foreign(answer: Settled, country: str | None) -> bool:
    """Tell whether a small town abroad was taken for a place of a report about another country."""
    candidate = answer.candidate
    if candidate is None or country is None or candidate.place.country in {None, country}:
        return False
    return candidate.kind not in {"country", "province"} and candidate.population < _WORLD_CITY


def _list_firm_countries(settled: Sequence[Settled], parsed: list[Parsed]) -> frozenset[str]:
    """Give the countries that a report surely speaks of: a party or a body at home there is named by a name of its own, or
    some place of theirs bears the very name told, and is no lone village where parties at home elsewhere are named."""
    homes: set[str] = set()
    for sentence in parsed:
        for chunk in sentence.chunks:
            if (chunk.actor or chunk.body) and chunk.any_side is None and not chunk.bits & _ANY_BODY:
                homes |= find_homes(chunk.actor) | find_homes(chunk.body)
    places: dict[str | None, set[str | None]] = {}
    for one in settled:
        if one.candidate is not None:
            places.setdefault(one.candidate.place.country, set()).add(one.candidate.place.id)
    sure = {
        candidate.place.country or ""
        for candidate in (one.candidate for one in settled if not _is_doubtful(one))
        if candidate is not None
        and not (homes and _is_village(candidate) and len(places[candidate.place.country]) == 1)
    }
    return frozenset(sure | homes)


def _is_by_likeness_alone(answer: Settled, firm: Set[str]) -> bool:
    """Tell whether only a likeness of sound, or a village where the words say "state", led to a country that nothing else
    in the report names: villages of every country are like some name."""
    candidate = answer.candidate
    if candidate is None or candidate.place.country in firm:
        return False
    return candidate.score < _SURE if _is_doubtful(answer) else _is_village(candidate)


def _is_village(candidate: Candidate) -> bool:
    return candidate.score < _SURE_NAME and candidate.population < _TOWN


def _name_sides(parsed: list[Parsed], firm: Set[str], country: str | None) -> None:
    """Let words that any country has ("the rebels") mean a party of the country that the report is about."""
    if not firm:
        return
    for sentence in parsed:
        for chunk in sentence.chunks:
            if chunk.any_side is not None and firm.isdisjoint(find_homes(chunk.actor)):
                chunk.actor = name_local_side(chunk.any_side, country)
            if chunk.bits & _ANY_BODY and chunk.body and firm.isdisjoint(find_homes(chunk.body)):
                _unname_body(sentence, chunk)


def _name_occupiers(parsed: list[Parsed]) -> None:
    """Let an occupation without a name be the one that the report names, where it names one alone."""
    chunks = [chunk for sentence in parsed for chunk in sentence.chunks if chunk.bits & _OCCUPIERS]
    named = {chunk.actor for chunk in chunks if chunk.bits & _OCCUPIER_NAMED and chunk.actor}
    if len(named) != 1:
        return
    (occupier,) = named
    for chunk in chunks:
        if chunk.bits & _OCCUPIER and (chunk.actor or chunk.body) != occupier:
            chunk.actor, chunk.body = occupier, None if chunk.body is None else occupier


def _unname_body(sentence: Parsed, chunk: Chunk) -> None:
    """Let a body that any country has be whoever the words say: Gaza's civil defence is not Syria's."""
    chunk.body = None
    for frame in sentence.frames:
        speaker = frame.speaker
        if speaker is not None and speaker.body and speaker.start <= chunk.start < speaker.end:
            speaker.body, speaker.role = None, chunk.readings.get("ANY_BODY") or chunk.role


def _is_doubtful(answer: Settled) -> bool:
    because = answer.candidate.because if answer.candidate is not None else ()
    return bool(because) and (because[0] != _SAME_NAME or _OTHER_KIND in because)


def _house_quarters(toponyms: list[Toponym], gazetteer: Gazetteer) -> None:
    """Put a quarter that is named without its town into the town named before it, else after it. A camp that some
    place is named after is a place by itself: "Bureij camp" is in no town that the report names besides.
    """
    language = gazetteer.language
    levels = load_toponyms(language).levels
    parts = {word: level for word, level in levels.items() if level != "settlement"}
    is_noun_first = load_syntax(language).is_noun_first
    quarters = {word for word, level in levels.items() if level == "neighbourhood"}
    quarters |= load_name_shape(language).quarters
    camps = load_name_shape(language).camps
    for index, toponym in enumerate(toponyms):
        is_housed = toponym.container is not None
        if (
            toponym.container is not None and is_noun_first
        ):  # "the roundabout in the quarter of X in the town of Y"
            is_housed = not _is_quarter(toponym.container, quarters)
        if is_housed or not _names_quarter(toponym, quarters):
            continue
        if toponym.wording.lower().split()[-1] in camps and gazetteer.is_known(toponym.wording):
            continue
        others = [*reversed(toponyms[:index]), *toponyms[index + 1 :]]
        town = next(
            (
                other
                for other in others
                if other.located and not other.origin and not _names_level(other, parts)
            ),
            None,
        )
        if town is not None:
            toponym.container, toponym.town = town.wording, town


def _names_quarter(toponym: Toponym, quarters: Set[str]) -> bool:
    return _is_quarter(toponym.wording, quarters)


def _is_quarter(wording: str, quarters: Set[str]) -> bool:
    words = wording.lower().split()
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
        is_beside=toponym.is_beside,
        role="metonym" if toponym.is_state else "event" if toponym.located else "background",
    )
