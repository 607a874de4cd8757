"""The gazetteer: layers of places, asked for what a wording may mean."""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.base import open_base
from harmledger.places.candidate import LEAD, NO_CONTEXT, SAME_SOUND, AskedKind, Candidate, PlaceContext
from harmledger.places.countries import list_country_names
from harmledger.places.entry import PlaceKind, estimate_radius, judge_precision
from harmledger.places.folding import fold_key, fold_name, make_key
from harmledger.places.layer import SKELETON_LIMIT, Hit, Layer
from harmledger.places.layers import Layers
from harmledger.places.merging import ANSWER_LIMIT, merge_candidates
from harmledger.places.overlay import LABEL as OVERLAY
from harmledger.places.overlay import open_overlay
from harmledger.places.packs import list_countries, open_pack
from harmledger.places.part import take_part
from harmledger.places.score import (
    ACCEPTED,
    LEAST_SIMILAR,
    Name,
    Province,
    make_name,
    score_name,
    score_place,
)
from harmledger.places.town import Box, Town
from harmledger.places.wording import Described, describe_wording, split_brackets
from harmledger.records.place import Place
from harmledger.records.problem import Problem

LayerName = Literal["overlay", "packs", "base"]
ALL_LAYERS: Final[tuple[LayerName, ...]] = ("overlay", "packs", "base")

_CACHE_LIMIT: Final = 65_536
_CLEAR_MATCH: Final = 0.9
_WHOLE_WORDING: Final = 0.8
_SHORTEST_FUZZY: Final = 4
_LEAST_AGREEMENT: Final = 60.0
"""In percent: a spelling that agrees less is not looked at."""
_LONGEST_ABBREVIATION: Final = 3
_MEANT_ELSEWHERE: Final = 0.1
_SAME_PROVINCE: Final = 0.68
_WHOLE_PENALTY: Final = 0.1
_ROUNDING: Final = 0.0002
"""Scores are rounded to four places."""
_NO_MEANINGS: Final[frozenset[str]] = frozenset()
_ASKED: Final[dict[PlaceKind, AskedKind]] = {
    "country": "country",
    "province": "province",
    "district": "district",
    "settlement": "settlement",
    "neighbourhood": "settlement",
    "area": "area",
    "crossing": "settlement",
    "airbase": "settlement",
}


