"""`harmledger accounts`: who may sign in to the desk of a case."""

from pathlib import Path

import click

from harmledger.desk.casework import name_user, take_case
from harmledger.desk.outcome import NOTHING_DONE, OK
from harmledger.desk.terminal import clean_text, say

_ROLES = ("reader", "analyst", "editor", "admin")


@click.group()
def accounts() -> None:
    """Keep the accounts of a case's desk.

    \b
    Examples:
      harmledger accounts add northwest maintainer --role admin
      harmledger accounts list northwest
    """


@accounts.command("add")
@take_case
@click.argument("name", metavar="NAME")
@click.option(
    "--role", type=click.Choice(_ROLES), default="analyst", show_default=True, help="What it may do."
)
@click.password_option(help="Its first password; without it you are asked.")
def add_account(folder: Path, name: str, role: str, password: str) -> int:
    """Add an account, or give one that is there a role in this case.

    \b
    Examples:
      harmledger accounts add northwest maintainer --role admin
    """
    if not open_desk(folder):
        return NOTHING_DONE
    from django.core.exceptions import ValidationError

    from harmledger.desk.web.accounts.membership import grant_role
    from harmledger.desk.web.accounts.models import Account
    from harmledger.desk.web.journal.chain import write_line

    found = Account.objects.filter(name=name).first()
    try:
        if found is None:
            from django.contrib.auth.password_validation import validate_password

            validate_password(password, Account(name=name))
            found = Account.objects.create_account(name, password)
    except ValidationError as error:
        say(f"harmledger: no account was added: {clean_text(' '.join(error.messages))}")
        return NOTHING_DONE
    grant_role(found, role)  # type: ignore[arg-type]
    write_line(name_user(None), "account.add", found.name, role=role, where="command line")
    say(f"{clean_text(name)} is {role} of this case")
    return OK


@accounts.command("list")
@take_case
def list_accounts(folder: Path) -> int:
    """List the accounts of a case, their roles, and whether they are open.

    \b
    Examples:
      harmledger accounts list northwest
    """
    if not open_desk(folder):
        return NOTHING_DONE
    from django.conf import settings

    from harmledger.desk.web.accounts.models import Membership

    rows = Membership.objects.filter(case=settings.HARMLEDGER_CASE_KEY).select_related("account")
    for row in rows.order_by("account__name"):
        click.echo(f"{clean_text(row.account.name)}\t{row.role}\t{'open' if row.is_open else 'closed'}")
    return OK


@accounts.command("close")
@take_case
@click.argument("name", metavar="NAME")
def close_account(folder: Path, name: str) -> int:
    """Close an account in this case: nobody signs in to its desk by it any more, and whoever is signed in is signed out.

    Other cases that share a database are not touched. `accounts add` opens it again.

    \b
    Examples:
      harmledger accounts close northwest maintainer
    """
    if not open_desk(folder):
        return NOTHING_DONE
    from django.conf import settings

    from harmledger.desk.web.accounts.models import Membership
    from harmledger.desk.web.journal.chain import write_line

    rows = Membership.objects.filter(case=settings.HARMLEDGER_CASE_KEY, account__name=name)
    if not rows.update(is_open=False):
        say(f"harmledger: nobody is called {clean_text(name)} in this case")
        return NOTHING_DONE
    write_line(name_user(None), "account.change", name, is_open=False, where="command line")
    return OK


def open_desk(folder: Path) -> bool:
    """Open the desk's tables of a case; says why, and gives False, where they cannot be."""
    from harmledger.desk.web.settings import SettingsError, configure_web
    from harmledger.store.case import is_case

    try:
        if not is_case(folder):
            raise SettingsError(f"{folder} is no case; harmledger init makes one")
        configure_web(folder.resolve())
    except SettingsError as error:
        say(f"harmledger: {clean_text(str(error))}")
        return False
    from harmledger.desk.web.databases import migrate_desk

    migrate_desk()
    return True
