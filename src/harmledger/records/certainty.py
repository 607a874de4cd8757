"""How certain an attack on health care is, in the levels of the World Health Organization; carried under `extra`."""

from dataclasses import dataclass
from typing import Literal

from harmledger.records.meaning import meant

CertaintyLevel = Literal["confirmed", "probable", "possible", "rumour"]


@dataclass(frozen=True, slots=True)
class Certainty:
    """The level, with the reasons."""

    value: CertaintyLevel = meant("confirmed, probable, possible or rumour")
    because: tuple[str, ...] = meant("the reasons, in order", ())
    would_change: tuple[str, ...] = meant("what would change it, and to what", ())
