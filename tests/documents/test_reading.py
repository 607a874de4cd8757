"""The reading copy and its map back to the working text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.documents.reading import make_reading
from harmledger.documents.text import Text
from harmledger.records.document import Document

PIECES = st.sampled_from(
    [
        "shelled the town", " ", "killing 40—51 people", "—", "--", "â€œthey fledâ€\x9d", "cafÃ©", "Ø§Ù„Ø¬ÙŠØ´", "قصف البلدة",
        "\u200b", "\u200f", "\u00ad", "\ufeff", "“quoted”", "it’s", "\u00a0", "\n", "\r\n", "\t", "…", "«", "»", "5", "é",
        "‚Äú", "\ufffd", "�s", "- ", "\u2028", "𝄞", "x",
    ]
)  # fmt: skip
WORKING = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)


def as_text(working: str) -> Text:
    copy = make_reading(working)
    return Text(Document(), working, copy.text, (), shifts=copy.shifts, ends=copy.ends)


@pytest.mark.parametrize(
    ("working", "reading"),
    [
        ("“They fled,” a resident’s son said", '"They fled," a resident\'s son said'),
        ("between 40–51 and 60—70", "between 40-51 and 60-70"),
        ("a ceasefire — or a pause", "a ceasefire - or a pause"),
        ("the dead—five of them children—were", "the dead - five of them children - were"),
        ("the dead--five of them children--were", "the dead - five of them children - were"),
        ("12\u00a0people\u202fin\u2009Idlib", "12 people in Idlib"),
        ("ci\u00advil\u200bian\u200fs", "civilians"),
        ("â€œStopâ€\x9d said the cafÃ© owner", '"Stop" said the café owner'),
        ("Ø§Ù„Ø¬ÙŠØ´ shelled", "الجيش shelled"),
        ("the town�s school � and its clinic", "the town's school - and its clinic"),
        ("line\r\nnext\rlast\u2028end\tx", "line \nnext\nlast\nend x"),
    ],
)
def test_accidents_are_taken_out(working: str, reading: str) -> None:
    assert make_reading(working).text == reading


@pytest.mark.parametrize(
    "working",
    [
        "Plain words, nothing to mend.",
        "São Paulo à « Genève » £5 ÀÉÎ",
        "قتل خمسة مدنيين في القصف",
        "Straße — ÄÖÜ",
        "",
    ],
)
def test_sound_text_keeps_its_length_and_needs_no_map(working: str) -> None:
    copy = make_reading(working)
    assert len(copy.text) == len(working)
    assert copy.shifts is None
    assert copy.ends is None


@pytest.mark.parametrize(
    ("working", "word", "source"),
    [
        ("two\u200b chil\u00addren died", "children", "chil\u00addren"),
        ("\u200f\u200fقصف\u200f البلدة", "قصف", "قصف"),
        ("قُتل خمسة مدنيين", "قتل", "قُتل"),
        ("سـ.ـقوط قتـ.لى وجـ ـرحى", "سقوط", "سـ.ـقوط"),
        ("سـ.ـقوط قتـ.لى وجـ ـرحى", "قتلى", "قتـ.لى"),
        ("سـ.ـقوط قتـ.لى وجـ ـرحى", "وجرحى", "وجـ ـرحى"),
        ("هاجم داع١ش القرية", "داعاش", "داع١ش"),
        ("ﻗﺼﻒ ﻋﻠﻰ القرية", "قصف", "ﻗﺼﻒ"),
        ("في الـ24 ساعة", "ال24", "الـ24"),
        ("in the cafÃ© near", "café", "cafÃ©"),
        ("â€œ12 deadâ€\x9d in Idlib", '"12 dead"', "â€œ12 deadâ€\x9d"),
        ("the dead—five—were", "five", "five"),
        ("the dead—five—were", " - ", "—"),
        ("the dead—five—were", "-", "—"),
        ("\u200bâ€œ\u200bx—y", "x - y", "x—y"),
    ],
)
def test_a_stretch_leads_back_to_exactly_its_source(working: str, word: str, source: str) -> None:
    text = as_text(working)
    start = text.reading.index(word)
    first, last = text.locate(start, start + len(word))
    assert working[first:last] == source


@given(WORKING)
def test_the_map_runs_forward_inside_the_working_text(working: str) -> None:
    text = as_text(working)
    size = len(text.reading)
    if text.shifts is None or text.ends is None:
        assert size == len(working)
        assert text.locate(0, size) == (0, len(working))
        return
    assert len(text.shifts) == len(text.ends) == size + 1
    starts, ends = [text.shifts[n] for n in range(size + 1)], [text.ends[n] for n in range(size + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= n <= len(working) for n in starts + ends)
    for n in range(size):
        first, last = text.locate(n, n + 1)
        assert first < last
    for n in range(size + 1):
        assert text.locate(n, n)[0] == text.locate(n, n)[1]


@given(WORKING)
def test_every_unchanged_code_point_leads_back_to_itself(working: str) -> None:
    """Letters that no rule touches stand in the working text where the map says."""
    text = as_text(working)
    for n, point in enumerate(text.reading):
        if point.isascii() and point.isalnum():
            first, last = text.locate(n, n + 1)
            assert point in working[first:last]


def misread(text: str) -> str:
    """Give UTF-8 as a program shows it that takes it for Windows-1252, where 0x9D and four more stay bare."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@given(
    st.lists(
        st.sampled_from(["café", "naïve", "“no”", "it’s", "قصف", "القوات", "дом", "plain", "5"]), max_size=12
    )
)
def test_mojibake_reads_as_the_text_it_was(words: list[str]) -> None:
    original = " ".join(words)
    assert make_reading(misread(original)).text == make_reading(original).text


@given(WORKING)
def test_the_reading_copy_holds_nothing_invisible(working: str) -> None:
    reading = make_reading(working).text
    assert not set(reading) & set("\u200b\u200e\u200f\u00ad\ufeff\u202a\u2066\t\r\u00a0“”‘’–—")
