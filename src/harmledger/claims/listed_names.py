"""Names of places in a script without capitals: the gazetteer's longest, and what stands behind a generic word."""

from collections.abc import Sequence

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.parting import close_joints
from harmledger.lexicon.clitics import Clitics
from harmledger.places.folding import fold_name
from harmledger.places.gazetteer import Gazetteer

_NAME, _LEVEL = join_bits("NAME"), join_bits("LEVEL")
_SIGNS = frozenset({"", "#", '"'})
"""What may stand between a generic word and the name."""
_LONGEST = 4
"""Most words of a place's name."""
_LONGEST_UNKNOWN = 2
"""Most unknown words behind "town of" that are taken for its name."""
_SHORTEST = 2


class ListedNames:
    """The names of a gazetteer in one script. Built once for a language; holds no state of any text."""

    def __init__(self, clitics: Clitics, gazetteer: Gazetteer) -> None:
        """Read the names of the gazetteer that begin with a letter of the script."""
        listed = gazetteer.list_script(*clitics.script)
        self._letters = clitics.letters
        self._keys = frozenset(key for key, _ in listed)
        self._openings = frozenset(fold_name(name).partition(" ")[0] for _, name in listed)

    def begins_name(self, word: str) -> bool:
        """Tell whether a folded word is a place's name, or the first word of one."""
        return word in self._keys or word in self._openings

    def find(self, reading: str, start: int, end: int, marks: Sequence[Chunk]) -> list[Chunk]:
        """Give the names of reading[start:end], longest first, in order and without overlap.

        A name that the lexicon knows as another word counts only behind a generic word ("town of"), and so does an
        unknown one.
        """
        words = [
            (match.start(), match.end(), fold_name(match.group()))
            for match in self._letters.finditer(reading, start, end)
        ]
        owners = _own_words(words, marks)
        names: list[Chunk] = []
        index, count = 0, len(words)
        while index < count:
            stop = self._match(reading, words, owners, index)
            if stop == index:
                index += 1
                continue
            first, last = words[index][0], words[stop - 1][1]
            name = Chunk("NAME", first, last, close_joints(reading[first:last]), _NAME)
            names.append(name)
            index = stop
        return names

    def _match(
        self,
        reading: str,
        words: Sequence[tuple[int, int, str]],
        owners: Sequence[Chunk | None],
        index: int,
    ) -> int:
        """Give the index one past the last word of the name that begins at `index`, or `index` where none does."""
        is_headed = _is_headed(words, owners, reading, index)
        best, key = index, ""
        for position in range(index, min(len(words), index + _LONGEST)):
            if position > index and not _touches(reading, words, position):
                break
            key += words[position][2]
            if key not in self._keys or len(key) <= _SHORTEST:
                continue
            if is_headed or not all(owners[index : position + 1]):
                best = position + 1
        if best > index or not is_headed or owners[index] is not None:
            return best
        stop = index + 1
        while (
            stop < len(words)
            and stop - index < _LONGEST_UNKNOWN
            and owners[stop] is None
            and _touches(reading, words, stop)
        ):
            stop += 1
        return stop


def _own_words(words: Sequence[tuple[int, int, str]], marks: Sequence[Chunk]) -> list[Chunk | None]:
    """Give for each word the mark that holds it, or None."""
    owners: list[Chunk | None] = []
    first, count = 0, len(marks)
    for start, end, _ in words:
        while first < count and marks[first].end <= start:
            first += 1
        mark = marks[first] if first < count and marks[first].start < end else None
        owners.append(mark)
    return owners


def _touches(reading: str, words: Sequence[tuple[int, int, str]], position: int) -> bool:
    return reading[words[position - 1][1] : words[position][0]] in {" ", "_", "-", "\u200a"}


def _is_headed(
    words: Sequence[tuple[int, int, str]], owners: Sequence[Chunk | None], reading: str, index: int
) -> bool:
    """Tell whether a generic word ("town of") stands right before."""
    owner = owners[index - 1] if index else None
    if owner is None or not owner.bits & _LEVEL:
        return False
    return reading[words[index - 1][1] : words[index][0]].strip() in _SIGNS


def forget_names(tokens: Sequence[Chunk]) -> None:
    """Make words of the names that turned out to be no places: without capitals they may be anything."""
    for token in tokens:
        if token.kind == "NAME":
            token.kind, token.bits, token.value = "WORD", join_bits("WORD"), token.value.lower()
