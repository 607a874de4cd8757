"""`harmledger publish`: the record of a case as a site that opens from disk."""

from datetime import UTC, datetime
from pathlib import Path

import click

from harmledger.desk.casework import take_case, take_writing, write_case
from harmledger.desk.clock import read_clock
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say, tell_step


def check_moment(_: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """Take a date or date-time, UTC where it names no zone. Raises click.BadParameter for anything else."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date or date-time such as 2026-11-22T12:00") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@click.command()
@take_case
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--edition",
    "edition",
    metavar="NAME",
    help="Which edition of editions.toml is written: public, partner, internal, or one of your own. Default: public.",
)
@click.option(
    "--internal",
    "is_internal",
    is_flag=True,
    help="The same as --edition internal: for the recorders themselves, every page says INTERNAL.",
)
@click.option(
    "--as-of",
    "as_of",
    metavar="MOMENT",
    callback=check_moment,
    help="The moment of the record (UTC); decides what is still held back. Without it, now.",
)
@take_writing
@take_messages
def publish(
    folder: Path,
    target: Path,
    edition: str | None,
    is_internal: bool,
    as_of: datetime | None,
    is_waiting: bool,
    is_quiet: bool,
    problems_file: str | None,
) -> int:
    """Write the record of a case as pages and data into the folder OUT.

    Open OUT/index.html: it needs no server and asks nothing of any host. Public by default: names of private
    people are masked, posts that nobody reviewed are withheld, no site is located, and attacks on hospitals,
    clinics, rescue centres, schools and camps are held back for the delay that case.toml sets. Names are found by
    patterns, which may miss one: read the pages before others do.

    CASE/editions.toml says what each edition discloses (docs/publication.md); `harmledger leak-check OUT` proves that
    nothing else is in it.

    OUT is new, empty, or an earlier edition of the same kind, which is replaced when all is written.

    \b
    Examples:
      harmledger publish northwest site
      harmledger publish northwest for-partners --edition partner
      harmledger publish northwest review --internal
    """
    from harmledger.pipeline.editions import EditionError
    from harmledger.pipeline.publish import CaseNotBuiltError, publish_case
    from harmledger.publication.site.folder import FolderError

    if is_internal and edition not in (None, "internal"):
        raise click.UsageError("--internal and --edition name two editions; give one of them")
    name = edition or ("internal" if is_internal else "public")
    messages = gather_messages(is_quiet, problems_file)
    started = read_clock()
    moment = as_of or datetime.fromisoformat(started)
    with write_case(folder, "publish", started, messages, is_waiting) as case:
        try:
            if not is_quiet:
                tell_step("writing pages and data")
            published, problems = publish_case(case, target, moment, name)
        except EditionError as error:
            give_up(error.problems, messages, "nothing was written")
        except (FolderError, CaseNotBuiltError) as error:
            give_up((), messages, clean_text(str(error)))
    if not is_quiet:
        held = f", {published.held} held back" if published.held else ""
        number = published.edition.number
        say(f"{published.incidents} incidents{held} → {target}/index.html ({name}, edition {number})")
    return finish(problems, messages)
