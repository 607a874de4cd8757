"""Records in the form in which the public may have them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.places import coarsen_place, is_claim_protected, is_protected
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, is_post_withheld
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim, Voice
from harmledger.records.document import Document
from harmledger.records.incident import Account, Attribution, Incident
from harmledger.records.place import Place
from harmledger.records.span import EVIDENCE_LIMIT, Span
from harmledger.records.time import Time


@dataclass(frozen=True, slots=True)
class Discloser:
    """Gives the public form of one incident and its claims.

    Fields stay what docs/formats.md says of them, with what must not be public taken out: names, the words of
    posts that nobody reviewed, sites, ids that a person chose, and whatever the input had beyond the format.
    """

    mask: NameMask
    documents: Mapping[str, Document]
    words: Wording

    def disclose_incident(self, incident: Incident) -> Incident:
        """Give an incident without private names, sites, or ids that may tell a name."""
        is_reviewed = incident.status == "reviewed"
        grade = incident.grade
        return replace(
            incident,
            id=hide_id(incident.id),
            place=self._disclose_place(incident.place, is_protected(incident), None),
            time=self._disclose_time(incident.time, None),
            accounts=tuple(self._disclose_account(account, is_reviewed) for account in incident.accounts),
            attribution=tuple(self._disclose_attribution(alleged) for alleged in incident.attribution),
            grade=grade
            and replace(
                grade,
                because=tuple(self.mask.hide_names(text) for text in grade.because),
                would_change=tuple(self.mask.hide_names(text) for text in grade.would_change),
            ),
            part_of=tuple(hide_id(name) for name in incident.part_of),
            formerly=tuple(hide_id(name) for name in incident.formerly),
            documents=tuple(hide_id(name) for name in incident.documents),
            claims=tuple(hide_id(name) for name in incident.claims),
            extra={},
        )

    def disclose_claim(self, claim: Claim, incident: Incident) -> Claim:
        """Give a claim of the incident; where its words are withheld, the words say so."""
        document = self.documents.get(claim.document)
        is_reviewed = incident.status == "reviewed"
        protected = is_protected(incident) or is_claim_protected(claim)
        voice = self._disclose_voice(claim.voice, claim.document, is_reviewed)
        is_told = not is_post_withheld(document, claim.voice, is_reviewed)
        if not is_told:
            start, told = claim.evidence.start, self.words.phrase("withheld_post")
            evidence = cue = Span(start, start + len(told), told)
        else:
            evidence, cue = self._disclose_words(claim)
        count = claim.count
        return replace(
            claim,
            id=hide_id(claim.id),
            document=hide_id(claim.document),
            evidence=evidence,
            cue=cue,
            voice=voice,
            count=count
            and replace(count, wording=(self._hide(count.wording, claim.document) or "") if is_told else ""),
            actors=tuple(
                replace(actor, wording=self._hide(actor.wording, claim.document) if is_told else None)
                for actor in claim.actors
            ),
            place=self._disclose_place(claim.place, protected, claim.document),
            time=self._disclose_time(claim.time, claim.document),
            part_of=claim.part_of and hide_id(claim.part_of),
            extra={},
        )

    def _disclose_words(self, claim: Claim) -> tuple[Span, Span]:
        """Give evidence and cue as they may be read; offsets count what stands there now, from the same start."""
        pieces = self.mask.cut_evidence((claim,))
        text = "".join(piece.text for piece in pieces)
        marked = [n for n, piece in enumerate(pieces) if piece.is_cue]
        first = sum(len(piece.text) for piece in pieces[: marked[0]]) if marked else 0
        last = sum(len(piece.text) for piece in pieces[: marked[-1] + 1]) if marked else len(text)
        if len(text) > EVIDENCE_LIMIT:  # what stands for a name may be longer than the name
            cut = max(0, last - EVIDENCE_LIMIT)
            text, first, last = text[cut : cut + EVIDENCE_LIMIT], max(0, first - cut), last - cut
        start = claim.evidence.start
        evidence = Span(start, start + len(text), text)
        return evidence, Span(start + first, start + last, text[first:last])

    def _disclose_voice(self, voice: Voice, document: str, is_reviewed: bool) -> Voice:
        source = self.documents.get(document)
        via = tuple(self._name(name) for name in voice.via)
        is_hidden = not self.mask.is_shown(voice) or (
            voice.name is not None and is_post_withheld(source, voice, is_reviewed)
        )
        if is_hidden or (source is not None and source.kind in PERSONAL_KINDS and voice.name is None):
            return Voice(None, None, voice.role or "unnamed", via)
        return Voice(voice.name, self._hide(voice.wording, document), voice.role, via)

    def _disclose_account(self, account: Account, is_reviewed: bool) -> Account:
        return replace(
            account,
            voice=self._disclose_voice(account.voice, account.origin, is_reviewed),
            origin=hide_id(account.origin),
            documents=tuple(hide_id(name) for name in account.documents),
            claims=tuple(hide_id(name) for name in account.claims),
            earlier=tuple(
                replace(past, claims=tuple(hide_id(name) for name in past.claims)) for past in account.earlier
            ),
        )

    def _disclose_attribution(self, alleged: Attribution) -> Attribution:
        return replace(
            alleged,
            asserted_by=self._name_all(alleged.asserted_by),
            denied_by=self._name_all(alleged.denied_by),
            admitted_by=self._name_all(alleged.admitted_by),
        )

    def _name_all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._name(name) for name in names))

    def _name(self, name: str) -> str:
        return self.mask.name_voice(name, list_publishers(self.documents))

    def _disclose_place(self, place: Place | None, is_site: bool, document: str | None) -> Place | None:
        told = self.mask.hide_place(coarsen_place(place, is_site))
        return told and replace(told, wording=self._hide(told.wording, document))

    def _disclose_time(self, time: Time | None, document: str | None) -> Time | None:
        return time and replace(time, wording=self._hide(time.wording, document))

    def _hide(self, text: str | None, document: str | None) -> str | None:
        return None if text is None else self.mask.hide_names(text, document)


def list_publishers(documents: Mapping[str, Document]) -> frozenset[str]:
    """Give the publishers of reports that no private person wrote: their names may be shown."""
    return frozenset(
        document.publisher
        for document in documents.values()
        if document.publisher and document.kind not in PERSONAL_KINDS
    )
