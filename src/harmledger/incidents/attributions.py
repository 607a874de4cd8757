"""Who is alleged to have done it, by whom, and who denies or admits it: one grammar for every party."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harmledger.incidents.bodies import fold_body
from harmledger.incidents.days import read_days
from harmledger.incidents.geography import contains_place
from harmledger.incidents.source import Sources
from harmledger.incidents.voices import is_publisher, label_voice
from harmledger.records.claim import Actor, Claim
from harmledger.records.incident import Attribution


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


def inherit_attribution(
    claims: Sequence[Claim], told: Mapping[str, Sequence[Claim]], sources: Sources
) -> tuple[Attribution, ...]:
    """Give for an attack that nobody is blamed for who is blamed for the day's total that its own documents count
    it in; `told` gives all claims of a document.

    "Coalition raids killed 35; 30 of them died in one town": who blames the coalition for the day's raids blames
    it for this one. The grade does not change: it tells what is said of this attack alone.
    """
    stated = {claim.part_of for claim in claims}
    wholes = [
        whole
        for document in dict.fromkeys(claim.document for claim in claims)
        for whole in told.get(document, ())
        if whole.scope == "area_day" and (whole.id in stated or any(_holds(whole, one) for one in claims))
    ]
    return attribute_attack(wholes, sources)


def _holds(whole: Claim, claim: Claim) -> bool:
    outer, inner = read_days(whole.time), read_days(claim.time)
    if outer is None or inner is None or whole.place is None or claim.place is None:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1] + 1 and contains_place(whole.place, claim.place)
