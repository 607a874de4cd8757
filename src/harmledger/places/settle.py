"""Settle the places of one document: the country first, then provinces, then each mention inside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp
from typing import Final, Literal

from harmledger.places.candidate import LEAD, AskedKind, Candidate, PlaceContext
from harmledger.places.entry import measure_distance
from harmledger.places.folding import fold_name
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.holding import (
    NEAR_KM,
    NEAR_WEIGHT,
    holds_quarter,
    is_around,
    is_enclosed,
    is_wall,
    lies_beside,
    lies_within,
    point_of,
    sort_by_nearness,
    sort_distinct,
    sounds_alike,
)
from harmledger.places.romanisation import write_letters
from harmledger.places.score import Province
from harmledger.places.votes import NO_LEANING, weigh_wording
from harmledger.places.wording import describe_wording

MentionRole = Literal["event", "background", "metonym"]

_CLEAR_LEAD: Final = LEAD
"""How far a candidate must lead those of other countries for its mention to vote."""
_PROVINCE_WEIGHT: Final = 0.06
_NAMESAKE_LEAD: Final = 0.05
_ALTERNATIVES: Final = 5
_LIKE_ALONE: Final = 0.84
"""Least score of a place whose name is merely like the one told, where nothing is said to hold it."""
_LIKE_TOWN: Final = 0.82
"""Least score of such a place where the words say that it is a town."""
_LATIN: Final = frozenset(
    {"AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CO", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "KE", "MX", "NG",
     "NL", "NO", "NZ", "PE", "PH", "PL", "PT", "RO", "SE", "TR", "UG", "US", "VE", "ZA"}
)  # fmt: skip
"""Countries whose places are written in Latin letters: reports spell them as they are, and likeness says nothing."""
_SAME_NAME: Final = "same-name"
_SMALL: Final = 5_000
"""Population from which on a town that holds a place is meant whatever holds the town."""
_DEEPEST: Final = 3
"""Most places that hold one another."""
_WORLD_CITY: Final = 1_000_000
"""Least population of a city that any report may mean."""
_CLEAR_VOTE: Final = 0.1
"""A country leads by this much of a vote, or it is not settled which it is."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a document names it, at [start, end) of the reading copy.

    `kind` is what the words call it ("province of"), `container` the wording of the place that is said to
    hold it ("southern Idlib" in "Abdeen in southern Idlib"), `direction` a direction that the wording lacks
    ("northern"). A `background` mention tells of something else than the event, a `metonym` stands for a
    government or a force ("Damascus said"): neither locates an attack nor votes on where the document is.
    `is_beside`: the container only tells where about ("X, south of Y"), and need not hold the place.
    """

    wording: str
    start: int = 0
    end: int = 0
    kind: AskedKind | None = None
    container: str | None = None
    direction: str | None = None
    role: MentionRole = "event"
    is_beside: bool = False

    @property
    def phrase(self) -> str:
        """The wording with its direction."""
        return f"{self.direction} {self.wording}" if self.direction else self.wording


@dataclass(frozen=True, slots=True)
class Settled:
    """What a mention was found to mean; None where nothing fits. Runners-up stand in `alternatives`."""

    mention: Mention
    candidate: Candidate | None
    alternatives: tuple[Candidate, ...]
    because: tuple[str, ...]

    @property
    def locates(self) -> bool:
        """Whether the place may stand for where an attack happened."""
        return self.candidate is not None and self.mention.role == "event"


class _Setting:
    """What holds for the whole document: the countries that it may be about (`country` where it is one), the provinces it
    names, its undoubted settlements.

    Provinces and settlements are looked for when candidates of like merit must be told apart, which few documents need.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        gazetteer: Gazetteer,
        possible: frozenset[str],
        leaning: Mapping[str, float],
    ) -> None:
        self._mentions, self._gazetteer = mentions, gazetteer
        self.possible, self._leaning = possible, leaning
        self._provinces: frozenset[Province] | None = None
        self._points: dict[str, tuple[float, float]] | None = None
        self._held: dict[str, Mention] | None = None
        self.country = next(iter(possible)) if len(possible) == 1 else None

    def may_mean(self, candidate: Candidate) -> bool:
        """Tell whether a candidate without a container may be meant: a town of that very name anywhere; one spelled like it in
        a country that the document may be about; one merely like it in the document's country, if it is like enough. Where
        words lean to some countries, no town that is no city is meant in any other."""
        if (
            self._leaning
            and candidate.population < _WORLD_CITY
            and candidate.place.country not in self._leaning
        ):
            return candidate.kind in ("country", "province")
        if candidate.because[0] == _SAME_NAME:
            return True
        if sounds_alike(candidate):
            return not self.possible or candidate.place.country in self.possible
        wording = candidate.place.wording or ""
        is_town = describe_wording(wording, self._gazetteer.language).level == "settlement"
        if candidate.place.country != self.country or candidate.score < (
            _LIKE_TOWN if is_town else _LIKE_ALONE
        ):
            return False
        if self.country in _LATIN:
            return False
        return _has_latin(candidate.matched_name) or not _has_latin(wording)

    @property
    def held(self) -> dict[str, Mention]:
        """The mentions in Arabic letters that something is said to hold, by wording: they may hold others in turn."""
        if self._held is None:
            self._held = {
                one.wording: one for one in self._mentions if one.container and _has_letters(one.wording)
            }
        return self._held

    @property
    def provinces(self) -> frozenset[Province]:
        if self._provinces is None:
            self._provinces = _settle_provinces(self._mentions, self._gazetteer, self.country)
        return self._provinces

    @property
    def points(self) -> dict[str, tuple[float, float]]:
        if self._points is None:
            self._points = _list_anchors(self._mentions, self._gazetteer, self.country)
        return self._points


