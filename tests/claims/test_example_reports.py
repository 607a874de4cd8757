"""The engine against the example reports as a careful recorder wrote them down (examples/northwest-syria)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from claims.known import NUMBERS_CLAIMED_THAT_COUNT_NOBODY_HARMED, REPORTS_HARDLY_READ, check_known
from claims.telling import open_story_reader
from harmledger.documents.read import read_document
from harmledger.documents.text import Text
from harmledger.records.claim import Claim
from harmledger.records.count import Count
from harmledger.records.document import Document
from harmledger.records.span import Span

FOLDER = Path(__file__).parents[2] / "examples" / "northwest-syria"
LINES = (FOLDER / "documents.jsonl").read_text("utf-8").splitlines()
DOCUMENTS = {str(one.id): one for one in (msgspec.json.decode(line, type=Document) for line in LINES)}
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text("utf-8"))["documents"]
COUNTED = frozenset({"toll", "displacement", "media"})
FLOORS = {"toll": 0.83, "damage": 0.63, "attribution": 0.55}
"""F1 over all reports that must not be lost again, just under what is reached."""
LEAST = 0.65
"""F1 of tolls that every report reaches by itself."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many claims were read rightly, of how many read and how many expected."""

    right: int
    read: int
    expected: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was to be read and nothing was."""
        return 2 * self.right / (self.read + self.expected) if self.read + self.expected else 1.0


@cache
def read_report(name: str) -> tuple[Text, tuple[Claim, ...]]:
    text, _ = read_document(DOCUMENTS[name], FOLDER)
    assert text is not None
    return text, open_story_reader().read(text)[0]


def find_kind(kind: str, claims: Sequence[Claim]) -> list[Claim]:
    if kind == "toll":
        return [c for c in claims if c.kind in COUNTED and c.harm and c.scope != "hypothetical"]
    return [claim for claim in claims if claim.kind == kind]


def score_report(name: str, kind: str) -> Score:
    """Score one kind of claim: kind, harm, numbers and words must be those that were expected."""
    text, claims = read_report(name)
    read = find_kind(kind, claims)
    wanted = [
        claim
        for claim in EXPECTED[name]["claims"]
        if (claim["kind"] in COUNTED if kind == "toll" else claim["kind"] == kind)
        and not (kind == "toll" and claim["scope"] == "hypothetical")
    ]
    used: set[str] = set()
    for claim in wanted:
        fits = [one.id for one in read if one.id not in used and is_same(text.working, claim, one)]
        used.update(fits[:1])
    return Score(len(used), len(read), len(wanted))


def is_same(working: str, expected: dict[str, Any], claim: Claim) -> bool:
    start = working.index(expected["cue"])
    meets = claim.cue.start < start + len(expected["cue"]) and start < claim.cue.end
    return meets and claim.harm == expected["harm"] and has_number(expected["count"], claim.count)


def has_number(expected: dict[str, Any] | None, count: Count | None) -> bool:
    if expected is None or count is None:
        return expected is None
    return {expected["value"], expected["low"], expected["high"]} - {None} <= {
        count.value,
        count.low,
        count.high,
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_every_report_is_mostly_read(name: str) -> None:
    reached = score_report(name, "toll").f1
    check_known(REPORTS_HARDLY_READ, name, [reached] if reached < LEAST else [])


@pytest.mark.parametrize("kind", FLOORS)
def test_what_is_reached_over_all_reports_is_kept(kind: str) -> None:
    scores = [score_report(name, kind) for name in EXPECTED]
    total = Score(
        sum(score.right for score in scores),
        sum(score.read for score in scores),
        sum(score.expected for score in scores),
    )
    assert total.f1 >= FLOORS[kind], total


@pytest.mark.parametrize("name", [name for name in EXPECTED if EXPECTED[name].get("boilerplate")])
def test_nothing_is_claimed_from_the_furniture_of_a_page(name: str) -> None:
    text, claims = read_report(name)
    for words in EXPECTED[name]["boilerplate"]:
        for match in re.finditer(re.escape(words), text.working):
            assert not [c.cue.text for c in claims if meets_span(c.evidence, *match.span())], words


SET_ASIDE = [(name, number["text"]) for name in EXPECTED for number in EXPECTED[name]["set_aside"]]


@pytest.mark.parametrize(("name", "number"), SET_ASIDE)
def test_a_number_that_counts_nobody_harmed_is_not_claimed(name: str, number: str) -> None:
    text, claims = read_report(name)
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", text.working)]
    assert places
    counted = [
        c for c in claims if c.count is not None and c.scope != "hypothetical" and counts(c.count, number)
    ]
    free = [place for place in places if not any(meets_span(claim.cue, *place) for claim in counted)]
    check_known(NUMBERS_CLAIMED_THAT_COUNT_NOBODY_HARMED, number, [] if free else [number])


@pytest.mark.parametrize("name", EXPECTED)
def test_every_claim_quotes_the_working_text(name: str) -> None:
    text, claims = read_report(name)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        for span in (claim.evidence, claim.cue):
            assert text.working[span.start : span.end] == span.text
        assert claim.evidence.end - claim.evidence.start <= 600
        assert claim.evidence.start <= claim.cue.start < claim.cue.end <= claim.evidence.end


def counts(count: Count, number: str) -> bool:
    """Tell whether the count was read from the words of the number."""
    return not set(number.lower().split()).isdisjoint(count.wording.lower().split())


def meets_span(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end
