"""Which tables belong where: facts in their case's file, accounts and the journal in the desk's own database."""

from typing import Any, Final

FACTS: Final = "store"
DESK: Final = "default"


class Router:
    """Keeps the facts' tables out of the desk's database, and the desk's out of a case's facts."""

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        """Tell whether an app's tables belong in a database."""
        return (db == DESK) != (app_label == FACTS)


def migrate_desk() -> None:
    """Bring the desk's own database to the program's schema, and keep its file from others' eyes."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", database=DESK, interactive=False, verbosity=0)
    connection = connections[DESK]
    if connection.vendor == "sqlite":
        import os

        os.chmod(connection.settings_dict["NAME"], 0o600)
    connection.close()
