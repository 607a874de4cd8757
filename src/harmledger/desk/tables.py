"""Tables and lines on standard output, written at once where they fit as they are.

Rich lays out what needs laying out: what is wider than the terminal, or holds letters that take two columns or none. It
takes a millisecond a row for it, which a table of three thousand days does not need.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import category, east_asian_width

import click

from harmledger.desk.terminal import WIDE, is_colour_wanted, open_console

if TYPE_CHECKING:
    from rich.console import Console

Justify = Literal["left", "right"]
"""On which side of its column a cell stands."""

_BETWEEN: Final = "   "
_UNEVEN: Final = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of characters that take no column, or of which a terminal decides."""


class Printer:
    """Standard output, for one answer."""

    def __init__(self) -> None:
        self._console: Console | None = None

    @property
    def _rich(self) -> "Console":
        if self._console is None:
            self._console = open_console()
        return self._console

    def print_table(self, columns: Sequence[tuple[str, Justify]], rows: Sequence[Sequence[str]]) -> None:
        """Print cleaned cells below the names of their columns, and a line between."""
        cells = [[name for name, _ in columns], *rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        inner = max(1, sum(widths) + len(_BETWEEN) * (len(widths) - 1))
        if inner + 2 > _find_width() or not all(is_even(cell) for row in cells for cell in row):
            self._lay_out_table(columns, rows)
            return
        sides = [justify == "right" for _, justify in columns]
        blank = " " * (inner + 2)
        heading, *lines = (_write_row(row, widths, sides) for row in cells)
        click.echo(blank)
        click.echo(click.style(heading, bold=True), color=_is_styled())
        click.echo("\n".join((f" {'─' * inner} ", *lines, blank)))

    def _lay_out_table(self, columns: Sequence[tuple[str, Justify]], rows: Iterable[Sequence[str]]) -> None:
        from rich import box
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, justify in columns:
            table.add_column(name, justify=justify)
        for row in rows:
            table.add_row(*row)
        self._rich.print(table)

    def print_line(self, line: str) -> None:
        """Print a cleaned line, wrapped at the width of the terminal."""
        width = _find_width()
        if "  " in f" {line} " or not is_even(line) or any(len(word) > width for word in line.split(" ")):
            self._rich.print(line)
            return
        click.echo("\n".join(wrap(line, width, break_long_words=False, break_on_hyphens=False)))


def is_even(text: str) -> bool:
    """Tell whether every character takes one column of a terminal."""
    return text.isascii() or all(
        east_asian_width(letter) not in "WF" and category(letter) not in _UNEVEN for letter in text
    )


def _write_row(row: Sequence[str], widths: Sequence[int], sides: Sequence[bool]) -> str:
    placed = (
        cell.rjust(width) if is_right else cell.ljust(width)
        for cell, width, is_right in zip(row, widths, sides, strict=True)
    )
    return f" {_BETWEEN.join(placed) or ' '} "


def _find_width() -> int:
    """Give the columns of standard output; a pipe has a fixed number of them, but where COLUMNS says another."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return shutil.get_terminal_size().columns
    return WIDE


def _is_styled() -> bool | None:
    """Leave it to click whether standard output takes styles, unless none are wanted."""
    return None if is_colour_wanted() and os.environ.get("TERM") != "dumb" else False