class Gazetteer:
    """Layers open for reading, with what was asked before. Not to be shared between threads.

    `problems` gathers layers that failed while they were read; such a layer is left out from then on.
    """

    def __init__(self, layers: Sequence[Layer], countries: Sequence[str] = (), language: str = "en") -> None:
        self._layers = Layers(layers)
        overlay = [layer for layer in layers if layer.label == OVERLAY]
        self._home = countries[0] if len(countries) == 1 else None
        self.language = language
        self._answers: dict[tuple[str, PlaceContext], tuple[Candidate, ...]] = {}
        self._provinces: dict[tuple[str, str | None], frozenset[Province]] = {}
        self._divisions: dict[PlaceKind, dict[tuple[str, str, str], str]] = {}
        self._known: dict[str, bool] = {}
        self._others: dict[str, Gazetteer] = {}
        self._of_country: dict[str, list[Hit]] = {}
        self._curated: dict[str, Hit] = {hit.id: hit for layer in overlay for hit in layer.list_places()}
        self._meanings: dict[str, set[str]] = {}
        for layer in overlay:
            for key, ids in layer.list_meanings().items():
                self._meanings.setdefault(key, set()).update(ids)
        self.problems: list[Problem] = self._layers.problems
        self.digests: tuple[str, ...] = tuple(sorted(f"{layer.label}@{layer.digest}" for layer in layers))

    def in_language(self, language: str) -> "Gazetteer":
        """Give this gazetteer as reports of that language ask it: the same layers, the language's generic words."""
        if language == self.language:
            return self
        other = self._others.get(language)
        if other is None:
            other = self._others[language] = Gazetteer((), language=language)
            other._share(self)
        return other

    def _share(self, one: "Gazetteer") -> None:
        """Take everything from another gazetteer but what depends on its language."""
        self._layers, self._home, self._others = one._layers, one._home, one._others
        self._provinces, self._divisions, self._of_country = one._provinces, one._divisions, one._of_country
        self._curated, self._meanings = one._curated, one._meanings
        self.problems, self.digests = one.problems, one.digests

    def list_script(self, first: str, last: str) -> list[tuple[str, str]]:
        """Give the keys and names of places that begin with a letter from `first` to `last`, as folded."""
        return self._layers.list_script(first, last)

    def find(self, wording: str, context: PlaceContext = NO_CONTEXT) -> tuple[Candidate, ...]:
        """Give the places that the wording may mean, best first; empty where none is good enough.

        Without a country in the context, the only country of the case is taken. The wording may hold generic
        words ("northern Hama province", "the town of X"). A direction of a province, district, area or
        country gives its part: the point shifted, the radius smaller.
        """
        if context.country is None and self._home is not None:
            context = replace(context, country=self._home)
        asked = (wording, context)
        answer = self._answers.get(asked)
        if answer is None:
            if len(self._answers) >= _CACHE_LIMIT:
                self._answers.clear()
            answer = self._answers[asked] = self._find(wording, context)
        return answer

    def list_towns(self, box: Box, most: int) -> list[Town]:
        """Give the towns and villages within a box, the largest first."""
        return self._layers.list_towns(box, most)

    def is_known(self, wording: str) -> bool:
        """Tell whether some place bears exactly this name, apart from accents, case and generic words."""
        known = self._known.get(wording)
        if known is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            known = self._known[wording] = self._is_known(wording)
        return known

    def _is_known(self, wording: str) -> bool:
        folded = fold_name(wording)
        if not folded or self._layers.has_key(make_key(folded)):
            return bool(folded)
        if " " not in folded:  # a single word is never taken off
            return False
        name = describe_wording(wording, self.language).name
        return name != folded and self._layers.has_key(make_key(name))

    def names_country(self, wording: str) -> str | None:
        """Give the ISO 3166-1 alpha-2 code of the country that the wording names, or None.

        A part of a country ("northern Syria") is none. Abbreviations count in capitals alone: "US", not "us".
        """
        described = describe_wording(wording, self.language)
        if described.direction or described.level not in (None, "country"):
            return None
        names = list_country_names(self.language)
        code = names.get(fold_key(wording)) or names.get(make_key(described.name))
        is_abbreviation = len(described.name) <= _LONGEST_ABBREVIATION
        return None if is_abbreviation and wording.casefold() == wording != wording.upper() else code

    def resolve_province(self, wording: str, country: str | None = None) -> frozenset[Province]:
        """Give the provinces that the wording may name; more than one only where countries share a name."""
        asked = (wording, country)
        if asked not in self._provinces:
            if len(self._provinces) >= _CACHE_LIMIT:
                self._provinces.clear()
            self._provinces[asked] = self._resolve_province(wording, country)
        return self._provinces[asked]

    def list_province_names(self, province: Province) -> frozenset[str]:
        """Give what the gazetteer calls a province, in all its layers."""
        hits = (hit for hit in self._layers.find_provinces(province.country) if hit.admin1 == province.code)
        return frozenset(name for hit in hits for name in (hit.name, hit.matched_name))

    def _find(self, wording: str, context: PlaceContext) -> tuple[Candidate, ...]:
        folded = fold_name(wording)
        if not folded:
            return ()
        provinces = self.resolve_province(context.admin1, context.country) if context.admin1 else frozenset()
        described = describe_wording(wording, self.language)
        first, _, rest = folded.partition(" ")
        if rest and first in load_toponyms(self.language).any_kind:  # "the area of X": X may be anything
            folded, described = rest, describe_wording(rest, self.language)
        if context.is_leading and not self._is_heard(folded, described):
            return ()
        if described.direction and context.is_leading:  # parts are weighed again after the search
            context = replace(context, is_leading=False)
        found: list[Candidate] = []
        if described.name != folded and self._layers.has_key(make_key(folded)):
            found = self._search(wording, folded, context, provinces)
        if not found or found[0].score < _WHOLE_WORDING:
            kind = _judge_kind(described) or context.kind
            kinded = context if kind == context.kind else replace(context, kind=kind)
            stripped = self._search(wording, described.name, kinded, provinces)
            if described.direction:
                stripped = [take_part(candidate, described.direction) for candidate in stripped]
                if kind is None:
                    stripped = [_doubt_whole(candidate) for candidate in stripped]
                found.extend(self._search_adjectives(wording, described, context, provinces))
            found = merge_candidates([*found, *stripped])
        return tuple(found)

    def _is_heard(self, folded: str, described: Described) -> bool:
        """Tell whether the wording, in one of the forms in which it is looked for, sounds like any place's name."""
        names = [described.name, *self._list_adjective_names(described)]
        return self._layers.has_key(make_key(folded)) or any(
            self._layers.has_sound(make_name(name)) for name in names
        )

    def _list_adjective_names(self, described: Described) -> list[str]:
        """Give the names that say the direction in their own language ("Ghariyah ash Sharqiyah")."""
        direction = described.direction
        adjectives = load_toponyms(self.language).adjectives.get(direction, ()) if direction else ()
        return [f"{described.name} {adjective}" for adjective in adjectives]

    def _search_adjectives(
        self, wording: str, described: Described, context: PlaceContext, provinces: frozenset[Province]
    ) -> list[Candidate]:
        """Look for names that hold the direction."""
        found: list[Candidate] = []
        for name in self._list_adjective_names(described):
            candidates = self._search(wording, name, context, provinces)
            found.extend(one for one in candidates if one.because[0] in SAME_SOUND)
        return found

    def _search(
        self, wording: str, folded: str, context: PlaceContext, provinces: frozenset[Province]
    ) -> list[Candidate]:
        """Look for the name as it is, then by skeleton, then by trigrams where nothing agrees well."""
        name = make_name(folded)
        country = context.country
        best: dict[str, tuple[float, Hit, list[str]]] = {}
        meant = self._list_meant(name)

        def weigh(hits: list[Hit]) -> float:
            top = 0.0
            for hit in hits:
                agreement, reason = score_name(name, hit)
                if agreement < ACCEPTED:  # whatever else counts, counts against it
                    continue
                is_curated = hit.id in self._curated
                score, because = score_place(hit, context, provinces, is_curated)
                score += agreement
                if meant and is_curated and hit.id not in meant:
                    score -= _MEANT_ELSEWHERE
                    because.append("overlay-gives-name-to-another")
                top = max(top, score)
                if hit.id not in best or score > best[hit.id][0]:
                    best[hit.id] = (score, hit, [reason, *because])
            return top

        top = weigh(self._layers.find_key(name.key))
        similar = _LEAST_AGREEMENT
        if top < _CLEAR_MATCH and name.skeleton:
            is_leading = context.is_leading and not name.letters  # letters may raise what spelling ranks low
            alike: list[Hit] | None = self._find_leading(name, country, top, weigh) if is_leading else None
            if alike is None:
                alike = self._layers.find_skeleton(name.skeleton, country)
            top = max(top, weigh(alike))
            if (
                len(alike) < SKELETON_LIMIT
            ):  # all of the same skeleton are known: the others must look more alike
                similar = LEAST_SIMILAR
        if context.is_fuzzy and top < _CLEAR_MATCH and len(name.spelling) >= _SHORTEST_FUZZY:
            weigh(self._layers.find_trigrams(name, country, similar))
        ranked = sorted(best.values(), key=lambda found: (-found[0], found[1].id))
        least = ACCEPTED
        if context.is_leading and ranked:
            least = max(least, ranked[0][0] - LEAD - _ROUNDING)
        return merge_candidates(
            [
                self._make_candidate(wording, hit, score, because)
                for score, hit, because in ranked[:ANSWER_LIMIT]
                if score >= least
            ]
        )

    def _find_leading(
        self, name: Name, country: str | None, top: float, weigh: Callable[[list[Hit]], float]
    ) -> list[Hit] | None:
        """Give those places of the name's skeleton that may come near the best: no place scores more than its name.

        None where the skeleton has more places than are looked at.
        """
        alike = self._layers.list_alike(name, country)
        if not alike:
            return None if alike is None else []
        best = [one for one in alike if one.agreement == alike[0].agreement]
        top = max(top, weigh(self._layers.find_alike(best, country)))
        least = max(top - LEAD - _ROUNDING, ACCEPTED)
        return self._layers.find_alike([one for one in alike[len(best) :] if one.agreement >= least], country)

    def _list_meant(self, name: Name) -> Set[str]:
        """Give the places to which the overlay gives exactly this name.

        Gazetteers call the city Gaza too; reports mean the strip, and the overlay says so.
        """
        return self._meanings.get(name.key, _NO_MEANINGS)

    def _make_candidate(self, wording: str, hit: Hit, score: float, because: list[str]) -> Candidate:
        found_by = hit.matched_name
        hit = self._curate(hit)
        radius_km = hit.radius_km if hit.radius_km is not None else estimate_radius(hit.kind, hit.population)
        place = Place(
            name=hit.name,
            wording=wording,
            id=hit.id,
            country=hit.country,
            admin1=self._name_division("province", hit),
            admin2=self._name_division("district", hit),
            lat=hit.lat,
            lon=hit.lon,
            precision=judge_precision(hit.kind, radius_km),
            radius_km=radius_km,
        )
        return Candidate(
            place, round(score, 4), hit.kind, hit.population, found_by, hit.admin1, tuple(because)
        )

    def _curate(self, hit: Hit) -> Hit:
        """Give the overlay's facts of the place where it has them, so that every spelling yields the same."""
        curated = self._curated.get(hit.id)
        if curated is None or curated is hit:
            return hit
        return curated._replace(admin2=hit.admin2, population=max(hit.population, curated.population))

    def _name_division(self, kind: PlaceKind, hit: Hit) -> str | None:
        if not hit.country or not hit.admin1 or (kind == "district" and not hit.admin2):
            return None
        if kind not in self._divisions:
            self._divisions[kind] = self._layers.list_divisions(kind)
        code = (hit.country, hit.admin1, (hit.admin2 or "") if kind == "district" else "")
        return self._divisions[kind].get(code)

    def _resolve_province(self, wording: str, country: str | None) -> frozenset[Province]:
        """Compare the wording, and what it holds in brackets, with every name of every province."""
        best: dict[Province, float] = {}
        for part in split_brackets(wording):
            name = make_name(describe_wording(part, self.language).name)
            for hit in self._list_provinces(name, country):
                province = Province(hit.country or "", hit.admin1 or "")
                best[province] = max(best.get(province, 0.0), score_name(name, hit)[0])
        top = max(best.values(), default=0.0)
        if top < _SAME_PROVINCE:
            return frozenset()
        return frozenset(province for province, score in best.items() if score == top)

    def _list_provinces(self, name: Name, country: str | None) -> list[Hit]:
        """Give all provinces of the country; without one, those of any country that bear the name."""
        if country:
            if country not in self._of_country:
                self._of_country[country] = self._layers.find_provinces(country)
            return self._of_country[country]
        return [hit for hit in self._layers.find_key(name.key) if hit.kind == "province"]


