"""Masks of a list, held against sets of positions."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.store.catalogue_masks import mask_positions, mask_range

SIZE = 9000
POSITIONS = st.sets(st.integers(1, SIZE), max_size=60)
PLACES = st.integers(0, 80)


@given(POSITIONS, PLACES, PLACES)
def test_a_page_is_cut_from_the_list_of_those_that_answer(positions, start, length):
    mask = mask_positions(positions, SIZE)
    assert mask.count == len(positions)
    assert mask.cut(start, start + length) == sorted(positions)[start : start + length]


@given(POSITIONS, POSITIONS, st.integers(-1, SIZE + 5))
def test_masks_are_held_against_each_other_as_sets_are(these, those, position):
    one, other = mask_positions(these, SIZE), mask_positions(those, SIZE)
    assert (one & other).cut(0, SIZE) == sorted(these & those)
    assert (one | other).cut(0, SIZE) == sorted(these | those)
    assert one.count_until(position) == sum(1 for one in these if one <= position)


@given(st.integers(-3, SIZE + 3), st.integers(-3, SIZE + 3))
def test_a_range_holds_both_its_ends(first, last):
    expected = [one for one in range(first, last + 1) if 1 <= one <= SIZE]
    assert mask_range(first, last, SIZE).cut(0, SIZE) == expected
