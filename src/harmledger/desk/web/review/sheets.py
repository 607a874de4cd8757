"""An incident as its screen prints it: every voice's account with its claims, each field with who corrected it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from harmledger.desk.web.journal.models import Comment
from harmledger.desk.web.texts.sheets import tell_field
from harmledger.incidents.chain import Chain
from harmledger.incidents.compare import THRESHOLD, Comparison
from harmledger.incidents.folding import Telling
from harmledger.incidents.rulings import convert_value, order_judgement
from harmledger.pipeline.review import Near, Reviewed
from harmledger.publication.disclosure.rules import INTERNAL
from harmledger.publication.view.extras import read_extra
from harmledger.publication.view.figures import Figure
from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.view.sheet import AccountRow, IncidentSheet
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim
from harmledger.records.incident import Extent, Incident
from harmledger.records.judgement import CORRECTED, Judgement
from harmledger.records.signing import Signing
from harmledger.records.taking_over import TAKEN_OVER, TakenOver

SHOWN_ID: Final = 12
EVERY_CLAIM: Final = (1, 100_000)
_PLAIN: Final = {"scope": "attack", "stance": "asserted", "group": "people"}


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """One coded field of a claim; `was` is what was read, where a person corrected it. A plain one says nothing beyond what
    nearly all claims do: it is not listed, and reached by the form that corrects."""

    name: str
    label: str
    told: str
    was: str = ""
    by: str = ""
    is_waiting: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement or a signature, as it is listed: what, by whom, when, why, and whether it can be taken back."""

    id: str
    kind: str
    what: str
    by: str
    at: str
    reason: str
    is_waiting: bool = False
    is_standing: bool = True
    is_overridden: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """A claim: the sentence in three pieces around its cue, its fields, what people decided of it and remarked."""

    id: str
    short: str
    number: int
    before: str
    cue: str
    after: str
    voice: str
    publisher: str
    published: str
    text_href: str
    heading: str
    fields: tuple[FieldSheet, ...]
    decisions: tuple[Decision, ...]
    comments: tuple[Comment, ...]
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """One voice's account with the claims that carry it; without a row, claims that carry no toll."""

    row: AccountRow | None
    figures: tuple[Figure, ...]
    claims: tuple[ClaimSheet, ...]


@dataclass(frozen=True, slots=True)
class TellingSheet:
    """One telling: who published it, and what it says."""

    number: int
    told: str


@dataclass(frozen=True, slots=True)
class BondSheet:
    """What links two tellings: their numbers, bits above the threshold, the comparisons, and the claims to tell apart."""

    first: int
    second: int
    points: str
    comparisons: tuple[str, ...]
    is_weakest: bool
    claims: tuple[str, str]


@dataclass(frozen=True, slots=True)
class NearSheet:
    """An incident near this one, and what speaks for and against."""

    id: str
    href: str
    place: str
    time: str
    killed: str
    points: str
    is_ruled_out: bool
    comparisons: tuple[str, ...]


