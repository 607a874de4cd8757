"""The pulse of the facts: a number that grows whenever they change, read in a millisecond without Django."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

_COUNTS: Final = """
SELECT (SELECT coalesce(max(id), 0) FROM store_version),
       (SELECT coalesce(max(id), 0) FROM store_judgement),
       (SELECT count(*) FROM store_tombstone),
       (SELECT count(*) FROM store_version)
"""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How many versions, judgements and erasures there have been, and how many versions there are."""

    arrived: int
    judged: int
    erased: int
    versions: int

    def count_since(self, earlier: "Pulse") -> int:
        """Give how many changes there were since an earlier pulse."""
        return (
            (self.arrived - earlier.arrived) + (self.judged - earlier.judged) + (self.erased - earlier.erased)
        )


def take_pulse(folder: Path) -> Pulse | None:
    """Give the pulse of a case's facts; None where they cannot be read, which `open_case` explains."""
    path = folder / "facts.sqlite"
    for options in ("mode=ro", "mode=ro&immutable=1"):
        try:
            with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?{options}", uri=True)) as facts:
                return Pulse(*facts.execute(_COUNTS).fetchone())
        except sqlite3.Error:
            continue
    return None
