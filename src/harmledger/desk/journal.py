"""`harmledger journal`: whether the journal of a case's desk is whole."""

from pathlib import Path

import click

from harmledger.desk.accounts import open_desk
from harmledger.desk.casework import take_case
from harmledger.desk.outcome import NOTHING_DONE, OK, RECORDS_LOST
from harmledger.desk.terminal import clean_text, say


@click.command()
@take_case
def journal(folder: Path) -> int:
    """Check the journal of a case's desk from its first line to its last.

    Prints how many lines there are and the digest of the last one, which may be kept elsewhere and compared. Ends with 1
    where a line was changed or is missing. Meant to be run every night.

    \b
    Examples:
      harmledger journal northwest
    """
    if not open_desk(folder):
        return NOTHING_DONE
    from harmledger.desk.web.journal.chain import check_whole, find_last

    found = check_whole()
    number, digest = find_last()
    click.echo(f"{number}\t{digest}")
    for fault in found.faults:
        say(f"harmledger: the journal is broken: {clean_text(fault)}")
    return RECORDS_LOST if found.faults else OK
