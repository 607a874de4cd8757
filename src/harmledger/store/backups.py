"""Backups of the facts: one before each change of schema, in the case folder."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from harmledger.store.bytes import sync_folder

FOLDER: Final = "backups"
_PART: Final = ".part"
_OWN_NAME: Final = re.compile(r"facts-\d{4}_\w{1,40}-\d{1,6}\.sqlite(?:\.part)?", re.ASCII)


def back_up(facts: Path, label: str) -> Path:
    """Copy the facts, journal included, to backups/facts-<label>-<n>.sqlite, and give its path.

    Raises OSError or sqlite3.Error; nothing half-written is left under the final name.
    """
    folder = facts.parent / FOLDER
    folder.mkdir(exist_ok=True)
    number = 1
    while (final := folder / f"facts-{label}-{number}.sqlite").exists():
        number += 1
    part = final.with_name(final.name + _PART)
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(facts)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
    return final


def name_backup(path: Path) -> str:
    """Give a backup's name to be kept on record; that of a file somebody else put there may say too much."""
    return path.name if _OWN_NAME.fullmatch(path.name) else "another file"


def list_backups(folder: Path) -> Iterator[Path]:
    """Give every file in the case's folder of backups, whole or left half-written."""
    if (folder / FOLDER).is_dir():
        yield from sorted(path for path in (folder / FOLDER).iterdir() if path.is_file())
