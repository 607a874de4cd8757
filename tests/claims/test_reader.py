"""The reader as a whole: pure, deterministic, and never at a loss for a text."""

import os
import subprocess
import sys
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claims.sentences import HOSTILE, TEXTS, relaxed
from claims.telling import PUBLISHED, make_text, open_story_gazetteer, open_story_reader, read_words
from depth import examples
from harmledger.claims.reader import open_reader
from harmledger.documents.read import read_document
from harmledger.records.claim import Claim
from harmledger.records.document import Document


@relaxed
@given(HOSTILE | st.text(max_size=200))
def test_no_text_makes_it_raise(words: str) -> None:
    text, _ = read_document(Document(id="any", text=words, published=PUBLISHED, language="en"), None)
    if text is not None:
        open_story_reader().read(text)


@relaxed
@given(TEXTS)
def test_the_same_text_gives_the_same_claims(words: str) -> None:
    text = make_text(words, PUBLISHED)
    assert open_story_reader().read(text) == open_story_reader().read(text)


@examples(20, 10)
@given(TEXTS)
def test_a_text_read_before_changes_nothing(words: str) -> None:
    fresh = open_reader(open_story_gazetteer())
    open_story_reader().read(make_text("Russian jets killed nine people in Sarmin on Friday, medics said."))
    text = make_text(words, PUBLISHED)
    assert fresh.read(text) == open_story_reader().read(text)


@relaxed
@given(TEXTS)
def test_the_trace_tells_of_the_claims_that_are_given(words: str) -> None:
    text = make_text(words, PUBLISHED)
    claims, traces = open_story_reader().explain(text)
    assert claims == open_story_reader().read(text)[0]
    told = {text.locate(draft.start, draft.end) for trace in traces for draft in trace.drafts}
    assert {(claim.cue.start, claim.cue.end) for claim in claims} <= told


@relaxed
@given(TEXTS)
def test_ids_are_unique_and_parts_name_a_claim(words: str) -> None:
    claims = read_words(words)
    ids = {claim.id for claim in claims}
    assert len(ids) == len(claims)
    for claim in claims:
        assert claim.part_of is None or claim.part_of in ids - {claim.id}


@relaxed
@given(TEXTS)
def test_every_claim_names_the_rules_that_made_it(words: str) -> None:
    for claim in read_words(words):
        assert claim.because
        assert any(rule.startswith("scope.") for rule in claim.because)


def test_value_and_voice_are_not_in_the_id() -> None:
    """Judgements stay attached when a number or a speaker is read better one day."""
    first, second = (
        read_undigested(f"{voice} said {number} people were killed.")
        for voice, number in (("Medics", 12), ("Locals", 13))
    )
    assert [claim.id for claim in first] == [claim.id for claim in second]
    assert first[0].count != second[0].count
    assert first[0].voice != second[0].voice


def read_undigested(words: str) -> tuple[Claim, ...]:
    """Read a document whose bytes have no digest, so that two versions of it are one document."""
    text = make_text(words, PUBLISHED)
    return open_story_reader().read(replace(text, document=replace(text.document, digest=None)))[0]


def test_a_claim_in_another_document_is_another_claim() -> None:
    ids = set()
    for name in ("one", "other"):
        text, _ = read_document(Document(id=name, text="Nine people were killed.", language="en"), None)
        assert text is not None
        ids |= {claim.id for claim in open_story_reader().read(text)[0]}
    assert len(ids) == 2


def test_a_language_without_rules_is_a_problem_and_no_error() -> None:
    text, _ = read_document(Document(id="fr", text="Neuf personnes ont perdu la vie.", language="fr"), None)
    assert text is not None
    claims, problems = open_story_reader().read(text)
    assert claims == ()
    assert [problem.code for problem in problems] == ["claims.language"]


def test_without_a_day_of_publication_relative_dates_stay_open() -> None:
    claims = read_words("Nine people were killed in Ariha on Sunday.", published=None)
    assert [claim.time for claim in claims if claim.kind == "toll"] == [None]


def test_the_order_of_hashes_decides_nothing() -> None:
    """A fresh process with another seed of its hashes gives the same claims."""
    words = (
        "Russian and Syrian jets killed 12 people, including four children, in Ariha and Sarmin in Idlib province on "
        "Sunday, medics and a monitor said. Two hospitals and a school were hit; Russia denied it."
    )
    program = (
        "import sys; from claims.telling import read_words\n"
        "print([(c.id, c.place, c.actors, c.voice, c.because) for c in read_words(sys.argv[1])])"
    )
    folder = __file__.rsplit("claims", 1)[0]
    told = {
        subprocess.run(
            [sys.executable, "-c", program, words],
            cwd=folder,
            env={"PYTHONHASHSEED": seed, "PATH": "", "HOME": sys.prefix} | open_environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(next(iter(told))) > 200


def open_environment() -> dict[str, str]:
    """Keep what tells the child process where files lie."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}


def test_a_text_is_read_up_to_so_many_words_of_harm_and_says_where_it_ended(monkeypatch) -> None:
    text = make_text("Shelling in Idlib killed 3 people. " * 40, PUBLISHED)
    whole, _ = open_story_reader().read(text)
    monkeypatch.setattr("harmledger.claims.reader.MOST_TRIGGERS", 20)
    cut, problems = open_story_reader().read(text)
    assert 0 < len(cut) < len(whole)
    assert [claim.id for claim in cut] == [claim.id for claim in whole[: len(cut)]]
    (problem,) = [one for one in problems if one.code == "claims.too-many"]
    assert problem.start is not None
    assert max(claim.evidence.end for claim in cut) <= problem.start < len(text.working)
