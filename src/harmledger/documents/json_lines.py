"""JSON lines: a stream taken apart into lines of bounded length, and a line read as an object of a known format."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import IO, Any, Final

import msgspec

from harmledger.records.vocabulary import FORMAT

LINE_LIMIT: Final = 64 * 1024 * 1024
"""The longest line that is read, in bytes. What is longer is passed over piece by piece, never held whole."""

HEAD: Final = 4096
"""How many bytes of a line that is too long are given, to tell what the file may be."""

_SKIP_STEP: Final = 1024 * 1024
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class LineError(ValueError):
    """A line that is no record of its format; its text says why, in words for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; `number` counts from 1. Where it `is_whole` not, it is over the limit, and `data` is
    its head."""

    number: int
    data: bytes
    is_whole: bool = True


def split_lines(handle: IO[bytes]) -> Iterator[Line]:
    """Give each line from where the stream stands; the rest of one over the limit is skipped when the next is asked
    for."""
    number = 0
    while line := handle.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) <= LINE_LIMIT or line.endswith(b"\n"):
            yield Line(number, line.removeprefix(_BYTE_ORDER_MARK).rstrip(b"\r\n"))
            continue
        head = line[:HEAD]
        del line
        yield Line(number, head, is_whole=False)
        while (piece := handle.readline(_SKIP_STEP)) and not piece.endswith(b"\n"):
            pass


def decode_row(line: bytes) -> dict[str, Any]:
    """Read a line as an object of this program's format; without `format` it is taken as such. Raises LineError."""
    try:
        row = msgspec.json.decode(line)
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 (byte {error.start + 1} of a string)") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise LineError(f"not valid JSON ({error})") from error
    if not isinstance(row, dict):
        raise LineError("not a JSON object")
    if row.get("format", FORMAT) != FORMAT:
        raise LineError(f"format {row['format']!r:.40}; this program reads format {FORMAT}")
    return row


def set_unknown_aside(row: dict[str, Any], known: Set[str]) -> dict[str, Any]:
    """Give the row with the fields that nobody knows under `extra`, beside what stands there. Raises LineError where
    `extra` is no object."""
    extra = row.get("extra", {})
    if not isinstance(extra, dict):
        raise LineError("extra is no object")
    unknown = row.keys() - known
    if not unknown:
        return row
    kept = {name: value for name, value in row.items() if name in known}
    kept["extra"] = {**extra, **{name: row[name] for name in sorted(unknown)}}
    return kept
