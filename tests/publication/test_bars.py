"""Range bars stay on their scale."""

from hypothesis import given
from hypothesis import strategies as st

from harmledger.publication.drawing.bars import WIDTH, draw_bar, find_scales
from harmledger.publication.view.figures import Figure

COUNTS = st.none() | st.integers(0, 10**6)


def make_figure(low, high, best=None, is_open=False):
    return Figure("killed", "Killed", "", low, high, best, is_open)


@given(COUNTS, COUNTS, st.booleans())
def test_a_bar_lies_on_its_scale(low, high, is_open):
    if low is not None and high is not None and low > high:
        low, high = high, low
    figure = make_figure(low, high, None, is_open)
    bar = draw_bar(figure, find_scales([figure])["killed"])
    if bar is None:
        assert low is None
        assert high is None
        return
    assert bar.start >= 0
    assert bar.width > 0
    assert bar.start + bar.width <= WIDTH


def test_at_least_is_open_and_up_to_starts_at_nought():
    at_least = draw_bar(make_figure(23, None), 50)
    up_to = draw_bar(make_figure(None, 30), 50)
    assert at_least.is_open
    assert (up_to.start, up_to.has_low, up_to.is_open) == (0, False, False)


def test_bars_of_one_harm_share_a_scale():
    few, many = make_figure(10, 10), make_figure(50, 50)
    full = find_scales([few, many])["killed"]
    assert draw_bar(few, full).start < draw_bar(many, full).start
