"""Tables as CSV that a spreadsheet cannot take for formulas."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from harmledger.publication.templating import clean_controls

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTED: Final = frozenset('",;\r\n\t\u2028\u2029')
_GUARD: Final = "'"
"""Put before a text that a spreadsheet would take for a formula (OWASP, CSV injection)."""


def write_header(row_type: type) -> str:
    """Give the line of column names."""
    return write_line(field.name for field in fields(row_type))


def write_row(row: Any) -> str:
    """Give a row as a line of CSV (RFC 4180, but a single line feed at the end)."""
    return write_line(getattr(row, field.name) for field in fields(row))


def write_line(values: Iterable[object]) -> str:
    """Give the values as a line of CSV: None is empty, a truth is true or false."""
    return ",".join(_write_cell(value) for value in values) + "\n"


def _write_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = clean_controls(str(value))
    if text.lstrip(" ").startswith(_FORMULA):
        text = _GUARD + text
    if not _QUOTED.isdisjoint(text) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
