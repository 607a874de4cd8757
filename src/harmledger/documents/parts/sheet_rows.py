"""Rows of a workbook's sheets, read by calamine. Runs in a process of its own."""

import datetime
import io
from collections.abc import Iterator
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from harmledger.documents.parts.limits import CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT

_BATCH: Final = 200


def read_rows(data: bytes) -> Iterator[dict[str, Any]]:
    """Give `{"sheet": name}` and then its `{"first": number, "rows": […]}`, sheet after sheet.

    `{"hidden": name}` and `{"vast": name}` tell of sheets that are not read; `{"locked": true}` of a password.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        yield {"locked": True}
        return
    for sheet in workbook.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            yield {"hidden": sheet.name}
            continue
        try:
            yield from _read_sheet(workbook.get_sheet_by_name(sheet.name), sheet.name)
        except CalamineError as error:
            yield {"broken": sheet.name, "error": type(error).__name__}


def _read_sheet(sheet: Any, name: str) -> Iterator[dict[str, Any]]:
    if sheet.width > COLUMN_LIMIT or sheet.height > ROW_LIMIT:
        yield {"vast": name}
        return
    yield {"sheet": name}
    number, batch = 1, []  # calamine gives the empty rows above the first cell, too
    for cells in sheet.iter_rows():
        batch.append([_spell(cell)[: CELL_LIMIT + 1] for cell in cells])
        if len(batch) == _BATCH:
            yield {"first": number, "rows": batch}
            number, batch = number + _BATCH, []
    yield {"first": number, "rows": batch}


def _spell(cell: Any) -> str:
    """Give a cell as text: dates in ISO 8601, a whole number without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)
