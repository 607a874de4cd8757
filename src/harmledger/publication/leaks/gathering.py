"""What a case must not let out in an edition: gathered from its records by the rules that made the edition."""

import base64
import re
from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from itertools import groupby
from typing import Final

from harmledger.publication.disclosure.rules import Disclosure
from harmledger.publication.leaks.folding import fold_text, split_words
from harmledger.publication.leaks.restricted import Point, Restricted, list_runs
from harmledger.publication.material import Material, Settings
from harmledger.publication.site.survey import Survey, survey_material
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import KnownNames, NameMask
from harmledger.publication.withholding.places import COARSE_RADIUS_KM, coarsen_place, list_kinds
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, is_post_withheld
from harmledger.publication.withholding.public_words import is_place
from harmledger.publication.withholding.sites import find_sites
from harmledger.publication.withholding.vocabulary import list_common_words
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident
from harmledger.records.place import Place

_LEAST_LETTERS: Final = 4
_LEAST_ID: Final = 6
_POINT: Final = 4
_PLAIN_ID: Final = re.compile(r"[\d\W_]+")


def gather_restricted(
    material: Material,
    documents: Iterable[Document],
    settings: Settings,
    as_of: datetime,
    words: Wording,
    erased: Iterable[str] = (),
) -> Restricted:
    """Gather what must not be in the edition of these settings at this moment.

    `documents` are all of the case with their texts, `erased` the digests of what was destroyed.
    """
    rules = settings.rules
    survey = survey_material(material, settings, as_of, words)
    found = Restricted()
    incidents = {incident.id: incident for incident in material.list_incidents()}
    owners = {claim: incident for incident in incidents.values() for claim in incident.claims}
    gathering = _Gathering(found, rules, survey, words, owners)
    allowed: set[int] = set()
    known = survey.known
    by_document: dict[str, list[Claim]] = {}
    for name, group in groupby(material.list_claims(), key=lambda claim: claim.document):
        by_document.setdefault(name, []).extend(group)
    for document in documents:
        name = document.id or ""
        allowed |= gathering.look_at_claims(document, by_document.get(name, []), known)
        gathering.look_at_document(document)
    for incident in incidents.values():
        gathering.look_at_place(
            incident.place, list_kinds(incident), incident.id, incident.id in survey.by_id
        )
    _gather_ids(found, survey, material, erased)
    gathering.look_at_names(known)
    for run in allowed:
        found.runs.pop(run, None)
    found.counts["text"] = len(set(found.runs.values()))
    if settings.secret is not None:
        _gather_secret(found, settings.secret)
    return found


