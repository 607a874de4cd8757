"""Particles are parted from their words where the rest is known, and no wording shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.telling import explain_words, make_text, open_story_gazetteer, open_story_reader
from harmledger.claims.parse import SentenceParser
from harmledger.claims.parting import Parter, close_joints
from harmledger.lexicon.clitics import load_clitics
from harmledger.lexicon.letters import JOINT, fold_letters, is_right_to_left

KNOWN = frozenset({"قصف", "مدني", "جريح", "نظام", "طفل"})
LETTERS = st.text(alphabet="ابتجدرسقلمنوهيفكصةأإ123 .،#_«»", max_size=80)


def make_parter() -> Parter:
    clitics = load_clitics("ar")
    assert clitics is not None
    return Parter(clitics, KNOWN, lambda word: word in {"دمشق", "الحسكه"})


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("وقصف", ["و", "قصف"]),
        ("بقصف", ["ب", "قصف"]),
        ("والقصف", ["و", "ال", "قصف"]),
        ("وبالقصف", ["و", "ب", "ال", "قصف"]),
        ("للنظام", ["لل", "نظام"]),
        ("لقصف", ["ل", "قصف"]),
        ("القصف", ["ال", "قصف"]),
        ("بدمشق", ["ب", "دمشق"]),
        ("بالحسكه", ["ب", "الحسكه"]),
        ("و17", ["و", "17"]),
        ("ال24", ["ال", "24"]),
        ("قصف", ["قصف"]),
        ("والد", ["والد"]),
        ("الله", ["الله"]),
        ("بعد", ["بعد"]),
        ("ولاية", ["ولاية"]),
        ("بكلمة", ["بكلمة"]),
    ],
)
def test_a_particle_is_parted_from_a_known_word_alone(word: str, pieces: list[str]) -> None:
    assert make_parter().split_word(fold_letters(word)) == [fold_letters(piece) for piece in pieces]


def test_a_language_without_clitics_is_left_as_it_is() -> None:
    text = make_text("Shelling killed three civilians in Idlib.")
    assert SentenceParser("en", open_story_gazetteer()).prepare(text) is text
    assert load_clitics("en") is None


def test_sentences_and_offsets_of_a_parted_text_are_true() -> None:
    text = make_text("قُتل طفل بقصف. وأصيب مدنيان بالقصف.", "2021-11-08", "ar")
    parted = open_story_reader().prepare(text)
    assert JOINT in parted.reading
    assert [close_joints(parted.reading[s.start : s.end]) for s in parted.sentences] == [
        text.reading[s.start : s.end] for s in text.sentences
    ]
    for sentence, source in zip(parted.sentences, text.sentences, strict=True):
        assert parted.locate(sentence.start, sentence.end) == text.locate(source.start, source.end)


def test_what_is_prepared_stays_as_it_is() -> None:
    reader = open_story_reader()
    once = reader.prepare(make_text("وأصيب مدنيان بالقصف على دمشق.", "2021-11-08", "ar"))
    assert reader.prepare(once).reading == once.reading


def test_no_wording_keeps_a_joint() -> None:
    words = "وبحسب الدفاع المدني، أصيب مدنيان بالقصف المدفعي لقوات النظام على بلدة سرمين بريف إدلب مساء أمس."
    claims, traces = explain_words(words, "ar")
    assert any(JOINT in open_story_reader().prepare(make_text(words, None, "ar")).reading for _ in traces)
    for claim in claims:
        told = [claim.voice.name, claim.voice.wording, *claim.voice.via]
        told += [actor.wording for actor in claim.actors] + [actor.name for actor in claim.actors]
        told += [part.wording for part in (claim.count, claim.place, claim.time) if part is not None]
        assert all(JOINT not in word for word in told if word), claim


@given(LETTERS)
def test_parting_keeps_every_letter_and_claims_quote_the_text(words: str) -> None:
    text = make_text(f"قتل طفل {words}", "2021-11-08", "ar")
    parted = open_story_reader().prepare(text)
    assert close_joints(parted.reading).replace(" ", "") == text.reading.replace(" ", "")
    claims, _ = open_story_reader().read(text)
    for claim in claims:
        assert text.working[claim.evidence.start : claim.evidence.end] == claim.evidence.text
        assert text.working[claim.cue.start : claim.cue.end] == claim.cue.text


@pytest.mark.parametrize(
    ("text", "is_rtl"),
    [("مراسلنا", True), ("12 مراسلاً", True), ("Idlib إدلب", False), ("SANA", False), ("12", False)],
)
def test_direction_is_that_of_the_first_letter(text: str, is_rtl: bool) -> None:
    assert is_right_to_left(text) is is_rtl