def settle_places(
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    countries: Sequence[str] = (),
    leaning: Mapping[str, float] = NO_LEANING,
) -> list[Settled]:
    """Settle all mentions of a document together; gives one Settled for each, in their order.

    `countries` are the case's, as ISO 3166-1 alpha-2 codes; `leaning` are votes that other words of the document give to
    countries, a place of the very name told being one vote. A stated province is a wall: a place outside it
    is never taken, the province itself stands in. One unknown place does not affect the others.
    """
    setting = _Setting(
        mentions, gazetteer, _settle_countries(mentions, gazetteer, countries, leaning), leaning
    )
    known: dict[tuple[object, ...], Settled] = {}
    settled: list[Settled] = []
    for mention in mentions:
        said = (mention.phrase, mention.kind, mention.container, mention.role, mention.is_beside)
        if said not in known:
            known[said] = _settle_mention(mention, gazetteer, setting)
        answer = known[said]
        settled.append(Settled(mention, answer.candidate, answer.alternatives, answer.because))
    return settled


def _settle_countries(
    mentions: Sequence[Mention], gazetteer: Gazetteer, countries: Sequence[str], leaning: Mapping[str, float]
) -> frozenset[str]:
    """Let event mentions vote; the case's countries are the only ones eligible where given. Gives the country that leads, with those
    that come within a hair of it."""
    if len(countries) == 1:
        return frozenset(countries)
    votes: dict[str, float] = dict(leaning)
    wordings = _list_event_wordings(mentions)
    for wording in (
        dict.fromkeys(wordings) if leaning else wordings
    ):  # posts stand under a title that repeats them
        for code, weight in weigh_wording(wording, gazetteer).items():
            votes[code] = votes.get(code, 0.0) + weight
    eligible = {code: count for code, count in votes.items() if not countries or code in countries}
    least = max(eligible.values(), default=0.0) - _CLEAR_VOTE
    return frozenset(code for code, count in eligible.items() if count > least)


def _has_latin(name: str) -> bool:
    """Tell whether any letter is Latin: what Japanese calls a town is no likeness of an English word."""
    return any(letter.isascii() and letter.isalpha() for letter in name)


def _settle_provinces(
    mentions: Sequence[Mention], gazetteer: Gazetteer, country: str | None
) -> frozenset[Province]:
    """Give the provinces that event mentions and their containers name as such."""
    found: set[Province] = set()
    for mention in mentions:
        if mention.role != "event":
            continue
        for wording, kind in ((mention.phrase, mention.kind), (mention.container, None)):
            best = _find_best(wording, gazetteer, _make_context(country, kind)) if wording else None
            if best and best.kind == "province" and best.place.country and best.division:
                found.add(Province(best.place.country, best.division))
    return frozenset(found)


