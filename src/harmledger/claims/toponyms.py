"""Place mentions: which names of a sentence are places, and how the words around them say so."""

from dataclasses import dataclass
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.claims.parted_names import CITY, is_prominent, part_names
from harmledger.claims.parting import close_joints
from harmledger.lexicon.letters import JOINT
from harmledger.lexicon.names import load_name_shape
from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.countries import is_capital
from harmledger.places.folding import fold_name
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.settle import Settled

_LOCATING: Final = join_bits(
    "IN", "NEAR", "DAYWIDE", "DAMAGE_NOUN", "HIT_ED", "HIT_ING", "HIT_BASE", "DAMAGE_ED", "DAMAGE_ING"
)
"""Words that put something at the place after them."""
_LINK: Final = join_bits("DET", "ADJ", "DEMONYM", "DIRECTION", "LEVEL", "OF", "BOTH", "SIDE")
_SPEAKS: Final = join_bits("SAY", "SAYING", "DENY", "ADMIT")
_STRUCK: Final = join_bits("HIT_ED", "DAMAGE_ED")
_OWNERS: Final = join_bits("PEOPLE_ONE", "PEOPLE_MANY", "SPEAKER_ONE", "TARGET_ONE", "TARGET_MANY")
"""Those of a place: "residents of X"."""
_NAMED: Final = join_bits("TARGET_ONE", "TARGET_MANY", "SPEAKER_ONE")
"""What bears names: a hospital, an outlet."""
_PARTING: Final = join_bits("DEMONYM", "ADJ", "SIDE")
_GENERIC: Final = join_bits("DIRECTION", "LEVEL")
_DIRECTION: Final = join_bits("DIRECTION")
_ADVERBIAL: Final = join_bits("ADJ", "AUX")
_LEVEL: Final = join_bits("LEVEL")
_AND: Final = join_bits("AND")
_OF: Final = join_bits("OF")
_AUX: Final = join_bits("AUX")
_KIN: Final = join_bits("KIN")
_TITLE: Final = join_bits("TITLE")
_LEADING: Final = join_bits("TITLE", "TARGET_ONE", "TARGET_MANY")
"""What a town's name may begin with though it means something else."""
_ORIGIN: Final = join_bits("ORIGIN")
_PLACE: Final = join_bits("PLACE")
_AWAY_LINK: Final = join_bits("DET", "ADJ", "DIRECTION", "AND", "BODY")
"""What may stand between "from" and the place, or between two places."""
_AWAY_FORCE: Final = join_bits("IN", "SIDE", "ACTOR", "FORCE_N", "DEMONYM", "LEVEL")
"""What may stand besides between "from positions of" and their place: "from positions of the forces in X"."""
_TARGET: Final = join_bits("TARGET_ONE", "TARGET_MANY")
_TARGET_ONE: Final = join_bits("TARGET_ONE")
_RELATIVE: Final = join_bits("RELATIVE")
_HARM_ED: Final = join_bits("HARM_ED")
_HELPING: Final = join_bits("AUX", "HAVE")
_BEFORE_HARM: Final = join_bits("AUX", "HAVE", "ADJ")
"""Least population of a town that owns what is named behind it ("Palmyra's Roman theatre")."""


