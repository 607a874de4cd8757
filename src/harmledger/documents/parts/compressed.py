"""gzip: a web archive, or a single file of any other kind."""

import gzip
import zlib
from collections.abc import Iterator
from typing import Final

from harmledger.documents.parts.source import Exhausted, Outcome, Source
from harmledger.documents.parts.unpacking import Suspicious, unpack

_BROKEN: Final = (gzip.BadGzipFile, zlib.error, EOFError, OSError)


def open_gzip(source: Source) -> Iterator[Outcome]:
    """Give the documents of what was packed: a web archive record by record, anything else as one file."""
    from harmledger.documents.parts.opening import open_source

    try:
        with gzip.GzipFile(fileobj=source.handle) as stream:
            if stream.read(5) in (b"WARC/", b"filed"):
                from harmledger.documents.parts.webarchive import open_warc

                source.handle.seek(0)
                yield from open_warc(source)
                return
            stream.seek(0)
            source.budget.take_member()
            handle, size = unpack(stream, source.size, source.budget)
    except (Exhausted, Suspicious) as error:
        yield source.report("archive", f"is not unpacked: {error}", "unpack it and add what it holds")
    except _BROKEN as error:
        message = f"is a gzip file that cannot be unpacked ({type(error).__name__})"
        yield source.report("archive", message, "get the file anew")
    else:
        with handle:
            name = source.name.removesuffix(".gz") if source.name.lower().endswith(".gz") else source.name
            yield from open_source(source.enter("unpacked", handle, name, size))
