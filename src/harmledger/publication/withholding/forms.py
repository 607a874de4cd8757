"""Records in the form in which the public may have them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from harmledger.publication.disclosure.fields import list_withheld, strip_claim, strip_incident
from harmledger.publication.disclosure.rules import PUBLIC, Disclosure
from harmledger.publication.withholding.extras import disclose_extra
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.withholding.names import NameMask
from harmledger.publication.withholding.places import coarsen_place, list_kinds
from harmledger.publication.withholding.privacy import PERSONAL_KINDS, is_post_withheld
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim, Voice
from harmledger.records.document import Document
from harmledger.records.incident import Account, Attribution, Incident
from harmledger.records.place import Place
from harmledger.records.span import EVIDENCE_LIMIT, Span
from harmledger.records.time import Time
from harmledger.records.vocabulary import PlacePrecision


@dataclass(frozen=True, slots=True)
class Discloser:
    """Gives the public form of one incident and its claims.

    Fields stay what docs/formats.md says of them, with what must not be public taken out: names, the words of
    posts that nobody reviewed, sites, ids that a person chose, and whatever the input had beyond the format.
    """

    mask: NameMask
    documents: Mapping[str, Document]
    words: Wording
    rules: Disclosure = PUBLIC

    def disclose_incident(self, incident: Incident) -> Incident:
        """Give an incident without private names, sites, or ids that may tell a name."""
        is_reviewed = self._is_open(incident)
        grade = incident.grade
        level = self.rules.find_level(list_kinds(incident))
        public = replace(
            incident,
            id=self._hide_id(incident.id),
            place=self._disclose_place(incident.place, level, None),
            time=self._disclose_time(incident.time, None),
            accounts=tuple(self._disclose_account(account, is_reviewed) for account in incident.accounts),
            attribution=tuple(self._disclose_attribution(alleged) for alleged in incident.attribution),
            grade=grade
            and replace(
                grade,
                because=tuple(self._hide(text, None) or "" for text in grade.because),
                would_change=tuple(self._hide(text, None) or "" for text in grade.would_change),
            ),
            part_of=tuple(self._hide_id(name) for name in incident.part_of),
            formerly=tuple(self._hide_id(name) for name in incident.formerly),
            documents=tuple(self._hide_id(name) for name in incident.documents),
            claims=tuple(self._hide_id(name) for name in incident.claims),
            extra=incident.extra
            if self.rules.is_internal
            else disclose_extra(incident, self._hide_id, self._name, self._hide_words),
        )
        return strip_incident(public, list_withheld(self.rules, incident))

    def _is_open(self, incident: Incident) -> bool:
        return incident.status == "reviewed" or self.rules.shows_posts

    def _hide_id(self, name: str) -> str:
        return name if self.rules.ids == "keep" else hide_id(name)

    def disclose_claim(self, claim: Claim, incident: Incident) -> Claim:
        """Give a claim of the incident; where its words are withheld, the words say so."""
        document = self.documents.get(claim.document)
        is_reviewed = self._is_open(incident)
        level = self.rules.find_level(list_kinds(incident) | {claim.group or ""})
        voice = self._disclose_voice(claim.voice, claim.document, is_reviewed)
        is_post = is_post_withheld(document, claim.voice, is_reviewed)
        is_told = not is_post and self.rules.texts != "none"
        if not is_told:
            start = claim.evidence.start
            told = self.words.phrase("withheld_post" if is_post else "withheld_words")
            evidence = cue = Span(start, start + len(told), told)
        else:
            evidence, cue = self._disclose_words(claim)
        count = claim.count
        public = replace(
            claim,
            id=self._hide_id(claim.id),
            document=self._hide_id(claim.document),
            evidence=evidence,
            cue=cue,
            voice=voice,
            count=count
            and replace(count, wording=(self._hide(count.wording, claim.document) or "") if is_told else ""),
            actors=tuple(
                replace(actor, wording=self._hide(actor.wording, claim.document) if is_told else None)
                for actor in claim.actors
            ),
            place=self._disclose_place(claim.place, level, claim.document),
            time=self._disclose_time(claim.time, claim.document),
            part_of=claim.part_of and self._hide_id(claim.part_of),
            extra=claim.extra if self.rules.is_internal else {},
        )
        return strip_claim(public, list_withheld(self.rules, incident))

    def _disclose_words(self, claim: Claim) -> tuple[Span, Span]:
        """Give evidence and cue as they may be read; offsets count what stands there now, from the same start."""
        if self.rules.keeps_names:
            return claim.evidence, claim.cue
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
        if self.rules.keeps_names and (is_reviewed or not is_post_withheld(source, voice, is_reviewed)):
            return voice
        via = tuple(self._name(name) for name in voice.via)
        is_hidden = not self.mask.is_shown(voice) or (
            voice.name is not None and is_post_withheld(source, voice, is_reviewed)
        )
        if is_hidden or (source is not None and source.kind in PERSONAL_KINDS and voice.name is None):
            return Voice(self.mask.code_voice(voice.name), None, voice.role or "unnamed", via)
        return Voice(voice.name, self._hide(voice.wording, document), voice.role, via)

    def _disclose_account(self, account: Account, is_reviewed: bool) -> Account:
        return replace(
            account,
            voice=self._disclose_voice(account.voice, account.origin, is_reviewed),
            origin=self._hide_id(account.origin),
            documents=tuple(self._hide_id(name) for name in account.documents),
            claims=tuple(self._hide_id(name) for name in account.claims),
            earlier=tuple(
                replace(past, claims=tuple(self._hide_id(name) for name in past.claims))
                for past in account.earlier
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
        if self.rules.keeps_names:
            return name
        return self.mask.name_voice(name, list_publishers(self.documents))

    def _disclose_place(
        self, place: Place | None, level: PlacePrecision, document: str | None
    ) -> Place | None:
        told = coarsen_place(place, level)
        if self.rules.keeps_names:
            return told
        told = self.mask.hide_place(told)
        return told and replace(told, wording=self._hide(told.wording, document))

    def _disclose_time(self, time: Time | None, document: str | None) -> Time | None:
        return time and replace(time, wording=self._hide(time.wording, document))

    def _hide_words(self, text: str) -> str:
        return self._hide(text, None) or ""

    def _hide(self, text: str | None, document: str | None) -> str | None:
        if text is None or self.rules.keeps_names:
            return text
        return self.mask.hide_names(text, document)


def list_publishers(documents: Mapping[str, Document]) -> frozenset[str]:
    """Give the publishers of reports that no private person wrote: their names may be shown."""
    return frozenset(
        document.publisher
        for document in documents.values()
        if document.publisher and document.kind not in PERSONAL_KINDS
    )
