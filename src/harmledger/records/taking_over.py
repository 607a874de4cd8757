"""Where a judgement or a signature that was made in another case came from."""

from dataclasses import dataclass
from typing import Final

from harmledger.records.meaning import meant

TAKEN_OVER: Final = "taken_over"
"""The name under `extra` of a judgement's or a signature's line."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What stands under `extra.taken_over` of a judgement or a signature that was brought in from another case's export."""

    by: str = meant("who took it over")
    at: str = meant("when, ISO 8601 in UTC")
    file: str = meant("name of the file that it came in")
    digest: str = meant("SHA-256 over the bytes of that file")
