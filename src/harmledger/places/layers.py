"""The layers of a gazetteer together: asked the more trusted first, their answers kept, a damaged one left out."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeVar

from harmledger.places.base import discard_base
from harmledger.places.entry import PlaceKind
from harmledger.places.layer import SKELETON_LIMIT, Hit, Layer
from harmledger.places.score import Name, may_answer, score_spelling
from harmledger.places.sieve import Form, Sieve, encode_name, open_sieve
from harmledger.places.town import Box, Town
from harmledger.records.problem import Problem

Answer = TypeVar("Answer")
_Question = tuple[str, str, str | None, float]
"""What is asked (key, skeleton or trigrams), for which wording, in which country, how near."""

_KEPT_LIMIT: Final = 65_536


class Alike(NamedTuple):
    """A spelling of a layer that has the skeleton of a name, and how far it agrees with the name, 0 to 1."""

    agreement: float
    layer: Layer
    number: int


class Layers:
    """Layers open for reading. What they hold under a name is asked once: a document asks again and again.

    `problems` gathers layers that failed while they were read; such a layer is left out from then on.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = list(layers)
        self._sieved: list[tuple[Layer, Sieve | None]] | None = None
        self._kept: dict[_Question, list[Hit]] = {}
        self._spellings: dict[tuple[str, str | None], list[tuple[Layer, list[tuple[int, str, int]]]]] = {}
        self.problems: list[Problem] = []

    def has_key(self, key: str) -> bool:
        """Tell whether any place's name folds to this key."""
        return bool(self.find_key(key))

    def has_sound(self, name: Name) -> bool:
        """Tell whether any place's name folds to the key of this one, or is spelled as it."""
        if self.find_key(name.key):
            return True
        spelling, skeleton = name.spelling, name.skeleton
        if not spelling:
            return False
        holders = self._list_holders(spelling, "spelling")
        return any(
            self._ask_one(layer, lambda one: one.has_spelling(spelling, skeleton)) for layer in holders
        )

    def find_key(self, key: str) -> list[Hit]:
        """Give the places one of whose names folds to this key."""
        asked = ("key", key, None, 0.0)
        hits = self._kept.get(asked)
        if hits is None:
            holders = self._list_holders(key, "key")
            hits = self._keep(asked, self._ask(lambda layer: layer.find_key(key), holders))
        return hits

    def find_skeleton(self, skeleton: str, country: str | None) -> list[Hit]:
        """Give the places of the country, or of all, one of whose names has this consonant skeleton."""
        asked = ("skeleton", skeleton, country, 0.0)
        hits = self._kept.get(asked)
        if hits is None:
            holders = self._list_holders(skeleton, "skeleton")
            hits = self._ask(lambda layer: layer.find_skeleton(skeleton, country), holders, country)
            self._keep(asked, hits)
        return hits

    def list_alike(self, name: Name, country: str | None) -> list[Alike] | None:
        """Give the spellings that have the name's skeleton, the most alike first; None where a layer has more than
        it gives for a skeleton.
        """
        asked = (name.skeleton, country)
        if asked not in self._spellings:
            holders = self._list_holders(name.skeleton, "skeleton")
            if len(self._spellings) >= _KEPT_LIMIT:
                self._spellings.clear()
            self._spellings[asked] = [
                (layer, self._ask_one(layer, lambda one: one.list_spellings(name.skeleton)) or [])
                for layer in holders
                if country is None or layer.country in {None, country}
            ]
        found = self._spellings[asked]
        if any(sum(names for _, _, names in rows) >= SKELETON_LIMIT for _, rows in found):
            return None
        alike = [
            Alike(score_spelling(name, spelling, name.skeleton)[0], layer, number)
            for layer, rows in found
            for number, spelling, _ in rows
        ]
        return sorted(alike, key=lambda one: -one.agreement)

    def find_alike(self, alike: Sequence[Alike], country: str | None) -> list[Hit]:
        """Give the places of the country that have a name of one of these spellings."""
        hits: list[Hit] = []
        for layer in {id(one.layer): one.layer for one in alike}.values():
            numbers = [one.number for one in alike if one.layer is layer]
            found = self._ask_one(layer, partial(Layer.find_spellings, numbers=numbers, country=country))
            hits.extend(found or ())
        return hits

    def find_trigrams(self, name: Name, country: str | None, least: float) -> list[Hit]:
        """Give the places of the country that look like the name: their spelling shares a trigram with its own and
        agrees at least so far, in percent.
        """
        asked = ("trigrams", name.spelling, country, least)
        hits = self._kept.get(asked)
        if hits is None:
            hits = self._ask(
                lambda layer: layer.find_trigrams(name.spelling, country, least, partial(may_answer, name)),
                self._layers,
                country,
            )
            self._keep(asked, hits)
        return hits

    def find_provinces(self, country: str) -> list[Hit]:
        """Give the country's provinces, once for each of their names."""
        return self._ask(lambda layer: layer.find_provinces(country), self._layers, country)

    def list_script(self, first: str, last: str) -> list[tuple[str, str]]:
        """Give the keys and names written in one script (see `Layer.list_script`), of all layers."""
        found: list[tuple[str, str]] = []
        for layer in list(self._layers):
            found.extend(self._ask_one(layer, lambda one: one.list_script(first, last)) or ())
        return found

    def list_divisions(self, kind: PlaceKind) -> dict[tuple[str, str, str], str]:
        """Give the names of provinces or districts (see `Layer.list_divisions`); the more trusted layer's count."""
        merged: dict[tuple[str, str, str], str] = {}
        for layer in reversed(list(self._layers)):
            merged.update(self._ask_one(layer, lambda one: one.list_divisions(kind)) or {})
        return merged

    def _keep(self, asked: _Question, hits: list[Hit]) -> list[Hit]:
        if len(self._kept) >= _KEPT_LIMIT:
            self._kept.clear()
        self._kept[asked] = hits
        return hits

    def _list_holders(self, name: str, form: Form) -> list[Layer]:
        """Give the layers that may hold a name in one of its forms, in their order."""
        if self._sieved is None:
            self._sieved = [(layer, open_sieve(layer)) for layer in self._layers]
        codes = encode_name(name, form)
        return [layer for layer, sieve in self._sieved if sieve is None or sieve.passes(codes)]

    def list_towns(self, box: Box, most: int) -> list[Town]:
        """Give the towns and villages within a box, the largest first; each by the name of its most trusted layer.
        Once there are enough, layers further on, which are larger, are not asked."""
        found: dict[str, Town] = {}
        for layer in list(self._layers):
            if len(found) >= most:
                break
            for town in self._ask_one(layer, lambda one: one.list_towns(box, most)) or ():
                known = found.get(town.id, town)
                found[town.id] = known._replace(size=max(known.size, town.size))
        return sorted(found.values(), key=lambda one: (-one.size, one.id))[:most]

    def _ask(
        self, question: Callable[[Layer], list[Hit]], layers: Sequence[Layer], country: str | None = None
    ) -> list[Hit]:
        """Put a question to those of the layers that may hold the country."""
        hits: list[Hit] = []
        for layer in list(layers):
            if country is not None and layer.country not in {None, country}:
                continue
            hits.extend(self._ask_one(layer, question) or ())
        return hits

    def _ask_one(self, layer: Layer, question: Callable[[Layer], Answer]) -> Answer | None:
        try:
            return question(layer)
        except sqlite3.DatabaseError as fault:
            self._layers.remove(layer)
            self._sieved = None
            self._kept.clear()
            self._spellings.clear()
            self.problems.append(_report_damage(layer, fault))
            return None


def _report_damage(layer: Layer, fault: sqlite3.DatabaseError) -> Problem:
    is_pack = layer.country is not None
    return Problem(
        "places.layer-damaged",
        f"The gazetteer layer {layer.label} failed while it was read ({fault}) and is left out.",
        "error",
        where=str(layer.path) if layer.path is not None else layer.label,
        remedy=f"harmledger places install {layer.label}" if is_pack else discard_base(layer),
    )
