"""Names of places in a script without capitals: the gazetteer's longest, and what stands behind a generic word."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.lexemes import NOUNS
from harmledger.claims.parted_names import CITY, is_prominent
from harmledger.claims.parting import close_joints
from harmledger.lexicon.clitics import Clitics
from harmledger.lexicon.letters import JOINT
from harmledger.lexicon.names import load_name_shape
from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.candidate import PlaceContext
from harmledger.places.folding import fold_name
from harmledger.places.gazetteer import Gazetteer

_AND: Final = join_bits("AND")
_NAME: Final = join_bits("NAME")
_LEVEL: Final = join_bits("LEVEL")
_DIRECTION: Final = join_bits("DIRECTION")
_GENERIC: Final = join_bits("LEVEL", "DIRECTION")
_NAMING: Final = join_bits(*NOUNS, "ADJ", "TITLE", "MODIFIES", "DET", "KIN", "DEMONYM")
_SIGNS: Final = frozenset({"", "#", '"'})
"""What may stand between a generic word and the name."""
_LONGEST: Final = 4
"""Most words of a place's name."""
_LONGEST_UNKNOWN: Final = 2
"""Most unknown words behind "town of" that are taken for its name."""
_SHORTEST: Final = 2
_JOINTS: Final = frozenset({" ", "_", "-", "\u200a", ' "'})
"""What may stand between two words of a name, an opening quotation mark among them: "dam "X""."""
HASHTAG_JOINT: Final = "_"
_KEPT_WORDS: Final = 65_536
_PLAIN_WORD: Final = re.compile("[\u0621-\u063a\u0641-\u064a]+(?= |$)")
"""Letters each of which folds to one letter."""
_LIKE: Final = PlaceContext(kind="settlement", is_fuzzy=False)


