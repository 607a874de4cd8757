"""A text searched once gives its sentences what a search in each of them alone gives."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.times import load_time_words
from harmledger.ranges.folding import fold
from harmledger.ranges.quantities import find_quantities, scan_numbers
from harmledger.ranges.times import find_times, scan_times

NUMBERS, TIMES = load_number_words("en"), load_time_words("en")
PIECES = st.sampled_from(
    ["five", "no", "one", "half a", "dozen", "people", "1,200", "12", "on Monday", "last", "night", "since",
     "two days", "ago", "may", "May", ".", ",", " ", "\n", "İ", "20", "15:30", "x2", "٣", "twenty-three"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.sampled_from([" ", "", "-"]), st.data())
def test_a_stretch_reads_the_same_with_and_without_the_scan(
    pieces: list[str], joint: str, data: st.DataObject
) -> None:
    text = joint.join(pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    folded = fold(text)
    times = find_times(text, start, end, TIMES)
    assert find_times(text, start, end, TIMES, scan_times(folded, TIMES)) == times
    scanned = find_quantities(text, start, end, NUMBERS, times, scan_numbers(folded, NUMBERS))
    assert scanned == find_quantities(text, start, end, NUMBERS, times)
