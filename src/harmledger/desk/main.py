"""The command line: `harmledger`."""

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, NoReturn

import click

from harmledger import __version__
from harmledger.desk.accounts import accounts
from harmledger.desk.add import add
from harmledger.desk.build import build
from harmledger.desk.claim import claim
from harmledger.desk.compare import compare
from harmledger.desk.erase import erase
from harmledger.desk.explain import explain
from harmledger.desk.export import export
from harmledger.desk.fetch import fetch
from harmledger.desk.fuse import fuse
from harmledger.desk.history import history
from harmledger.desk.init import init
from harmledger.desk.journal import journal
from harmledger.desk.judge import correct, exclude, join, judgements, note, split, undo
from harmledger.desk.leak_check import leak_check
from harmledger.desk.learn import learn
from harmledger.desk.outcome import INTERRUPTED, NOTHING_DONE, PIPE_CLOSED
from harmledger.desk.places import places
from harmledger.desk.problems import problems
from harmledger.desk.publish import publish
from harmledger.desk.read import read
from harmledger.desk.report import report
from harmledger.desk.schema import schema
from harmledger.desk.serve import serve
from harmledger.desk.show import show
from harmledger.desk.take_over import take_over
from harmledger.desk.tally import tally
from harmledger.desk.terminal import clean_text, say
from harmledger.desk.why import why
from harmledger.desk.withdraw import retract, withdraw
from harmledger.pipeline.cycles import collect_rarely
from harmledger.pipeline.streams import FULL

_SIGNAL_BASE = 128


def _print_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if not is_asked or context.resilient_parsing:
        return
    from harmledger.desk.places import describe_gazetteers
    from harmledger.pipeline.provenance import is_compiled

    click.echo(f"harmledger {__version__}")
    click.echo("  compiled" if is_compiled() else "  in plain Python, not compiled")
    for line in describe_gazetteers():
        click.echo(f"  {line}")
    context.exit()


class _PipeClosed(Exception):  # noqa: N818 - nothing went wrong: the reader of a pipe has had enough
    pass


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; take a closed pipe out of click's hands, which would call it a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _PipeClosed from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 done, but some input could not be used; 2 wrong usage; "
    "3 nothing could be done; 130 interrupted.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version, whether it is compiled, and the gazetteers with their digests.",
)
def cli() -> None:
    """Turn reports of attacks on people into a record that can be checked.

    Who says what happened, where, when, to whom, and in which sentence. Three files of JSON lines carry
    everything between the steps:

    \b
      documents.jsonl --read--> claims.jsonl --fuse--> incidents.jsonl
      incidents.jsonl --tally, show, report--> totals and pages

    Data go to standard output, messages to standard error; a file named - is standard input or output.
    Nothing here uses the network but `fetch`, and `places install` without --from.
    """


for command in (read, fuse, show, explain, tally, report, places, schema):
    cli.add_command(command)

for command in (
    init,
    fetch,
    add,
    build,
    export,
    problems,
    history,
    withdraw,
    retract,
    erase,
    publish,
    leak_check,
    compare,
    why,
    learn,
):
    cli.add_command(command)

for command in (serve, accounts, journal):
    cli.add_command(command)

for command in (join, split, exclude, correct, claim, note, undo, judgements, take_over):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    signal.signal(signal.SIGTERM, _end_on_signal)
    collect_rarely()
    try:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        given = None if arguments is None else list(arguments)
        code = cli.main(args=given, prog_name="harmledger", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _end_on_interrupt()
    except (_PipeClosed, BrokenPipeError):
        return _end_on_closed_pipe()
    except OSError as error:
        say(f"harmledger: {clean_text(_describe_fault(error))}")
        return NOTHING_DONE
    except Exception as error:
        if _was_interrupted(error):
            return _end_on_interrupt()
        import traceback

        traceback.print_exc()
        say("harmledger: this is a fault of the program; please report it with the lines above")
        return NOTHING_DONE
    return code if isinstance(code, int) else 0


def _describe_fault(error: OSError) -> str:
    """Tell what could not be written or read, and what to do; an error without a file is standard output's."""
    if error.errno not in FULL:
        return str(error)
    target = error.filename or "standard output"
    return f"cannot write {target}: {error.strerror}; free some space, or write to another place"


def _was_interrupted(error: BaseException) -> bool:
    """Tell whether an interrupt is behind an error: Python wraps one that comes while a class is being made."""
    seen: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in seen:
        if isinstance(at, KeyboardInterrupt):
            return True
        seen.append(at)
        at = at.__cause__ or at.__context__
    return False


def _end_on_interrupt() -> int:
    say("harmledger: interrupted; no file was changed by the step that was running")
    return INTERRUPTED


def _end_on_signal(number: int, _: FrameType | None) -> NoReturn:
    """End as on an interrupt, so that files written aside are removed."""
    raise SystemExit(_SIGNAL_BASE + number)


def _end_on_closed_pipe() -> int:
    """End without a word when the reader of a pipe has had enough; keep the interpreter from flushing again."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return PIPE_CLOSED