def open_gazetteer(
    folder: Path | None = None,
    countries: Sequence[str] = (),
    *,
    layers: Sequence[LayerName] = ALL_LAYERS,
    language: str = "en",
    progress: Callable[[str], None] | None = None,
) -> tuple[Gazetteer, tuple[Problem, ...]]:
    """Open what is installed: the overlay, the country packs, and the base of the world's larger places.

    `folder` is the data folder (default: the environment's HARMLEDGER_DATA, else the user's). `countries`
    are the case's, as ISO 3166-1 alpha-2 codes: only their packs and their part of the overlay are opened, and
    a missing pack is noted; without them all are. The base is compiled on first use, which `progress` is told. Every layer
    that cannot be opened is a problem; the gazetteer works with the others.
    """
    opened: list[Layer] = []
    problems: list[Problem] = []
    if "overlay" in layers:
        opened.append(open_overlay(countries))
    if "packs" in layers:
        for country in sorted(set(countries)) or list_countries(folder):
            pack, found = open_pack(country, folder)
            problems.extend(found)
            if pack is not None:
                opened.append(pack)
    if "base" in layers:
        base, found = open_base(progress)
        problems.extend(found)
        if base is not None:
            opened.append(base)
    return Gazetteer(opened, countries, language), tuple(problems)


def _judge_kind(described: Described) -> AskedKind | None:
    return _ASKED[described.level] if described.level else None


def _doubt_whole(candidate: Candidate) -> Candidate:
    """Lower a place that has no parts on a map: "southern Idlib" is of the province, not of the city."""
    if "direction-within" not in candidate.because:
        return candidate
    return replace(candidate, score=max(0.0, round(candidate.score - _WHOLE_PENALTY, 4)))
