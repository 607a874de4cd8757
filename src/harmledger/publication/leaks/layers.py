"""A file as every reader may see it: as it is, with its escapes resolved, without its tags, unpacked."""

import base64
import binascii
import gzip
import html
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

_ROUNDS: Final = 4
"""How often escapes are resolved: text inside JSON inside an attribute inside a page is escaped three times."""
_DEPTH: Final = 3
_UNPACKED_LIMIT: Final = 512 * 1024 * 1024
_TAG: Final = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|</?[A-Za-z!?][^<>]{0,20000}>")
_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([nrtbfv0\"'/\\]))"
)
_CSS_ESCAPE: Final = re.compile(r"\\([0-9A-Fa-f]{1,6})[ \n]?")
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}={0,2}")
_UNSEEN: Final = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS: Final = frozenset("nrtbfv0")


@dataclass(frozen=True, slots=True)
class Layer:
    """One way to read a file. Lines are those of the file, or of the member of an archive that `inside` names."""

    text: str
    inside: str = ""


class UnreadableError(ValueError):
    """A file that cannot be looked into, so that nothing is proved of it; the message says why."""


def list_layers(data: bytes, inside: str = "", depth: int = 0) -> Iterator[Layer]:
    """Give every way to read a file. Raises UnreadableError where there is none, or too much to unpack."""
    if depth > _DEPTH:
        raise UnreadableError("archives inside archives inside archives")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _open_zip(data, inside, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from list_layers(_open_gzip(data), f"{inside}(gzip) ", depth + 1)
    elif data[257:262] == b"ustar":
        yield from _open_tar(data, inside, depth)
    else:
        yield from _read_text(_decode(data), inside, depth)


def _read_text(text: str, inside: str, depth: int) -> Iterator[Layer]:
    yield Layer(text, inside)
    plain = text
    for _ in range(_ROUNDS):
        resolved = resolve_escapes(plain)
        if resolved == plain:
            break
        plain = resolved
        yield Layer(plain, inside)
    styled = _CSS_ESCAPE.sub(lambda found: _name_character(found[1]), text)
    if styled != text:
        yield Layer(styled, inside)
    if "<" in plain:
        for glue in ("", " "):
            stripped = _TAG.sub(lambda found, glue=glue: "\n" * found[0].count("\n") or glue, plain)  # type: ignore[misc]
            if stripped != plain:
                yield Layer(html.unescape(stripped).replace("\r", " "), inside)
    yield from _open_base64(plain, inside, depth)


def resolve_escapes(text: str) -> str:
    """Resolve HTML's references, JavaScript's and JSON's escapes and those of addresses, once; lines stay lines."""
    told = _ESCAPE.sub(_resolve, text) if "\\" in text else text
    if "&" in told:
        told = "\n".join(html.unescape(line).replace("\n", " ") for line in told.split("\n"))
    if "%" in told:
        told = "\n".join(unquote(line, errors="replace").replace("\n", " ") for line in told.split("\n"))
    return told


def _resolve(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return _name_character(code)
    return " " if found[4] in _BLANKS else str(found[4])


def _name_character(code: str) -> str:
    number = int(code, 16)
    told = chr(number) if number <= 0x10FFFF else "\ufffd"
    return " " if told in "\r\n\u2028\u2029" else told


def _decode(data: bytes) -> str:
    """Give a file's characters. Raises UnreadableError for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        raise UnreadableError("it is no text, and no archive that is known")
    return data.decode("utf-8-sig", "replace")


def _open_base64(text: str, inside: str, depth: int) -> Iterator[Layer]:
    """Read what stands in base64, as data: addresses have it, where it is text or an archive."""
    for found in _BASE64.finditer(text):
        told = found[0].rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            data = base64.b64decode(told + "=" * (-len(told) % 4), validate=True)
            is_text = (
                not data.startswith((b"PK", b"\x1f\x8b")) and _UNSEEN.sub("", data.decode()).isprintable()
            )
        except (binascii.Error, ValueError):
            is_text = False
            if not found[0].startswith(("UEsD", "H4sI")):
                continue
        line = text.count("\n", 0, found.start()) + 1
        where = f"{inside}(base64, line {line}) "
        if is_text:
            yield Layer(data.decode(), where)
        elif data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
            yield from list_layers(data, where, depth + 1)


def _open_zip(data: bytes, inside: str, depth: int) -> Iterator[Layer]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(sum(member.file_size for member in archive.infolist()))
            yield Layer(archive.comment.decode("utf-8", "replace"), inside)
            for member in archive.infolist():
                yield Layer(member.filename, inside)
                if not member.is_dir():
                    yield from list_layers(archive.read(member), f"{inside}{member.filename} › ", depth + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error, OSError) as error:
        raise UnreadableError("its archive cannot be opened") from error


def _open_tar(data: bytes, inside: str, depth: int) -> Iterator[Layer]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                yield Layer(f"{member.name}\n{member.linkname}", inside)
                handle = archive.extractfile(member) if member.isfile() else None
                if handle is not None:
                    yield from list_layers(handle.read(), f"{inside}{member.name} › ", depth + 1)
    except tarfile.TarError as error:
        raise UnreadableError("its archive cannot be opened") from error


def _open_gzip(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            found = stream.read(_UNPACKED_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError("its archive cannot be opened") from error
    _check_size(len(found))
    return found


def _check_size(size: int) -> None:
    if size > _UNPACKED_LIMIT:
        raise UnreadableError("it is too large when it is unpacked")
