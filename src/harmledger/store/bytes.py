"""Received bytes, by their SHA-256: written aside, made durable, renamed; never held in memory as a whole."""

import errno
import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from harmledger.records.identity import digest_bytes

FOLDER: Final = "bytes"
_ASIDE: Final = "incoming"
_STEP: Final = 1 << 20
_HOLE: Final = bytes(_STEP)
_FEW: Final = 4
_TOGETHER: Final = 500
_MODE: Final = 0o666


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes written aside: where, their SHA-256, their size."""

    path: Path
    digest: str
    size: int


class SourceError(OSError):
    """A file that is being taken in cannot be read; nothing is wrong with the case."""


class ByteStore:
    """The folder of received bytes of one case.

    Every method may raise OSError: a full disk, a read-only folder. What was being written is then removed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self._aside = self.folder / _ASIDE
        self._numbers = itertools.count(1)

    def locate(self, digest: str) -> Path:
        """Give the path of the bytes with this digest, whether they are there or not."""
        return self.folder / digest[:2] / digest

    def has(self, digest: str) -> bool:
        """Tell whether the bytes are kept."""
        return self.locate(digest).is_file()

    def take_in(self, source: Path) -> Arrival:
        """Copy a file aside in pieces, digesting it, for `keep` to put in its place or `discard` to remove.

        Raises SourceError where the file itself cannot be read.
        """
        path = self._name_aside()
        try:
            return Arrival(path, *_copy(source, path))
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def discard(self, arrival: Arrival) -> None:
        """Remove bytes that were written aside and are not kept; those in their place stay."""
        arrival.path.unlink(missing_ok=True)

    def _name_aside(self) -> Path:
        self._aside.mkdir(parents=True, exist_ok=True)
        return self._aside / f"{os.getpid()}-{next(self._numbers)}.part"

    def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Put bytes that were written aside in their places, durably. The same bytes twice are one file."""
        _settle([arrival.path for arrival in arrivals])
        folders = set()
        for arrival in arrivals:
            final = self.locate(arrival.digest)
            if not final.parent.is_dir():
                final.parent.mkdir(parents=True, exist_ok=True)
                folders.add(self.folder)
            arrival.path.replace(final)
            folders.add(final.parent)
        _settle(sorted(folders))

    def write(self, pieces: Iterable[bytes]) -> None:
        """Keep bytes that are in memory, each under its digest; durable all together when this returns."""
        for batch in _batch(pieces, _TOGETHER):
            arrivals = []
            try:
                for data in batch:
                    path = self._name_aside()
                    arrivals.append(Arrival(path, digest_bytes(data), len(data)))
                    with _open_anew(path) as handle:
                        handle.write(data)
                self.keep(arrivals)
            finally:
                for arrival in arrivals:
                    self.discard(arrival)

    def destroy(self, digest: str) -> None:
        """Overwrite the bytes, as far as the system lets us, and remove them."""
        destroy_file(self.locate(digest))

    def clear_aside(self) -> None:
        """Remove what killed processes left half-written. Only whoever holds the case's lock may call this."""
        if self._aside.is_dir():
            for path in self._aside.iterdir():
                destroy_file(path)


def _batch(pieces: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    remaining = iter(pieces)
    while batch := list(islice(remaining, size)):
        yield batch


def _settle(paths: Sequence[Path]) -> None:
    """Make files, or the renames in folders, durable: many share one wait for the disk.

    Syncing everything at once tells of no error; syncing each afterwards, when there is little left to write, does.
    """
    if len(paths) > _FEW:
        os.sync()
    for path in paths:
        _sync(path)


def destroy_file(path: Path) -> None:
    """Overwrite a file with zeros where it lies, then remove it; one that is gone already is no error.

    Holes of a sparse file are passed over: there is nothing in them, and zeros written there could fill the disk. File
    systems that copy on write, solid-state disks and snapshots may keep the old blocks all the same.
    """
    with suppress(FileNotFoundError):
        with suppress(OSError):
            _overwrite(path)
        path.unlink()
        sync_folder(path.parent)


def _overwrite(path: Path) -> None:
    number = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    try:
        for start, end in list(_list_stretches(number)):
            left = end - os.lseek(number, start, os.SEEK_SET)
            while left:
                left -= os.write(number, _HOLE[:left])
        os.fsync(number)
    finally:
        os.close(number)


def _list_stretches(number: int) -> Iterator[tuple[int, int]]:
    """Give where an open file holds data, from and to; the whole of it where the system does not tell holes."""
    size = os.fstat(number).st_size
    place = 0
    while place < size:
        try:
            start = os.lseek(number, place, os.SEEK_DATA)
            place = os.lseek(number, start, os.SEEK_HOLE)
        except (OSError, AttributeError) as error:
            if getattr(error, "errno", None) != errno.ENXIO:  # which says that only a hole is left
                yield place, size
            return
        yield start, place


def _copy(source: Path, path: Path) -> tuple[str, int]:
    """Copy in pieces; holes of a sparse file stay holes, so that one of terabytes cannot fill the disk."""
    digest = hashlib.sha256()
    size = 0
    with _open_anew(path) as handle:
        for piece in _read_pieces(source):
            digest.update(piece)
            size += len(piece)
            if piece == _HOLE:
                handle.seek(len(piece), os.SEEK_CUR)
            else:
                handle.write(piece)
        handle.truncate(size)
    return digest.hexdigest(), size


def _read_pieces(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as incoming:
            while piece := incoming.read(_STEP):
                yield piece
    except OSError as error:
        raise SourceError(error.errno, error.strerror, str(source)) from error


def _open_anew(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, _MODE), "wb")


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder durable, where the system can."""
    _sync(folder)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EROFS}:
            raise
    finally:
        os.close(number)
