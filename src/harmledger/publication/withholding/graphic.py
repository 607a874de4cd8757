"""Sentences that describe bodies and wounds: hidden until a reader asks for them."""

import re
from functools import cache

from harmledger.publication.wording import list_languages, load_wording


def is_graphic(text: str) -> bool:
    """Tell whether a text has words that describe bodies or wounds, in any language that the program knows them in."""
    return any(pattern.search(text.casefold()) for pattern in _compile())


@cache
def _compile() -> tuple[re.Pattern[str], ...]:
    words = [tuple(load_wording(language).tables["graphic"]["words"]) for language in list_languages()]
    return tuple(re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)") for told in dict.fromkeys(words))
