"""Which of several files was put in place last, where one is put in the place of another while somebody looks."""

from pathlib import Path
from typing import Final

_TRIES: Final = 10


def find_newest(folder: Path, pattern: str) -> Path | None:
    """Give the file of a pattern that was put in place last, the last by name among those of one moment; None where there is none.

    One that is removed meanwhile gave way to another: if all are, they are looked for again.
    """
    for _ in range(_TRIES):
        listed = list(folder.glob(pattern))
        ranked = [(moment, path.name, path) for path in listed if (moment := _read_moment(path)) is not None]
        if ranked:
            return max(ranked)[2]
        if not listed:
            return None
    return None


def _read_moment(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
