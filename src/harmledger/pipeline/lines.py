"""JSON lines in: one record a line, a broken line reported with its number and skipped."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from harmledger.documents.json_lines import HEAD, LINE_LIMIT, LineError, split_lines
from harmledger.pipeline.formats import R, decode_record
from harmledger.pipeline.streams import STANDARD_STREAM, name_source
from harmledger.records.problem import Problem

_MARKS: Final = (
    (b"\xff\xfe", "UTF-16 text", "convert it to UTF-8, for instance with iconv -f UTF-16 -t UTF-8"),
    (b"\xfe\xff", "UTF-16 text", "convert it to UTF-8, for instance with iconv -f UTF-16 -t UTF-8"),
    (b"\x1f\x8b", "a gzip file", "unpack it first: gunzip -c FILE | harmledger … -"),
    (b"PK\x03\x04", "a zip file", "unpack it first"),
)


def load_records(sources: Sequence[str], record_type: type[R]) -> tuple[tuple[R, ...], tuple[Problem, ...]]:
    """Read every record of the files, in order; `-` is standard input."""
    records: list[R] = []
    problems: list[Problem] = []
    for source in sources:
        records.extend(record for _, record in iterate_records(source, record_type, problems))
    return tuple(records), tuple(problems)


def iterate_records(source: str, record_type: type[R], problems: list[Problem]) -> Iterator[tuple[int, R]]:
    """Give the records of one file with their line numbers, from 1; what cannot be read goes to `problems`."""
    try:
        with _open_source(source) as handle:
            yield from _decode_lines(handle, name_source(source), record_type, problems)
    except OSError as error:
        problems.append(report_unreadable(source, error))


def report_unreadable(source: str, error: OSError) -> Problem:
    """Give the problem of a file that cannot be read."""
    return Problem(
        code="pipeline.unreadable-file",
        message=f"cannot be read: {error.strerror or error}",
        severity="error",
        where=name_source(source),
        remedy="check the name and the permissions of the file",
    )


@contextmanager
def _open_source(source: str) -> Iterator[BinaryIO]:
    if source == STANDARD_STREAM:
        yield sys.stdin.buffer
    else:
        with Path(source).open("rb") as handle:
            yield handle


def _decode_lines(
    handle: BinaryIO, name: str, record_type: type[R], problems: list[Problem]
) -> Iterator[tuple[int, R]]:
    found = number = 0
    for line in split_lines(handle):
        number = line.number
        foreign = _recognise_foreign(line.data, name) if number == 1 else None
        if foreign:
            problems.append(foreign)
            return
        if not line.is_whole:
            problems.append(_report_long_line(name, number))
            continue
        if not line.data.strip():
            continue
        found += 1
        try:
            record = decode_record(line.data, record_type)
        except LineError as error:
            problems.append(_report_broken_line(name, number, record_type, error))
        else:
            yield number, record
    if not found:
        problems.append(_report_empty_file(name, number))


def _recognise_foreign(first: bytes, name: str) -> Problem | None:
    """Tell a file that is no UTF-8 text at all by its first bytes, so that it is reported once."""
    for mark, what, remedy in _MARKS:
        if first.startswith(mark):
            return _report_foreign(name, what, remedy)
    if b"\0" in first[:HEAD]:
        return _report_foreign(name, "a binary file", "give a JSON lines file: UTF-8 text, one object a line")
    return None


def _report_foreign(name: str, what: str, remedy: str) -> Problem:
    return Problem(
        code="pipeline.not-json-lines",
        message=f"is {what}, not JSON lines",
        severity="error",
        where=name,
        remedy=remedy,
    )


def _report_long_line(name: str, number: int) -> Problem:
    return Problem(
        code="pipeline.line-too-long",
        message=f"a line is longer than {LINE_LIMIT // 1024 // 1024} MiB and was skipped",
        severity="error",
        where=f"{name}:{number}",
        remedy="put long texts in files of their own and name them with `path`; check that lines end in a newline",
    )


def _report_broken_line(name: str, number: int, record_type: type[R], error: LineError) -> Problem:
    return Problem(
        code="pipeline.broken-line",
        message=f"a line is no {record_type.__name__.lower()} and was skipped: {error}",
        severity="error",
        where=f"{name}:{number}",
        remedy=f"mend the line; `harmledger schema {record_type.__name__.lower()}s` prints what it may hold",
    )


def _report_empty_file(name: str, lines: int) -> Problem:
    return Problem(
        code="pipeline.empty-file",
        message="holds only blank lines" if lines else "is empty",
        severity="warning",
        where=name,
        remedy="check that the step that wrote it finished",
    )
