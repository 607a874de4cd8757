"""What a photo or a video shows, which is no toll that anybody gives."""

from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.parse import Parsed
from harmledger.claims.rules import get_letter

_MEDIA: Final = get_letter("MEDIA")
_SHOW: Final = get_letter("SHOW")


def is_about_media(parsed: Parsed) -> bool:
    """Tell whether a sentence says what a photo or video shows."""
    media = parsed.letters.find(_MEDIA)
    return media >= 0 and _SHOW in parsed.letters[media:]


def stands_in_footage(chunks: list[Chunk], index: int, was_shown: bool) -> bool:
    """Tell whether a photo or video shows it: "footage showed", "photos have been posted of", "was seen"."""
    for position in range(index + 1, 0, -1):
        if position >= len(chunks):
            continue
        if chunks[position].kind == "SHOW":
            return was_shown or any(chunk.kind == "MEDIA" for chunk in chunks[:position])
        if chunks[position].kind in {"SAY", "SEMI"}:
            return False
    return False
