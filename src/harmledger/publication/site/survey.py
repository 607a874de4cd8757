"""One look over the whole case before anything is written: what is shown, what is held back, who is not named."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, islice
from typing import Final

from harmledger.publication.disclosure.fields import reduce_incident
from harmledger.publication.material import Material, Settings
from harmledger.publication.view.containment import Known
from harmledger.publication.view.entry import Entry, choose_stems, make_entry, order_entry
from harmledger.publication.view.facilities import Facilities, gather_facilities
from harmledger.publication.withholding.delay import find_release
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import KnownNames, NameMask
from harmledger.publication.withholding.places import list_kinds
from harmledger.publication.wording import Wording
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem
from harmledger.tallies.selection import By
from harmledger.tallies.tally import Tally, tally_incidents

_BATCH: Final = 300
"""Incidents whose reports are fetched at once."""


@dataclass(slots=True)
class Survey:
    """What the pages share: entries (latest first), thin incidents to add up, page names, and names to hide.

    `held` are the incidents that are not shown yet, thin, by id, with the moment of their release where it is known; `low`
    are those whose grade is below the edition's least, or that were not published where it needs that; `formerly` leads from an earlier id to the present one.
    """

    entries: list[Entry] = field(default_factory=list)
    thin: list[Incident] = field(default_factory=list)
    stems: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    formerly: dict[str, str] = field(default_factory=dict)
    held: dict[str, tuple[Incident, datetime | None]] = field(default_factory=dict)
    low: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    known: KnownNames = field(default_factory=KnownNames)
    by_id: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    facilities: Facilities | None = None
    around: Known = field(default_factory=lambda: Known(()))
    _tallies: dict[tuple[By, str | None, str], tuple[Tally, ...]] = field(default_factory=dict)

    @property
    def is_machine_made(self) -> bool:
        """Tell whether any entry is without a person's review."""
        return any(entry.status == "machine" for entry in self.entries)

    def tally(self, by: By, group: str | None, harm: str) -> tuple[Tally, ...]:
        """Give the totals of what is shown, counted once for all pages and languages."""
        asked = (by, group, harm)
        if asked not in self._tallies:
            self._tallies[asked] = tally_incidents(self.thin, by, group=group, harm=harm)[0]
        return self._tallies[asked]


def survey_material(
    material: Material,
    settings: Settings,
    as_of: datetime,
    words: Wording,
    *,
    learns_names: bool = True,
) -> Survey:
    """Look over the case once. Incidents whose status is withdrawn are not shown.

    Whoever prints an incident's page learns the names of its documents then, and may leave them out here.
    """
    survey = Survey()
    rules = settings.rules
    if learns_names and not rules.keeps_names:
        learn_names(material, words, survey.known)
    incidents = material.list_incidents()
    while batch := list(islice(incidents, _BATCH)):
        take_incidents(batch, material, settings, as_of, survey)
    return assemble_survey(survey, settings, words)


def assemble_survey(
    survey: Survey, settings: Settings, words: Wording, entries: Sequence[Entry] | None = None
) -> Survey:
    """Look over the incidents that stand in a survey already, those that are shown by id; `entries` are theirs in the words
    of the language, where they are known. Names of pages are chosen where the survey has none."""
    survey.stems = survey.stems or choose_stems([incident.id for incident in survey.thin])
    for incident in survey.thin:
        survey.documents.update(incident.documents)
        survey.makers.add(incident.made_by or "")
        survey.formerly.update(dict.fromkeys(incident.formerly, incident.id))
        for whole in incident.part_of:
            survey.parts.setdefault(whole, []).append(incident.id)
    survey.around = Known(survey.thin)
    _take_entries(survey, settings, words, entries)
    return survey


def translate_survey(
    survey: Survey, settings: Settings, words: Wording, entries: Sequence[Entry] | None = None
) -> Survey:
    """Give the same look over the same case for pages in another language, without looking again."""
    told = replace(survey, entries=[], by_id={}, problems=[])
    _take_entries(told, settings, words, entries)
    return told


def _take_entries(
    survey: Survey, settings: Settings, words: Wording, entries: Sequence[Entry] | None
) -> None:
    """Take the entries of all that is shown, made in the words of a language where they are not known."""
    maker = EntryMaker(settings, words, survey)
    made = entries or [maker.make(incident, survey.stems[incident.id]) for incident in survey.thin]
    survey.entries = sorted(made, key=order_entry, reverse=True)
    survey.by_id = {entry.id: entry for entry in survey.entries}
    survey.facilities = gather_facilities(survey.entries, words, settings.rules.keeps_sites)


class EntryMaker:
    """Puts thin incidents into the words of a language, with the names hidden that are known to be private."""

    def __init__(self, settings: Settings, words: Wording, survey: Survey | None = None) -> None:
        known = survey.known if survey is not None else None
        self._words = words
        self._mask = (
            None if settings.rules.keeps_names else NameMask((), (), words, known, naming=settings.naming)
        )

    def make(self, incident: Incident, stem: str) -> Entry:
        """Give the entry of a thin incident."""
        place = self._mask.hide_place(incident.place) if self._mask else incident.place
        public = incident if place is incident.place else replace(incident, place=place)
        return make_entry(public, stem, self._words)


def learn_names(material: Material, words: Wording, known: KnownNames) -> None:
    """Learn, document by document, the names that its claims give away."""
    for _, claims in groupby(material.list_claims(), key=lambda claim: claim.document):
        NameMask(claims, (), words, known, is_first_look=True)


def take_incidents(
    incidents: Sequence[Incident], material: Material, settings: Settings, as_of: datetime, survey: Survey
) -> None:
    """Take incidents into a survey, thin: as such that may be shown now, that are held back, or that are not shown; what they
    hold beyond a total's needs is left behind. Their reports are fetched together."""
    rules = settings.rules
    admitted = []
    for incident in incidents:
        if incident.status == "withdrawn":
            continue
        is_unpublished = rules.needs == "published" and not material.is_published(incident)
        if is_unpublished or not rules.admits(incident.grade.value if incident.grade else None):
            survey.low.add(incident.id)
            continue
        admitted.append(
            (incident, not list_kinds(incident).isdisjoint(rules.delayed) and rules.delay_hours > 0)
        )
    wanted = dict.fromkeys(
        name for incident, is_delayed in admitted if is_delayed for name in incident.documents
    )
    documents = material.fetch_documents(tuple(wanted)) if wanted else {}
    for incident, is_delayed in admitted:
        thin = make_thin(reduce_incident(incident, rules))
        if is_delayed:
            told = [documents[name] for name in incident.documents if name in documents]
            release = find_release(incident, told, rules.delay_hours)
            if release is None:
                survey.problems.append(_report_undated(incident))
            if release is None or release > as_of:
                survey.held[incident.id] = thin, release
                continue
        survey.thin.append(thin)


def make_thin(incident: Incident) -> Incident:
    """Leave out what only an incident's own page needs; a running total keeps its accounts, to be compared."""
    if incident.scope == "since_date":
        return replace(incident, extra={})
    return replace(incident, accounts=(), claims=(), extra={})


def _report_undated(incident: Incident) -> Problem:
    return Problem(
        "publication.held-undated",
        "an attack on a protected place is held back: nothing tells when it was, nor when it was reported",
        "warning",
        where=hide_id(incident.id)[:16],
        remedy="give its reports a date of publication",
    )
