"""`harmledger build`: a case's view brought up to date."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harmledger.desk.casework import take_case, take_writing, write_case
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_jobs, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import say, show_progress, tell_step

if TYPE_CHECKING:
    from harmledger.pipeline.build import Built


@click.command()
@take_case
@take_jobs("How many processes read documents and bring claims together; the result is the same.")
@click.option("--anew", "is_anew", is_flag=True, help="Build from nothing, whatever is there; ids stay.")
@take_writing
@take_messages
def build(
    folder: Path, jobs: int, is_anew: bool, is_waiting: bool, is_quiet: bool, problems_file: str | None
) -> int:
    """Read what came into a case, and bring its claims, incidents and totals up to date.

    Only what changed is done: ten new documents take seconds, whatever the case holds. Incidents keep the ids
    that they were given. Interrupted or killed, the case is as it was before; build it again.

    \b
    Examples:
      harmledger build northwest
      harmledger build northwest --jobs 8
    """
    from concurrent.futures import BrokenExecutor

    from harmledger.pipeline.build import Watch, build_case

    messages = gather_messages(is_quiet, problems_file)
    with write_case(folder, "build", read_clock(), messages, is_waiting) as case:
        total = case.facts.summarize().versions
        try:
            with show_progress("reading", total, is_quiet) as step:
                watch = Watch() if is_quiet else Watch(tell_step, step)
                built = build_case(case, jobs, watch, is_anew)
        except BrokenExecutor:
            give_up(
                (), messages, "a process was ended by the system, for want of memory as a rule; try --jobs 1"
            )
        if not is_quiet:
            say(describe_built(built))
    return finish(built.problems, messages)


def describe_built(built: "Built") -> str:
    """Give what a build did, in a sentence or two."""
    if not built.is_new:
        return f"nothing to do: {built.documents} documents, and none changed since the last build"
    done = [f"{built.read} documents read"]
    if built.removed:
        done.append(f"{built.removed} taken out")
    names = {"attack": "attacks", "area_day": "totals of a day", "since_date": "running totals"}
    held = ", ".join(f"{number} {names[scope]}" for scope, number in sorted(built.incidents.items()))
    changes = f"{built.new} new, {built.changed} changed, {built.gone} gone"
    return f"{', '.join(done)}; incidents: {held or 'none'} ({changes})"