class SheetDrawer:
    """Draws one incident's screen in one language: of its claims those in a window, by number from 1."""

    def __init__(
        self,
        reviewed: Reviewed,
        words: Wording,
        desk: Mapping[str, Any],
        comments: Sequence[Comment],
        window: tuple[int, int] = EVERY_CLAIM,
    ) -> None:
        self._reviewed = reviewed
        self._words = words
        self._desk = desk
        self._comments = comments
        records = Records((reviewed.incident,), reviewed.claims, reviewed.documents)
        self._maker = SheetMaker(records, words, rules=INTERNAL)
        self._numbers: dict[str, int] = {}
        self._window = window
        self._texts: dict[str, str] = {}
        excluded = (one.claims for one in reviewed.judgements if one.kind == "exclude")
        self._overridden = _find_overridden(reviewed.judgements)
        self._left_out = frozenset(claim for claims in excluded for claim in claims)

    def draw(self) -> IncidentSheet:
        """Give the incident as the record's own pages have it, with nothing withheld."""
        return self._maker.make(self._reviewed.incident)

    def draw_accounts(self, sheet: IncidentSheet) -> tuple[AccountSheet, ...]:
        """Give each voice's account with its claims; then the claims that carry none; then those left out by a person."""
        reviewed = self._reviewed
        found: list[AccountSheet] = []
        told: set[str] = set()
        for account, row in zip(reviewed.incident.accounts, sheet.accounts, strict=True):
            own = [*account.claims, *(claim for past in account.earlier for claim in past.claims)]
            told.update(own)
            found.append(AccountSheet(row, (*row.figures, *row.damages), tuple(self._draw_claims(own))))
        rest = [claim for claim in reviewed.incident.claims if claim not in told]
        excluded = sorted(self._left_out.difference(reviewed.incident.claims))
        for ids in (rest, excluded):
            if claims := tuple(self._draw_claims(ids)):
                found.append(AccountSheet(None, (), claims))
        return tuple(found)

    @property
    def count(self) -> int:
        """How many claims there are to draw, once the accounts were drawn."""
        return len(self._numbers)

    def _draw_claims(self, ids: Iterable[str]) -> Iterator[ClaimSheet]:
        known = self._reviewed.read
        ordered = sorted(
            (known[id] for id in dict.fromkeys(ids) if id in known),
            key=lambda one: (one.document, one.cue.start),
        )
        first, last = self._window
        for claim in ordered:
            number = self._numbers.setdefault(claim.id, len(self._numbers) + 1)
            if first <= number <= last:
                yield self._draw_claim(claim, number)

    def _draw_claim(self, read: Claim, number: int) -> ClaimSheet:
        words, reviewed = self._words, self._reviewed
        judged = [one for one in reviewed.judgements if read.id in one.claims]
        start, end = read.cue.start - read.evidence.start, read.cue.end - read.evidence.start
        text = read.evidence.text
        document = reviewed.documents.get(read.document)
        return ClaimSheet(
            id=read.id,
            short=read.id[:SHOWN_ID],
            number=number,
            before=text[:start],
            cue=text[start:end],
            after=text[end:],
            voice=self._maker.name_voice(read.voice, read.document, is_reviewed=True),
            publisher=(document.publisher or "") if document else "",
            published=(words.stamp(document.published) or "") if document else "",
            text_href=f"{self._link_text(read.document)}?claim={read.id}",
            heading=words.comma.join(
                part
                for part in (words.label("kind", read.kind), read.harm and words.label("harm", read.harm))
                if part
            ),
            fields=tuple(self._draw_fields(read, judged)),
            decisions=tuple(self._decide(one) for one in judged),
            comments=tuple(one for one in self._comments if one.target == read.id),
            is_left_out=read.id in self._left_out,
        )

    def _link_text(self, document: str) -> str:
        found = self._texts.get(document)
        if found is None:
            found = self._texts[document] = reverse("review:text", args=(document,))
        return found

    def _draw_fields(self, read: Claim, judged: Sequence[Judgement]) -> Iterator[FieldSheet]:
        corrections = {one.field: one for one in judged if one.kind == "correct"}
        words = self._words
        for name in CORRECTED:
            label = self._desk["fields"][name]
            value = getattr(read, name)
            judgement = corrections.get(name)
            if judgement is None:
                is_plain = _PLAIN.get(name, "") == (value or "")
                yield FieldSheet(name, label, tell_field(name, value, words), is_plain=is_plain)
                continue
            told = tell_field(name, _read_value(name, judgement.value), words)
            was = tell_field(name, value, words) or "—"
            is_waiting = judgement.id in self._reviewed.waiting
            yield FieldSheet(name, label, told, was, judgement.by, is_waiting)

    def _decide(self, one: Judgement) -> Decision:
        words = self._words
        what = ""
        if one.field:
            value = _read_value(one.field, one.value)
            what = f"{self._desk['fields'][one.field]}: {tell_field(one.field, value, words) or '—'}"
        return Decision(
            id=one.id,
            kind=self._desk["kinds"].get(one.kind, one.kind),
            what=what,
            by=one.by,
            at=words.stamp(one.at) or one.at,
            reason=one.reason,
            is_waiting=one.id in self._reviewed.waiting,
            is_overridden=one.id in self._overridden,
            origin=tell_origin(one, words, self._desk),
        )

    def list_decisions(self, since: str = "") -> tuple[Decision, ...]:
        """Give what people decided of the incident, the latest first: judgements that stand, and signatures; with `since`
        those after a moment (UTC, ISO 8601), and with them what was taken back after it."""
        words, reviewed = self._words, self._reviewed
        wanted = [one for one in reviewed.rulings if one.kind == "undo"] if since else []
        judged = [(one.at, self._decide(one)) for one in (*reviewed.judgements, *wanted)]
        signed = [
            (
                one.at,
                Decision(
                    "",
                    words.label("signing", one.step),
                    "",
                    one.by,
                    words.stamp(one.at) or one.at,
                    one.reason,
                    is_standing=one.digest == reviewed.digest or one.step in ("set_aside", "reopen"),
                    origin=tell_origin(one, words, self._desk),
                ),
            )
            for one in reviewed.signings
        ]
        ordered = sorted((*judged, *signed), key=lambda pair: pair[0], reverse=True)
        return tuple(one for at, one in ordered if not since or at[:19] >= since[:19])

    def draw_chain(self, chain: Chain) -> tuple[tuple[TellingSheet, ...], tuple[BondSheet, ...]]:
        """Give the tellings and what links them, the weakest marked."""
        tellings = tuple(TellingSheet(n, self._tell_telling(one)) for n, one in enumerate(chain.tellings, 1))
        bonds = tuple(
            BondSheet(
                bond.first + 1,
                bond.second + 1,
                self.tell_points(bond.score - THRESHOLD),
                self.tell_comparisons(bond.comparisons),
                bond is chain.weakest,
                (chain.tellings[bond.first].claims[0][1], chain.tellings[bond.second].claims[0][1]),
            )
            for bond in chain.bonds
        )
        return tellings, bonds

    def _tell_telling(self, telling: Telling) -> str:
        words = self._words
        document = self._reviewed.documents.get(telling.document)
        name = (document.publisher or "") if document else ""
        day = words.stamp(document.published) if document else None
        figures = words.comma.join(
            f"{words.label('harm', harm)} {words.digits('/'.join(_write_figure(*one) for one in sorted(told, key=_by_size)))}"
            for harm, told in telling.figures.items()
        )
        parts = (words.isolate(name), day, words.place(telling.place), figures)
        return words.comma.join(part for part in parts if part)

    def draw_near(self, near: Iterable[Near]) -> tuple[NearSheet, ...]:
        """Give the incidents near this one."""
        return tuple(
            NearSheet(
                one.incident.id,
                reverse("review:incident", args=(one.incident.id,)),
                self._words.place(one.incident.place),
                self._words.time(one.incident.time),
                tell_killed(one.incident, self._words),
                self.tell_points(one.points),
                one.is_ruled_out,
                self.tell_comparisons(one.comparisons),
            )
            for one in near
        )

    def tell_points(self, points: float) -> str:
        """Give points beyond the threshold with their sign."""
        return self._words.digits(f"{points:+.1f}")

    def tell_comparisons(self, comparisons: Iterable[Comparison]) -> tuple[str, ...]:
        """Give what speaks for and against, those that say something."""
        names = self._desk["comparisons"]
        return tuple(
            f"{names.get(one.name, one.name)}: {self._desk['levels'].get(one.level, one.level)}"
            f" ({self._desk['veto'] if one.is_veto else self.tell_points(one.contribution)})"
            for one in comparisons
            if one.contribution or one.is_veto
        )


