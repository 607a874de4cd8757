"""Names of files that came from a browser: labels that a person recognises, and nothing that a path could be made of."""

import unicodedata
from pathlib import PurePosixPath
from typing import Final

_LONGEST: Final = 120
_SUFFIX: Final = 16


def clean_name(name: str, number: int) -> str:
    """Give a name that lies in its folder and shows what it is: no separator, control character or mark of direction, no
    leading dot. `number` names a file whose name holds nothing else."""
    base = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        char for char in unicodedata.normalize("NFC", base) if unicodedata.category(char)[0] != "C"
    )
    shown = " ".join(shown.split()).lstrip(". ")
    path = PurePosixPath(shown or f"file-{number}")
    suffix = path.suffix[:_SUFFIX]
    stem = path.name.removesuffix(path.suffix)[:_LONGEST] or f"file-{number}"
    while len((stem + suffix).encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    return stem + suffix


def name_apart(name: str, taken: set[str]) -> str:
    """Give a name that none of the others has, whatever their case; notes that it is taken."""
    path, number, present = PurePosixPath(name), 1, name
    while present.casefold() in taken:
        number += 1
        present = f"{path.stem} ({number}){path.suffix}"
    taken.add(present.casefold())
    return present
