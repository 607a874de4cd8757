"""Fold a name to the form in which two spellings count as the same letters."""

import re
from typing import Final
from unicodedata import normalize

NAME_LIMIT: Final = 200
"""The longest name that is read, in code points; no place has a longer one, hostile files do."""

_APOSTROPHES: Final = "'`´‘’ʻʼʽʾʿ′ˈ\u02bb\u02bc"
_ASCII: Final = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum()} | dict.fromkeys("'`", "")
)
_ASCII_KEY: Final = str.maketrans(
    {chr(code): chr(code).lower() if chr(code).isalnum() else None for code in range(128)}
)
_LETTERS: Final = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "")
    | {"ـ": "", "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ھ": "ه", "ۀ": "ه"}
    | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
    | {"\u200b": "", "\u200c": " ", "\u200d": "", "\u200e": "", "\u200f": "", "\ufeff": ""}
)
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
_SEPARATORS: Final = re.compile(r"[\W_]+")


def fold_name(name: str) -> str:
    """Give the name in lower case without accents, apostrophes and punctuation, words parted by one space.

    Arabic letters that writers exchange (hamza carriers, ta marbuta, final ya, Persian forms) become one.
    Names longer than NAME_LIMIT are cut there.
    """
    name = name[:NAME_LIMIT]
    if name.isascii():
        return " ".join(name.lower().translate(_ASCII).split())
    return " ".join(_SEPARATORS.sub(" ", _fold_letters(name)).split())


def make_key(folded: str) -> str:
    """Give the key of a folded name: without spaces, since "Kafr Zita" and "Kafrzita" are one name."""
    return folded.replace(" ", "")


def fold_key(name: str) -> str:
    """Give the key of a name as it is written: make_key(fold_name(name)), in a third of the time."""
    name = name[:NAME_LIMIT]
    if name.isascii():
        return name.translate(_ASCII_KEY)
    return _SEPARATORS.sub("", _fold_letters(name))


def _fold_letters(name: str) -> str:
    return _MARKS.sub("", normalize("NFKD", name).casefold()).translate(_LETTERS)