def _list_anchors(
    mentions: Sequence[Mention], gazetteer: Gazetteer, country: str | None
) -> dict[str, tuple[float, float]]:
    """Give the points of event mentions that can mean one settlement only, by wording."""
    anchors: dict[str, tuple[float, float]] = {}
    for mention in mentions:
        if mention.role != "event" or mention.wording in anchors:
            continue
        candidates = gazetteer.find(mention.phrase, _make_context(country, mention.kind))
        if not candidates or candidates[0].kind != "settlement":
            continue
        lead = candidates[0].score - (candidates[1].score if len(candidates) > 1 else 0.0)
        point = point_of(candidates[0])
        if point and lead >= _CLEAR_LEAD:
            anchors[mention.wording] = point
    return anchors


def _make_context(country: str | None, kind: AskedKind | None) -> PlaceContext:
    return PlaceContext(country=country, kind=kind, is_fuzzy=country is not None)


def _settle_holder(mention: Mention, gazetteer: Gazetteer, setting: _Setting, depth: int) -> Candidate | None:
    """Settle what is said to hold the mention where something is said to hold it in turn ("X in the district of Y in Z");
    None where nothing is."""
    holder = setting.held.get(mention.container or "")
    if holder is None or depth == _DEEPEST or holder.container == mention.wording:
        return None
    return _settle_mention(holder, gazetteer, setting, depth + 1).candidate


def _settle_mention(mention: Mention, gazetteer: Gazetteer, setting: _Setting, depth: int = 0) -> Settled:
    if mention.role == "metonym":
        return Settled(mention, None, (), ("metonym",))
    context = _make_context(setting.country, mention.kind)
    container = _find_container(mention, gazetteer, setting)
    if container is None or (container.kind == "settlement" and container.population < _SMALL):
        container = _settle_holder(mention, gazetteer, setting, depth) or container
    if container is None:
        found = gazetteer.find(mention.phrase, context)
        return _choose_freely(mention, [one for one in found if setting.may_mean(one)], setting)
    return _choose_inside(mention, container, gazetteer, context)


def _choose_freely(mention: Mention, candidates: Sequence[Candidate], setting: _Setting) -> Settled:
    """Rank candidates of the same merit by the document's provinces and by what lies near."""
    if not candidates:
        return Settled(mention, None, (), ("unknown-name",))
    if len(candidates) == 1 or candidates[0].score - candidates[1].score > _PROVINCE_WEIGHT + NEAR_WEIGHT:
        return Settled(mention, candidates[0], tuple(candidates[1 : _ALTERNATIVES + 1]), ("named",))
    points = [point for wording, point in setting.points.items() if wording != mention.wording]

    def merit(candidate: Candidate) -> float:
        gain = 0.0
        if candidate.kind not in ("country", "province") and _is_in(candidate, setting.provinces):
            gain += _PROVINCE_WEIGHT
        point = point_of(candidate)
        if points and point:
            gain += NEAR_WEIGHT * exp(-min(measure_distance(*point, *other) for other in points) / NEAR_KM)
        return candidate.score + gain

    ranked = sorted(candidates, key=lambda candidate: (-merit(candidate), str(candidate.place.id)))
    because = ("named",) if ranked[0] is candidates[0] else ("named", "near-others-of-the-document")
    return Settled(mention, ranked[0], tuple(ranked[1 : _ALTERNATIVES + 1]), because)


def _find_container(mention: Mention, gazetteer: Gazetteer, setting: _Setting) -> Candidate | None:
    """Settle what is said to hold the mention; a name that fits a town and its province means the province.

    "A village in Idlib" lies in the province; only a quarter lies in the town.
    """
    if not mention.container or mention.container == mention.wording:
        return None
    found = gazetteer.find(mention.container, _make_context(setting.country, None))
    candidates = [one for one in found if setting.may_mean(one)]
    if not candidates:
        return None
    best = candidates[0]
    if best.kind != "settlement" or describe_wording(mention.container, gazetteer.language).level:
        return best
    if describe_wording(mention.phrase, gazetteer.language).level == "neighbourhood":
        return best
    return next((one for one in candidates if one.kind == "province" and _is_namesake(one, best)), best)


