"""Figures of one incident that cannot all be true, as it carries them under `extra`."""

from dataclasses import dataclass
from typing import Literal

from harmledger.records.meaning import meant
from harmledger.records.vocabulary import Group, Harm


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A part that is larger than its whole: nine children among seven people killed."""

    kind: Literal["part", "voice", "voices"] = meant(
        "part: a claim says that it is part of the other; voice: one voice says both in one report; voices: different "
        "voices, and no voice gives a total that large"
    )
    harm: Harm = meant("what was done")
    group: Group = meant("who the part is")
    part: int = meant("the smallest number of them that the claim allows")
    part_claim: str = meant("id of the claim that counts the part")
    whole: int = meant("the largest number of all that the other claim allows")
    whole_claim: str = meant("id of the claim that counts the whole")
