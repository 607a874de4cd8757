"""Aftermath: where a sentence turns from an event to an earlier one ("12 were killed a day after a raid on the port")."""

from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.ranges.times import TimeMention

DEEDS: Final = frozenset(
    {"HIT_ED", "HIT_ING", "HIT_BASE", "CARRY_OUT", "HARM_ED", "HARM_ING", "HARM_BASE", "DAMAGE_ED", "DAMAGE_ING",
     "INVOLVED", "EXPLODE"}
)  # fmt: skip
"""Kinds of verbs that do harm."""
_TELLING: Final = DEEDS | {"MEANS", "DEATHS", "DEAD", "UNDERGO", "BODIES", "TOLL", "LEAVE"}
"""Kinds that tell of harm or of an attack."""
_AFTERMATH: Final = join_bits("AFTERMATH")


def find_aftermath(chunks: list[Chunk]) -> int | None:
    """Give the chunk after which an earlier event is told, "hours after", "two days after", or None.

    It tells of one only behind the deed that came later: "12 were killed a day after a raid on the port".
    """
    is_told = False
    for index, chunk in enumerate(chunks):
        if chunk.kind in _TELLING:
            is_told = True
        elif is_told and (
            chunk.bits & _AFTERMATH
            or (isinstance(chunk.data, TimeMention) and chunk.data.clue.form == "aftermath")
        ):
            return index
    return None
