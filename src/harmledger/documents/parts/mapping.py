"""Column mappings: which column of a table of field reports is what, as a person says it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal, get_args

from harmledger.records.problem import Problem
from harmledger.records.vocabulary import DocumentKind

DateOrder = Literal["day-month", "month-day"]
"""How dates in figures are written: 30/05/2016 or 05/30/2016."""

ROLES: Final = (
    "text",
    "published",
    "place",
    "title",
    "url",
    "id",
    "publisher",
    "language",
    "kind",
    "retracted",
)
"""What the program itself makes of a column; any other name serves the template of the text."""

CONSTANTS: Final = ("publisher", "language", "kind")
"""What may be said once for all rows."""

COMPANION: Final = ".mapping.toml"
"""What the name of a mapping beside its table ends with, after the table's whole name."""
_SIZE_LIMIT: Final = 1_000_000
_KEYS: Final = ("text", "register", "sheets", "header", "date_order", "columns", "constants")
_TEMPLATE: Final = re.compile(r"(?:[^\[\]{}]|\{[^\[\]{}]+\}|\[(?:[^\[\]{}]|\{[^\[\]{}]+\})*\])*")
_NAME: Final = re.compile(r"\{([^\[\]{}]+)\}")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table is what.

    `text` composes a row's text: names in braces are names of `columns`, else headings; a stretch in square
    brackets is left out where one of its columns is empty. None: "[{place}: ]{text}". `columns` gives the
    heading for each name; a role that is not named there is sought by its synonyms. `constants` hold for
    every row whose column is empty. `register` names the series that ids count in; None: the table's name and
    where it lies.
    `header` is the number of the row of headings, from 1; None: the first row that fits. No `sheets`: all.
    """

    text: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    register: str | None = None
    sheets: tuple[str, ...] = ()
    header: int | None = None
    date_order: DateOrder | None = None


class _MappingError(ValueError):
    """A mapping that cannot be used; its text says why."""


def load_mapping(path: Path) -> tuple[ColumnMapping | None, tuple[Problem, ...]]:
    """Read a mapping from a TOML file, as docs/intake.md describes it."""
    try:
        with path.open("rb") as handle:
            data = handle.read(_SIZE_LIMIT + 1)
        if len(data) > _SIZE_LIMIT:
            raise _MappingError("is too large for a mapping")
        return _read(tomllib.loads(data.decode("utf-8"))), ()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"is not TOML: {error}"
    except _MappingError as error:
        message = str(error)
    remedy = "see “Column mapping” in docs/intake.md"
    return None, (Problem("documents.mapping", message, "error", path.name, remedy=remedy),)


def name_companion(table: str) -> str:
    """Give the name of the file beside a table that says which of its columns is what: field.csv.mapping.toml."""
    return f"{Path(table).name}{COMPANION}"


def find_companion(table: Path) -> Path | None:
    """Give the mapping that lies beside a table; None where there is none, or it is no plain file."""
    path = table.with_name(name_companion(table.name))
    return path if path.is_file() and not path.is_symlink() else None


def find_names(template: str) -> list[str]:
    """Give the names that a template has in braces, in order."""
    return [name.strip() for name in _NAME.findall(template)]


def _read(table: Mapping[str, Any]) -> ColumnMapping:
    for key in table:
        if key not in _KEYS:
            raise _MappingError(f"has an unknown key {key!r:.60}{_suggest(key, _KEYS)}")
    text = _read_string(table, "text")
    if text is not None and (not _TEMPLATE.fullmatch(text) or not find_names(text)):
        raise _MappingError(
            "text: braces hold the name of a column; square brackets do not stand in each other"
        )
    constants = _read_strings(table, "constants")
    for key in constants:
        if key not in CONSTANTS:
            raise _MappingError(f"constants: unknown key {key!r:.60}{_suggest(key, CONSTANTS)}")
    if constants.get("kind", "field") not in get_args(DocumentKind):
        raise _MappingError(f"constants.kind: use one of {', '.join(get_args(DocumentKind))}")
    header, order, sheets = table.get("header"), table.get("date_order"), table.get("sheets", [])
    if header is not None and (type(header) is not int or header < 1):
        raise _MappingError("header: give the number of the row of headings, from 1")
    if order is not None and order not in get_args(DateOrder):
        raise _MappingError(f"date_order: use one of {', '.join(get_args(DateOrder))}")
    if not isinstance(sheets, list) or not all(isinstance(name, str) for name in sheets):
        raise _MappingError("sheets: give a list of names")
    columns = _read_strings(table, "columns")
    return ColumnMapping(
        text, columns, constants, _read_string(table, "register"), tuple(sheets), header, order
    )


def _read_string(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise _MappingError(f"{key}: give a text in quotation marks")
    return value


def _read_strings(table: Mapping[str, Any], key: str) -> dict[str, str]:
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(one, str) and one.strip() for one in value.values()):
        raise _MappingError(f"[{key}]: each name has a text in quotation marks")
    return dict(value)


def _suggest(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
