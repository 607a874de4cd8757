"""Files out: written aside and renamed, so that a name never holds half a file."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from harmledger.pipeline.streams import FULL, STANDARD_STREAM


class OutputError(OSError):
    """A target that cannot be written; its text says why and is meant for a person."""


@contextmanager
def write_aside(target: str) -> Iterator[BinaryIO]:
    """Open a file beside the target, and put it in the target's place when the block ends well.

    Opening fails at once where the target cannot be written, so enter the block before any long work. On any
    failure, an interrupt included, the file aside is removed and the target stays as it was. `-` is standard
    output; a device or a pipe is written directly. Raises OutputError.
    """
    try:
        with _open_target(target) as handle:
            yield handle
    except OSError as error:
        if error.errno not in FULL or isinstance(error, OutputError):
            raise
        why = f"cannot write {target}: {error.strerror}; free some space, or write to another place"
        raise OutputError(why) from error


def check_target(target: str) -> None:
    """Raise OutputError where `write_aside` could not open the target; leaves nothing behind."""
    final = Path(os.path.realpath(target))
    if target == STANDARD_STREAM or (final.exists() and not final.is_file() and not final.is_dir()):
        return
    if final.is_dir():
        raise OutputError(f"{target} is a folder; name a file in it")
    aside, handle = _open_aside(final, target)
    handle.close()
    aside.unlink(missing_ok=True)


@contextmanager
def _open_target(target: str) -> Iterator[BinaryIO]:
    if target == STANDARD_STREAM:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    final = Path(os.path.realpath(target))
    if final.exists() and not final.is_file():
        if final.is_dir():
            raise OutputError(f"{target} is a folder; name a file in it")
        with final.open("wb") as device:
            yield device
        return
    aside, handle = _open_aside(final, target)
    try:
        with handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        aside.replace(final)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(final.parent)


def _open_aside(final: Path, target: str) -> tuple[Path, BinaryIO]:
    if final.exists() and not os.access(final, os.W_OK):
        raise OutputError(f"cannot write {target}: the file is write-protected")
    try:
        number, name = tempfile.mkstemp(dir=final.parent, prefix=f".{final.name[:100]}.", suffix=".part")
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error
    aside = Path(name)
    aside.chmod(_choose_mode(final))
    return aside, os.fdopen(number, "wb")


def _choose_mode(final: Path) -> int:
    """Keep the mode of a file that is replaced; a new one gets what the user's umask allows."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(final.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
