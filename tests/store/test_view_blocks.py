"""A stretch of a block that is looked up is what stands there, in order."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.incidents.folding import Telling
from harmledger.incidents.linking import Span
from harmledger.store import view_blocks
from harmledger.store.view_blocks import Blocks, round_order
from harmledger.store.view_schema import TABLES
from harmledger.store.view_tellings import Tellings, pack_telling

TIMES = st.sampled_from(
    ("2016-05-30T12:00:00+00:00", "2016-05-30T12:00:30+00:00", "2016-06-01T08:10:00+00:00", "~")
)
ORDERS = st.builds("{}\x1f{}\x1f{}".format, TIMES, st.integers(0, 1), st.text("0123abc\u0645", max_size=6))
BLOCK = "area_day", "somewhere"
LAST = "\U0010ffff"


def make_telling(order: str) -> Telling:
    return Telling(
        scope="area_day", family="d", order=order, document="d", place=None, days=None, means=frozenset(),
        targets=frozenset(), actors=frozenset(), figures={}, documents=("d",), claims=(), joins=BLOCK[1:],
    )  # fmt: skip


@contextmanager
def open_blocks(orders: Sequence[str]) -> Iterator[Blocks]:
    """Give the blocks of a view with tellings of one block."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    tellings = Tellings(connection)
    made = {number: make_telling(order) for number, order in enumerate(orders)}
    tellings.put((number, one, pack_telling(one)) for number, one in made.items())
    tellings.blocks.put(made)
    yield tellings.blocks
    connection.close()


@given(ORDERS, ORDERS)
def test_what_comes_first_has_no_later_moment(one: str, other: str) -> None:
    first, second = sorted((one, other))
    assert -1 < round_order(first) <= round_order(second) <= round_order(LAST) < 1 << 62


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ORDERS, max_size=30, unique=True),
    ORDERS,
    ORDERS,
    st.integers(1, 5),
    st.sampled_from((None, 3, 64)),
)
def test_a_stretch_is_what_stands_there(
    orders: list[str], order: str, until: str, number: int, small: int | None
) -> None:
    order, until = sorted((order, until))
    members = sorted((told, place) for place, told in enumerate(orders))
    with open_blocks(orders) as blocks, pytest.MonkeyPatch.context() as patch:
        patch.setattr(view_blocks, "_SLACK", 1)
        if small is not None:
            patch.setattr(view_blocks, "_SMALL", small)
            blocks.fetch((Span(BLOCK, order, number), Span(BLOCK, order, number, until)))
        assert list(blocks.list_all(BLOCK)) == members
        assert (
            list(blocks.list_before(BLOCK, order, number)) == [o for o in members if o[0] < order][-number:]
        )
        assert list(blocks.list_from(BLOCK, order, number)) == [o for o in members if o[0] >= order][:number]
        for end in (until, LAST):
            within = [one for one in members if order <= one[0] <= end]
            assert list(blocks.list_span(BLOCK, order, end)) == within
        assert blocks.list_before(("area_day", "elsewhere"), order, number) in ((), [])
