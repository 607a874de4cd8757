"""Which entry of a register is which attack of the record: the comparisons that join claims, over other people's entries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from harmledger.incidents.bodies import fold_body
from harmledger.incidents.candidates import Block, list_blocks, list_sought
from harmledger.incidents.compare import THRESHOLD, score_pair
from harmledger.incidents.dating import NO_DATING, Dating
from harmledger.incidents.days import Days, read_days
from harmledger.incidents.mentions import Figure, Rank
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.registers.entry import COUNTED, Entry

POSSIBLE: Final = 2.0
"""From this score on an entry may be an attack of the record; from `incidents.compare.THRESHOLD` on it is taken for it.
The same town one day off comes to 2.5, less where the figures differ; the same day in places whose radii meet to 4."""


SAME_ID: Final = 100.0
"""The score of an entry that is named by an incident's own id, as those are that the record itself gave out."""


@dataclass(frozen=True, slots=True)
class Held:
    """What of an incident is compared with an entry (`incidents.compare.Told`)."""

    place: Place | None
    days: Days | None
    actors: frozenset[str]
    figures: Mapping[str, frozenset[Figure]]
    means: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    words: bytes = b""
    dating: Dating = NO_DATING
    rank: Rank | None = None


class Match(NamedTuple):
    """An entry and an incident, by position, and the score of the two."""

    entry: int
    incident: int
    score: float


def hold_incident(incident: Incident) -> Held:
    """Give what of an incident is compared: its envelope counts as one figure a harm."""
    figures: dict[str, frozenset[Figure]] = {}
    for harm in COUNTED:
        extent = incident.toll.get(harm)
        low = None if extent is None else next((n for n in (extent.low, extent.best) if n is not None), None)
        if extent is not None and low is not None:
            figures[harm] = frozenset({(low, None if extent.open_ended else extent.high)})
    actors = frozenset(
        fold_body(one.actor) for one in incident.attribution if one.asserted_by or one.admitted_by
    )
    return Held(incident.place, read_days(incident.time), actors, figures)


def _hold_entry(entry: Entry) -> Held:
    """Registers name parties by rules of their own: whom they blame is compared, and bears on no match."""
    return Held(entry.place, entry.days, frozenset(), entry.figures)


def match_entries(entries: Sequence[Entry], incidents: Sequence[Incident]) -> tuple[list[Match], list[Match]]:
    """Give the entries matched with the incidents, one to one, and the further matches of entries that are left.

    The strongest score goes first, ties by the order of both. An entry that is left over, and scores with an incident that
    another entry took, is told as the same attack by the register in two entries, or by the record in one.
    """
    scored = sorted(
        _score_all(entries, incidents), key=lambda match: (-match.score, match.entry, match.incident)
    )
    taken_entries: set[int] = set()
    taken_incidents: set[int] = set()
    matches: list[Match] = []
    for match in scored:
        if match.entry not in taken_entries and match.incident not in taken_incidents:
            taken_entries.add(match.entry)
            taken_incidents.add(match.incident)
            matches.append(match)
    further: dict[int, Match] = {}
    for match in scored:
        if match.entry not in taken_entries and match.score >= THRESHOLD:
            further.setdefault(match.entry, match)
    return sorted(matches), sorted(further.values())


def _score_all(entries: Sequence[Entry], incidents: Sequence[Incident]) -> Iterator[Match]:
    ids = {incident.id: number for number, incident in enumerate(incidents)}
    for place, told in enumerate(entries):
        if told.code in ids:
            yield Match(place, ids[told.code], SAME_ID)
    held = [hold_incident(incident) for incident in incidents]
    standing: dict[Block, list[int]] = defaultdict(list)
    for number, one in enumerate(held):
        for block in list_blocks(one):
            standing[block].append(number)
    for place, wanted in enumerate(map(_hold_entry, entries)):
        near = {number for block in list_sought(list_blocks(wanted)) for number in standing.get(block, ())}
        for number in sorted(near):
            score = score_pair(held[number], wanted)
            if score is not None and score >= POSSIBLE:
                yield Match(place, number, score)
