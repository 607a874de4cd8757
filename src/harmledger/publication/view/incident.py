"""An incident as it is shown: accounts side by side, denial beside blame, evidence with its source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from harmledger.publication.disclosure.rules import PUBLIC, Disclosure
from harmledger.publication.view.extras import read_extra
from harmledger.publication.view.figures import list_figures
from harmledger.publication.view.growth import list_growth
from harmledger.publication.view.origins import count_more_origins, list_origins
from harmledger.publication.view.reasons import tell_reason
from harmledger.publication.view.sheet import (
    AccountRow,
    Allegation,
    GradeSheet,
    IncidentSheet,
    Quote,
    SourceLine,
)
from harmledger.publication.withholding.forms import list_publishers
from harmledger.publication.withholding.graphic import is_graphic
from harmledger.publication.withholding.links import hide_id, show_address
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.pieces import Piece, cut_text
from harmledger.publication.withholding.places import coarsen_place, list_kinds
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, is_post_withheld
from harmledger.publication.wording import Wording
from harmledger.records.certainty import Certainty
from harmledger.records.claim import Claim, Voice
from harmledger.records.document import Document
from harmledger.records.incident import Account, Attribution, Incident
from harmledger.records.judgement import ADDED
from harmledger.records.place import Place
from harmledger.records.signing import Signed
from harmledger.records.statement import Statement
from harmledger.records.vocabulary import HARMS_TO_PEOPLE, HARMS_TO_PLACES

_OPEN: Final = frozenset({"at_least", "more_than"})


@dataclass(frozen=True, slots=True)
class Records:
    """What sheets are drawn from. Claims and documents may be absent: then there is nothing to quote."""

    incidents: Sequence[Incident]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]


class SheetMaker:
    """Draws incidents' sheets in one language, withholding what must not be public."""

    def __init__(
        self, records: Records, words: Wording, mask: NameMask | None = None, rules: Disclosure = PUBLIC
    ) -> None:
        self._incidents = records.incidents
        self._claims = records.claims
        self._documents = records.documents
        self._words = words
        self._mask = mask or NameMask(records.claims.values(), records.incidents, words)
        self._rules = rules

    def make(self, incident: Incident) -> IncidentSheet:
        """Draw one incident's sheet."""
        words = self._words
        grade = incident.grade
        rows = tuple(self._make_row(account, incident) for account in incident.accounts)
        told = {place for row in rows for quote in row.quotes for place in quote.places}
        untold = (name for name in incident.claims if self._locate(name) not in told)
        rest = self._quote(incident, untold)
        is_open = self._find_open(incident.claims)
        return IncidentSheet(
            id=incident.id,
            scope=incident.scope,
            scope_label=words.label("scope", incident.scope),
            place=words.place(self._show_place(incident)),
            time=words.time(incident.time),
            start=incident.time.start if incident.time else None,
            means=words.list_labels("means", incident.means),
            targets=words.list_labels("group", incident.targets),
            figures=list_figures(incident.toll, HARMS_TO_PEOPLE, words, is_open),
            damages=list_figures(incident.toll, HARMS_TO_PLACES, words, is_open),
            accounts=rows,
            allegations=tuple(self._make_allegation(alleged, incident) for alleged in incident.attribution),
            quotes=rest,
            origins=words.count_phrase("origins", incident.origins),
            grade=words.label("grade", grade.value) if grade else None,
            grade_because=self._tell_reasons(grade.because) if grade else (),
            would_change=self._tell_reasons(grade.would_change) if grade else (),
            status=incident.status,
            status_label=_tell_status(incident, words),
            revised_since=_tell_revised(incident, words),
            wholes=incident.part_of,
            certainty=self._grade_health_care(incident),
            growth=list_growth(incident, [row.voice for row in rows], words),
            roots=list_origins(incident, self._name_source, self._mask_name, words),
            more_roots=count_more_origins(incident, words),
        )

    def name_voice(self, voice: Voice, document: str, is_reviewed: bool) -> str:
        """Name a voice as the public may see it: a private person by role, the publisher by its name."""
        words = self._words
        source = self._documents.get(document)
        is_open = self._rules.shows_posts or is_reviewed
        role = voice.role or "unnamed"
        if self._rules.keeps_names and (voice.name or voice.wording):
            return words.name_voice(voice.name or voice.wording or "", voice.role)
        if not self._mask.is_shown(voice):
            said = voice.wording or voice.name
            if said and self._mask.is_nameless(said):
                return words.name_voice(said, voice.role)
            return self._mask.name_role(role, voice.name)
        if voice.name and is_post_withheld(source, voice, is_open):
            return self._mask.name_role(role, voice.name)
        if voice.name:
            return words.name_voice(voice.name, voice.role)
        if source is not None and source.kind in PERSONAL_KINDS and not is_open:
            return words.label("role", source.kind)
        if source is not None and source.publisher:
            return words.phrase("own_voice", publisher=words.isolate(source.publisher))
        return words.phrase("own_voice_unknown")

    def list_sources(self) -> tuple[SourceLine, ...]:
        """Give the documents of all incidents by publication, those of private people without a name."""
        used = {document for incident in self._incidents for document in incident.documents}
        found = [(self._documents[name], name) for name in sorted(used) if name in self._documents]
        ordered = sorted(found, key=lambda pair: (pair[0].published or "~", pair[1]))
        return tuple(
            self._describe_source(
                name, document, document.kind in PERSONAL_KINDS and not self._rules.shows_posts
            )
            for document, name in ordered
        )

    def _name_source(self, name: str) -> tuple[str, str | None]:
        """Name a report's publisher as the public may see it, with its publication."""
        document = self._documents.get(name)
        is_hidden = document is not None and document.kind in PERSONAL_KINDS and not self._rules.shows_posts
        source = self._describe_source(name, document, is_hidden)
        return source.publisher, source.published

    def _make_row(self, account: Account, incident: Incident) -> AccountRow:
        words = self._words
        is_reviewed = incident.status == "reviewed"
        role = account.voice.role
        earlier = _list_earlier(account, words)
        via = tuple(self._mask_name(name) for name in account.voice.via)
        is_open = self._find_open(account.claims)
        voice = self.name_voice(account.voice, account.origin, is_reviewed)
        is_named = (
            account.voice.name is not None
            and words.name_voice(account.voice.name, role) == voice
            and self._mask.is_shown(account.voice)
        )
        label = words.label("role", role) if role and is_named else None
        return AccountRow(
            voice=voice,
            role=label if label is not None and label.casefold() != voice.casefold() else None,
            via=words.phrase("via", names=words.comma.join(via)) if via else None,
            published=words.stamp(account.first_published),
            figures=list_figures(account.toll, HARMS_TO_PEOPLE, words, is_open, earlier),
            damages=list_figures(account.toll, HARMS_TO_PLACES, words, is_open, earlier),
            quotes=self._quote(incident, account.claims),
        )

    def _find_open(self, claims: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Give the harms and groups that a claim counts with "at least" or "more than".

        An incident's groups carry no such mark, and "at least seven children" must not become seven.
        """
        found = (self._claims.get(name) for name in claims)
        return frozenset(
            (claim.harm, claim.group)
            for claim in found
            if claim is not None
            and claim.harm is not None
            and claim.group is not None
            and claim.count is not None
            and claim.count.quantifier in _OPEN
        )

    def _make_allegation(self, alleged: Attribution, incident: Incident) -> Allegation:
        told = read_extra(incident, "statements", tuple[Statement, ...]) or ()

        def name_all(role: str, names: Iterable[str]) -> tuple[str, ...]:
            reaches = {
                name: [one for one in told if (one.actor, one.role, one.voice) == (alleged.actor, role, name)]
                for name in names
            }
            found = (self._name_statement(name, statements) for name, statements in reaches.items())
            return tuple(dict.fromkeys(found))

        return Allegation(
            actor=self._words.name_body(alleged.actor),
            alleged_by=name_all("blamed", alleged.asserted_by),
            denied_by=name_all("denies", alleged.denied_by),
            admitted_by=name_all("admits", alleged.admitted_by),
        )

    def _name_statement(self, name: str, statements: Sequence[Statement]) -> str:
        """Name a voice, with what its word is about: nothing is said of a blame of this attack alone."""
        words = self._words
        told = [
            words.label("reach", one.reach)
            for one in statements
            if one.role != "blamed" or one.reach != "attack"
        ]
        shown = self._mask_name(name)
        return words.phrase("about", voice=shown, about=", ".join(dict.fromkeys(told))) if told else shown

    def _mask_names(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._mask_name(name) for name in names))

    def _mask_name(self, name: str) -> str:
        if self._rules.keeps_names:
            return self._words.name_body(name)
        return self._words.name_body(self._mask.name_voice(name, list_publishers(self._documents)))

    def _grade_health_care(self, incident: Incident) -> GradeSheet | None:
        certainty = read_extra(incident, "health_care", Certainty)
        if certainty is None:
            return None
        because, changes = map(self._tell_reasons, (certainty.because, certainty.would_change))
        return GradeSheet(self._words.label("certainty", certainty.value), because, changes)

    def _tell_reasons(self, reasons: Sequence[str]) -> tuple[str, ...]:
        """Give reasons of a grade in words, without the code before the colon."""
        told = (reason if self._rules.keeps_names else self._mask.hide_names(reason) for reason in reasons)
        return tuple(tell_reason(reason, self._words) for reason in told)

    def _show_place(self, incident: Incident) -> Place | None:
        place = coarsen_place(incident.place, self._rules.find_level(list_kinds(incident)))
        return place if self._rules.keeps_names else self._mask.hide_place(place)

    def _quote(self, incident: Incident, claims: Iterable[str]) -> tuple[Quote, ...]:
        """Give the evidence of the claims, each clause once with all its cues, in the order of the documents."""
        if self._rules.texts == "none":
            return ()
        clauses: dict[tuple[str, int, int], list[Claim]] = {}
        for name in claims:
            claim = self._claims.get(name)
            if claim is not None:
                span = claim.evidence
                clauses.setdefault((claim.document, span.start, span.end), []).append(claim)
        is_reviewed = incident.status == "reviewed"
        return _join_copies(self._make_quote(clauses[place], is_reviewed) for place in sorted(clauses))

    def _locate(self, name: str) -> tuple[str, int] | None:
        claim = self._claims.get(name)
        return None if claim is None else (claim.document, claim.evidence.start)

    def _make_quote(self, claims: Sequence[Claim], is_reviewed: bool) -> Quote:
        words = self._words
        first = claims[0]
        document = self._documents.get(first.document)
        is_open = is_reviewed or self._rules.shows_posts
        is_withheld = is_post_withheld(document, first.voice, is_open)
        is_post = document is not None and document.kind in PERSONAL_KINDS and not is_open
        notes = [words.label("stance", claim.stance) for claim in claims if claim.stance != "asserted"]
        notes += [words.label("scope", claim.scope).lower() for claim in claims if claim.scope != "attack"]
        notes += [words.phrase("added_by_hand") for claim in claims if ADDED in claim.because]
        pieces = () if is_withheld else self._cut(claims)
        return Quote(
            places=((first.document, first.evidence.start),),
            pieces=pieces,
            sources=(self._describe_source(first.document, document, is_withheld or is_post),),
            notes=tuple(dict.fromkeys(notes)),
            is_graphic=self._rules.graphic == "hidden"
            and is_graphic("".join(piece.text for piece in pieces)),
        )

    def _cut(self, claims: Sequence[Claim]) -> tuple[Piece, ...]:
        if not self._rules.keeps_names:
            return self._mask.cut_evidence(claims)
        base = claims[0].evidence.start
        cues = [(claim.cue.start - base, claim.cue.end - base) for claim in claims]
        return cut_text(claims[0].evidence.text, cues, {})

    def _describe_source(self, name: str, document: Document | None, is_withheld: bool) -> SourceLine:
        words = self._words
        anchor = hide_id(name)
        if document is None:
            return SourceLine(name, words.phrase("report_unknown"), None, None, anchor)
        published = words.stamp(document.published)
        is_retracted = bool(document.retracted)
        if is_withheld:
            publisher = words.label("role", document.kind or "social")
            return SourceLine(name, publisher, published, None, anchor, None, is_retracted)
        title, hidden = document.title, frozenset[str]()
        if self._rules.texts == "none":
            title = None
        if title and not self._rules.keeps_names:
            title = self._mask.show_title(title, name)
        if not self._rules.keeps_names:
            hidden = self._mask.list_hidden_words((name,))
        publisher = (
            words.isolate(document.publisher) if document.publisher else words.phrase("report_unknown")
        )
        url = show_address(document.url, hidden)
        return SourceLine(name, publisher, published, url, anchor, title, is_retracted)


def _list_earlier(account: Account, words: Wording) -> dict[str, list[str]]:
    """Give by harm the figures that the voice replaced by others."""
    earlier: dict[str, list[str]] = {}
    tolls = [*(past.toll for past in account.earlier), account.toll]
    for toll, later in pairwise(tolls):
        for harm, extent in toll.items():
            if extent != later.get(harm):
                told = words.phrase("earlier", figure=words.figure(extent, extent.open_ended))
                earlier.setdefault(harm, []).append(told)
    return earlier


def _join_copies(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Join quotes with the same words into one that names all their sources."""
    joined: dict[tuple[object, ...], Quote] = {}
    for quote in quotes:
        same = (quote.pieces, quote.notes) if quote.pieces else (quote.sources, quote.notes)
        first = joined.get(same)
        if first is None:
            joined[same] = quote
        else:
            sources = tuple(dict.fromkeys((*first.sources, *quote.sources)))
            joined[same] = replace(first, places=(*first.places, *quote.places), sources=sources)
    return tuple(joined.values())


def _tell_status(incident: Incident, words: Wording) -> str:
    """Give how far people have signed, where the line says so; else the status alone."""
    signed = read_extra(incident, "signed", Signed)
    if signed is None or signed.state == "new":
        return words.label("status", incident.status)
    return words.label("signed", signed.state)


def _tell_revised(incident: Incident, words: Wording) -> str:
    """Tell of what stands as it was last published since when it is under revision; nothing of anything else."""
    signed = read_extra(incident, "signed", Signed)
    if signed is None or signed.since is None:
        return ""
    since, at = (words.stamp(moment[:10]) or moment for moment in (signed.since, signed.at))
    return words.phrase("revised_since", since=since, at=at)
