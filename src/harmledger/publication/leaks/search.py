"""Looking for what is restricted in one layer of a file."""

from collections.abc import Iterator
from dataclasses import dataclass

from harmledger.incidents.geography import measure_km
from harmledger.publication.leaks.folding import (
    LineFinder,
    Number,
    Words,
    find_hexes,
    find_numbers,
    fold_text,
    pair_numbers,
    split_words,
)
from harmledger.publication.leaks.layers import Layer
from harmledger.publication.leaks.restricted import DIGEST, Restricted, Rule, list_runs
from harmledger.records.place import Place

_LEAST_DIGITS = 2
"""Digits behind the point from which a number is finer than a coarse coordinate."""
_EXACT_DIGITS = 4
_SAME = 1e-4


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something restricted that was found: file within the edition, line, rule, and what it is, not in its own words."""

    file: str
    line: int
    rule: Rule
    what: str


def search_layer(layer: Layer, file: str, restricted: Restricted) -> Iterator[Hit]:
    """Give what is found in a layer; the same thing on one line once."""
    folded = fold_text(layer.text)
    words = split_words(folded)
    lines = LineFinder(layer.text)
    home = f"{file} › {layer.inside.strip()}" if layer.inside else file
    found = {
        *_find_phrases(words, restricted),
        *_find_runs(words, restricted),
        *_find_digests(folded, restricted),
        *_find_points(find_numbers(folded), restricted),
        *_find_secrets(layer.text, restricted),
    }
    for offset, rule, what in sorted(found):
        yield Hit(home, lines.find(offset), rule, what)


Found = tuple[int, Rule, str]


def _find_phrases(words: Words, restricted: Restricted) -> Iterator[Found]:
    known, told = restricted.phrases, words.words
    for place, word in enumerate(told):
        for phrase in known.get(word, ()):
            if tuple(told[place : place + len(phrase.words)]) == phrase.words:
                yield words.offsets[place], phrase.rule, phrase.what


def _find_runs(words: Words, restricted: Restricted) -> Iterator[Found]:
    if not restricted.runs:
        return
    last = ""
    for run, place in list_runs(words.words):
        document = restricted.runs.get(run)
        if document is not None and document != last:
            yield words.offsets[place], "text", f"words of document {document}"
        last = document or ""


def _find_digests(folded: str, restricted: Restricted) -> Iterator[Found]:
    for found in find_hexes(folded):
        told = restricted.digests.get(found[0][:DIGEST])
        if told is not None:
            yield found.start(), *told


def _find_secrets(text: str, restricted: Restricted) -> Iterator[Found]:
    for secret in restricted.secrets:
        at = text.find(secret)
        if at >= 0:
            yield at, "secret", "the key of codes for names"


def _find_points(numbers: list[Number], restricted: Restricted) -> Iterator[Found]:
    """Find points inside the radius of a restricted one, and its latitude or longitude alone, digit by digit."""
    if not restricted.points:
        return
    exact = _list_exact(restricted)
    for number in numbers:
        if number.digits >= _EXACT_DIGITS and (what := exact.get(round(number.value, _EXACT_DIGITS))):
            yield number.start, "coordinates", what
    for first, second in pair_numbers(numbers):
        if max(first.digits, second.digits) < _LEAST_DIGITS:
            continue
        for lat, lon in ((first.value, second.value), (second.value, first.value)):
            what = find_near(lat, lon, restricted)
            if what is not None:
                yield first.start, "coordinates", what


def find_near(lat: float, lon: float, restricted: Restricted) -> str | None:
    """Tell which restricted place a point lies within the radius of; None for none, and for a point that may be told."""
    if abs(lat) > 90 or abs(lon) > 180 or _is_allowed(lat, lon, restricted):
        return None
    told = Place(None, None, lat=lat, lon=lon)
    for point in restricted.points:
        if abs(point.lat - lat) > point.radius_km / 100:
            continue
        km = measure_km(told, Place(None, None, lat=point.lat, lon=point.lon))
        if km is not None and km <= point.radius_km:
            return point.what
    return None


def _is_allowed(lat: float, lon: float, restricted: Restricted) -> bool:
    if (round(lat, 4), round(lon, 4)) in restricted.allowed:
        return True
    return any(abs(lat - a) < _SAME and abs(lon - b) < _SAME for a, b in restricted.allowed)


def _list_exact(restricted: Restricted) -> dict[float, str]:
    """Give the exact degrees of restricted points, but for those that a point that may be told shares."""
    known = restricted.exact
    if known is None:
        shared = {value for point in restricted.allowed for value in point}
        known = restricted.exact = {
            value: point.what
            for point in restricted.points
            for value in (round(point.lat, _EXACT_DIGITS), round(point.lon, _EXACT_DIGITS))
            if value not in shared and round(value, 1) != value
        }
    return known
