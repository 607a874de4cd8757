"""Companions: files that JSON lines read by their `path`, so that they are no documents of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from harmledger.documents.intake import resolve_path

_LONGEST: Final = 1_000_000  # lines that name a file hold no text; a longer one need not be looked into


class _Line(msgspec.Struct):
    path: str | None = None


_DECODER: Final = msgspec.json.Decoder(_Line)


def find_companions(path: Path) -> Iterator[Path]:
    """Give the files that the lines of a JSON lines file name, resolved; none where it cannot be read."""
    try:
        with path.open("rb") as handle:
            for name in read_companion_names(handle):
                companion = resolve_path(name, path.parent)
                if companion is not None:
                    yield companion
    except (OSError, ValueError):
        return


def read_companion_names(handle: IO[bytes]) -> Iterator[str]:
    """Give each `path` that the lines hold, as it stands there."""
    while line := handle.readline(_LONGEST):
        if b'"path"' in line:
            try:
                name = _DECODER.decode(line).path
            except (msgspec.MsgspecError, ValueError, RecursionError):
                continue
            if name:
                yield name
