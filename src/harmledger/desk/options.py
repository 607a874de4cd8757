"""Options that several commands take, with one meaning everywhere."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from harmledger.desk.outcome import Messages, give_up
from harmledger.pipeline.streams import STANDARD_STREAM
from harmledger.records.signing import STATES

F = TypeVar("F", bound=Callable[..., Any])

_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
_ZONE: Final = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}")


def take_messages(command: F) -> F:
    """Add `--quiet` and `--problems`."""
    quiet = click.option("-q", "--quiet", "is_quiet", is_flag=True, help="Print no messages and no progress.")
    problems = click.option(
        "--problems", "problems_file", metavar="FILE", help="Write every problem to FILE as JSON lines."
    )
    return quiet(problems(command))


def take_jobs(told: str) -> Callable[[F], F]:
    """Add `--jobs`, with what is told of it: as many processes as there are processors without it."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=lambda: (
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        ),
        show_default="the processors there are",
        help=told,
    )


def take_json(command: F) -> F:
    """Add `--json`."""
    return click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")(command)


def take_output(name: str) -> Callable[[F], F]:
    """Add `-o`/`--output` for a file of the given name; standard output without it."""
    return click.option(
        "-o",
        "--output",
        metavar=name,
        default=STANDARD_STREAM,
        show_default="standard output",
        help="Where to write; the file is replaced only when everything is written.",
    )


def gather_messages(is_quiet: bool, problems_file: str | None) -> Messages:
    """Put the two message options together; a problems file that cannot be written ends the command at once."""
    if problems_file is not None:
        from harmledger.pipeline.write import OutputError, check_target

        try:
            check_target(problems_file)
        except OutputError as error:
            give_up((), Messages(is_quiet), str(error))
    return Messages(is_quiet, problems_file)


def check_country(_: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Take ISO 3166-1 alpha-2 codes in either case. Raises click.BadParameter for anything else."""
    if value is None:
        return None
    codes = (value,) if isinstance(value, str) else tuple(value)
    for code in codes:
        if not _COUNTRY.fullmatch(code):
            raise click.BadParameter(f"{code!r} is no two-letter country code such as SY")
    folded = tuple(code.upper() for code in codes)
    return folded[0] if isinstance(value, str) else folded


def take_states(command: F) -> F:
    """Add `--status`, which may be given several times: how far people have signed."""
    return click.option(
        "--status",
        "states",
        multiple=True,
        type=click.Choice(STATES),
        help="Only what people signed so far, or further: accepted, approved, published; or what is new, changed since "
        "somebody signed, or set aside. May be given several times.",
    )(command)


def take_whereabouts(command: F) -> F:
    """Add `--country`, which may be given several times, and `--zone`: where the places of the texts lie."""
    countries = click.option(
        "--country",
        "countries",
        multiple=True,
        metavar="CODE",
        callback=check_country,
        help="Country that places lie in, as two letters (SY); may be given several times.",
    )
    zone = click.option(
        "--zone",
        metavar="ZONE",
        callback=check_zone,
        help="Time zone in which days are counted (Asia/Damascus); without it the country's.",
    )
    return countries(zone(command))


def check_zone(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Take a zone of the tz database, as tzdata names it. Raises click.BadParameter for anything else."""
    if value is None:
        return None
    from importlib.resources import files

    known = files("tzdata").joinpath("zoneinfo", *value.split("/"))
    if not _ZONE.fullmatch(value) or not known.is_file():
        raise click.BadParameter(f"{value!r} is no time zone such as Asia/Damascus")
    return value


def refuse_overwriting(output: str, sources: tuple[str, ...]) -> None:
    """Refuse to write over a file that is being read. Raises click.UsageError."""
    if output == STANDARD_STREAM or not Path(output).exists():
        return
    for source in sources:
        if source != STANDARD_STREAM and Path(source).exists() and Path(source).samefile(output):
            raise click.UsageError(f"{output} is read and would be written over; name another output")


def refuse_two_streams(sources: tuple[str, ...]) -> None:
    """Refuse to read standard input twice. Raises click.UsageError."""
    if sources.count(STANDARD_STREAM) > 1:
        raise click.UsageError("standard input (-) can be read only once")
