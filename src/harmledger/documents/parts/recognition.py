"""Recognition: what a file is, told by its bytes first and by its name second."""

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal[
    "text", "lines", "tree", "pdf", "mail", "mailbox", "feed", "table", "workbook", "archive", "gzip", "warc",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is not read: what it looks like, and what a person can do.

    `is_media` marks pictures, sound and films, in which no report's text is lost.
    """

    what: str
    remedy: str | None = None
    is_media: bool = False


_UNPACK: Final = "unpack it and add the files that it holds"
AS_PDF: Final = "save it as PDF, HTML or plain text from the program that wrote it"
"""What to do with a file of an office program."""

_MAGIC: Final[tuple[tuple[int, bytes, Foreign], ...]] = (
    (0, b"\xff\xd8\xff", Foreign("a JPEG picture", None, True)),
    (0, b"\x89PNG\r\n", Foreign("a PNG picture", None, True)),
    (0, b"GIF8", Foreign("a GIF picture", None, True)),
    (0, b"II*\x00", Foreign("a TIFF picture", None, True)),
    (0, b"MM\x00*", Foreign("a TIFF picture", None, True)),
    (8, b"WEBP", Foreign("a WebP picture", None, True)),
    (4, b"ftypheic", Foreign("a HEIC picture", None, True)),
    (4, b"ftyp", Foreign("a film (MP4 or QuickTime)", None, True)),
    (0, b"\x1aE\xdf\xa3", Foreign("a film (Matroska or WebM)", None, True)),
    (8, b"AVI ", Foreign("a film (AVI)", None, True)),
    (8, b"WAVE", Foreign("sound (WAV)", None, True)),
    (0, b"OggS", Foreign("sound (Ogg)", None, True)),
    (0, b"ID3", Foreign("sound (MP3)", None, True)),
    (0, b"\xff\xfb", Foreign("sound (MP3)", None, True)),
    (0, b"Rar!\x1a", Foreign("a RAR archive", _UNPACK)),
    (0, b"7z\xbc\xaf'\x1c", Foreign("a 7-Zip archive", _UNPACK)),
    (0, b"BZh", Foreign("a bzip2 file", _UNPACK)),
    (0, b"\xfd7zXZ", Foreign("an xz file", _UNPACK)),
    (0, b"(\xb5/\xfd", Foreign("a Zstandard file", _UNPACK)),
    (257, b"ustar", Foreign("a tar archive", _UNPACK)),
    (0, b"SQLite format 3\0", Foreign("an SQLite database", "export what it holds as JSON lines or CSV")),
    (0, b"!BDN", Foreign("an Outlook store", "export its messages as .eml or .mbox")),
    (0, b"{\\rtf", Foreign("a rich-text (RTF) file", AS_PDF)),
    (0, b"\x7fELF", Foreign("a program", None)),
    (0, b"MZ", Foreign("a program", None)),
)
_OLD_OFFICE: Final = Foreign(
    "an old Office file or an Outlook message", f"{AS_PDF}; an Outlook message: as .eml"
)
_UNKNOWN: Final = Foreign("a binary file of no kind that is known here", AS_PDF)
_WIDE_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROLS: Final = bytes((*range(9), *range(14, 27), *range(28, 32)))
_MOST_CONTROLS: Final = 0.02

_PROLOGUE: Final = re.compile(r"\s*(?:<\?.{0,2000}?\?>\s*|<!--.{0,5000}?-->\s*)*", re.DOTALL)
_ROOT: Final = re.compile(r"<(!doctype\s+)?([a-z][\w:.-]*)", re.I)
_FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf:rdf"})
_PAGE_NAMES: Final = frozenset({".html", ".htm", ".xhtml"})

_HEADER: Final = re.compile(r"([!-9;-~]{1,80}):[ \t]?.*(?:\r?\n[ \t].*)*\r?\n")
_MAIL_FIELDS: Final = frozenset({"from", "date", "subject", "to", "content-type"})
_MAIL_PROOFS: Final = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to"})
_MAILBOX: Final = re.compile(r"From \S+.{0,200}\d{4}.{0,20}\r?\n[!-9;-~]{1,80}:")

_CHAT: Final = re.compile(r"\"messages\"\s*:\s*\[|\"chats\"\s*:\s*\{")
_TREE: Final = re.compile(r"\{\s*(?:\n\s*)?\"|\[\s*[{\[]")


def recognise(head: bytes, name: str) -> Kind | Foreign:
    """Tell what a file is by its first bytes, and where they leave it open by the suffix of its name."""
    suffix = PurePosixPath(name).suffix.lower()
    for tell in (_tell_by_magic, _tell_by_text):
        if (kind := tell(head, suffix)) is not None:
            return kind
    return "text"


def _tell_by_magic(head: bytes, suffix: str) -> Kind | Foreign | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _tell_open_document(head)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"WARC/", b"filedesc://")):
        return "warc"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "workbook" if suffix in (".xls", ".xla") else _OLD_OFFICE
    for offset, magic, foreign in _MAGIC:
        if head.startswith(magic, offset) and not (magic == b"MZ" and b"\0" not in head):
            return foreign
    if head.startswith(tuple(mark for mark, _ in _WIDE_MARKS)):
        return None
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return _UNKNOWN if b"\0" in head or controls > len(head) * _MOST_CONTROLS else None


def _tell_open_document(head: bytes) -> Kind | Foreign:
    """Tell a ZIP from OpenDocument files, whose first member is their media type, unpacked."""
    if head[30:70] != b"mimetypeapplication/vnd.oasis.opendocume":
        return "archive"
    is_sheet = head[70:].startswith(b"nt.spreadsheet")
    return "workbook" if is_sheet else Foreign("an OpenDocument file", AS_PDF)


def _tell_by_text(head: bytes, suffix: str) -> Kind | Foreign | None:
    text = _decode_head(head)
    opening = text.lstrip("\ufeff \t\r\n")
    if opening.startswith("<"):
        return _tell_markup(opening, suffix)
    if opening.startswith(("{", "[")) and (kind := _tell_json(opening, suffix)):
        return kind
    if _MAILBOX.match(text):
        return "mailbox"
    if suffix in (".eml", ".mht", ".mhtml") or _is_mail(text):
        return "mail"
    if suffix in (".csv", ".tsv", ".tab"):
        return "table"
    if suffix in (".jsonl", ".ndjson"):
        return "lines"
    return None


def _decode_head(head: bytes) -> str:
    for mark, encoding in _WIDE_MARKS:
        if head.startswith(mark):
            return head[: len(head) // 4 * 4].decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _tell_markup(text: str, suffix: str) -> Kind | Foreign | None:
    prologue = _PROLOGUE.match(text)
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    if root is None:
        return None
    name = root[2].lower()
    if name in _FEED_ROOTS or (root[1] and name != "html"):
        return "feed"
    if name != "html" and text.startswith("<?xml") and suffix not in _PAGE_NAMES:
        return Foreign(f"XML that is neither a feed nor a page (its root is <{root[2][:40]}>)", AS_PDF)
    return None


def _tell_json(text: str, suffix: str) -> Kind | None:
    """Tell lines of JSON, one JSON tree, and a text that opens with a bracket."""
    first, newline, _ = text.partition("\n")
    if _CHAT.search(text) and suffix not in (".jsonl", ".ndjson"):
        return "tree"
    if suffix in (".jsonl", ".ndjson") or (newline and _is_object(first)):
        return "lines"
    if not newline and text.startswith('{"'):
        return "lines"
    return "tree" if suffix == ".json" or _TREE.match(text) else None


def _is_object(line: str) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False


def _is_mail(text: str) -> bool:
    """Tell a message by its header: several fields that mails have, before the first blank line."""
    names: set[str] = set()
    position = 0
    while found := _HEADER.match(text, position):
        names.add(found[1].lower())
        position = found.end()
        if len(names & _MAIL_FIELDS) > 1 and names & _MAIL_PROOFS:
            return True
    return False
