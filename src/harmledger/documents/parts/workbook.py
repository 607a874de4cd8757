"""Workbooks: the rows of their visible sheets."""

from collections.abc import Iterator
from typing import Any

from harmledger.documents.parts.isolation import Lost, ask
from harmledger.documents.parts.limits import COLUMN_LIMIT, ROW_LIMIT, SIZE_LIMIT
from harmledger.documents.parts.rows import Row, open_rows
from harmledger.documents.parts.source import Outcome, Source

_REMEDY = "save its sheets as CSV from the program that wrote it"


def open_workbook(source: Source) -> Iterator[Outcome]:
    """Give the documents of the rows of each visible sheet, those that the mapping names where it names any."""
    data = source.read_all()
    if data is None:
        yield source.report_size(SIZE_LIMIT, _REMEDY)
        return
    answers = _Answers(ask("workbook", data))
    try:
        while (answer := answers.take()) is not None:
            yield from _open_sheet(source, answer, answers)
    except Lost as lost:
        yield source.report("workbook", f"is a workbook that cannot be read further: {lost}", _REMEDY)
    finally:
        answers.close()


class _Answers:
    """The answers about one workbook, of which the rows of a sheet are taken first and the next sheet after."""

    def __init__(self, answers: Iterator[dict[str, Any]]) -> None:
        self._answers = answers
        self._next: dict[str, Any] | None = None

    def take(self) -> dict[str, Any] | None:
        """Give the next answer that is no rows, passing over those that nobody took."""
        for _ in self.take_rows():
            pass
        answer, self._next = self._next, None
        return answer

    def take_rows(self) -> Iterator[Row]:
        """Give rows up to the next answer that is none."""
        if self._next is not None:
            return
        for answer in self._answers:
            if "rows" not in answer:
                self._next = answer
                return
            yield from enumerate(answer["rows"], answer["first"])

    def close(self) -> None:
        """Let go of the process."""
        close = getattr(self._answers, "close", None)
        if close is not None:
            close()


def _open_sheet(source: Source, answer: dict[str, Any], answers: _Answers) -> Iterator[Outcome]:
    wanted = source.mapping.sheets if source.mapping else ()
    if "sheet" in answer:
        step = f"sheet {answer['sheet']}"
        if not wanted or answer["sheet"] in wanted:
            yield from open_rows(source, answers.take_rows(), step)
    elif "hidden" in answer:
        step = f"sheet {answer['hidden']}"
        yield source.report("columns", "is a hidden sheet and is passed over", None, step, severity="note")
    elif "vast" in answer:
        step = f"sheet {answer['vast']}"
        message = f"has more than {COLUMN_LIMIT} columns or {ROW_LIMIT:,} rows"
        yield source.report("columns", message, _REMEDY, step)
    elif "locked" in answer:
        yield source.report(
            "locked", "is a workbook locked with a password", "give the file without its password"
        )
    else:
        yield source.report("workbook", "is a workbook that is damaged or cut short", _REMEDY)
