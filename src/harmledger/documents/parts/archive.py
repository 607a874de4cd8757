"""ZIP archives: their members opened one by one. Names are labels; nothing is written under them."""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Final

from harmledger.documents.parts.companions import read_companion_names
from harmledger.documents.parts.limits import MEMBER_LIMIT, SIZE_LIMIT
from harmledger.documents.parts.recognition import AS_PDF, Foreign
from harmledger.documents.parts.source import Exhausted, Outcome, Source, clean_label
from harmledger.documents.parts.unpacking import Suspicious, unpack
from harmledger.records.vocabulary import Severity

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1
_WORKBOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_OFFICE: Final = (
    ("word/document.xml", Foreign("a Word document", AS_PDF)),
    ("ppt/presentation.xml", Foreign("a PowerPoint presentation", AS_PDF)),
    ("META-INF/container.xml", Foreign("an EPUB book", AS_PDF)),
)
_HIDDEN: Final = re.compile(r"\.[^.]")
_LINES_SUFFIXES: Final = (".jsonl", ".ndjson")
_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error,
    NotImplementedError, RuntimeError, ValueError, OSError, EOFError, OverflowError,
)  # fmt: skip

_END_MARK: Final = b"PK\x05\x06"
_WIDE_MARK: Final = b"PK\x06\x06"
_END_REACH: Final = 65_536 + 22 + 20 + 1024
_DIRECTORY_LIMIT: Final = 16_000_000
_REMEDY: Final = "unpack it and add the files that it holds"


def open_archive(source: Source) -> Iterator[Outcome]:
    """Give the documents of a ZIP's members in the order of their names; a workbook's rows where it is one."""
    if _measure_directory(source) > _DIRECTORY_LIMIT:
        yield source.report("archive", f"lists more than {MEMBER_LIMIT:,} files", _REMEDY)
        return
    try:
        archive = zipfile.ZipFile(source.handle)
    except _BROKEN as error:
        yield source.report(
            "archive", f"is a ZIP that cannot be read ({_explain(error)})", "get the file anew"
        )
        return
    names = set(archive.namelist())
    if any(name in names for name in _WORKBOOKS):
        from harmledger.documents.parts.workbook import open_workbook

        yield from open_workbook(source)
        return
    for name, foreign in _OFFICE:
        if name in names:
            yield source.report("unsupported", f"is {foreign.what}, which is not read", foreign.remedy)
            return
    yield from _Archive(source, archive).open_members()


def _measure_directory(source: Source) -> int:
    """Give the size in bytes of the list of members, as `zipfile` will read it whole into memory."""
    start = max(0, source.size - _END_REACH)
    source.handle.seek(start)
    tail = source.handle.read(_END_REACH)
    end, wide = tail.rfind(_END_MARK), tail.rfind(_WIDE_MARK)
    sizes = []
    if 0 <= end <= len(tail) - 16:
        sizes.append(struct.unpack_from("<L", tail, end + 12)[0])
    if 0 <= wide <= len(tail) - 48:
        sizes.append(struct.unpack_from("<Q", tail, wide + 40)[0])
    known = [size for size in sizes if size != 0xFFFFFFFF]
    # What the file itself has no room for, zipfile refuses by itself.
    return min(max(known, default=0), source.size)


@dataclass(frozen=True, slots=True)
class _Archive:
    """An open ZIP and the source it came from."""

    source: Source
    archive: zipfile.ZipFile

    def open_members(self) -> Iterator[Outcome]:
        """Give the documents of the members; what no budget is left for ends the archive with a problem."""
        from harmledger.documents.parts.opening import open_source

        found = 0
        try:
            companions = self._find_companions()
            for info in sorted(self.archive.infolist(), key=lambda one: (one.filename, one.header_offset)):
                self.source.budget.take_member()
                if info.is_dir():
                    continue
                found += 1
                label = clean_label(info.filename)
                if (reason := self._refuse(info, companions)) is not None:
                    yield reason
                    continue
                try:
                    handle, size = self._unpack(info)
                except Suspicious as error:
                    yield self.source.report("archive", f"is not unpacked: {error}", _REMEDY, label)
                except _BROKEN as error:
                    message = f"cannot be unpacked ({_explain(error)})"
                    yield self.source.report("archive", message, "get the archive anew", label)
                else:
                    with handle:
                        beside = partial(self._read_beside, info.filename)
                        inner = self.source.enter(label, handle, info.filename, size, beside=beside)
                        yield from open_source(inner)
        except Exhausted as error:
            yield self.source.report("archive", f"is not read any further: {error}", _REMEDY)
            return
        if not found:
            yield self.source.report(
                "empty", "is an archive without a file", "check that it was saved in full"
            )

    def _unpack(self, info: zipfile.ZipInfo, limit: int | None = None) -> tuple[IO[bytes], int]:
        packed = min(info.compress_size, self.source.size)
        with self.archive.open(info) as stream:
            return unpack(stream, packed, self.source.budget, *(() if limit is None else (limit,)))

    def _refuse(self, info: zipfile.ZipInfo, companions: set[str]) -> Outcome | None:
        """Say why a member is not opened; None where it is."""
        label = clean_label(info.filename)
        parts = PurePosixPath(info.filename).parts
        message, remedy, is_loss = "", None, True
        if any(_HIDDEN.match(part) for part in parts) or "__MACOSX" in parts:
            message, is_loss = "is hidden and is passed over", False
        elif info.filename in companions:
            message, is_loss = "is read by the JSON lines file that names it", False
        elif info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
            message, is_loss = "is a link, which is never followed", False
        elif info.flag_bits & _ENCRYPTED:
            message, remedy = "is locked with a password", "give the file without a password"
        elif info.compress_type not in _METHODS:
            message, remedy = "is packed in a way that is not unpacked here", _REMEDY
        if not message:
            return None
        severity: Severity = "error" if is_loss else "note"
        return self.source.report("archive", message, remedy, label, severity=severity)

    def _find_companions(self) -> set[str]:
        """Give the names of members that JSON lines among them read by their `path`."""
        companions: set[str] = set()
        for info in self.archive.infolist():
            if info.filename.lower().endswith(_LINES_SUFFIXES) and self._refuse(info, set()) is None:
                try:
                    handle, _ = self._unpack(info)
                except (Suspicious, *_BROKEN):
                    continue  # told when the member is opened
                with handle:
                    named = read_companion_names(handle)
                    found = (_resolve(info.filename, name) for name in named)
                    companions.update(name for name in found if name is not None)
        return companions

    def _read_beside(self, member: str, name: str) -> bytes | None:
        """Give the bytes of the member that a line of another member names; None where there is none."""
        resolved = _resolve(member, name)
        try:
            info = self.archive.getinfo(resolved or "")
            if self._refuse(info, set()) is not None:
                return None
            handle, _ = self._unpack(info, SIZE_LIMIT)
        except (KeyError, Suspicious, *_BROKEN):
            return None
        with handle:
            return handle.read()


def _resolve(member: str, name: str) -> str | None:
    """Give the member that a path beside another member names; None for one that climbs or is absolute."""
    forms = (PurePosixPath(name), PureWindowsPath(name))
    if not name or "\0" in name or any(form.anchor or ".." in form.parts for form in forms):
        return None
    return str(PurePosixPath(member).parent / name).removeprefix("./")


def _explain(error: BaseException) -> str:
    return str(error) if isinstance(error, zipfile.BadZipFile) else type(error).__name__
