"""Django's database layer without a Django project: configured on demand, one connection for each case folder."""

import itertools
import os
from pathlib import Path
from typing import Any, Final

APP: Final = "harmledger.store"
_SECONDS_TO_WAIT: Final = 30
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY"
)
"""WAL: readers never wait for a writer. FULL: what was reported as added survives a power cut. secure_delete:
what is deleted is overwritten with zeros. temp_store: no copy of a text is spilled into a folder for passing
files, where no erasure would find it."""

_numbers = itertools.count(1)


def configure_django() -> None:
    """Set Django up with nothing but the store's app, unless the process has brought settings of its own."""
    from django.conf import settings

    if settings.configured:
        return
    import django

    settings.configure(INSTALLED_APPS=[APP], DATABASES={}, USE_TZ=True, TIME_ZONE="UTC", LOGGING_CONFIG=None)
    django.setup()


def open_connection(path: Path, *, is_writable: bool = True) -> str:
    """Register a connection to the SQLite file, and give its alias. Nothing is opened yet."""
    configure_django()
    from django.db import connections

    alias = f"case-{next(_numbers)}"
    connections.settings[alias] = connections.configure_settings(
        {"default": {}, alias: _describe_database(path, is_writable)}
    )[alias]
    return alias


def _describe_database(path: Path, is_writable: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"timeout": _SECONDS_TO_WAIT}
    if is_writable:
        options |= {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE"}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    # A journal in a folder that cannot be written can only be read where its index is there already; without a
    # journal the file is complete in itself, and nobody can be writing it through this folder.
    has_journal = path.with_name(path.name + "-wal").exists()
    name = f"file:{_quote(path)}?mode=ro" + ("" if has_journal else "&immutable=1")
    options |= {"uri": True, "init_command": "PRAGMA query_only=ON"}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}


def _quote(path: Path) -> str:
    from urllib.parse import quote

    return quote(os.fspath(path.absolute()))


def close_connection(alias: str) -> None:
    """Close the connection and forget it; closing the last one of a file empties its journal into it."""
    from django.db import connections

    if alias in connections.settings:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def list_migrations(alias: str) -> tuple[set[str], set[str]]:
    """Give the store's migrations that the database has, and those that this program knows."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connections[alias])
    applied = {name for app, name in loader.applied_migrations if app == "store"}
    known = {name for app, name in loader.disk_migrations if app == "store"}
    return applied, known


def migrate(alias: str) -> None:
    """Bring the database to the program's schema."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "store"])
