"""Rows of a table: each one document, whose text is composed from its cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import msgspec

from harmledger.documents.parts.dates import read_date
from harmledger.documents.parts.guessing import SAMPLE, guess_columns, is_heading_row, write_columns
from harmledger.documents.parts.headings import find_roles, fold_heading, is_yes
from harmledger.documents.parts.limits import COLUMN_LIMIT
from harmledger.documents.parts.mapping import ROLES, ColumnMapping, find_names, name_companion
from harmledger.documents.parts.source import Outcome, Source, make_part
from harmledger.records.document import Document
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import DocumentKind

Row = tuple[int, Sequence[str]]
"""A row's number, as a spreadsheet shows it, and its cells."""

_HEADER_REACH: Final = SAMPLE
_DEFAULT_KIND: Final = "field"
_PIECE: Final = re.compile(r"\[([^\[\]]*)\]|(\{[^\[\]{}]+\}|[^\[\]{}]+)")
_SAY_SO: Final = "say which column is what, with --mapping FILE or in a file beside it, {file} (docs/intake.md, Column mapping)"


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of one table: headings, the column of each name of the mapping, the template."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    template: str


@dataclass(frozen=True, slots=True)
class _Misfit:
    """Why a table's columns are not understood, and its first rows where they may tell more."""

    reason: str
    sample: tuple[Sequence[str], ...] = ()


def open_rows(source: Source, rows: Iterator[Row], sheet: str = "") -> Iterator[Outcome]:
    """Give the document of each row below the headings; `sheet` is the locator of the table in the source."""
    prefix = f"{sheet}, " if sheet else ""
    steps = (sheet,) if sheet else ()
    mapping = source.mapping or ColumnMapping()
    layout = _find_layout(rows, mapping)
    if isinstance(layout, _Misfit):
        yield source.report("columns", layout.reason, _advise(layout, name_companion(source.name)), *steps)
        return
    is_told = False
    found = 0
    for number, cells in rows:
        if len(cells) > COLUMN_LIMIT:
            yield source.report(
                "columns", f"has more than {COLUMN_LIMIT} cells", "mend the row", f"{prefix}row {number}"
            )
        elif any(cell.strip() for cell in cells):
            found += 1
            part, problems = _open_row(source, mapping, layout, cells, sheet, f"{prefix}row {number}")
            if is_told:  # once a table
                problems = tuple(one for one in problems if one.code != "documents.date-order")
            is_told = is_told or any(one.code == "documents.date-order" for one in problems)
            yield part, problems
    if not found:
        yield source.report(
            "empty", "has no rows below its headings", "check that it was saved in full", *steps
        )


def _find_layout(rows: Iterator[Row], mapping: ColumnMapping) -> _Layout | _Misfit:
    """Find the row of headings, and the column of each name, or say why there is none."""
    sample: list[Sequence[str]] = []
    for number, cells in rows:
        if mapping.header is not None and number < mapping.header:
            continue
        if len(cells) > COLUMN_LIMIT:
            return _Misfit(f"has more than {COLUMN_LIMIT} columns")
        headings = _name_columns(cells)
        layout, missing = _fit(headings, mapping)
        if layout is not None:
            return layout
        if any(cells):
            sample.append(cells)
        if mapping.header is not None or number > _HEADER_REACH:
            break
        if mapping.columns and any(cells):
            return _Misfit(f"has no column {missing!r}; its columns are {_list(headings)}")
    first = _name_columns(sample[0]) if sample else ()
    reason = f"has no heading that means a report's text; its first row is {_list(first)}"
    return _Misfit(reason, tuple(sample))


def _advise(misfit: _Misfit, companion: str) -> str:
    """Say what to do about a table without the columns needed: with a mapping to begin with, where the cells tell one."""
    say_so = _SAY_SO.format(file=companion)
    if not misfit.sample:
        return say_so
    first, *rows = misfit.sample
    if not is_heading_row(first):
        return f"write a row of headings above the first, one of them “text”; or {say_so}"
    columns = guess_columns(_name_columns(first), rows)
    return f"{say_so}; to begin with: {write_columns(columns)}" if columns else say_so


