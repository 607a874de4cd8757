"""`harmledger serve`: the desk of a case in a browser."""

import ipaddress
import os
from pathlib import Path
from typing import Final

import click

from harmledger.desk.casework import read_case, take_case
from harmledger.desk.options import gather_messages, take_messages
from harmledger.desk.outcome import OK, give_up
from harmledger.desk.terminal import clean_text, say, tell_step

_WARNING: Final = (
    "this address can be reached by others, and nothing here encrypts what passes: put a reverse proxy with HTTPS "
    "before it (docs/desk.md)"
)


@click.command()
@take_case
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(4, os.cpu_count() or 1),
    show_default="the processors there are, at most 4",
    help="How many processes answer.",
)
@take_messages
def serve(folder: Path, host: str, port: int, workers: int, is_quiet: bool, problems_file: str | None) -> int:
    """Show the record of a case in a browser, and let those with an account work on it.

    The public sees what publish writes, as the case stands; nothing is held in the browser but the session of those
    who sign in. Accounts are made with harmledger accounts add. Ends with Ctrl-C.

    \b
    Examples:
      harmledger serve northwest
      harmledger serve northwest --port 8800
    """
    from harmledger.desk.web.settings import SettingsError, configure_web

    messages = gather_messages(is_quiet, problems_file)
    try:
        from harmledger.store.case import is_case

        if is_case(folder):
            configure_web(folder.resolve())
    except SettingsError as error:
        give_up((), messages, clean_text(str(error)))
    with read_case(folder, messages):
        pass
    prepare(folder.resolve(), is_quiet)
    if not is_local(host):
        say(f"harmledger: {_WARNING}")
    if not is_quiet:
        say(f"  http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C ends it)")
    from harmledger.desk.web.server import DeskServer

    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    DeskServer(folder.resolve(), bind, workers, threads=8).run()
    return OK


def prepare(folder: Path, is_quiet: bool) -> None:
    """Make the desk's tables and the catalogue of the case, before anybody asks."""
    from django.db import connections

    from harmledger.desk.web.databases import migrate_desk
    from harmledger.desk.web.forgetting import forget_erased
    from harmledger.desk.web.preparing import prepare_catalogue
    from harmledger.store.case import open_case
    from harmledger.store.views import find_view

    migrate_desk()
    if find_view(folder) is None:
        say(
            f"harmledger: the case has not been built; pages are empty until harmledger build {clean_text(str(folder))}"
        )
        return
    case, _ = open_case(folder)
    if case is not None:
        with case:
            forget_erased(folder, case.facts)
    if not is_quiet:
        tell_step("preparing pages")
    reason = prepare_catalogue(folder)
    if reason is not None:
        say(f"harmledger: pages are empty for now: {clean_text(reason)}")
    connections.close_all()  # no process that follows may share an open database


def is_local(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
