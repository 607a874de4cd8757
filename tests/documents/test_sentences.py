"""Where sentences end, by example and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents.lines import join_wrapped_lines
from harmledger.documents.reading import make_reading
from harmledger.documents.sentences import split_sentences
from harmledger.documents.text import Text
from harmledger.lexicon.prose import load_prose
from harmledger.records.document import Document
from harmledger.records.span import EVIDENCE_LIMIT


def split(reading: str, language: str = "en") -> list[str]:
    return [reading[start:end] for start, end, _ in split_sentences(reading, load_prose(language))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Two people died.", "Five were wounded."],
        ["Spokesman Maj. Gen. Person A denied it.", "He gave no reason."],
        ["The U.S. President spoke.", "Strikes went on."],
        ["It happened in the U.S. Army base."],
        ["They left the U.S.", "The strikes went on."],
        ["Shelling began at 4 a.m. Wednesday and ended at 6 p.m. Thursday."],
        ["Shelling began at 4 a.m.", "Rescuers came at six."],
        ["It began on Sept. 5 near Mt. Qasioun, Dr. Person B said."],
        ["Resolution No. 2254 was adopted.", "No.", "They said no."],
        ["Between 1.5 and 2.5 tonnes fell.", "12 homes burnt."],
        ["J. K. Person and Person D. Smith fled."],
        ['"They hit us again."', "Then the line broke."],
        ['"Where is the world?" Person A said.', "Nobody answered."],
        ['"Where is the world?" he asked.'],
        ['"Stop!" they cried, and ran.'],
        ["He waited... and left."],
        ["He waited...", "The shells came back."],
        ["He waited\u2026", "The shells came back."],
        ["The strike killed ten.", "al-Qaeda was blamed."],
        ["They were killed.", "The army denied it."],
        ["It hit example.com and www.Example.org/a.html today."],
        ["(Three died.)", "Two lived."],
        ["Cases rose 3.5% in Idlib.", "[The toll rose.]"],
        ["Shells hit at 2:45 p.m.. Wednesday was calm."],
    ],
)
def test_english(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_missing_space_after_a_stop() -> None:
    assert split("Ten were killed.The army denied it.") == ["Ten were killed.", "The army denied it."]
    assert split("قتل خمسة مدنيين.كما أصيب آخرون.", "ar") == ["قتل خمسة مدنيين.", "كما أصيب آخرون."]


@pytest.mark.parametrize(
    "sentences",
    [
        ["من قصف البلدة؟", "لا أحد يعلم."],
        ["قصفت الطائرات البلدة.", "وأصيب ثلاثة أشخاص."],
        ["مجزرة في البلدة.. مقتل خمسة أشخاص"],
        ["قال د. فلان الفلاني ذلك."],
    ],
)
def test_languages_without_capitals(sentences: list[str]) -> None:
    assert split(" ".join(sentences), "ar") == sentences


def test_lines_end_paragraphs_and_lead_ins_stand_alone() -> None:
    reading = "What happened:\n\nTwo people died\n- one in Idlib\n- one in Hama. Others fled."
    stretches = split_sentences(reading, load_prose("en"))
    assert [reading[a:b] for a, b, _ in stretches] == [
        "What happened:", "Two people died", "- one in Idlib", "- one in Hama.", "Others fled.",
    ]  # fmt: skip
    assert [paragraph for _, _, paragraph in stretches] == [0, 1, 2, 3, 3]


def test_bullets_within_a_line_and_numbered_items() -> None:
    assert split("Toll: • two in Idlib • one in Hama") == ["Toll:", "• two in Idlib", "• one in Hama"]
    assert split("1. The strike killed two. 2. It hit a school.")[0] == "1. The strike killed two."


def test_hard_wrapped_lines_are_joined_and_wire_lines_are_not() -> None:
    wrapped = (
        "Warplanes struck the town on Monday night and again on\n"
        "Tuesday morning, witnesses said, and rescuers were still\n"
        "looking for people under the rubble of three houses that\n"
        "had collapsed.\n\nNobody claimed the attack."
    )
    joined = join_wrapped_lines(wrapped)
    assert len(joined) == len(wrapped)
    assert [part.count("\n") for part in split(joined)] == [0, 0]
    wire = "Two people died in the strike.\nFive were wounded.\nThe army denied any part in it.\nNobody else spoke."
    assert join_wrapped_lines(wire) == wire
    posts = "#Idlib\nShelling on the town\nTwo wounded\n#Syria"
    assert join_wrapped_lines(posts) == posts


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    clause = "a shell hit a house in the north of the town and nobody was there to see it fall; "
    parts = split(clause * 20)
    assert all(len(part) <= EVIDENCE_LIMIT for part in parts)
    assert all(part.endswith(";") for part in parts)


PROSE = st.lists(
    st.sampled_from(
        ["The", "army", "killed", "U.S.", "Gen.", "a.m.", "5", "3.", "...", "..", ".", "?", "!", '"', "'", "(", ")", "•",
         "\n", "\n\n", " ", "  ", "قصف", "؟", "al-Bab", "No.", "x" * 250, "word, " * 60, "—", "\u200b", "Ã©", "…"]
    ) | st.text(max_size=5),
    max_size=40,
)  # fmt: skip


@given(PROSE, st.sampled_from(["", " "]), st.sampled_from(["en", "ar"]))
def test_sentences_cover_every_letter_once_in_order(pieces: list[str], glue: str, language: str) -> None:
    working = glue.join(pieces)
    copy = make_reading(working)
    reading = join_wrapped_lines(copy.text)
    stretches = split_sentences(reading, load_prose(language), copy.ends)
    done = 0
    for start, end, _ in stretches:
        assert done <= start < end <= len(reading)
        assert not reading[done:start].strip()
        assert not reading[start].isspace()
        assert not reading[end - 1].isspace()
        assert "\n" not in reading[start:end]
        done = end
    assert not reading[done:].strip()
    paragraphs = [paragraph for _, _, paragraph in stretches]
    assert paragraphs == sorted(paragraphs)
    text = Text(Document(), working, reading, (), shifts=copy.shifts, ends=copy.ends)
    for start, end, _ in stretches:
        first, last = text.locate(start, end)
        assert last - first <= EVIDENCE_LIMIT
