"""Addresses and ids as the public may see them: web pages only, and no name inside."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote, urlsplit

_OPAQUE: Final = re.compile(r"[0-9a-f]{32,64}(?:@[0-9a-f]{12})?")
_SHORT: Final = 32
_LEAST_LETTERS: Final = 3
_HIDDEN_CHARACTERS: Final = re.compile(r"[\x00-\x20\x7f-\x9f<>\"'`{}|\\^\u2028\u2029]")
_LONGEST: Final = 2000


def show_address(url: str | None, hidden: Iterable[str] = ()) -> str | None:
    """Give a report's address where it is a web page's; its site alone where the address holds a hidden word.

    Anything but http and https, and an address with a password, spaces or control characters, is no link.
    """
    if not url or len(url) > _LONGEST or _HIDDEN_CHARACTERS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    rest = unquote(url[len(parts.scheme) + 3 + len(parts.netloc) :]).casefold()
    telling = (word.casefold() for word in hidden if len(word) >= _LEAST_LETTERS)
    if any(part in rest for word in telling for part in _split(word)):
        return f"{parts.scheme}://{parts.netloc}/"
    return url


def _split(word: str) -> list[str]:
    """Give the word and its parts between hyphens that are long enough to tell a name."""
    bare = word.replace("'", "").replace("’", "")
    return [part for part in {word, bare, *re.split(r"[-'’]", word)} if len(part) >= _LEAST_LETTERS]


def hide_id(name: str) -> str:
    """Give an id that tells nothing: digests as they are, an id that a person chose by its digest."""
    return (
        name
        if _OPAQUE.fullmatch(name)
        else hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:_SHORT]
    )
