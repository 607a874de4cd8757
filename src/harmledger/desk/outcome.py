"""How a command ends: exit codes, and the problems it leaves behind."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import click

from harmledger.desk.terminal import clean_text, say

if TYPE_CHECKING:
    from harmledger.records.problem import Problem

T = TypeVar("T")

OK: Final = 0
RECORDS_LOST: Final = 1
"""Finished, but some of the input could not be used."""
USAGE: Final = 2
NOTHING_DONE: Final = 3
"""Nothing could be done: no input could be read, or the output cannot be written."""
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

_EXAMPLES: Final = 3
_COLOURS: Final = {"error": "red", "warning": "yellow", "note": "blue"}
_IN_ONE_LINE: Final = {
    "ranges.published-unzoned": "published without a zone, taken as local time at the place"
}
"""Notes that are true of nearly every document: told once for all; a problems file has each of them."""

_SEVERITIES: Final = tuple(_COLOURS)


@dataclass(frozen=True, slots=True)
class Messages:
    """How much a command says on standard error, and where it writes every problem."""

    is_quiet: bool = False
    problems_file: str | None = None


def finish(problems: "Sequence[Problem]", messages: Messages) -> int:
    """Tell the problems, and give the exit code: 1 where an error lost a record, else 0."""
    write_problems(problems, messages.problems_file)
    if not messages.is_quiet:
        tell_problems(problems, messages.problems_file)
    return RECORDS_LOST if any(problem.severity == "error" for problem in problems) else OK


def give_up(problems: "Sequence[Problem]", messages: Messages, why: str) -> NoReturn:
    """End a command that could do nothing: tell the problems, say why, exit with 3."""
    finish(problems, messages)
    say(click.style("harmledger: ", bold=True) + why)
    raise click.exceptions.Exit(NOTHING_DONE)


def choose_one(
    found: Sequence[T],
    prefix: str,
    messages: Messages,
    *,
    none: str,
    several: str,
    problems: "Sequence[Problem]" = (),
) -> T:
    """Give the only one that was found by the beginning of its id; end the command where there is none, or several.

    `none` and `several` say what was looked for ("no claim", "several claims").
    """
    if len(found) == 1:
        return found[0]
    shown = repr(clean_text(prefix))
    if found:
        give_up(problems, messages, f"{several} begin with {shown}; give more of the id")
    give_up(problems, messages, f"{none} has an id that starts with {shown}")


def write_problems(problems: "Iterable[Problem]", target: str | None) -> None:
    """Write every problem as JSON lines to the file, when one is named."""
    if target is None:
        return
    from harmledger.pipeline.write import write_aside

    with write_aside(target) as handle:
        for problem in problems:
            handle.write(json.dumps(asdict(problem), ensure_ascii=False).encode() + b"\n")


def tell_problems(problems: "Sequence[Problem]", problems_file: str | None) -> None:
    """Print the problems grouped by kind on standard error: count, examples with their place, remedy."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.severity, problem.code), []).append(problem)
    for severity, code in sorted(groups, key=lambda key: (_SEVERITIES.index(key[0]), key[1])):
        _tell_group(severity, code, groups[severity, code])
    has_more = any(len(group) > _EXAMPLES for (_, code), group in groups.items() if code not in _IN_ONE_LINE)
    if has_more and problems_file is None:
        say("  --problems FILE writes every one of them.")


def _tell_group(severity: str, code: str, group: "Sequence[Problem]") -> None:
    count = f" ×{len(group)}" if len(group) > 1 else ""
    if code in _IN_ONE_LINE:
        say(f"{click.style(severity, fg=_COLOURS[severity], bold=True)} {code}{count}: {_IN_ONE_LINE[code]}")
        return
    say(f"{click.style(severity, fg=_COLOURS[severity], bold=True)} {code}{count}")
    for problem in group[:_EXAMPLES]:
        say(f"  {_name_place(problem)}{clean_text(problem.message)}")
    if len(group) > _EXAMPLES:
        say(f"  … and {len(group) - _EXAMPLES} more")
    for remedy in dict.fromkeys(problem.remedy for problem in group[:_EXAMPLES] if problem.remedy):
        say(f"  → {clean_text(remedy)}")


def _name_place(problem: "Problem") -> str:
    if not problem.where:
        return ""
    stretch = f" {problem.start}–{problem.end}" if problem.start is not None else ""
    return f"{clean_text(problem.where)}{stretch}: "


def count_severities(problems: "Iterable[Problem]") -> str:
    """Give the number of problems of each severity in words, or an empty text."""
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{counts[severity]} {severity}{'s' if counts[severity] != 1 else ''}"
        for severity in ("error", "warning", "note")
        if counts[severity]
    ]
    return ", ".join(parts)
