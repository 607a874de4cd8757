"""Rows of a register: CSV, a JSON list of objects, or JSON lines, each row as headings and what stands under them."""

import csv
import json
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

from harmledger.records.problem import Problem

Row = tuple[str, Mapping[str, str]]
"""Where a row stands ("row 7"), and its cells by heading."""
Outcome = tuple[Row | None, Problem | None]

JSON_LIMIT: Final = 256 << 20
"""Bytes of a JSON register: a list is read whole, so it is bounded."""
_CELL_LIMIT: Final = 1 << 20
_DEPTH: Final = 3


def read_rows(path: Path) -> Iterator[Outcome]:
    """Give the rows of a file, by its ending: .json, .jsonl, and CSV else. A row that cannot be read is a problem."""
    reader = {".json": _read_list, ".jsonl": _read_lines}.get(path.suffix.lower(), _read_table)
    try:
        yield from reader(path)
    except OSError as error:
        yield None, _report(path.name, error.strerror or str(error), "check its name and that it may be read")


def _read_table(path: Path) -> Iterator[Outcome]:
    with path.open("rb") as binary:
        # A broken character spoils one cell, and no more: names are compared folded.
        text = TextIOWrapper(binary, encoding="utf-8-sig", errors="replace", newline="")
        first = text.readline()
        dialect = max((";", "\t", ","), key=first.count) if first else ","
        headings = next(csv.reader([first], delimiter=dialect), [])
        if len(headings) < 2:
            yield (
                None,
                _report(path.name, "is no table with headings", "save it as CSV with a row of headings"),
            )
            return
        rows = csv.reader(text, delimiter=dialect)
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield None, _report(f"{path.name}, row {rows.line_num + 1}", str(error), "mend the row")
                continue
            if any(cell.strip() for cell in cells):
                # strict is off: a row may end early, or have cells too many, which belong to no heading
                yield (f"row {rows.line_num + 1}", dict(zip(headings, cells, strict=False))), None


def _read_list(path: Path) -> Iterator[Outcome]:
    if path.stat().st_size > JSON_LIMIT:
        yield (
            None,
            _report(path.name, f"is larger than {JSON_LIMIT >> 20} MiB", "save it as CSV or JSON lines"),
        )
        return
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        yield None, _report(path.name, f"is no JSON: {error}", "check that it was saved in full")
        return
    if not isinstance(told, list):
        yield None, _report(path.name, "is no list of objects", "give a JSON list, JSON lines or CSV")
        return
    for number, item in enumerate(told, 1):
        yield _read_object(path, f"entry {number}", item)


def _read_lines(path: Path) -> Iterator[Outcome]:
    with path.open("rb") as lines:
        for number, line in enumerate(iter(lambda: lines.readline(_CELL_LIMIT), b""), 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield None, _report(f"{path.name}, line {number}", f"is no JSON: {error}", "mend the line")
                continue
            yield _read_object(path, f"line {number}", item)


def _read_object(path: Path, where: str, item: Any) -> Outcome:
    if not isinstance(item, dict):
        return None, _report(
            f"{path.name}, {where}", "is no object", "give objects with the names of columns"
        )
    return (where, dict(_flatten("", item, 0))), None


def _flatten(prefix: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Give the values inside an object by dotted name; what is nested deeper than a register needs is left out."""
    if isinstance(value, dict | list) and depth < _DEPTH:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from _flatten(f"{prefix}.{key}" if prefix else str(key), inner, depth + 1)
    elif prefix and not isinstance(value, dict | list):
        yield prefix, "" if value is None else str(value)


def _report(where: str, reason: str, remedy: str) -> Problem:
    return Problem("registers.unreadable", reason, "error", where, remedy=remedy)