class ListedNames:
    """The names of a gazetteer in one script. Built once for a language; holds no state of any text."""

    def __init__(self, clitics: Clitics, gazetteer: Gazetteer) -> None:
        """Read the names of the gazetteer that begin with a letter of the script."""
        listed = gazetteer.list_script(*clitics.script)
        self._gazetteer = gazetteer
        self._letters = clitics.letters
        self._articles = tuple(clitics.articles)
        self._several = load_toponyms(gazetteer.language).several
        shape = load_name_shape(gazetteer.language)
        self._common, self._described, self._parts = shape.common, shape.described, shape.parts
        self._sorted = sorted(key for key, _ in listed)
        self._keys = frozenset(self._sorted)
        self._kept: dict[str, bool] = {}
        self._openings = frozenset(_list_openings(listed))

    def begins_name(self, word: str) -> bool:
        """Tell whether a folded word is a place's name, or the first word of one."""
        return word in self._keys or word in self._openings

    def find(self, reading: str, start: int, end: int, marks: list[Chunk]) -> list[Chunk]:
        """Give the names of reading[start:end], longest first, in order and without overlap.

        A name that the lexicon knows as another word counts only behind a generic word ("town of"), and so does an
        unknown one.
        """
        words = [
            (match.start(), match.end(), _fold_word(match.group()))
            for match in self._letters.finditer(reading, start, end)
        ]
        owners = _own_words(words, marks)
        names: list[Chunk] = []
        index, count = 0, len(words)
        listed = -1
        kept = self._kept
        while index < count:
            before = owners[index - 1] if index else None
            is_headed = before is not None and bool(before.bits & _LEVEL)
            is_headed = is_headed and _is_headed(words, owners, reading, index)
            if not is_headed and index != listed:
                begins = kept.get(words[index][2])
                if begins is False or (begins is None and not self._begins_key(words[index][2])):
                    index += 1
                    continue
            stop = self._match(reading, words, owners, index, is_headed or index == listed)
            if (
                stop == index
                or self._begins_behind(reading, words, owners, index, stop)
                or (not is_headed and self._is_in_hashtag(reading, words, owners, stop))
            ):
                index += 1
                continue
            if is_headed and words[index - 1][2] in self._several:
                listed = index
            listed = _find_next_listed(words, owners, stop) if listed == index else -1
            first, last = words[index][0], words[stop - 1][1]
            name = Chunk("NAME", first, last, close_joints(reading[first:last]), _NAME)
            names.append(name)
            index = stop
            if is_headed and self._has_byname(reading, words, owners, stop):
                index += 1
        return names

    def _begins_key(self, word: str) -> bool:
        """Tell whether a folded word begins a name, or a name written as one word."""
        begins = self._kept.get(word)
        if begins is None:
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            at = bisect_left(self._sorted, word)
            begins = self._kept[word] = at < len(self._sorted) and self._sorted[at].startswith(word)
        return begins

    def _match(
        self,
        reading: str,
        words: list[tuple[int, int, str]],
        owners: list[Chunk | None],
        index: int,
        is_headed: bool,
    ) -> int:
        """Give the index one past the last word of the name that begins at `index`, or `index` where none does.

        `is_headed`: a generic word stands before it, or before the name to which it is joined ("the towns of X and Y").
        """
        best, key = index, ""
        for position in range(index, min(len(words), index + _LONGEST)):
            if position > index and not _touches(reading, words, position):
                break
            if len(words[position][2]) < _SHORTEST:
                break
            key += words[position][2]
            if key not in self._keys or len(key) <= _SHORTEST:
                continue
            held = owners[index : position + 1]
            if not all(held) if not is_headed else all(map(_may_name, held)):
                best = position + 1
        if best <= index + 1 and (is_headed or best > index) and words[index][2] in self._parts:
            return _complete(reading, words, index)
        if best > index and is_headed:
            if best == index + 1 and is_prominent(words[index][2], self._gazetteer, CITY):
                return best
            return self._extend(reading, words, owners, best)
        if best == index and (not is_headed or owners[index] is not None):
            return index
        if best > index:
            return best if not self._is_common(words, owners, index, best) else index
        stop = index + 1
        while (
            stop < len(words)
            and stop - index < _LONGEST_UNKNOWN
            and owners[stop] is None
            and _touches(reading, words, stop)
            and not self._is_described(words[stop][2])
        ):
            stop += 1
        return stop

    def _begins_behind(
        self,
        reading: str,
        words: list[tuple[int, int, str]],
        owners: list[Chunk | None],
        index: int,
        stop: int,
    ) -> bool:
        """Tell whether the name that begins with a generic word is rather the one behind it: not "District Spring" but
        "district of Spring Isa"."""
        owner = owners[index]
        if owner is None or not owner.bits & _LEVEL or index + 1 == len(words):
            return False
        if not _is_headed(words, owners, reading, index + 1):
            return False
        return self._match(reading, words, owners, index + 1, True) >= stop

    def _is_in_hashtag(
        self,
        reading: str,
        words: list[tuple[int, int, str]],
        owners: list[Chunk | None],
        stop: int,
    ) -> bool:
        """Tell whether a hashtag goes on behind the name with a word that describes it: "#the_eighth_Bab" is no town."""
        if stop == len(words) or reading[words[stop - 1][1] : words[stop][0]] != HASHTAG_JOINT:
            return False
        return owners[stop] is None and words[stop][2].startswith(self._articles)

    def _has_byname(
        self,
        reading: str,
        words: list[tuple[int, int, str]],
        owners: list[Chunk | None],
        stop: int,
    ) -> bool:
        """Tell whether a word with its article stands right behind a name, and is neither part of it nor a place: "the city of
        X, the green"."""
        if stop == len(words) or owners[stop] is not None or not _touches(reading, words, stop):
            return False
        return words[stop][2].startswith(self._articles)

    def _is_described(self, word: str) -> bool:
        """Tell whether a word with its article describes the name before it: "the village of X, the besieged"."""
        return word.startswith(self._articles) and word.endswith(self._described)

    def _extend(
        self, reading: str, words: list[tuple[int, int, str]], owners: list[Chunk | None], stop: int
    ) -> int:
        """Take the second half of a name of which the gazetteer knows the first: told by its article, by the sign that
        joins the words of a hashtag, or by a place whose name is nearly both words.
        """
        if stop == len(words) or not _touches(reading, words, stop) or not _may_name(owners[stop]):
            return stop
        if _is_joined(reading, words, stop) or (owners[stop] is None and self._is_like_known(words, stop)):
            return stop + 1
        has_article = words[stop][2].startswith(self._articles)
        is_described = words[stop][2].endswith(self._described) or words[stop][2] in self._articles
        return stop + 1 if has_article and not is_described else stop

    def _is_like_known(self, words: list[tuple[int, int, str]], stop: int) -> bool:
        """Tell whether the two words around `stop` are written nearly as a place's name."""
        return bool(self._gazetteer.find(f"{words[stop - 1][2]} {words[stop][2]}", _LIKE))

    def _is_common(
        self, words: list[tuple[int, int, str]], owners: list[Chunk | None], index: int, stop: int
    ) -> bool:
        """Tell whether a single word, with a direction behind it ("the side the western") or without, is rather a common
        one than the place that bears it as its name."""
        last = index + 1 if words[index][2] not in self._articles else index + 2
        if "".join(word for _, _, word in words[index:last]) not in self._common:
            return False
        return all(owner is not None and owner.bits & _DIRECTION for owner in owners[last:stop])


