"""The Arabic letters behind a name in the standard romanisation, to compare with a name written in Arabic.

Arabic leaves short vowels unwritten, so that many villages share the consonants of a name; its long vowels are letters,
and BGN/PCGN's romanisation, in which gazetteers give these names, marks them.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final
from unicodedata import normalize

from harmledger.places.transliteration import is_article

_RULES: Final[dict[str, Any]] = tomllib.loads(
    files("harmledger.places").joinpath("romanisation.toml").read_text(encoding="utf-8")
)
_MARKED: Final = re.compile(f"[{_RULES['marks']['signs']}]")
_SOUNDS: Final[dict[str, str]] = _RULES["digraphs"] | _RULES["letters"]
_SOUND: Final = re.compile("|".join(sorted(map(re.escape, _SOUNDS), key=len, reverse=True)) + "|.")
_SHORT: Final[str] = _RULES["short"]["signs"]
_FIRST: Final[str] = _RULES["short"]["first"]
_EXCHANGED: Final = str.maketrans(_RULES["exchanged"])
_ENDINGS: Final = tuple(_RULES["ending"]["letters"])
_ENDING: Final[str] = _RULES["ending"]["sign"]
_ROMANISED: Final = tuple(_RULES["ending"]["romanised"])
_CONSTRUCT: Final[str] = _RULES["ending"]["construct"]
_GAP: Final = re.compile(r"[\s-]+")
_REPEATED: Final = re.compile(r"(.)\1+")
_ARABIC: Final = re.compile("[\u0621-\u064a]")
_ARTICLE: Final = "ال"
_SHORTEST: Final = 2
"""Letters that a word must have behind its article and its ending for them to be taken off."""


def write_letters(folded: str) -> str:
    """Give the letters of a folded name in the Arabic script, articles left out, those that writers exchange made one.

    Empty where the name is in another script.
    """
    return "".join(map(_write_word, folded.split())) if _ARABIC.search(folded) else ""


def is_marked(name: str) -> bool:
    """Tell whether a name has signs that only the standard romanisation has; any other may be spelled in any way."""
    return bool(_MARKED.search(normalize("NFC", name.lower())))


@lru_cache(maxsize=65_536)
def restore_letters(name: str) -> str:
    """Give the letters, as `write_letters` does, of a name taken to be in the standard romanisation.

    "Aş Şāliḩīyah" gives those of الصالحية, in which the emphatic letter has become its plain one.
    """
    name = normalize("NFC", name.lower()).replace("ʻ", "‘").replace("ʼ", "’").replace("'", "’")
    words = _GAP.split(name.strip())
    kept = [word for at, word in enumerate(words) if not _is_article(word, words[at + 1 : at + 2])]
    last = len(kept) - 1
    return "".join(_restore_word(word.rstrip("’"), at < last) for at, word in enumerate(kept))


def _is_article(word: str, following: Sequence[str]) -> bool:
    plain = [normalize("NFD", one)[:1] + one[1:] for one in following]
    return is_article("".join(sign for sign in normalize("NFD", word) if sign.isascii()), plain)


def _write_word(word: str) -> str:
    if word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + _SHORTEST:
        word = word[len(_ARTICLE) :]
    return _end_alike(_REPEATED.sub(r"\1", word.translate(_EXCHANGED)))


def _restore_word(word: str, is_followed: bool) -> str:
    is_ended = is_followed and word.endswith(_CONSTRUCT) and len(word) > len(_CONSTRUCT) + _SHORTEST
    if is_ended:
        word = word[: -len(_CONSTRUCT)]
    elif ending := next((one for one in _ROMANISED if word.endswith(one)), None):
        word, is_ended = word[: -len(ending)], True
    letters = "".join(_SOUNDS.get(sound, "") for sound in _SOUND.findall(word))
    if word[:1] in _SHORT:
        letters = _FIRST + letters
    return _REPEATED.sub(r"\1", letters) + (_ENDING if is_ended else "")


def _end_alike(letters: str) -> str:
    is_ended = letters.endswith(_ENDINGS) and len(letters) > _SHORTEST
    return letters[:-1] + _ENDING if is_ended else letters
