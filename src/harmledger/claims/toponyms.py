"""Place mentions: which names of a sentence are places, and how the words around them say so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from harmledger.claims.chunks import Chunk
from harmledger.lexicon.names import load_name_shape
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.settle import Settled

_LOCATIVE = frozenset({"IN", "NEAR", "DAYWIDE", "DAMAGE_NOUN"})
_LINK = frozenset({"DET", "ADJ", "DEMONYM", "DIRECTION", "LEVEL", "OF", "BOTH", "SIDE"})
_HITS = frozenset({"HIT_ED", "HIT_ING", "HIT_BASE", "DAMAGE_ED", "DAMAGE_ING"})
_SPEAKS = frozenset({"SAY", "SAYING", "DENY", "ADMIT"})
_SHORTEST_LONE = 4
_PROMINENT = 10_000
"""Least population of a town whose bare name, at the start of a headline say, is taken for the town."""


@dataclass(slots=True)
class Toponym:
    """A place mention in a sentence: its words with the generic words around them, and how it stands there.

    `is_certain` tells that the words can be nothing but a place (the head of a list's line), `located` that a preposition, a generic word or a verb of attack puts something there; `origin` that
    the words lead away from it ("from", "based in").
    """

    wording: str
    start: int
    end: int
    located: bool
    origin: bool = False
    container: str | None = None
    contains: bool = False
    inner: "Toponym | None" = None
    town: "Toponym | None" = None
    is_certain: bool = False

    @property
    def is_country(self) -> bool:
        """Whether it was settled to a country; a place that is not known may be anything."""
        candidate = self.settled.candidate if self.settled is not None else None
        return candidate is not None and candidate.place.precision == "country"

    settled: Settled | None = None


def mark_toponyms(reading: str, tokens: Sequence[Chunk], gazetteer: Gazetteer) -> list[Chunk]:
    """Replace each NAME token that is a place, with its generic words, by a PLACE token."""
    marked: list[Chunk] = []
    owners: dict[int, str] = {}
    tokens = [_take_owner(tokens, index, gazetteer, owners) for index in range(len(tokens))]
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind != "NAME":
            marked.append(token)
            position += 1
            continue
        stop = _find_right_edge(tokens, position)
        located, start = _find_left_edge(marked, reading)
        start = token.start if start < 0 else start
        is_label = _is_label(marked, tokens, stop)
        located = located or is_label or _is_struck(tokens, stop)
        wording = reading[start : tokens[stop - 1].end]
        if _is_place(reading, token, tokens, position, stop, located, marked, gazetteer, wording):
            while marked and marked[-1].start >= start:
                marked.pop()
            origin = bool(marked) and _has(marked[-1], "ORIGIN")
            mention = Toponym(wording, start, tokens[stop - 1].end, located, origin, is_certain=is_label)
            mention.container = owners.get(token.start)
            marked.append(Chunk("PLACE", start, mention.end, value=token.value, data=mention))
            position = stop
        else:
            marked.append(token)
            position += 1
    return marked


def _take_owner(tokens: Sequence[Chunk], index: int, gazetteer: Gazetteer, owners: dict[int, str]) -> Chunk:
    """Cut a known town or country off the name of what lies in it ("Aleppo's Salaheddin", where apostrophes were
    lost "Aleppos Salaheddin") and keep it as the owner of what begins behind it."""
    token = tokens[index]
    if token.kind != "NAME" or " " not in token.value:
        return token
    first, _, rest = token.value.partition(" ")
    owner = first.removesuffix("s").rstrip("'`")
    if not first.endswith("s") or len(owner) < _SHORTEST_LONE or gazetteer.is_known(token.value):
        return token
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and _has(following, "TARGET_ONE", "TARGET_MANY"):
        return token
    is_level = following is not None and _has(following, "LEVEL")
    if not rest[0].isupper() or not (is_level or gazetteer.is_known(rest)):
        return token
    if not gazetteer.names_country(owner) and not _is_prominent(owner, gazetteer):
        return token
    start = token.end - len(rest)
    owners[start] = owner
    return replace(token, start=start, value=rest)


def _has(token: Chunk, *categories: str) -> bool:
    return token.kind == "MARK" and any(category in token.readings for category in categories)


def _is_struck(tokens: Sequence[Chunk], stop: int) -> bool:
    """A name that is the subject of a passive of attack: "Ariha was shelled"."""
    if stop >= len(tokens) or not _has(tokens[stop], "AUX"):
        return False
    verb = next((token for token in tokens[stop + 1 : stop + 3] if not _has(token, "ADJ", "AUX")), None)
    return verb is not None and _has(verb, "HIT_ED", "DAMAGE_ED")


def _is_label(before: Sequence[Chunk], tokens: Sequence[Chunk], stop: int) -> bool:
    """A name before a colon heads a line of a list: "- Ariha: three killed"."""
    return (
        all(token.kind == "DASH" for token in before) and stop < len(tokens) and tokens[stop].kind == "SEMI"
    )


def _find_right_edge(tokens: Sequence[Chunk], position: int) -> int:
    stop = position + 1
    if stop < len(tokens) and _has(tokens[stop], "LEVEL") and tokens[stop].start - tokens[position].end <= 1:
        stop += 1
    return stop


def _find_left_edge(before: Sequence[Chunk], reading: str) -> tuple[bool, int]:
    """Walk left over "the northern town of": tell whether a locative stands there, and where the words begin."""
    index = len(before) - 1
    start = -1
    located = parted = False
    while index >= 0:
        token = before[index]
        parted = parted or _has(token, "DEMONYM", "ADJ", "SIDE")
        if _has(token, "DIRECTION", "LEVEL"):
            if not parted:
                start = token.start
            located = located or "LEVEL" in token.readings
        elif _has(token, *_LOCATIVE) or _has(token, *_HITS):
            located = True
            break
        elif _has(token, "AND") or token.kind == "COMMA":
            located = located or (
                index > 0 and before[index - 1].kind == "PLACE" and _was_located(before[index - 1])
            )
            break
        elif (
            _has(token, "OF")
            and index > 0
            and not _has(before[index - 1], "RELATIVE")
            and _has(
                before[index - 1], "PEOPLE_ONE", "PEOPLE_MANY", "SPEAKER_ONE", "TARGET_ONE", "TARGET_MANY"
            )
        ):
            located = True
            break
        elif not (
            _has(token, *_LINK)
            or (token.kind == "WORD" and len(token.value.split()) == 1 and start < 0 and "-" in token.value)
        ):
            break
        index -= 1
    return located, start


def _was_located(chunk: Chunk) -> bool:
    return isinstance(chunk.data, Toponym) and chunk.data.located


def _is_place(
    reading: str,
    token: Chunk,
    tokens: Sequence[Chunk],
    position: int,
    stop: int,
    located: bool,
    before: Sequence[Chunk],
    gazetteer: Gazetteer,
    wording: str,
) -> bool:
    if before and _has(before[-1], "TITLE"):
        return False
    if stop == position + 1 and _is_part_of_name(reading, tokens, position, gazetteer.language):
        return located and stop + 1 == len(tokens) and _is_prominent(token.value, gazetteer)
    if stop == position + 1 and _names_building(tokens, stop) and not gazetteer.is_known(token.value):
        return False
    if (
        stop < len(tokens)
        and not located
        and _has(tokens[stop], *_SPEAKS)
        and not gazetteer.names_country(token.value)
    ):
        return False
    if stop > position + 1 or located:
        return True
    if gazetteer.names_country(token.value):
        return True
    if _is_harmed(tokens, stop):
        return False
    return _is_plain(tokens, position, before) and _is_prominent(token.value, gazetteer)


def _is_harmed(tokens: Sequence[Chunk], stop: int) -> bool:
    """Who "was killed" or "was shot" is a person, though a town may bear the name."""
    following = next(
        (token for token in tokens[stop : stop + 3] if not _has(token, "AUX", "HAVE", "ADJ")), None
    )
    has_verb = stop < len(tokens) and _has(tokens[stop], "AUX", "HAVE")
    return has_verb and following is not None and _has(following, "HARM_ED")


def _is_part_of_name(reading: str, tokens: Sequence[Chunk], position: int, language: str) -> bool:
    """ "Aqsa Martyrs Hospital", "the Haddad family": the name of a building, an outlet or a family."""
    following = tokens[position + 1 : position + 4]
    if _names_outlet(tokens, position, language):
        return True
    if any(_has(token, "KIN") for token in following[:2]):
        return True
    for token in following:
        if not reading[token.start].isupper():
            return False
        if _has(token, "TARGET_ONE", "TARGET_MANY", "SPEAKER_ONE"):
            return True
    return False


def _names_outlet(tokens: Sequence[Chunk], position: int, language: str) -> bool:
    """ "Example News", "Example news agency": the name, or the word after it, says that it is an outlet."""
    outlets = load_name_shape(language).outlets
    if tokens[position].value.split()[-1].lower() in outlets and " " in tokens[position].value:
        return True
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    return after is not None and after.kind in {"WORD", "MARK"} and after.value.split()[0] in outlets


def _names_building(tokens: Sequence[Chunk], stop: int) -> bool:
    """ "Haddad mosque": a name before a kind of building is the building's own, unless a town bears it."""
    return stop < len(tokens) and _has(tokens[stop], "TARGET_ONE")


def _is_prominent(wording: str, gazetteer: Gazetteer) -> bool:
    """Only a province or a town of some size is taken for a place where no word says that it is one."""
    if len(wording) < _SHORTEST_LONE or not gazetteer.is_known(wording):
        return False
    found = gazetteer.find(wording)
    return bool(found) and (found[0].kind == "province" or found[0].population >= _PROMINENT)


def _is_plain(tokens: Sequence[Chunk], position: int, before: Sequence[Chunk]) -> bool:
    """A name without a preposition counts as a place where no other name touches it."""
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    return not (before and before[-1].kind == "NAME") and not (after is not None and after.kind == "NAME")


_HOLDING: tuple[list[str], ...] = (
    ["IN"], ["COMMA"], ["COMMA", "IN"], ["OF"], ["IN", "OF"], ["COMMA", "IN", "OF"], ["IN", "IN"], ["COMMA", "IN", "IN"]
)  # fmt: skip
"""What stands between a place and the place that holds it, articles and adjectives left out."""
_SKIPPED = frozenset({"DET", "ADJ", "DEMONYM", "DIRECTION", "LEVEL", "SIDE"})


def link_containers(chunks: Sequence[Chunk]) -> None:
    """Tell of each place which other holds it: "Abdeen in southern Idlib", "Sarmin, Idlib"."""
    for first, second in pairwise(chunk for chunk in chunks if chunk.kind == "PLACE"):
        inner, outer = first.data, second.data
        if isinstance(inner, Toponym) and isinstance(outer, Toponym) and _is_held(chunks, first, second):
            inner.container = outer.wording
            outer.contains, outer.inner = True, inner


def _is_held(chunks: Sequence[Chunk], first: Chunk, second: Chunk) -> bool:
    between = [c for c in chunks if first.end <= c.start and c.end <= second.start and c.kind not in _SKIPPED]
    leads_away = bool(between) and not {"ORIGIN", "GOAL"}.isdisjoint(between[0].readings)
    return [chunk.kind for chunk in between] in _HOLDING and not leads_away
