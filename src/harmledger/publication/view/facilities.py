"""Facilities hit, and hit again: by kind and district where anybody may read it, by place inside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harmledger.publication.disclosure.rules import KINDS
from harmledger.publication.view.entry import Entry
from harmledger.publication.view.totals import name_period
from harmledger.publication.wording import Wording
from harmledger.records.place import Place

Key = tuple[str, ...]
"""A kind of facility, and the area or the place in which it was hit."""


@dataclass(frozen=True, slots=True)
class Series:
    """The attacks on one kind of facility in one area, in order of time; those without a date come last. `numbers` tells
    which of those with a date each is, from 1."""

    kind: str
    area: str
    entries: tuple[Entry, ...]
    numbers: Mapping[str, int]

    @property
    def is_repeated(self) -> bool:
        """Tell whether it was hit more than once."""
        return len(self.entries) > 1


@dataclass(frozen=True, slots=True)
class Facilities:
    """Every series, those with the most attacks first, and those that each entry belongs to."""

    series: tuple[Series, ...]
    by_entry: Mapping[str, tuple[Series, ...]]


def gather_facilities(entries: Iterable[Entry], words: Wording, is_by_place: bool) -> Facilities:
    """Gather the attacks on facilities by kind and district, or by the place itself where `is_by_place`.

    A day's total and a running total are no attack, and are not counted.
    """
    found: dict[Key, list[Entry]] = {}
    for entry in entries:
        if entry.scope != "attack":
            continue
        for kind in KINDS:
            if kind in entry.groups:
                found.setdefault((kind, *_key_area(entry.place, is_by_place)), []).append(entry)
    series = [
        _make_series(key[0], _name_area(told[0], is_by_place, words), sorted(told, key=_order))
        for key, told in found.items()
    ]
    series.sort(key=lambda one: (-len(one.entries), KINDS.index(one.kind), one.area))
    by_entry: dict[str, list[Series]] = {}
    for one in series:
        for entry in one.entries:
            by_entry.setdefault(entry.id, []).append(one)
    return Facilities(tuple(series), {name: tuple(told) for name, told in by_entry.items()})


def _make_series(kind: str, area: str, entries: Sequence[Entry]) -> Series:
    numbers = {one.id: number for number, one in enumerate(entries, start=1) if one.start}
    return Series(kind, area, tuple(entries), numbers)


def tell_history(entry: Entry, facilities: Facilities, words: Wording) -> tuple[str, ...]:
    """Tell which in its series an attack is: "third recorded attack in Idlib on a hospital since April 2019"."""
    told = []
    for series in facilities.by_entry.get(entry.id, ()):
        number, count = series.numbers.get(entry.id), len(series.numbers)
        if number is None or count < 2:
            continue
        names = {
            "area": series.area,
            "kind": words.label("group", series.kind),
            "since": name_period((series.entries[0].start or "")[:7], words),
            "count": words.number(count),
        }
        if number == 1:
            told.append(words.phrase("history_first", **names))
        else:
            told.append(words.phrase("history", ordinal=name_ordinal(number, words), **names))
    return tuple(told)


def name_ordinal(number: int, words: Wording) -> str:
    """Give an ordinal in words, as far as the language has them here."""
    known: Sequence[str] = words.tables["ordinals"]
    return (
        str(known[number - 1])
        if number <= len(known)
        else words.phrase("ordinal", number=words.number(number))
    )


def _key_area(place: Place | None, is_by_place: bool) -> Key:
    if place is None:
        return ("",)
    if is_by_place:
        return (place.id or "", place.name or place.wording or "", place.admin1 or "")
    return (place.country or "", place.admin1 or "", place.admin2 or "")


def _name_area(entry: Entry, is_by_place: bool, words: Wording) -> str:
    place = entry.place
    if is_by_place or place is None:
        return entry.place_text
    parts = [
        words.name_place(part, place.country) for part in dict.fromkeys((place.admin2, place.admin1)) if part
    ]
    return words.comma.join(parts) or words.name_territory(place.country) or words.phrase("no_place")


def _order(entry: Entry) -> tuple[bool, str, str]:
    return entry.start is None, entry.start or "", entry.id
