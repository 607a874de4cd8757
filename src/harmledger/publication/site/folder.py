"""The folder of a site: built beside its place, then put into it whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmledger.publication.disclosure.rules import Disclosure
from harmledger.publication.site.edition import read_edition


class FolderError(Exception):
    """A folder that cannot be written, or must not be written over; the message says why and what to do."""


def check_folder(target: Path, rules: Disclosure) -> None:
    """Refuse a folder that holds anything but a site of ours, or one for other eyes. Raises FolderError."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise FolderError(f"{target} is no folder; name a new one")
    if not target.is_dir() or not any(target.iterdir()):
        return
    found = read_edition(target)
    if found is None:
        raise FolderError(f"{target} holds something else, which is left alone; name a new or empty folder")
    if (found[0].name, found[0].is_internal) != (rules.name, rules.is_internal):
        raise FolderError(
            f"{target} holds the edition {found[0].name!r:.40}; keep editions apart and name another folder"
        )


@contextmanager
def build_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to build in, which takes the target's place when all is written.

    On any failure the target stays as it was. Raises FolderError where the place cannot be written to.
    """
    target = Path(os.path.abspath(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise FolderError(f"cannot write beside {target}: {error.strerror}") from error
    try:
        yield aside
        aside.chmod(0o755)
        _swap(aside, target)
    except OSError as error:
        raise FolderError(
            f"cannot write {target}: {error.strerror or error}; what was there stays"
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(aside: Path, target: Path) -> None:
    """Put the new folder in place of the old; if that fails half-way, the old one comes back."""
    if not target.exists():
        aside.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    kept = old / "site"
    try:
        target.rename(kept)
        try:
            aside.rename(target)
        except OSError:
            kept.rename(target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
