"""Who blames whom, who denies what, who admits: as an incident carries it under `extra`. The same grammar for every party."""

from dataclasses import dataclass
from typing import Literal

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import ActorRole

Reach = Literal["attack", "area_period", "all"]
"""What a statement is about: this attack; an area and a time, in which it lies; all that the party does."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One voice's word on one party."""

    actor: str = meant("neutral name of the party")
    role: ActorRole = meant("blamed, denies or admits")
    voice: str = meant("who says it")
    reach: Reach = meant("what it is about: this attack; an area and a time; all that the party does")
    area: str | None = meant("name of the area, where it is about one", None)
    start: str | None = meant("first day, where it is about a time", None)
    end: str | None = meant("last day", None)
    claims: tuple[str, ...] = meant("ids of the claims", ())
