"""Tables as text: comma, semicolon, tab or bar between the cells."""

import csv
import re
from collections.abc import Iterator
from typing import Final

from harmledger.documents.encoding import decode_bytes
from harmledger.documents.parts.headings import find_roles
from harmledger.documents.parts.limits import CELL_LIMIT, SIZE_LIMIT
from harmledger.documents.parts.rows import Row, open_rows
from harmledger.documents.parts.source import Outcome, Source

_DELIMITERS: Final = ",;\t|"
_MOST_DELIMITERS: Final = 1_000_000
_EXCEL_HINT: Final = re.compile(r"\ufeff?sep=(.)\r?\n", re.I)
_LONGEST_HEADING: Final = 60


def open_table(source: Source) -> Iterator[Outcome]:
    """Give the documents of the rows of a table."""
    data = source.read_all()
    if data is None:
        yield source.report_size(SIZE_LIMIT, "split it, or give it as JSON lines")
        return
    text, problems = decode_bytes(data, source.point(), source.hints.charset)
    if text is None:
        yield None, problems
        return
    rows = _Rows(text, _find_delimiter(text))
    for part, more in open_rows(source, rows):
        yield part, problems + more
        problems = ()  # what is to be said of the whole table is said with its first row
    if rows.failure:
        yield source.report(
            "columns",
            f"cannot be followed any further: {rows.failure}",
            "mend the row there",
            f"row {rows.number + 1}",
        )


def is_table(head: str) -> bool:
    """Tell a table by a first line of headings that mean a report's text and its time, place or number."""
    line = head.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    if not any(mark in line for mark in _DELIMITERS) or len(line) > 2000:
        return False
    try:
        cells = next(csv.reader([line], delimiter=_find_delimiter(line)), [])
    except csv.Error:
        return False
    if any(len(cell) > _LONGEST_HEADING for cell in cells):
        return False
    roles = find_roles(cells)
    return "text" in roles and any(role in roles for role in ("published", "place", "id"))


class _Rows(Iterator[Row]):
    """The rows of a text, numbered from 1. `failure` says why they ended early."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.number = 0
        self.failure: str | None = None
        self._delimiter = delimiter
        self._reader = csv.reader(self._split(text), delimiter=delimiter)

    def __next__(self) -> Row:
        if self.failure:
            raise StopIteration
        try:
            cells = next(self._reader)
        except csv.Error as error:
            long = "field larger" in str(error)
            self.failure = f"a cell is longer than {CELL_LIMIT:,} characters" if long else str(error)
            raise StopIteration from error
        self.number += 1
        return self.number, cells

    def _split(self, text: str) -> Iterator[str]:
        """Give the lines one by one; a copy of the whole would double the memory."""
        mark = "\n" if "\n" in text else "\r"
        hint = _EXCEL_HINT.match(text)
        start = hint.end() if hint else 0
        self.number += 1 if hint else 0
        while start < len(text):
            end = text.find(mark, start) + 1 or len(text)
            if text.count(self._delimiter, start, end) > _MOST_DELIMITERS:
                self.failure = "it has more than a million cells"
                return
            yield text[start:end].rstrip("\r") if mark == "\r" else text[start:end]
            start = end


def _find_delimiter(text: str) -> str:
    """Give the mark that stands between cells most often in the first line that has one, outside quotes."""
    if hint := _EXCEL_HINT.match(text):
        return hint[1]
    for line in text[:20_000].splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        counts = {mark: bare.count(mark) for mark in _DELIMITERS}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ","
