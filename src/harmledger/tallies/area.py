"""The area that totals are asked for: what it is called, and which places are or lie in it."""

from dataclasses import dataclass

from harmledger.incidents.names import fold_name
from harmledger.places.folding import fold_key
from harmledger.records.place import Place

Named = tuple[str, str]
"""An ISO 3166-1 alpha-2 code and the folded name of a place, district or province in that country."""


@dataclass(frozen=True, slots=True)
class Area:
    """What a name that a person wrote may mean.

    `name` is as written: whatever bears it, but for case, accents and punctuation, is meant. The rest is what a
    gazetteer knows: `ids` of places, `named` what these and the provinces meant are called, and `countries` what the
    country is called, and its code, as keys (see `harmledger.places.folding.fold_key`).
    """

    name: str
    ids: frozenset[str] = frozenset()
    named: frozenset[Named] = frozenset()
    countries: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether a gazetteer knows any such area."""
        return bool(self.ids or self.named or self.countries)

    def holds(self, place: Place | None) -> bool:
        """Tell whether the place is, or lies in, the area: by id, else by name, district, province or country."""
        if place is None:
            return False
        if place.id is not None and place.id in self.ids:
            return True
        country = place.country or ""
        if country and fold_key(country) in self.countries:
            return True
        names = [fold_name(n) for n in (place.name or place.wording, place.admin2, place.admin1) if n]
        asked = fold_name(self.name)
        if asked in names or (country and asked == fold_name(country)):
            return True
        return any((country, name) in self.named for name in names)
