"""The terminal: messages on standard error, tables on standard output, nothing a hostile text can steer."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from harmledger.lexicon.letters import is_right_to_left

if TYPE_CHECKING:
    from rich.console import Console

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NARROWEST: Final = 40
WIDE: Final = 100


def clean_text(text: str) -> str:
    """Take out of a foreign text whatever could steer a terminal: control, direction and surrogate characters."""
    return _UNPRINTABLE.sub("�", text.replace("\r\n", "\n")).replace("\n", " ")


def isolate_text(text: str) -> str:
    """Give a foreign text cleaned, and where it runs from right to left kept apart from what stands around it (the
    isolates of UAX 9), so that a terminal turns nothing else about."""
    cleaned = clean_text(text)
    return f"\u2067{cleaned}\u2069" if is_right_to_left(cleaned) else cleaned


def say(message: str) -> None:
    """Print a message on standard error, in colour only where that is wanted."""
    click.echo(message, err=True, color=None if is_colour_wanted() else False)


def tell_step(message: str) -> None:
    """Tell on standard error what a long step is doing."""
    say(f"  {clean_text(message)} …")


def is_colour_wanted() -> bool:
    """Tell whether colours may be printed to a terminal; NO_COLOR, set to anything, says no."""
    return not os.environ.get("NO_COLOR")


def open_console() -> "Console":
    """Open standard output for tables; a pipe gets plain text of a fixed width."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            """Leave a closed pipe to `main`, which ends every command alike; rich would exit with 1."""
            raise BrokenPipeError

    is_terminal = sys.stdout.isatty()
    width = None if is_terminal or os.environ.get("COLUMNS") else WIDE
    return Output(
        width=width, highlight=False, markup=False, emoji=False, soft_wrap=False, legacy_windows=False
    )


def print_hanging(console: "Console", line: str, indent: int = 0) -> None:
    """Print a line set in by so many columns; what does not fit the terminal goes on below, two further in.

    Control characters of a foreign text are taken out.
    """
    from textwrap import fill

    blank, hanging = " " * indent, " " * (indent + 2)
    text = fill(clean_text(line), console.width, initial_indent=blank, subsequent_indent=hanging)
    console.print(text, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def show_progress(what: str, total: int, is_quiet: bool) -> Iterator[Callable[[], object]]:
    """Show how far a long step is, on standard error and only where that is a terminal; call to step on."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)
