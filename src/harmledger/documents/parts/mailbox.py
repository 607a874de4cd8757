"""Mailboxes: messages one after another, each behind a line "From …"."""

import re
from collections.abc import Iterator
from typing import Final

from harmledger.documents.parts.limits import SIZE_LIMIT
from harmledger.documents.parts.mail import open_mail
from harmledger.documents.parts.source import Outcome, Source

_MARK: Final = b"From "
_QUOTED: Final = re.compile(rb"^>(>*From )", re.M)
_LINE: Final = 1_000_000


def open_mailbox(source: Source) -> Iterator[Outcome]:
    """Give the documents of each message, in order."""
    number = 0
    for number, data in enumerate(_split(source), 1):
        step = f"message {number}"
        if data is None:
            message = f"is larger than {SIZE_LIMIT // 1_000_000} MB"
            yield source.report("size", message, "save it by itself, without attachments", step)
        else:
            message_bytes = _QUOTED.sub(rb"\1", data)
            yield from open_mail(source.enter(step, message_bytes, f"{step}.eml", len(message_bytes)))
    if not number:
        yield source.report("empty", "holds no message", "check that it was saved in full")


def _split(source: Source) -> Iterator[bytes | None]:
    """Give the bytes of each message, without the line before it; None in place of one that is too large."""
    lines: list[bytes] | None = None
    size = 0
    is_after_blank = True
    source.handle.seek(0)
    while line := source.handle.readline(_LINE):
        if is_after_blank and line.startswith(_MARK):
            if lines is not None:
                yield _join(lines, size)
            lines, size = [], 0
        elif lines is not None:
            size += len(line)
            if size <= SIZE_LIMIT:
                lines.append(line)
            else:
                lines.clear()
        is_after_blank = line in (b"\n", b"\r\n")
    if lines is not None:
        yield _join(lines, size)


def _join(lines: list[bytes], size: int) -> bytes | None:
    """Join a message's lines, without the blank line that parts it from the next."""
    if size > SIZE_LIMIT:
        return None
    if lines and lines[-1] in (b"\n", b"\r\n"):
        lines.pop()
    return b"".join(lines)