def _fit(headings: Sequence[str], mapping: ColumnMapping) -> tuple[_Layout | None, str]:
    """Give the layout that these headings make, or the name that is missing among them."""
    by_heading = {fold_heading(heading): number for number, heading in reversed(list(enumerate(headings)))}
    places = {name: number for name, number in find_roles(headings).items() if name not in mapping.columns}
    for name, heading in mapping.columns.items():
        number = by_heading.get(fold_heading(heading))
        if number is None:
            return None, heading
        places[name] = number
    template = mapping.text or ("[{place}: ]{text}" if "place" in places else "{text}")
    for name in find_names(template):
        if name not in places:
            number = by_heading.get(fold_heading(name))
            if number is None:
                return None, name
            places[name] = number
    return _Layout(tuple(headings), places, template), ""


def _name_columns(cells: Sequence[str]) -> list[str]:
    """Give the headings, told apart where two are alike or empty."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def _open_row(
    source: Source, mapping: ColumnMapping, layout: _Layout, cells: Sequence[str], sheet: str, step: str
) -> Outcome:
    values = {name: cells[place].strip() for name, place in layout.places.items() if place < len(cells)}
    problems: list[Problem] = []
    published = _read_published(source, mapping, values.get("published", ""), step, problems)
    kind = values.get("kind") or mapping.constants.get("kind") or _DEFAULT_KIND
    if kind not in get_args(DocumentKind):
        kind = _DEFAULT_KIND
    given = {name: values.get(name) or mapping.constants.get(name) for name in ROLES}
    document = Document(
        text=compose(layout.template, values),
        title=given["title"],
        url=given["url"],
        publisher=given["publisher"],
        language=given["language"],
        published=published,
        kind=msgspec.convert(kind, DocumentKind),
        retracted=True if is_yes(values.get("retracted", "")) else None,
    )
    return make_part(
        source,
        _encode(layout.headings, cells),
        document,
        step,
        address=_address(source, mapping, values, sheet),
        published_source="given" if published else None,
        problems=tuple(problems),
    )


def compose(template: str, values: Mapping[str, str]) -> str:
    """Fill in a template; a stretch in square brackets is left out where one of its columns is empty."""
    text = []
    for optional, plain in _PIECE.findall(template):
        names = find_names(optional or plain)
        if optional and not all(values.get(name) for name in names):
            continue
        text.append(re.sub(r"\{([^{}]+)\}", lambda name: values.get(name[1].strip(), ""), optional or plain))
    return "".join(text).strip()


def _read_published(
    source: Source, mapping: ColumnMapping, cell: str, step: str, problems: list[Problem]
) -> str | None:
    if not cell:
        return None
    published, is_plain = read_date(cell, mapping.date_order)
    where = source.point(step)
    if published is None:
        message = f"{cell!r:.60} is no date that can be read; relative dates of this row stay unresolved"
        problems.append(Problem("documents.date", message, "warning", where, remedy="write it as 2018-09-08"))
    elif not is_plain:
        message = "dates in figures are read day first; if the month stands first, every one is wrong"
        remedy = 'give a mapping with date_order = "day-month" or "month-day"'
        problems.append(Problem("documents.date-order", message, "note", where, remedy=remedy))
    return published


def _address(source: Source, mapping: ColumnMapping, values: Mapping[str, str], sheet: str) -> str | None:
    """Give the row's address: its id in its register, else its web address.

    Ids of two tables are not the same series unless a mapping says so, or the tables have the same name and place.
    """
    if values.get("id"):
        place = ", ".join(filter(None, (source.hints.address or source.point(), sheet)))
        register = mapping.register or place
        return f"row:{register}/{values['id']}"
    return values.get("url") or None


def _encode(headings: Sequence[str], cells: Sequence[str]) -> bytes:
    """Give a row's own bytes: a JSON object from heading to cell, without empty cells.

    A row means nothing without its headings; written so, it stays the same when the table is sorted anew, saved
    in another encoding or as a workbook, or gains an empty column.
    """
    row: dict[str, Any] = {
        heading: cell for heading, cell in zip(headings, cells, strict=False) if cell.strip()
    }
    row.update(
        {
            f"column {number}": cell
            for number, cell in enumerate(cells[len(headings) :], len(headings) + 1)
            if cell.strip()
        }
    )
    return msgspec.json.encode(row)


def _list(headings: Sequence[str]) -> str:
    return ", ".join(repr(heading[:40]) for heading in headings[:20]) or "empty"
