"""Downloads: files of data made from a catalogue, in a folder of their own beside it, thrown away at will."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PATTERN: Final = "downloads-*"
_ASIDE: Final = ".downloads-*"
_PRIVATE: Final = 0o700


def name_downloads(folder: Path, stamp: str) -> Path:
    """Give the folder of the files made from the catalogue with this stamp."""
    return folder / f"downloads-{stamp}"


@contextmanager
def build_downloads(folder: Path, stamp: str) -> Iterator[Path]:
    """Write files aside, and put their folder in place when the block ends well; earlier ones are removed before that,
    so that whoever is given the new ones may rely on it that what they leave out is gone.

    One process makes them at a time. Raises OSError where the folder cannot be written.
    """
    final, aside = name_downloads(folder, stamp), folder / f".downloads-{stamp}"
    for leftover in folder.glob(_ASIDE):
        shutil.rmtree(leftover, ignore_errors=True)
    aside.mkdir(_PRIVATE)
    try:
        yield aside
        for other in folder.glob(_PATTERN):
            shutil.rmtree(other, ignore_errors=True)
        aside.replace(final)
    finally:
        with suppress(OSError):
            shutil.rmtree(aside)