def tell_origin(one: Judgement | Signing, words: Wording, desk: Mapping[str, Any]) -> str:
    """Tell who took over what was decided in another case, when and from which file; nothing of what was decided here. Whoever may
    write the case could have made such a file, so nobody should take it for what was signed at this desk."""
    origin = read_extra(one, TAKEN_OVER, TakenOver)
    if origin is None:
        return ""
    file = words.isolate(f"{origin.file} (SHA-256 {origin.digest[:12]})")
    by, at = words.isolate(origin.by), words.stamp(origin.at) or origin.at
    return str(desk["taken_over"]).format(by=by, at=at, file=file)


def _find_overridden(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Give the corrections that do not count, since a later one is of the same field of the same claim."""
    found: set[str] = set()
    latest: dict[tuple[tuple[str, ...], str | None], str] = {}
    for one in sorted(judgements, key=order_judgement):
        if one.kind == "correct":
            before = latest.get((one.claims, one.field))
            found.update([before] if before else [])
            latest[one.claims, one.field] = one.id
    return frozenset(found)


def _read_value(name: str, value: Any) -> Any:
    """Give what a judgement puts into a field; None where nobody can follow it, which the build reports."""
    try:
        return convert_value(name, value)
    except ValueError:
        return None


def tell_killed(incident: Incident, words: Wording) -> str:
    """Give how many were killed in words."""
    extent = incident.toll.get("killed")
    return words.phrase("none_said") if extent is None else words.figure(extent, extent.open_ended)


def _write_figure(low: int, high: int | None) -> str:
    return str(low) if high == low else f"{low}+" if high is None else f"{low}–{high}"


def _by_size(told: tuple[int, int | None]) -> tuple[int, float]:
    low, high = told
    return low, float("inf") if high is None else high


def tell_toll(told: Any, words: Wording) -> str:
    """Give a toll of a signed content in words (`review.content`)."""
    if not told:
        return "—"
    return words.figure(Extent(told["low"], told["high"], told["best"], told["is_open"]), told["is_open"])
