"""One incident of a case as the public may see it now, with what its page needs, fetched for it alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from harmledger.pipeline.publish import CaseMaterial
from harmledger.pipeline.standings import open_standings
from harmledger.publication.disclosure.rules import Disclosure
from harmledger.publication.material import Settings
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.sheets import Around, Leaf, fetch_leaf, render_sheet
from harmledger.publication.site.survey import Survey
from harmledger.publication.view.entry import Entry
from harmledger.publication.withholding.delay import find_release
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.places import list_kinds
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.store.facts import Facts


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The entries that a page refers to: what contains it, what it contains, running totals that hold it, those before
    and after it; and what is told of them."""

    wholes: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()
    periods: tuple[Entry, ...] = ()
    older: Entry | None = None
    newer: Entry | None = None
    told: Around = Around()


@dataclass(frozen=True, slots=True)
class PublicIncident:
    """An incident that may be shown, with what stands behind it and the names that are hidden in it."""

    incident: Incident
    leaf: Leaf
    survey: Survey
    frame: Frame

    def render(self, around: Surroundings) -> str:
        """Print its page, as a publication has it."""
        survey = self.survey
        survey.by_id.update({entry.id: entry for entry in (*around.wholes, *around.parts, *around.periods)})
        survey.parts[self.incident.id] = [entry.id for entry in around.parts]
        return render_sheet(self.leaf, survey, self.frame, (around.older, around.newer), around.told)

    def disclose(self, shown: Mapping[str, object]) -> Incident:
        """Give the incident in its public form; `shown` are the ids of totals that are shown, of those it is part of."""
        seen = replace(self.incident, part_of=tuple(one for one in self.incident.part_of if one in shown))
        return self.leaf.discloser.disclose_incident(seen)

    def disclose_claims(self) -> list[Claim]:
        """Give its claims in their public form, in its own order."""
        found = (self.leaf.claims.get(name) for name in self.incident.claims)
        return [
            self.leaf.discloser.disclose_claim(claim, self.incident) for claim in found if claim is not None
        ]


def open_public(
    facts: "Facts", view: "CaseView", id: str, settings: Settings, now: datetime, frame: Frame
) -> PublicIncident | None:
    """Open an incident for the public. None where it is not in the view, is withdrawn, or is held back at `now`.

    Names that its documents give away are learnt from all their claims, as a publication does.
    """
    rules = settings.rules
    present = view.incidents.fetch((id,)).get(id)
    if present is None:
        return None
    standings = open_standings(facts, (id, *present.formerly))
    material = CaseMaterial(facts, view, False, rules.needs, standings)
    incident = material.show(present)
    if incident.status == "withdrawn":
        return None
    if not rules.admits(incident.grade.value if incident.grade else None):
        return None
    if rules.needs == "published" and not material.is_published(incident):
        return None
    if _is_held(incident, material, rules, now):
        return None
    survey = Survey(makers={incident.made_by or ""})
    _learn_names(material.list_claims_of(sorted(set(incident.documents))), survey, frame)
    return PublicIncident(incident, fetch_leaf(incident, material, survey, frame), survey, frame)


def _is_held(incident: Incident, material: CaseMaterial, rules: Disclosure, now: datetime) -> bool:
    if not rules.delay_hours or list_kinds(incident).isdisjoint(rules.delayed):
        return False
    documents = material.fetch_documents(incident.documents).values()
    release = find_release(incident, documents, rules.delay_hours)
    return release is None or release > now


def _learn_names(claims: Iterable[Claim], survey: Survey, frame: Frame) -> None:
    for _, told in groupby(claims, key=lambda claim: claim.document):
        NameMask(told, (), frame.words, survey.known, is_first_look=True)
