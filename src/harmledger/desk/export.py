"""`harmledger export`: a case as JSON lines."""

from pathlib import Path

import click

from harmledger.desk.casework import read_case, take_case
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import finish, give_up
from harmledger.desk.terminal import clean_text, say


@click.command()
@take_case
@click.option(
    "-o", "--output", metavar="FOLDER", required=True, type=click.Path(path_type=Path), help="Where to write."
)
@take_messages
def export(folder: Path, output: Path, is_quiet: bool, problems_file: str | None) -> int:
    """Write a case as JSON lines (documents, claims, judgements, signings, incidents): in full, for the recorders.

    Nothing is withheld: texts, names and places stand as they are in the case. What may be shown to others is
    what `publish` writes. The same facts give the same bytes, on any machine.

    \b
    Examples:
      harmledger export northwest -o northwest-export
    """
    from harmledger.pipeline.case_view import NoView, read_view
    from harmledger.pipeline.export import export_case
    from harmledger.pipeline.write import OutputError

    messages = gather_messages(is_quiet, problems_file)
    with read_case(folder, messages) as case:
        try:
            with read_view(folder) as view:
                if view.stale:
                    give_up((), messages, f"{view.stale}; harmledger build comes first")
                counts, problems = export_case(case, view.connection, output)
        except NoView as error:
            give_up((), messages, f"{error}; harmledger build makes what is exported")
        except OutputError as error:
            give_up((), messages, str(error))
    if not is_quiet:
        written = ", ".join(f"{number} lines in {name}" for name, number in counts.items())
        say(f"{written} → {clean_text(str(output))}")
        say("INTERNAL: full texts and names; not for publication (harmledger publish withholds what must be)")
    return finish(problems, messages)