def _is_namesake(province: Candidate, town: Candidate) -> bool:
    return province.division == town.division and province.score >= town.score - _NAMESAKE_LEAD


def _choose_inside(
    mention: Mention, container: Candidate, gazetteer: Gazetteer, context: PlaceContext
) -> Settled:
    """Take the best candidate that lies in the container, else the container itself."""
    inside = replace(context, country=container.place.country or context.country)
    found: list[Candidate] = []
    if container.place.admin1:
        strict = gazetteer.find(mention.phrase, replace(inside, admin1=container.place.admin1))
        holds = holds_quarter if _names_quarter(mention, container, gazetteer.language) else lies_within
        found.extend(one for one in strict if holds(one, container))
    if container.kind == "country" or not is_wall(container):
        near = () if container.kind == "country" else tuple(filter(None, (point_of(container),)))
        wide = gazetteer.find(mention.phrase, replace(inside, near=near))
        found.extend(one for one in wide if container.kind == "country" or lies_beside(one, container))
    kept = sort_distinct(found)
    if is_wall(container) and (not kept or kept[0].because[0] != _SAME_NAME):
        kept = _list_quarters_of_capital(mention, container, gazetteer, inside) or kept
    if _has_letters(mention.wording):
        direction = describe_wording(mention.container or "", gazetteer.language).direction
        kept = sort_by_nearness(kept, container, direction)
    if kept:
        return Settled(mention, kept[0], tuple(kept[1 : _ALTERNATIVES + 1]), ("named", "inside-container"))
    if mention.is_beside:
        around = [one for one in gazetteer.find(mention.phrase, inside) if is_around(one, container)]
        if around:
            return Settled(
                mention, around[0], tuple(around[1 : _ALTERNATIVES + 1]), ("named", "beside-container")
            )
    standing_in = replace(container, place=replace(container.place, wording=mention.wording))
    return Settled(mention, standing_in, (), ("unknown-name", "container-stands-in"))


def _list_quarters_of_capital(
    mention: Mention, container: Candidate, gazetteer: Gazetteer, context: PlaceContext
) -> list[Candidate]:
    """Give the quarters of the very name that lie in the middle of the province, though their city is a province of its own:
    "Jobar in the Damascus countryside"."""
    named = gazetteer.find(mention.phrase, context)
    return [one for one in named if one.because[0] == _SAME_NAME and is_enclosed(one, container)]


def _names_quarter(mention: Mention, container: Candidate, language: str) -> bool:
    """Tell whether the words are of a part of a town, "X neighbourhood in Y", "X in Y city": no village of the
    same name elsewhere in the province is meant."""
    if container.kind != "settlement" or mention.container is None:
        return False
    inner, outer = (describe_wording(wording, language) for wording in (mention.phrase, mention.container))
    return inner.level == "neighbourhood" or (outer.level == "settlement" and inner.level is None)


def _is_in(candidate: Candidate, provinces: frozenset[Province]) -> bool:
    return Province(candidate.place.country or "", candidate.division or "") in provinces


def _find_best(wording: str | None, gazetteer: Gazetteer, context: PlaceContext) -> Candidate | None:
    candidates = gazetteer.find(wording, context) if wording else ()
    return candidates[0] if candidates else None


@lru_cache(maxsize=4096)
def _has_letters(wording: str) -> bool:
    """Tell whether the wording is in Arabic letters, in which many villages of a province share a name."""
    return bool(write_letters(fold_name(wording)))


def _list_event_wordings(mentions: Sequence[Mention]) -> list[str]:
    wordings: list[str] = []
    for mention in mentions:
        if mention.role == "event":
            is_held = mention.container is not None and _has_letters(mention.wording)
            wordings.extend(filter(None, ("" if is_held else mention.phrase, mention.container)))
    return wordings
