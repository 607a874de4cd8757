"""Evidence and cues quote the working text, whatever was mended in the reading copy."""

import textwrap

import pytest
from hypothesis import given

from claims.sentences import HOSTILE, TEXTS, relaxed
from claims.telling import PUBLISHED, make_text, open_story_reader
from harmledger.documents.read import read_document
from harmledger.documents.text import Text
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.identity import identify_claim
from harmledger.records.span import EVIDENCE_LIMIT

PLAIN = 'Medics said at least 23 people were killed in Ariha. "Forty children were wounded," a nurse said.'
CALM = "The streets were empty on Sunday, and the shops stayed closed until the evening. " * 4


def read_raw(words: str) -> tuple[Text | None, tuple[Claim, ...]]:
    text, _ = read_document(Document(id="story", text=words, published=PUBLISHED, language="en"), None)
    return text, open_story_reader().read(text)[0] if text is not None else ()


def check_spans(text: Text, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        for span in (claim.evidence, claim.cue):
            assert text.working[span.start : span.end] == span.text
        assert 0 < claim.evidence.end - claim.evidence.start <= EVIDENCE_LIMIT
        assert claim.evidence.start <= claim.cue.start < claim.cue.end <= claim.evidence.end


SHIFTED = {
    "no-break spaces": PLAIN.replace(" ", "\u00a0"),
    "soft hyphens": PLAIN.replace("people", "peo\u00adple").replace("children", "chil\u00addren"),
    "curly quotes": PLAIN.replace('"', "\u201d").replace("- ", "\u2014 "),
    "quotes that were decoded wrongly": PLAIN.replace('"', "\u00e2\u20ac\u0153"),
    "hard-wrapped lines": textwrap.fill(f"{PLAIN} {CALM}", 70),
    "a byte-order mark": "\ufeff" + PLAIN,
    "zero-width spaces": PLAIN.replace("23", "23\u200b"),
}


@pytest.mark.parametrize("words", SHIFTED.values(), ids=SHIFTED.keys())
def test_offsets_are_true_where_the_reading_copy_differs(words: str) -> None:
    text, claims = read_raw(words)
    assert text is not None
    assert text.working == words
    assert text.working != text.reading
    check_spans(text, claims)
    assert [claim.count.value for claim in claims if claim.count is not None] == [23, 40]


@relaxed
@given(TEXTS)
def test_offsets_are_true_in_any_report(words: str) -> None:
    text, claims = read_raw(words)
    assert text is not None
    check_spans(text, claims)


@relaxed
@given(HOSTILE)
def test_offsets_are_true_in_any_text(words: str) -> None:
    text, claims = read_raw(words)
    if text is not None:
        check_spans(text, claims)


def test_a_long_sentence_is_quoted_around_its_cue() -> None:
    filler = "which the village had seen before and would see again, " * 12
    words = f"In Ariha, {filler}nine people were killed by shelling, {filler}as the elders tell."
    text, claims = read_raw(words)
    assert text is not None
    assert len(words) > 2 * EVIDENCE_LIMIT
    assert [claim.count.value for claim in claims if claim.count is not None] == [9]
    check_spans(text, claims)


def test_an_id_is_made_of_where_it_stands_and_what_it_is() -> None:
    text = make_text(PLAIN, PUBLISHED)
    for claim in open_story_reader().read(text)[0]:
        document = text.document
        assert claim.id == identify_claim(
            document.id or "",
            document.digest,
            claim.kind,
            claim.harm,
            claim.group,
            claim.cue.start,
            claim.cue.end,
        )
