"""Bytes to text: which encoding a file was written in, and how sure that is."""

import codecs
import re
from typing import Final

from harmledger.records.problem import Problem

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,40})", re.I
)
_CODEC_NAME: Final = re.compile(r"[a-z0-9][\w.:-]{1,39}", re.ASCII)
_DECLARATION_LIMIT: Final = 4096
_SAMPLE: Final = 64_000
_MOST_CONTROLS: Final = 0.02
_CONTROLS: Final = bytes((*range(9), *range(14, 27), *range(28, 32)))
_MOJIBAKE_OF_UTF8: Final = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2})")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
# What browsers read where these names are declared (WHATWG Encoding Standard).
_ALIASES: Final = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
}
# Codecs of Python that are no character encodings, or whose output an attacker can inflate.
_REFUSED: Final = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)


def decode_bytes(
    data: bytes, where: str | None = None, charset: str | None = None
) -> tuple[str | None, tuple[Problem, ...]]:
    """Give the text of the bytes, without a byte-order mark.

    In order: byte-order mark; `charset`, which a mail or a web server named beside the bytes; the charset
    that an HTML or XML head declares; UTF-8; what the bytes look like. Anything but plain UTF-8 comes with
    a Problem that names the encoding taken. Bytes that are no text (NUL, too many control codes) give None
    and a Problem. UTF-8 with a few broken sequences is read as UTF-8 with U+FFFD in their place.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding)
            if text is not None:
                return text, () if encoding == "utf-8" else (
                    _note(encoding, "by its byte-order mark", where),
                )
    if _is_binary(data):
        return None, (_refusal(where),)
    declared = _find_codec(charset) or _find_declaration(data)
    text = _try(data, "utf-8")
    if text is not None and declared in (None, "utf-8"):
        return text, ()
    if declared is not None and declared != "utf-8" and (text is None or data.isascii()):
        other = _try(data, declared)
        if other is not None:
            return other, () if data.isascii() else (_note(declared, "as declared", where),)
    if text is not None:
        return text, ()
    return _guess(data, where)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_binary(data: bytes) -> bool:
    """Tell bytes that are no text from their first part: NUL, or more control codes than text has."""
    sample = data[:_SAMPLE]
    return (
        b"\0" in data or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * _MOST_CONTROLS
    )


def _find_declaration(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, _DECLARATION_LIMIT)
    if found is None:
        return None
    return _find_codec(found[1].decode("ascii", "replace"))


def _find_codec(charset: str | None) -> str | None:
    """Give Python's name of a declared character encoding, None for one that is unknown or refused."""
    name = (charset or "").strip().lower()
    if not _CODEC_NAME.fullmatch(name):
        return None
    try:
        codec = codecs.lookup(_ALIASES.get(name, name))
    except LookupError:
        return None
    refused = codec.name in _REFUSED or codec.name.startswith(("utf-16", "utf-32"))
    return None if refused or not getattr(codec, "_is_text_encoding", True) else codec.name


def _guess(data: bytes, where: str | None) -> tuple[str | None, tuple[Problem, ...]]:
    """Choose an encoding by the look of the bytes; the choice is always reported."""
    first = _HIGH.search(data)
    sample = data[first.start() : first.start() + _SAMPLE] if first else b""
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    sequences = sum(len(found) for found in _MOJIBAKE_OF_UTF8.findall(sample))
    if sequences >= high * 0.8:
        message = "is UTF-8 with broken sequences; each stands as U+FFFD"
        return data.decode("utf-8", "replace"), (_warning(message, where),)
    from charset_normalizer import from_bytes  # 0.1 s to import; nearly every file is UTF-8

    best = from_bytes(data[:_SAMPLE]).best()
    for encoding in filter(None, (_guess_arabic(data), best.encoding if best else None, "cp1252")):
        text = _try(data, encoding)
        if text is not None:
            return text, (_warning(f"is not UTF-8; read as {encoding}, by the look of its bytes", where),)
    return None, (_refusal(where),)


def _guess_arabic(data: bytes) -> str | None:
    """Give "cp1256" where most letters are the bytes that Windows-1256 gives to Arabic letters."""
    sample = data[:_SAMPLE]
    text = sample.decode("cp1256", "replace")
    arabic = sum("\u0621" <= point <= "\u064a" for point in text)
    letters = sum(point.isalpha() for point in text)
    common = sum(point in "اليمنوتربعة" for point in text)
    return "cp1256" if arabic > letters * 0.6 and common > arabic * 0.5 else None


def _note(encoding: str, how: str, where: str | None) -> Problem:
    return Problem("documents.encoding", f"the file is {encoding}, {how}", "note", where)


def _warning(what: str, where: str | None) -> Problem:
    remedy = "look at the text; if letters are wrong, save the file as UTF-8 from its source"
    return Problem("documents.encoding", f"the file {what}", "warning", where, remedy=remedy)


def _refusal(where: str | None) -> Problem:
    message = "the file is not text: it holds NUL bytes, control codes, or bytes of no known encoding"
    return Problem("documents.binary", message, "error", where, remedy="give a text or HTML file")
