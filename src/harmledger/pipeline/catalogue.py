"""A case to its catalogue: what the public may find and list of it, kept up with the view."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger import __version__
from harmledger.pipeline.case_changes import FactHeads, find_changes
from harmledger.pipeline.case_rulings import rule
from harmledger.pipeline.case_view import CaseView, NoView, read_view
from harmledger.pipeline.catalogue_renewal import Changed, fill_catalogue, renew_rows
from harmledger.pipeline.editions import find_edition, read_secret
from harmledger.pipeline.publish import CaseMaterial
from harmledger.pipeline.standings import open_standings
from harmledger.publication.catalogue import write_moment
from harmledger.publication.disclosure.rules import pack_disclosure
from harmledger.publication.material import Settings
from harmledger.records.identity import identify
from harmledger.store.catalogue import (
    CatalogueError,
    build_catalogue,
    digest_catalogue,
    find_catalogue,
    name_catalogue,
    open_catalogue,
    put_meta,
    renew_catalogue,
)
from harmledger.store.catalogue_search import Catalogue
from harmledger.store.rulings import list_rulings
from harmledger.store.settings import CaseSettings, load_settings
from harmledger.store.view_marks import read_mark, read_signing_mark
from harmledger.store.views import read_meta, read_stamp

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

HIDING: Final = ("set_aside", "reopen")
"""Steps that take an entry out of the record, or bring it back."""


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """Where the present catalogue is, None where there is none, and whether it is what the view and settings give."""

    path: Path | None
    is_current: bool


def describe_public(folder: Path, given: CaseSettings) -> Settings:
    """Give what a public page is told of a case, by its policy of editions. Raises EditionError."""
    rules = find_edition(folder, given.delay_hours, "public")
    return Settings(
        name=given.name or folder.resolve().name,
        delay_hours=given.delay_hours,
        description=given.description,
        contact=given.contact,
        disclosure=rules,
        secret=read_secret(folder) if rules.names == "hash" else None,
    )


def check_catalogue(folder: Path, now: datetime, next_release: str | None = None) -> CatalogueState:
    """Tell whether the catalogue is up to date. `next_release` is what the open one says of itself: sums are made
    anew when an entry that was held back may be shown."""
    present = find_catalogue(folder)
    digest = digest_present(folder)
    is_current = (
        digest is not None
        and present == name_catalogue(folder, digest)
        and not (next_release and next_release <= write_moment(now))
    )
    return CatalogueState(present, is_current)


def read_next_release(folder: Path) -> str | None:
    """Give when the present catalogue's sums must be made anew, by what it says of itself; None where there is none."""
    path = find_catalogue(folder)
    if path is None:
        return None
    try:
        with closing(open_catalogue(path)) as connection:
            return Catalogue(connection, "").read_meta().get("next_release")
    except CatalogueError:
        return None


def digest_present(folder: Path) -> str | None:
    """Give the digest of the catalogue that the present view makes; None without a view or settings.

    Raises EditionError."""
    stamp = read_stamp(folder)
    settings, _ = load_settings(folder)
    if stamp is None or settings is None:
        return None
    public = describe_public(folder, settings)
    told = repr(replace(public, secret=None, disclosure=None)) + repr(pack_disclosure(public.rules))
    steps = (*HIDING, "publish") if public.rules.needs == "published" else HIDING
    signed = str(read_signing_mark(folder, steps))
    return digest_catalogue((stamp, told, signed, __version__))


def list_departed(facts: "Facts", view: CaseView, mark: tuple[int, ...] | None = None) -> frozenset[str]:
    """Give the documents of the view that were changed or taken out of the case since it was built, or a claim of
    which was excluded: what rests on them is not shown until the case is built again. Quick where `mark` tells how far
    the facts have come."""
    changed = find_changes(FactHeads(facts, mark), view.readings, read_meta(view.connection).get("mark", ""))
    departed = {id for id in (*changed.stale, *changed.gone) if view.readings.list_fingerprints((id,))}
    before = {one.id for one in view.ruled.judgements}
    fresh = [one for one in rule(list_rulings(facts)).judgements if one.id not in before]
    excluded = {claim for one in fresh if one.kind == "exclude" for claim in one.claims}
    return frozenset(departed.union(view.readings.find_documents(excluded)))


def make_catalogue(facts: "Facts", folder: Path, settings: CaseSettings, as_of: datetime) -> Path:
    """Make the catalogue of the present view, and put it in place of the one before: of that everything is taken over that
    is still the same.

    In memory stay a thin line for each incident, as when the case is published. Raises NoView where there is no view.
    """
    digest = digest_present(folder)
    if digest is None:
        raise NoView("the case has not been built yet")
    public = describe_public(folder, settings)
    with read_view(folder) as view:
        standings = open_standings(facts)
        material = CaseMaterial(facts, view, False, public.rules.needs, standings)
        marks = view.incidents.list_checks()
        meta = {
            "mark": read_meta(view.connection).get("mark", ""),
            "terms": _digest_terms(public),
        }
        # forms that were published hang together with more than the view: everything is made anew
        present = find_catalogue(folder) if public.rules.needs != "published" else None
        documents = _find_documents(facts, folder, present, meta["terms"])
        if present is not None and documents is not None:
            changed = Changed(frozenset(standings.fetch_present(view.incidents)), documents)
            with renew_catalogue(folder, digest, present) as connection:
                renew_rows(connection, material, public, as_of, marks, changed)
                put_meta(connection, meta)
        else:
            with build_catalogue(folder, digest) as connection:
                fill_catalogue(connection, material, public, as_of, marks)
                put_meta(connection, meta)
    return name_catalogue(folder, digest)


def _digest_terms(public: Settings) -> str:
    """Give the digest of what decides for every incident how it is shown: the settings that are public, and the program."""
    told = repr(replace(public, secret=None, disclosure=None)) + repr(pack_disclosure(public.rules))
    return digest_catalogue((told, identify(public.secret or ""), __version__))


def _find_documents(facts: "Facts", folder: Path, present: Path | None, terms: str) -> frozenset[str] | None:
    """Give the documents that changed since the present catalogue was made; None where everything must be made anew."""
    if present is None:
        return None
    try:
        with closing(open_catalogue(present)) as connection:
            meta = Catalogue(connection, "").read_meta()
    except CatalogueError:
        return None
    documents = FactHeads(facts, read_mark(folder)).find_changed(meta.get("mark", ""))
    if meta.get("terms") != terms or documents is None:
        return None
    return frozenset(documents)
