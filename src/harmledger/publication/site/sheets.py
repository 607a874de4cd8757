"""The page of one incident, and the pages of those that are gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from harmledger.publication.disclosure.fields import list_withheld, reduce_incident
from harmledger.publication.material import Material
from harmledger.publication.site.frame import Frame
from harmledger.publication.site.survey import Survey
from harmledger.publication.templating import Reference, draw_figure, pick_figure, scale_figures
from harmledger.publication.view.containment import ContainmentSheet, describe_containment
from harmledger.publication.view.entry import Entry
from harmledger.publication.view.facilities import tell_history
from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.view.revisions import Revision, RevisionLine, tell_revisions
from harmledger.publication.view.sheet import SourceLine
from harmledger.publication.withholding.forms import Discloser
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.places import is_protected
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident


@dataclass(frozen=True, slots=True)
class Leaf:
    """One incident with what stands behind it, fetched for its page and its lines of data alone."""

    incident: Incident
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    mask: NameMask
    discloser: Discloser
    revisions: tuple[Revision, ...] = ()

    @property
    def shown(self) -> Incident:
        """The incident as its page may have it, but for the names in it."""
        return reduce_incident(self.incident, self.discloser.rules)


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What stands on an incident's page beside its sheet."""

    id: str
    is_protected: bool
    sources: tuple[SourceLine, ...]
    parts: tuple[Reference, ...]
    wholes: tuple[Reference, ...]
    formerly: tuple[str, ...]
    older: Reference | None
    newer: Reference | None
    history: tuple[str, ...] = ()
    revisions: tuple[RevisionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What an incident's page tells of others: which attack of its kind and area it is, its parts and wholes. Only who has
    looked over the whole case can tell."""

    history: tuple[str, ...] = ()
    containment: ContainmentSheet = ContainmentSheet()


@dataclass(frozen=True, slots=True)
class GonePage:
    """What stands where an incident was: where it went, or that it was withdrawn."""

    id: str
    target: Reference | None = None
    is_withdrawn: bool = False
    reason: str | None = None


def fetch_leaf(incident: Incident, material: Material, survey: Survey, frame: Frame) -> Leaf:
    """Fetch what stands behind an incident."""
    claims = material.fetch_claims(incident.claims)
    named = dict.fromkeys((*incident.documents, *(claim.document for claim in claims.values())))
    documents = material.fetch_documents(tuple(named))
    mask = NameMask(claims.values(), (incident,), frame.words, survey.known, naming=frame.naming)
    for name, document in documents.items():
        if document.title and not frame.rules.keeps_names:
            mask.learn_text(name, document.title)
    discloser = Discloser(mask, documents, frame.words, frame.rules)
    revisions = tuple(material.fetch_revisions(incident, tuple(named)))
    return Leaf(incident, claims, documents, mask, discloser, revisions)


def translate_leaf(leaf: Leaf, survey: Survey, frame: Frame) -> Leaf:
    """Give what stands behind an incident for a page in another language."""
    mask = NameMask(leaf.claims.values(), (leaf.incident,), frame.words, survey.known, naming=frame.naming)
    return replace(leaf, mask=mask, discloser=Discloser(mask, leaf.documents, frame.words, frame.rules))


def tell_around(shown: Incident, survey: Survey, frame: Frame) -> Around:
    """Tell of the others around an incident, which is in the form that its page may have."""
    entry = survey.by_id.get(shown.id)
    return Around(
        tell_history(entry, survey.facilities, frame.words) if entry and survey.facilities else (),
        describe_containment(shown, survey.around, frame.words, lambda name: _show_id(name, frame)),
    )


def render_sheet(
    leaf: Leaf,
    survey: Survey,
    frame: Frame,
    neighbours: tuple[Entry | None, Entry | None],
    around: Around | None = None,
) -> str:
    """Print an incident's page. `around` is what it tells of others, where that was found before."""
    incident = leaf.incident
    shown = leaf.shown
    records = Records((shown,), leaf.claims, leaf.documents)
    maker = SheetMaker(records, frame.words, leaf.mask, frame.rules)
    sheet = maker.make(shown)
    older, newer = neighbours
    told = around or tell_around(shown, survey, frame)
    sources = maker.list_sources()
    publishers = {source.document: source.publisher for source in sources}
    entry = survey.by_id.get(incident.id)
    page = SheetPage(
        id=_show_id(incident.id, frame),
        is_protected=is_protected(incident),
        sources=sources,
        parts=_refer_all(survey.parts.get(incident.id, ()), survey),
        wholes=_refer_all(incident.part_of, survey),
        formerly=tuple(_show_id(name, frame) for name in incident.formerly),
        older=refer_to_entry(older) if older else None,
        newer=refer_to_entry(newer) if newer else None,
        history=told.history,
        revisions=tell_revisions(
            leaf.revisions,
            publishers,
            frame.words,
            frame.is_internal,
            list_withheld(frame.rules, incident),
        ),
    )
    return frame.render(
        "incident.jinja",
        page,
        "incident",
        root="../",
        path=entry.href if entry else None,
        sheet=sheet,
        level=2,
        pick=pick_figure,
        draw=partial(draw_figure, scale_figures((sheet,))),
        references=_index_references((*shown.part_of, *told.containment.periods), survey),
        containment=told.containment,
    )


def _index_references(ids: Iterable[str], survey: Survey) -> dict[str, Reference]:
    return {name: refer_to_entry(survey.by_id[name]) for name in ids if name in survey.by_id}


def _show_id(name: str, frame: Frame) -> str:
    return name if frame.rules.ids == "keep" else hide_id(name)


def refer_to_entry(entry: Entry, folder: str = "") -> Reference:
    """Give the reference to an entry, from within the folder of incidents unless another is named."""
    killed = entry.killed
    figure = f"{killed.text} {killed.label.lower()}" if killed is not None and killed.has_total else None
    return Reference(f"{folder}{entry.stem}.html", entry.heading, figure)


def render_gone(page: GonePage, frame: Frame) -> str:
    """Print the page of an incident that was withdrawn, or became part of another."""
    return frame.render("gone.jinja", page, "gone", root="../", path=f"incidents/{page.id}.html")


def _refer_all(ids: Sequence[str], survey: Survey) -> tuple[Reference, ...]:
    """Refer to those incidents that are shown, in order of time."""
    found = [survey.by_id[name] for name in ids if name in survey.by_id]
    ordered = sorted(found, key=lambda entry: (entry.start or "", entry.place_text, entry.id))
    return tuple(refer_to_entry(entry) for entry in ordered)