class _Gathering:
    """Gathers from one record after another; it knows what the edition shows."""

    def __init__(
        self,
        found: Restricted,
        rules: Disclosure,
        survey: Survey,
        words: Wording,
        owners: Mapping[str, Incident],
    ) -> None:
        self._found = found
        self._rules = rules
        self._survey = survey
        self._words = words
        self._owners = owners

    def look_at_claims(self, document: Document, claims: list[Claim], known: KnownNames) -> set[int]:
        """Learn the names of a document, its facilities and points; give the stretches of words that may be shown."""
        name = document.id or ""
        if not self._rules.keeps_names:
            mask = NameMask(claims, (), self._words, known)
            if document.title:
                mask.learn_text(name, document.title)
        allowed: set[int] = set()
        if document.title and document.kind not in PERSONAL_KINDS and self._rules.texts != "none":
            allowed |= _digest_runs(document.title)
        for claim in claims:
            incident = self._owners.get(claim.id)
            kinds = frozenset({claim.group or ""}) | (list_kinds(incident) if incident else frozenset())
            is_shown = incident is not None and incident.id in self._survey.by_id
            self.look_at_place(claim.place, kinds, name, is_shown)
            self._look_at_sites(claim, name)
            is_reviewed = (incident is not None and incident.status == "reviewed") or self._rules.shows_posts
            is_told = self._rules.texts != "none" and not is_post_withheld(document, claim.voice, is_reviewed)
            if is_shown and is_told:
                allowed |= _digest_runs(claim.evidence.text)
        return allowed

    def _look_at_sites(self, claim: Claim, document: str) -> None:
        if self._rules.keeps_names:
            return
        text, language = claim.evidence.text, self._words.reading_language
        for start, end in find_sites(text, list_common_words(language), language):
            self._found.add_phrase(text[start:end], "facility", f"named in document {_tell(document)}")

    def look_at_place(self, place: Place | None, kinds: Set[str], home: str, is_shown: bool) -> None:
        """Look for a place that may not be told as finely as it is known, and keep what may be told."""
        if place is None or place.lat is None or place.lon is None:
            return
        public = coarsen_place(place, self._rules.find_level(frozenset(kinds)))
        if is_shown and public is not None and public.lat is not None and public.lon is not None:
            self._found.allowed.add((round(public.lat, _POINT), round(public.lon, _POINT)))
        if public is None or public.lat is None or (public.lat, public.lon) != _round(place):
            radius = (public.radius_km if public else None) or COARSE_RADIUS_KM
            self._found.points.append(Point(place.lat, place.lon, radius, f"a place of {_tell(home)}"))
            self._found.count("coordinates")
        is_named = place.precision == "site" and place.name is not None and not self._rules.keeps_names
        if is_named and place.name and not is_place(place.name, self._words.reading_language):
            self._found.add_phrase(place.name, "facility", f"a site of {_tell(home)}")

    def look_at_document(self, document: Document) -> None:
        """Look for a document's words, its address where it is a private post, and its id where a person chose it."""
        rules, name = self._rules, document.id or ""
        is_personal = document.kind in PERSONAL_KINDS
        if not rules.has_full_texts or (is_personal and not rules.shows_posts):
            told = _tell(name)
            for run in _digest_runs(document.text or ""):
                self._found.runs.setdefault(run, told)
        if is_personal and not rules.shows_posts and document.url:
            address = document.url.partition("://")[2] or document.url
            self._found.add_phrase(address, "address", f"of the post {_tell(name)}")
        is_chosen = hide_id(name) != name and len(name) >= _LEAST_ID and not _PLAIN_ID.fullmatch(name)
        is_shown = not is_personal and _holds(document.url or "", name)  # its address leaves, and holds it
        if rules.ids == "digest" and is_chosen and not is_shown:
            self._found.add_phrase(name, "id", f"of the document {_tell(name)}")

    def look_at_names(self, known: KnownNames) -> None:
        """Look for the names that are masked: whole in every file, their words in what stands for their document."""
        if self._rules.keeps_names:
            return
        common = list_common_words(self._words.reading_language)
        for document, names in sorted(known.full.items()):
            for name in sorted(names):
                self._found.add_phrase(name, "name", f"masked in document {_tell(document)}")
        for name, role in sorted(known.roles.items()):
            folded = split_words(fold_text(name)).words
            is_single = len(folded) == 1 and (
                len(folded[0]) < _LEAST_LETTERS
                or folded[0] in common
                or is_place(name, self._words.reading_language)
            )
            if not is_single:
                self._found.add_phrase(name, "speaker", f"a private speaker ({role})")
        for document, parts in known.parts.items():
            told = frozenset(word for part in parts for word in split_words(fold_text(part)).words)
            self._found.parts[hide_id(document)] = frozenset(
                word for word in told if len(word) >= _LEAST_LETTERS and word not in common
            )


def _holds(text: str, part: str) -> bool:
    words, sought = (" ".join(split_words(fold_text(told)).words) for told in (text, part))
    return f" {sought} " in f" {words} "


def _round(place: Place) -> tuple[float, float]:
    return round(place.lat or 0.0, _POINT), round(place.lon or 0.0, _POINT)


def _digest_runs(text: str) -> set[int]:
    return {run for run, _ in list_runs(split_words(fold_text(text)).words)}


def _gather_ids(found: Restricted, survey: Survey, material: Material, erased: Iterable[str]) -> None:
    for name in sorted(survey.held):
        found.add_digest(name, "held", f"the incident {_tell(name)}")
    for name in sorted(survey.low):
        found.add_digest(name, "grade", f"the incident {_tell(name)}")
    for gone in material.list_withdrawn():
        if gone.kind == "document":
            found.add_digest(gone.id, "erased", f"the document {_tell(gone.id)}")
    for digest in sorted(erased):
        found.add_digest(digest, "erased", f"the bytes {_tell(digest)}")


def _gather_secret(found: Restricted, secret: bytes) -> None:
    found.count("secret")
    found.secrets += [secret.hex(), base64.b64encode(secret).decode().rstrip("=")]
    found.secrets.append(base64.urlsafe_b64encode(secret).decode().rstrip("="))


def _tell(name: str) -> str:
    """Give a record's id as short as it may be printed: never one that a person chose."""
    return hide_id(name)[:12]