@dataclass(slots=True)
class Toponym:
    """A place mention in a sentence: its words with the generic words around them, and how it stands there.

    `is_certain` tells that the words can be nothing but a place (the head of a list's line), `located` that a preposition, a generic word or a verb of attack puts something there; `origin` that
    the words lead away from it ("from", "based in"), `is_beside` that nothing but a direction joins it to its container ("X, south of Y"),
    `is_state` that a capital stands for its government, `is_several` that its generic word heads more names than this one,
    `is_street` that its last word is of a street or a building, `is_owner` that an ending makes it the owner of what follows, `leads_level` that it begins with what kind of place it is.
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
    is_beside: bool = False
    is_state: bool = False
    is_owner: bool = False
    is_street: bool = False
    leads_level: bool = False
    is_several: bool = False

    @property
    def is_outer(self) -> bool:
        """Whether it only tells where a place that is known lies."""
        inner = self.inner.settled if self.inner is not None else None
        return self.contains and inner is not None and inner.candidate is not None

    @property
    def is_country(self) -> bool:
        """Whether it was settled to a country; a place that is not known may be anything."""
        candidate = self.settled.candidate if self.settled is not None else None
        return candidate is not None and candidate.place.precision == "country"

    settled: Settled | None = None


def mark_toponyms(reading: str, tokens: list[Chunk], gazetteer: Gazetteer) -> list[Chunk]:
    """Replace each NAME token that is a place, with its generic words, by a PLACE token."""
    marked: list[Chunk] = []
    owners: dict[int, str] = {}
    is_noun_first = load_syntax(gazetteer.language).is_noun_first
    endings, generic = (
        load_name_shape(gazetteer.language).endings,
        load_name_shape(gazetteer.language).generic,
    )
    tokens = part_names(tokens, gazetteer, owners)
    position, done, count = 0, 0, len(tokens)
    while position < count:
        token = tokens[position]
        if token.kind != "NAME":
            position += 1
            continue
        marked += tokens[done:position]
        token = _take_title(reading, marked, token, gazetteer)
        stop = _find_right_edge(tokens, position, gazetteer)
        if is_noun_first and stop == position + 1:
            stop = _find_definite_direction(reading, tokens, stop)
        located, start = _find_left_edge(marked, is_noun_first)
        start = token.start if start < 0 else start
        is_label = _is_label(marked, tokens, stop)
        located = located or is_label or _is_struck(tokens, stop)
        is_directed = is_noun_first and _follows_direction(marked, gazetteer, token)
        if is_directed or _is_place(reading, token, tokens, position, stop, located, marked, gazetteer):
            while marked and marked[-1].start >= start:
                marked.pop()
            origin = _leads_away(marked)
            end = tokens[stop - 1].end
            mention = Toponym(
                close_joints(reading[start:end]), start, end, located, origin, is_certain=is_label
            )
            mention.container = owners.get(token.start)
            mention.is_several = _heads_several(mention.wording, gazetteer.language)
            mention.is_street = token.value.rpartition(" ")[2].casefold() in generic
            mention.is_owner = reading.startswith(endings, end)
            mention.leads_level = start < token.start and bool(tokens[position - 1].bits & _OF)
            mention.is_state = not located and _owns_word(reading, tokens, stop)
            place = Chunk("PLACE", start, end, token.value, _PLACE)
            place.data = mention
            marked.append(place)
            position = stop
        else:
            marked.append(token)
            position += 1
        done = position
    if done == 0:
        return tokens
    marked += tokens[done:]
    return marked


def _take_title(reading: str, before: list[Chunk], name: Chunk, gazetteer: Gazetteer) -> Chunk:
    """Give the name with the word of another meaning before it where both are a town's name: a title where words put
    something there ("shells fell on Sheikh Miskin"), what may be hit where it is written as a name is ("Port Sudan").
    That word leaves `before`."""
    if not before or not before[-1].bits & _LEADING or name.start - before[-1].end != 1:
        return name
    lead = before[-1]
    if not lead.bits & _TITLE and not reading[lead.start].isupper():
        return name
    whole = close_joints(reading[lead.start : name.end])
    if not gazetteer.is_known(whole) or (lead.bits & _TITLE and not _find_left_edge(before[:-1])[0]):
        return name
    before.pop()
    return change_chunk(name, start=lead.start, value=whole)


def _heads_several(wording: str, language: str) -> bool:
    """Tell whether the words begin with one that heads several names ("the two villages of X"), where there are such."""
    several = load_toponyms(language).several
    return bool(several) and fold_name(wording).partition(" ")[0] in several


def _leads_away(before: list[Chunk]) -> bool:
    """Tell whether the words lead away from the place: "from the northern towns of X", "from X and Y"."""
    has_force = False
    for token in reversed(before):
        if token.bits & _ORIGIN:
            return not has_force or token.readings.get("ORIGIN") == "fire_from"
        if token.kind == "PLACE" and isinstance(token.data, Toponym):
            return token.data.origin and not has_force
        if not token.bits & _AWAY_LINK:
            if not token.bits & _AWAY_FORCE:
                return False
            has_force = True
    return False


def _is_struck(tokens: list[Chunk], stop: int) -> bool:
    """A name that is the subject of a passive of attack: "Ariha was shelled"."""
    if stop >= len(tokens) or not tokens[stop].bits & _AUX:
        return False
    for token in tokens[stop + 1 : stop + 3]:
        if not token.bits & _ADVERBIAL:
            return bool(token.bits & _STRUCK)
    return False


def _owns_word(reading: str, tokens: list[Chunk], stop: int) -> bool:
    """ "Despite Damascus promises", "its Damascus ally": a capital, right before a word of no other meaning, is a
    government, and nothing happened there."""
    name, after = tokens[stop - 1], tokens[stop] if stop < len(tokens) else None
    if after is None or after.kind != "WORD" or after.start - name.end > 1:
        return False
    return reading[after.start].islower() and is_capital(name.value)


def _is_label(before: list[Chunk], tokens: list[Chunk], stop: int) -> bool:
    """A name before a colon heads a line of a list: "- Ariha: three killed"."""
    if stop >= len(tokens) or tokens[stop].kind != "SEMI":
        return False
    return all(token.kind == "DASH" for token in before)


def _find_right_edge(tokens: list[Chunk], position: int, gazetteer: Gazetteer) -> int:
    stop = position + 1
    if stop < len(tokens) and tokens[stop].bits & _LEVEL and tokens[stop].start - tokens[position].end <= 1:
        stop += 0 if _leads_town(tokens, position, gazetteer) else 1
    return stop


def _leads_town(tokens: list[Chunk], position: int, gazetteer: Gazetteer) -> bool:
    """ "The Mediterranean city of X", "the Baghdad neighbourhood of X": the word is of the name behind it, and not
    as in "the X neighbourhood of Aleppo"."""
    ahead = tokens[position + 2 : position + 4]
    if len(ahead) < 2 or not ahead[0].bits & _OF or ahead[1].kind != "NAME":
        return False
    level, name = tokens[position + 1].readings.get("LEVEL"), tokens[position].value
    if level == "settlement":
        return name.casefold() in load_name_shape(gazetteer.language).generic
    return level == "neighbourhood" and is_prominent(name, gazetteer, CITY)


def _find_definite_direction(reading: str, tokens: list[Chunk], stop: int) -> int:
    """Give the index past a direction with its article behind the name: "countryside of X the southern"."""
    while (
        stop < len(tokens)
        and tokens[stop].bits & _DIRECTION
        and JOINT in reading[tokens[stop].start : tokens[stop].end]
        and tokens[stop].start - tokens[stop - 1].end <= 1
    ):
        stop += 1
    return stop


def _find_left_edge(before: list[Chunk], is_quoted: bool = False) -> tuple[bool, int]:
    """Walk left over "the northern town of": tell whether a locative stands there, and where the words begin."""
    index = len(before) - 1
    start = -1
    located = parted = False
    while index >= 0:
        token = before[index]
        bits = token.bits
        parted = parted or bool(bits & _PARTING)
        if bits & _GENERIC:
            if not parted:
                start = token.start
            located = located or bool(bits & _LEVEL)
        elif bits & _LOCATING:
            return True, start
        elif bits & _AND or token.kind == "COMMA":
            return located or (index > 0 and _was_located(before[index - 1])), start
        elif bits & _OF and index > 0 and _owns(before[index - 1]):
            return True, start
        elif not (bits & _LINK or _is_link_word(token, start) or (is_quoted and token.kind == "QUOTE")):
            break
        index -= 1
    return located, start


def _follows_direction(before: list[Chunk], gazetteer: Gazetteer, name: Chunk) -> bool:
    """A known name right behind a direction is a place, however small: "a village east X"."""
    if not before or not before[-1].bits & _DIRECTION or name.start - before[-1].end > 1:
        return False
    return gazetteer.is_known(name.value)


def _owns(chunk: Chunk) -> bool:
    """ "Residents of X" are of a place; "relatives of X" are of a person."""
    return bool(chunk.bits & _OWNERS) and not chunk.bits & _RELATIVE


def _is_link_word(token: Chunk, start: int) -> bool:
    """A word with a hyphen that nothing knows may stand there too: "the rebel-held town of"."""
    return start < 0 and token.kind == "WORD" and "-" in token.value and len(token.value.split()) == 1


def _was_located(chunk: Chunk) -> bool:
    return chunk.kind == "PLACE" and isinstance(chunk.data, Toponym) and chunk.data.located


def _is_place(
    reading: str,
    token: Chunk,
    tokens: list[Chunk],
    position: int,
    stop: int,
    located: bool,
    before: list[Chunk],
    gazetteer: Gazetteer,
) -> bool:
    if before and before[-1].bits & _TITLE:
        return False
    if stop == position + 1 and token.value.casefold() in load_name_shape(gazetteer.language).generic:
        return False
    if stop == position + 1 and _is_part_of_name(reading, tokens, position, gazetteer.language):
        return located and stop + 1 == len(tokens) and is_prominent(token.value, gazetteer)
    if stop == position + 1 and _names_building(tokens, stop) and not gazetteer.is_known(token.value):
        return False
    if (
        stop < len(tokens)
        and not located
        and tokens[stop].bits & _SPEAKS
        and not gazetteer.names_country(token.value)
    ):
        return False
    if stop > position + 1 or located:
        return True
    if gazetteer.names_country(token.value):
        return True
    if _is_harmed(tokens, stop):
        return False
    return _is_plain(tokens, position, before) and is_prominent(token.value, gazetteer)


def _is_harmed(tokens: list[Chunk], stop: int) -> bool:
    """Who "was killed" or "was shot" is a person, though a town may bear the name."""
    if stop >= len(tokens) or not tokens[stop].bits & _HELPING:
        return False
    following = next((token.bits for token in tokens[stop : stop + 3] if not token.bits & _BEFORE_HARM), 0)
    return bool(following & _HARM_ED)


def _is_part_of_name(reading: str, tokens: list[Chunk], position: int, language: str) -> bool:
    """ "Aqsa Martyrs Hospital", "the Haddad family": the name of a building, an outlet or a family."""
    following = tokens[position + 1 : position + 4]
    if _names_outlet(reading, tokens, position, language):
        return True
    if any(token.bits & _KIN for token in following[:2]):
        return True
    for token in following:
        if not reading[token.start].isupper():
            return False
        if token.bits & _NAMED:
            return True
    return False


def _names_outlet(reading: str, tokens: list[Chunk], position: int, language: str) -> bool:
    """ "Example News", "Example news agency": the name, or the word after it, says that it is an outlet."""
    outlets = load_name_shape(language).outlets
    if tokens[position].value.split()[-1].lower() in outlets and " " in tokens[position].value:
        return True
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if after is None or after.kind not in {"WORD", "MARK"}:
        return False
    return reading[after.start : after.end].partition(" ")[0] in outlets


def _names_building(tokens: list[Chunk], stop: int) -> bool:
    """ "Haddad mosque": a name before a kind of building is the building's own, unless a town bears it."""
    return stop < len(tokens) and bool(tokens[stop].bits & _TARGET_ONE)


def _is_plain(tokens: list[Chunk], position: int, before: list[Chunk]) -> bool:
    """A name without a preposition counts as a place where no other name touches it."""
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    return not (before and before[-1].kind == "NAME") and not (after is not None and after.kind == "NAME")
