"""Where incidents stand by what people signed of them; an incident's earlier ids lead to its signatures too."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.publication.view.extras import read_extra
from harmledger.records.incident import Incident
from harmledger.records.signing import STATES, STEPS, Signed, Signing, State
from harmledger.review.content import digest_incident
from harmledger.review.standing import NOTHING_SIGNED, Standing, find_latest, find_status, judge_standing

if TYPE_CHECKING:
    from harmledger.store.facts import Facts
    from harmledger.store.view_incidents import CountedRow, Incidents

_EXTRA: Final = "signed"
_REACHED: Final[Mapping[str, frozenset[str]]] = {
    "accepted": frozenset({"accepted", "approved", "published"}),
    "approved": frozenset({"approved", "published"}),
}
"""States that include those further on: what is published was looked at too."""


def reach_states(asked: Iterable[str]) -> frozenset[str]:
    """Give the states that a question means: with one that people signed on from, those further on."""
    return frozenset().union(*(_REACHED.get(state, frozenset({state})) for state in asked))


def mark_standing(incident: Incident, standing: Standing) -> Incident:
    """Give an incident with the status that its standing gives it, and how far it has come under `extra.signed`."""
    latest = find_latest(standing)
    told = {} if latest is None else {_EXTRA: asdict(Signed(standing.state, latest.at))}
    kept = {name: value for name, value in incident.extra.items() if name != _EXTRA}
    return replace(incident, status=find_status(standing) or "machine", extra={**kept, **told})


def choose_wanted(standings: Mapping[str, Standing], asked: Collection[str]) -> Callable[[str], bool]:
    """Give what tells of an incident's id whether it stands as asked."""
    wanted = reach_states(asked)
    return lambda id: standings.get(id, NOTHING_SIGNED).state in wanted


def read_state(incident: Incident) -> State:
    """Give how far an incident of a file has come, by what its line says of itself."""
    told = read_extra(incident, _EXTRA, Signed)
    if told is not None:
        return told.state
    return {"reviewed": "accepted", "withdrawn": "set_aside"}.get(incident.status, "new")  # type: ignore[return-value]


def select_signed(incidents: Iterable[Incident], asked: Collection[str]) -> tuple[Incident, ...]:
    """Give of the incidents of files those that have come as far as asked, by what their lines say; all without a question."""
    wanted = reach_states(asked)
    return tuple(one for one in incidents if not asked or read_state(one) in wanted)


class Standings:
    """All that was signed in a case, or of some incidents, read once."""

    def __init__(self, signings: Iterable[Signing]) -> None:
        signed: dict[str, list[Signing]] = defaultdict(list)
        for one in signings:
            signed[one.incident].append(one)
        self._signed: Mapping[str, Sequence[Signing]] = dict(signed)

    def find(self, incident: Incident) -> Standing:
        """Give where an incident stands."""
        own = [one for id in (incident.id, *incident.formerly) for one in self._signed.get(id, ())]
        return judge_standing(own, digest_incident(incident)) if own else NOTHING_SIGNED

    def list_signed(self) -> list[str]:
        """Give the ids, as they were then, of the incidents of which anything was ever signed."""
        return sorted(self._signed)

    def list_set_aside(self) -> list[str]:
        """Give the ids, as they were then, of the incidents that were ever set aside."""
        return sorted(id for id, told in self._signed.items() if any(one.step == "set_aside" for one in told))

    def is_published(self, incident: Incident) -> bool:
        """Tell whether two editors stand behind an incident as it is now."""
        return self.find(incident).state == "published"

    def mark(self, incident: Incident) -> Incident:
        """Give an incident with what people's signatures say of it: its status, and how far it has come under `extra.signed`."""
        if self._signed.keys().isdisjoint((incident.id, *incident.formerly)):
            return incident
        return mark_standing(incident, self.find(incident))

    def fetch_present(self, incidents: "Incidents") -> dict[str, Incident]:
        """Give every incident of a view of which anything was ever signed, by its present id."""
        return {one.id: one for one in incidents.list_present(self._signed)}

    def list_present(self, incidents: "Incidents") -> dict[str, Standing]:
        """Give where these stand, by present id."""
        return {id: self.find(one) for id, one in self.fetch_present(incidents).items()}

    def list_missing(self, present: Iterable[Incident]) -> list[str]:
        """Give the ids that were signed and that lead to none of these incidents."""
        return sorted(self._signed.keys() - {id for one in present for id in (one.id, *one.formerly)})


def open_standings(facts: "Facts", incidents: Iterable[str] | None = None) -> Standings:
    """Read what was signed in a case, or of incidents by the ids they had then."""
    from harmledger.store.signings import list_signings

    return Standings(list_signings(facts, incidents))


def read_standings(folder: Path, incidents: "Incidents") -> dict[str, Standing]:
    """Give where the incidents of a case's view stand, by id; those of which nothing was ever signed are left out.

    The facts as a whole are opened only where somebody signed: that takes longer than most questions."""
    from harmledger.store.view_marks import read_signing_mark

    if not read_signing_mark(folder, STEPS):
        return {}
    from harmledger.store.case import open_case

    case, _ = open_case(folder)
    if case is None:
        return {}
    with case:
        return open_standings(case.facts).list_present(incidents)


def select_counted(
    rows: Iterable["CountedRow"], standings: Mapping[str, Standing], asked: Collection[str] = ()
) -> "tuple[CountedRow, ...]":
    """Give what is counted: less what is set aside, or what stands as `asked` alone."""
    is_wanted = choose_wanted(standings, asked or set(STATES) - {"set_aside"})
    return tuple(row for row in rows if is_wanted(row.id)) if standings or asked else tuple(rows)
