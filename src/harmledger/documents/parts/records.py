"""Records of a web archive: warcio's iterator, with bounds on what a hostile file can make it read."""

import zlib
from typing import IO, Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader

from harmledger.documents.parts.limits import RATIO_GRACE, RATIO_LIMIT

_LINE_LIMIT: Final = 65_536
_LINES_LIMIT: Final = 5_000
_BLOCK: Final = 16_384


class Damaged(ValueError):  # noqa: N818 (no error of the program: the file is not what it says)
    """A web archive that cannot be followed; the text says why."""


class BoundedReader(DecompressingBufferedReader):  # type: ignore[misc, unused-ignore]
    """A reader whose lines are short, whose headers end, and whose bytes do not multiply. Raises Damaged."""

    def __init__(self, handle: IO[bytes], size: int) -> None:
        super().__init__(handle, block_size=_BLOCK)
        self._most = max(RATIO_GRACE, size * RATIO_LIMIT)
        self._lines = 0

    def read(self, length: int | None = None) -> bytes:
        """Give bytes of a record's body."""
        self._lines = 0
        data: bytes = super().read(length)
        if self.num_read > self._most:
            raise Damaged(f"it unpacks to more than {RATIO_LIMIT} times its size")
        return data

    def readline(self, length: int | None = None) -> bytes:
        """Give a line of a record's header, or what stands between two records."""
        line: bytes = super().readline(min(length or _LINE_LIMIT, _LINE_LIMIT))
        self._lines += 1
        if len(line) >= _LINE_LIMIT or self._lines > _LINES_LIMIT:
            raise Damaged("a header in it has no end")
        return line

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor and data and self.num_block_read:
            try:
                return bytes(self.decompressor.decompress(data))
            except zlib.error as error:
                raise Damaged("its packed bytes are damaged") from error
        return bytes(super()._decompress(data))


class RecordIterator(ArchiveIterator):  # type: ignore[misc, unused-ignore]
    """The records of a web archive, one after another. `err_count` counts those of a wrong length."""

    def __init__(self, handle: IO[bytes], size: int) -> None:
        super().__init__(handle, arc2warc=True)
        self.reader = BoundedReader(handle, size)

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """Pass over what parts two records, as warcio does, without words on the terminal."""
        passed, is_first = 0, True
        while line := self.reader.readline():
            if line.strip() and not is_first:
                return line, passed
            self.err_count += bool(line.strip())
            passed, is_first = passed + len(line), False
        return None, passed


def is_cut(record: Any) -> bool:
    """Tell a record whose file ends before its body does; to be asked when the body has been read."""
    stream = record.raw_stream
    return getattr(stream, "limit", 0) > 0 and not stream.read(1)
