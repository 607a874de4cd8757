"""`harmledger init`: a new case."""

from pathlib import Path

import click

from harmledger.desk.casework import take_case
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_messages, take_whereabouts
from harmledger.desk.outcome import OK, finish, give_up
from harmledger.desk.terminal import clean_text, say


@click.command()
@take_case
@click.option("--name", metavar="TEXT", help="What the case is called; without it the folder's name.")
@take_whereabouts
@take_messages
def init(
    folder: Path,
    name: str | None,
    countries: tuple[str, ...],
    zone: str | None,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Make a new case: a folder that keeps what came in, and what follows from it.

    CASE is a folder that is new or empty. Its case.toml says what the case is about, its editions.toml what leaves it
    for whom; change them with any text editor, every key is explained in them. The rest of the folder is the program's.

    \b
    Examples:
      harmledger init northwest --country SY
      harmledger init northwest --country SY --zone Asia/Damascus --name "North-west Syria"
    """
    from harmledger.publication.disclosure.policy import write_editions
    from harmledger.store.case import create_case
    from harmledger.store.settings import FILE, CaseSettings

    messages = gather_messages(is_quiet, problems_file)
    settings = CaseSettings(name=name or folder.resolve().name, countries=countries, zone=zone)
    case, problems = create_case(folder, settings, read_clock())
    if case is None:
        give_up(problems, messages, "no case was made")
    case.close()
    write_editions(folder)
    if not is_quiet:
        say(f"{clean_text(str(folder))} is a case; its settings are in {clean_text(str(folder / FILE))}")
        say(f"  → harmledger add {clean_text(str(folder))} FILES…")
    return finish(problems, messages) or OK