@lru_cache(maxsize=_KEPT_WORDS)
def _fold_word(word: str) -> str:
    return fold_name(word)


def _list_openings(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give the first word of each name, folded, given keys and names; a plain one is as long as its beginning of the
    key, and names share the others, each of which is folded once."""
    folded: dict[str, str] = {}
    for key, name in names:
        plain = _PLAIN_WORD.match(name)
        if plain is not None:
            yield key[: plain.end()]
            continue
        word = name.split(maxsplit=1)[0]
        if word not in folded:
            folded[word] = fold_name(word).partition(" ")[0]
        yield folded[word] or fold_name(name).partition(" ")[0]


def _own_words(words: list[tuple[int, int, str]], marks: list[Chunk]) -> list[Chunk | None]:
    """Give for each word the mark that holds it, or None."""
    owners: list[Chunk | None] = []
    first, count = 0, len(marks)
    for start, end, _ in words:
        while first < count and marks[first].end <= start:
            first += 1
        mark = marks[first] if first < count and marks[first].start < end else None
        owners.append(mark)
    return owners


def _touches(reading: str, words: list[tuple[int, int, str]], position: int) -> bool:
    return reading[words[position - 1][1] : words[position][0]] in _JOINTS


def _find_next_listed(words: list[tuple[int, int, str]], owners: list[Chunk | None], stop: int) -> int:
    """Give the index of the word that "and" joins to a name of a list; -1 where none is joined."""
    owner = owners[stop] if stop < len(words) else None
    return stop + 1 if owner is not None and owner.bits & _AND else -1


def _complete(reading: str, words: list[tuple[int, int, str]], index: int) -> int:
    """Take the written word behind a word that only begins names ("hill of"), whatever particles it seems to hold; give
    `index` where none follows."""
    stop = index + 1
    if stop == len(words) or not _touches(reading, words, stop):
        return index
    stop += 1
    while stop < len(words) and JOINT in reading[words[stop - 1][1] : words[stop][0]]:
        stop += 1
    return stop


def _is_joined(reading: str, words: list[tuple[int, int, str]], position: int) -> bool:
    return reading[words[position - 1][1] : words[position][0]] == HASHTAG_JOINT


def _is_headed(
    words: list[tuple[int, int, str]], owners: list[Chunk | None], reading: str, index: int
) -> bool:
    """Tell whether a generic word ("town of") stands right before."""
    owner = owners[index - 1] if index else None
    if owner is None or not owner.bits & _LEVEL:
        return False
    return reading[words[index - 1][1] : words[index][0]].strip() in _SIGNS


def _may_name(owner: Chunk | None) -> bool:
    """Tell whether a word may be part of a name behind a generic word: unknown, or a noun or an adjective."""
    return owner is None or (bool(owner.bits & _NAMING) and not owner.bits & _GENERIC)


def forget_names(tokens: list[Chunk]) -> None:
    """Make words of the names that turned out to be no places: without capitals they may be anything."""
    for token in tokens:
        if token.kind == "NAME":
            token.kind, token.bits, token.value = "WORD", join_bits("WORD"), token.value.lower()
