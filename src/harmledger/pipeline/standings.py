"""Where incidents stand by what people signed of them; an incident's earlier ids lead to its signatures too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from harmledger.records.incident import Incident
from harmledger.records.signing import Signing
from harmledger.review.content import digest_incident
from harmledger.review.standing import NOTHING_SIGNED, Standing, find_status, judge_standing

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

Signed = Mapping[str, Sequence[Signing]]
"""Signings by the id that the incident had then."""


def find_standing(signed: Signed, incident: Incident) -> Standing:
    """Give where an incident stands."""
    own = [one for id in (incident.id, *incident.formerly) for one in signed.get(id, ())]
    return judge_standing(own, digest_incident(incident)) if own else NOTHING_SIGNED


class Standings:
    """All that was signed in a case, read once."""

    def __init__(self, signed: Signed) -> None:
        self._signed = signed

    def find(self, incident: Incident) -> Standing:
        """Give where an incident stands."""
        return find_standing(self._signed, incident)

    def list_set_aside(self) -> list[str]:
        """Give the ids, as they were then, of the incidents that were ever set aside."""
        return sorted(id for id, told in self._signed.items() if any(one.step == "set_aside" for one in told))

    def is_published(self, incident: Incident) -> bool:
        """Tell whether two editors stand behind an incident as it is now."""
        return find_standing(self._signed, incident).state == "published"

    def mark(self, incident: Incident) -> Incident:
        """Give an incident with the status that people's signatures give it: reviewed, or withdrawn where it is set aside."""
        if not self._signed:
            return incident
        status = find_status(find_standing(self._signed, incident))
        return incident if status is None or status == incident.status else replace(incident, status=status)


def open_standings(facts: "Facts") -> Standings:
    """Read what was signed in a case."""
    from harmledger.store.signings import group_signings

    return Standings(group_signings(facts))
