"""What two editors published goes on being shown while its entry is under revision, unless it has to be held back.

The form is an incident with its claims, as both stood when it was published. It is printed anew each time, by the rules
of its edition as they are now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final, get_args

from harmledger.documents.json_lines import LineError
from harmledger.pipeline.formats import decode_record, encode_record
from harmledger.pipeline.standings import Standings
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.moment import is_later, order_moment
from harmledger.records.place import Place
from harmledger.records.signing import Signed, Signing
from harmledger.records.vocabulary import PlacePrecision
from harmledger.store.signings import fetch_form

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.store.facts import Facts

_PRECISIONS: Final = get_args(PlacePrecision)
_SHOWN: Final = frozenset({"current", "superseded"})
"""States of a report whose words may go on being shown: a later version does not take them back."""


def compose_form(incident: Incident, claims: Iterable[Claim]) -> str:
    """Give what is published as it is kept: the lines of the incident and of its claims."""
    lines = (encode_record(incident), *(encode_record(one) for one in sorted(claims, key=lambda one: one.id)))
    return b"".join(lines).decode()


def _read_form(form: str) -> tuple[Incident, dict[str, Claim]] | None:
    """Give the incident and its claims; None for what another version of the program kept, and this one cannot read."""
    first, *rest = form.encode().splitlines() or [b""]
    try:
        claims = (decode_record(line, Claim) for line in rest)
        return decode_record(first, Incident), {one.id: one for one in claims}
    except LineError:
        return None


class KeptForms:
    """The last published forms of the incidents of a case that changed since, found as they are asked for."""

    def __init__(self, facts: "Facts", view: "CaseView", standings: Standings) -> None:
        self._facts = facts
        self._view = view
        self._standings = standings
        self._found: dict[str, Incident | None] = {}
        self._claims: dict[str, Claim] = {}

    def find(self, incident: Incident) -> Incident | None:
        """Give the last published form of an incident that is not published as it is now; None where there is none, or
        where it may not be shown any more. It has the id under which the incident goes on."""
        if incident.id not in self._found:
            self._found[incident.id] = self._open(incident)
        return self._found[incident.id]

    def find_all(self) -> None:
        """Find those of the whole case."""
        for one in self._standings.fetch_present(self._view.incidents).values():
            self.find(one)

    @property
    def claims(self) -> Mapping[str, Claim]:
        """The claims of the forms that were found, as they stand in these."""
        return self._claims

    def _open(self, incident: Incident) -> Incident | None:
        standing = self._standings.find(incident)
        if standing.set_aside is not None or standing.published is not None or not standing.versions:
            return None
        signing = standing.versions[-1]
        form = _read_form(fetch_form(self._facts, signing.id))
        if form is None or self._must_be_held(form, incident, signing):
            return None
        kept, claims = form
        self._claims.update(claims)
        since = self._find_since(kept, incident, signing)
        return replace(
            kept,
            id=incident.id,
            formerly=incident.formerly,
            part_of=incident.part_of,
            status="reviewed",
            extra={**kept.extra, "signed": asdict(Signed("published", signing.at, since))},
        )

    def _must_be_held(
        self, form: tuple[Incident, Mapping[str, Claim]], incident: Incident, signing: Signing
    ) -> bool:
        """Tell whether something was taken away since: a report withdrawn, taken back or erased; a claim excluded, or told
        by another entry now, where it would be counted twice; a person or a place told less of than it was."""
        kept, claims = form
        states = {id: state for id, (_, state) in self._view.readings.describe(kept.documents).items()}
        if any(states.get(id) not in _SHOWN for id in kept.documents):
            return True
        if not set(kept.claims) <= claims.keys():
            return True
        homes = self._view.incidents.find_homes(kept.claims)
        if any(home != incident.id for home in homes.values()):
            return True
        rulings = self._view.ruled.rulings
        if not rulings.excluded.isdisjoint(claims):
            return True
        corrected = {
            id
            for id in claims
            if any(is_later(one.at, signing.at) for one in rulings.corrections.get(id, {}).values())
        }
        present = self._view.readings.fetch_claims_by_id(corrected)
        return any(_tells_less(claims[one.id], one) for one in self._view.correct_claims(present.values()))

    def _find_since(self, kept: Incident, incident: Incident, signing: Signing) -> str:
        """Give when the first change after the publication came that can be told: a decision, or a report that came in."""
        touched = {*kept.claims, *incident.claims}
        moments = [one.at for one in self._view.ruled.judgements if not touched.isdisjoint(one.claims)]
        for id in sorted(set(incident.documents) - set(kept.documents)):
            moments.extend(one.received for one in self._facts.list_versions(id) if one.id == id)
        later = (moment for moment in moments if is_later(moment, signing.at))
        return min(later, key=order_moment, default=signing.at)


def _tells_less(before: Claim, after: Claim) -> bool:
    """Tell whether a correction took away who speaks, who is named, or how finely the place is told."""
    if before.voice.name is not None and before.voice.name != after.voice.name:
        return True
    if not {one.name for one in before.actors} <= {one.name for one in after.actors}:
        return True
    return _rank(after.place) > _rank(before.place)


def _rank(place: Place | None) -> int:
    """Give how coarsely a place is told; nothing is the coarsest."""
    if place is None or place.precision is None:
        return len(_PRECISIONS)
    return _PRECISIONS.index(place.precision)
