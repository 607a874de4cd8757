"""Who is alleged to have done it, by whom, and who denies or admits it: one grammar for every party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from harmledger.incidents.bodies import fold_body
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import is_publisher, label_voice
from harmledger.records.claim import Actor, Claim
from harmledger.records.incident import Attribution, Incident


@dataclass(slots=True)
class _Case:
    """The attribution to one actor in the making; voices in the order in which they spoke."""

    actor: str
    asserted: dict[str, None] = field(default_factory=dict)
    denied: dict[str, None] = field(default_factory=dict)
    admitted: dict[str, None] = field(default_factory=dict)

    def close(self) -> Attribution:
        return Attribution(self.actor, tuple(self.asserted), tuple(self.denied), tuple(self.admitted))


def _take(case: _Case, claim: Claim, actor: Actor, sources: Sources) -> None:
    """Enter one claim. A denial told in the publisher's own voice is the actor's own, and so is an admission."""
    voice = label_voice(claim, sources)
    speaker = actor.name if is_publisher(claim.voice) else voice
    if actor.role == "admits" and claim.stance != "denied":
        case.admitted[speaker] = None
    elif actor.role == "denies" or claim.stance == "denied":
        case.denied[speaker] = None
    else:
        case.asserted[voice] = None


def attribute_attack(claims: Sequence[Claim], sources: Sources) -> tuple[Attribution, ...]:
    """Give the attributions of an incident, the actor blamed by most voices first.

    A denial stands beside the blame it answers; without a blame it stands alone, denied and asserted by
    nobody. It never touches the toll.
    """
    cases: dict[str, _Case] = {}
    for claim in claims:
        for actor in claim.actors:
            case = cases.setdefault(fold_body(actor.name), _Case(actor.name))
            _take(case, claim, actor, sources)
    ranked = sorted(cases.items(), key=lambda item: (-len(item[1].asserted), -len(item[1].admitted), item[0]))
    return tuple(case.close() for _, case in ranked)


def inherit_attribution(incident: Incident, wholes: Mapping[str, Incident]) -> Incident:
    """Give an attack that nobody is blamed for the attribution of the total that contains it.

    "Coalition raids killed 35; 30 of them died in one town": whoever blames the coalition for the day's raids
    blames it for this one. The grade stays: it tells what is said of this attack alone.
    """
    if incident.attribution:
        return incident
    held = (wholes[key].attribution for key in incident.part_of if key in wholes)
    return replace(incident, attribution=next((blamed for blamed in held if blamed), ()))
