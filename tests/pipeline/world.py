"""A small made-up world of reports, in which much collides, and a case without files that a build can read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from harmledger.documents.copies import sketch_body
from harmledger.incidents.source import Source
from harmledger.pipeline.build import Built, Recipe, Watch, refresh_view
from harmledger.pipeline.case_changes import ListedHeads
from harmledger.pipeline.case_reading import Packed
from harmledger.pipeline.case_rulings import NOTE, encode_judgements, rule
from harmledger.pipeline.formats import decode_record, encode_record
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.count import Count, exact
from harmledger.records.identity import identify, identify_claim
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.place import Place
from harmledger.records.span import Span
from harmledger.records.time import Time
from harmledger.records.vocabulary import DocumentKind
from harmledger.store.entries import Head, HeadState, Minted
from harmledger.store.view_incidents import Incidents
from harmledger.store.view_names import ListedRegister, Names
from harmledger.store.view_readings import Reading, Readings, pack_reading
from harmledger.store.views import name_view, open_view

DIGEST = "0123456789abcdef"
MADE_BY = "harmledger/test"

TOWNS = tuple(
    Place(
        f"Town {n}",
        f"Town {n}",
        f"t:{n}",
        "SY",
        "Province",
        "District",
        35.0 + 0.06 * n,
        36.0,
        "settlement",
        2.0,
    )
    for n in range(3)
)
PROVINCE = Place("Province", "the province", "p:1", "SY", "Province", None, 35.1, 36.0, "province", 40.0)
PLACES = (
    *[TOWNS[0]] * 8,
    TOWNS[1],
    TOWNS[2],
    PROVINCE,
    PROVINCE,
    Place(None, "the mill", None, "SY"),
    None,
)
DAYS = ("2016-05-28", "2016-05-29", "2016-05-30")
TIMES = (
    *(Time(day, day, "day", day) for day in (*DAYS, *[DAYS[2]] * 6)),
    Time("2016-05-01", "2016-05-31", "month", "in May"),
    None,
)
VOICES = (
    Voice(),
    Voice("Syrian Observatory for Human Rights", "the Observatory", "monitor"),
    Voice(None, "a resident", "resident"),
)
COUNTS: tuple[Count | None, ...] = (
    *(exact(n, str(n)) for n in (2, 5, 38)),
    Count(50, 50, None, "at_least", "at least 50"),
)
WORDS = [f"word{n}" for n in range(400)]


@dataclass(frozen=True)
class Said:
    """One claim, without its document."""

    at: int
    kind: str
    harm: str | None
    group: str | None
    count: Count | None
    scope: str
    place: Place | None
    time: Time | None
    voice: Voice
    is_part: bool


@dataclass(frozen=True)
class Report:
    """One version of a report: what it says, and a body by which copies are told."""

    id: str
    published: str | None
    said: tuple[Said, ...]
    story: int
    edits: int
    supersedes: str | None = None
    publisher: str = "Outlet"
    kind: DocumentKind = "news"

    def list_claims(self) -> tuple[Claim, ...]:
        claims: list[Claim] = []
        for said in self.said:
            start = said.at * 100
            claims.append(
                Claim(
                    id=identify_claim(self.id, None, said.kind, said.harm, said.group, start, start + 10),
                    document=self.id, evidence=Span(start, start + 90, "x" * 90),
                    cue=Span(start, start + 10, "x" * 10), kind=said.kind, harm=said.harm, group=said.group,
                    count=said.count, scope=said.scope, place=said.place, time=said.time, voice=said.voice,
                    means="air_strike", part_of=claims[0].id if said.is_part and claims else None, made_by=MADE_BY,
                    actors=(Actor("Party A", None, "blamed"),) if said.kind == "attribution" else (),
                )
            )  # type: ignore[arg-type]  # fmt: skip
        return tuple({claim.id: claim for claim in claims}.values())

    def compose_body(self) -> str:
        words = Random(self.story).choices(WORDS, k=60)
        for place in Random(self.edits).sample(range(60), 4 * self.edits):
            words[place] = f"edited{place}{self.edits}"
        return " ".join(words)

    def describe(self) -> Source:
        return Source(self.id, self.published, self.publisher, self.kind, supersedes=self.supersedes)


@st.composite
def sayings(draw: st.DrawFn) -> Said:
    kind = draw(st.sampled_from(("toll", "toll", "toll", "attack", "attribution", "damage")))
    harm = {"toll": draw(st.sampled_from(("killed", "killed", "injured"))), "damage": "destroyed"}.get(kind)
    group = {"toll": draw(st.sampled_from(("people", "children"))), "damage": "hospital"}.get(kind)
    return Said(
        at=draw(st.integers(0, 9)), kind=kind, harm=harm, group=group,
        count=draw(st.sampled_from(COUNTS)) if harm else None,
        scope=draw(st.sampled_from(("attack",) * 4 + ("area_day", "area_day", "since_date", "background"))),
        place=draw(st.sampled_from(PLACES)), time=draw(st.sampled_from(TIMES)),
        voice=draw(st.sampled_from(VOICES)), is_part=draw(st.integers(0, 5)) == 0,
    )  # fmt: skip


@st.composite
def reports(draw: st.DrawFn, number: int = 0, supersedes: Report | None = None) -> Report:
    said = draw(st.lists(sayings(), min_size=1, max_size=4))
    if supersedes is not None and draw(st.booleans()):
        said = [*supersedes.said, *said[:1]]
    return Report(
        id=f"{number:02}-{identify((number,))[:8]}",
        published=draw(st.sampled_from((*(f"{day}T12:00:00Z" for day in DAYS), None))),
        said=tuple(sorted(said, key=lambda one: one.at)),
        story=draw(st.integers(0, 3)),
        edits=draw(st.integers(0, 4)),
        publisher=f"Outlet {number % 3}",
        supersedes=None if supersedes is None else supersedes.id,
    )


STAGES = {
    "families": "SELECT id, state, family FROM readings",
    "tellings": "SELECT position, scope, family FROM tellings",
    "links": "SELECT a.position, b.position, score FROM links JOIN tellings a ON a.number = later"
    " JOIN tellings b ON b.number = earlier",
    "leaves": "SELECT a.position, alternatives, b.position, remainder, direct FROM leaves l"
    " JOIN tellings a USING (number) LEFT JOIN tellings b ON b.number = l.holder",
    "blocks": "SELECT block, position FROM blocks JOIN tellings ON number = telling",
    "clusters": "SELECT position, id FROM tellings JOIN homes USING (number) JOIN incidents i ON i.number = incident",
    "components": "SELECT a.position, b.position FROM homes h JOIN homes o USING (component)"
    " JOIN tellings a ON a.number = h.number JOIN tellings b ON b.number = o.number",
    "members": "SELECT claim, id FROM members JOIN incidents ON number = incident",
    "columns": "SELECT id, first, last, name, status, body, part_of, formerly FROM incidents i"
    " JOIN tolls t ON t.number = i.toll",
}


def make_report(number: int, killed: int) -> Report:
    """Give a report of one attack, always the same: so many were killed in the first town on 30 May."""
    said = Said(
        0,
        "toll",
        "killed",
        "people",
        exact(killed, str(killed)),
        "attack",
        TOWNS[0],
        TIMES[2],
        Voice(),
        False,
    )
    return Report(f"{number:02}-{identify((number,))[:8]}", "2016-05-31", (said,), number, 0)


@dataclass
class World:
    """The reports that came in, what was decided of them, and the ids that builds gave."""

    folder: Path
    reports: dict[str, Report] = field(default_factory=dict)
    retracted: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    minted: list[Minted] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def judge(self, kind: str, *claims: str, **fields: object) -> Judgement:
        """Have a person judge claims; later than everything judged before."""
        at = f"2026-01-01T00:{len(self.judgements):02}:00Z"
        identity = identify((kind, *claims, at))
        made = Judgement(id=identity, kind=kind, claims=claims, by="Editor", at=at, **fields)  # type: ignore[arg-type]
        self.judgements.append(made)
        return made

    def list_heads(self) -> Iterator[Head]:
        standing = [report for report in self.reports.values() if report.id not in self.withdrawn]
        replaced = {report.supersedes for report in standing}
        for report in standing:
            state: HeadState = "superseded" if report.id in replaced else "current"
            if report.id in self.retracted:
                state = "retracted"
            yield Head(report.id, identify((repr(report), state)), state, None)

    def study(self, ids: Sequence[str]) -> Iterator[Packed]:
        for id in ids:
            report = self.reports[id]
            claims = report.list_claims()
            source = replace(report.describe(), is_retracted=id in self.retracted)
            reading = Reading(
                id, source, tuple(encode_record(claim) for claim in claims), tuple(claim.id for claim in claims),
                tuple((claim.id, claim.part_of) for claim in claims if claim.part_of),
                sketch=sketch_body(report.compose_body()),
            )  # fmt: skip
            yield (reading, *pack_reading(reading))

    def describe(self, folder: Path, known: list[Minted] | None = None) -> Recipe:
        """Give what a view of the world is made from."""
        known = self.minted if known is None else known
        ruled = rule(self.judgements)
        return Recipe(
            folder, DIGEST, ListedHeads({head.id: head for head in self.list_heads()}), self.study,
            Names(ListedRegister(known, known.extend)), MADE_BY, ruled=ruled,
            notes={NOTE: encode_judgements(ruled.judgements)},
        )  # fmt: skip

    def build(self, folder: Path | None = None) -> Built:
        """Build in the world's folder, or from nothing in another, as another machine would."""
        if folder is None:
            return refresh_view(self.describe(self.folder), Watch())
        return refresh_view(self.describe(folder, list(self.minted)), Watch())

    def export(self, folder: Path | None = None) -> tuple[bytes, bytes]:
        with open_view(name_view(folder or self.folder, DIGEST)) as connection:
            return b"".join(line for _, line in Incidents(connection).list_lines()), b"".join(
                Readings(connection).list_lines()
            )

    def list_stages(self, folder: Path | None = None) -> dict[str, list[tuple[object, ...]]]:
        """Give what the stages between readings and incidents keep, by what the numbers of rows stand for."""
        with open_view(name_view(folder or self.folder, DIGEST)) as connection:
            return {
                name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in STAGES.items()
            }

    def list_incidents(self) -> list[Incident]:
        return [decode_record(line, Incident) for line in self.export()[0].splitlines()]

    def list_claims(self) -> Iterable[Claim]:
        return (
            c
            for id in sorted(self.reports)
            if id not in self.withdrawn
            for c in self.reports[id].list_claims()
        )
