"""Recognition: what a file is, told by its bytes first and by its name second."""

import re
from pathlib import PurePosixPath
from typing import Final, Literal

Kind = Literal["text", "lines", "unknown"]


def recognise(head: bytes, name: str) -> Kind:
    """Tell what a file is by its first bytes, and where they leave it open by the suffix of its name."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (".jsonl", ".ndjson") or re.match(rb"\s*\{\s*\"", head):
        return "lines"
    return "text"


_: Final = None
