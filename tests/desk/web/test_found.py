"""What answers a question, from memory: the same as a look at every entry gives."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.desk.web.public.found import find_answer
from harmledger.store import catalogue_kept
from harmledger.store.catalogue import (
    CatalogueRow,
    Found,
    build_catalogue,
    name_catalogue,
    open_catalogue,
)
from harmledger.store.catalogue_kept import keep_masks
from harmledger.store.catalogue_rows import put_rows
from harmledger.store.catalogue_search import Catalogue, Question

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST = date(2019, 1, 1)
WORDS = ("Maarra", "Saraqib", "Idlib Hospital", "Idlib", "معرة النعمان")
MEANS = ("air_strike", "shelling", "ied")
PROVINCES = (None, "Idlib", "Aleppo")


def make_row(position, told):
    """Make an entry; its numbers run against the order of the list, as they may where a catalogue was kept up."""
    begin, days, word, means, province, is_held = told
    first = None if begin is None else (FIRST + timedelta(days=begin)).isoformat()
    last = None if begin is None else (FIRST + timedelta(days=begin + days)).isoformat()
    name = f"{position:016x}"
    entry = Found(1000 - position, position, name, name, "attack", first, last, "2027" if is_held else "", word,
                  province, "fair", 3, 0.5, 0.25, 1.0, 0, 0, b"{}")  # fmt: skip
    tags = (("means", means),)
    return CatalogueRow(entry, word, tags, (), (), lines=(("en", f"<li>{name}</li>"),))


@pytest.fixture(scope="module", autouse=True)
def keep_small_masks():
    """Keep masks of few entries, so that a small case has some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue_kept, "_FEWEST", 2)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("found")


STAMPS = count()
ENTRIES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 20)),
        st.integers(0, 6),
        st.sampled_from(WORDS),
        st.sampled_from(MEANS),
        st.sampled_from(PROVINCES),
        st.booleans(),
    ),
    max_size=12,
)
DAYS = st.one_of(st.none(), st.integers(-2, 28).map(lambda days: (FIRST + timedelta(days=days)).isoformat()))
QUESTIONS = st.builds(
    Question,
    words=st.sampled_from(("", "maar", "IDLIB", "idlib hosp", "hosp idl nothing", "معر", "!!")),
    since=DAYS,
    until=DAYS,
    province=st.sampled_from(PROVINCES),
    tags=st.lists(st.sampled_from(MEANS), max_size=2, unique=True).map(
        lambda told: tuple(("means", one) for one in told)
    ),
)


def answers(row, question):
    entry = row.entry
    words = [word.lower() for word in row.text.split()]
    asked = question.words.replace("!", "").lower().split()
    return (
        entry.release <= "2026-11-22T12:00:00Z"
        and all(any(word.startswith(part) for word in words) for part in asked)
        and (not question.since or (entry.last is not None and entry.last >= question.since))
        and (not question.until or (entry.first is not None and entry.first <= question.until))
        and (not question.province or entry.province == question.province)
        and all(tag in row.tags for tag in question.tags)
    )


@given(ENTRIES, st.lists(QUESTIONS, min_size=1, max_size=4), st.integers(0, 3))
def test_what_answers_is_what_a_look_at_every_entry_finds(folder, told, questions, start):
    told.sort(key=lambda one: (one[0] is not None, one[0] or 0), reverse=True)
    rows = [make_row(position, one) for position, one in enumerate(told, start=1)]
    with build_catalogue(folder, "0" * 16) as connection:
        put_rows(connection, rows)
        if start % 2:
            keep_masks(connection)
    connection = open_catalogue(name_catalogue(folder, "0" * 16))
    try:
        catalogue = Catalogue(connection, "2026-11-22T12:00:00Z")
        stamp = str(next(STAMPS))  # no catalogue has that of another
        case = SimpleNamespace(catalogue=catalogue, meta={}, key=stamp, stamp=stamp, now=NOW)
        for question in questions:
            expected = [row.entry for row in rows if answers(row, question)]
            found = find_answer(case, question)
            assert found.count == len(expected)
            numbers = found.cut(start, start + 3)
            assert numbers == [entry.number for entry in expected[start : start + 3]]
            lines = catalogue.fetch_lines(numbers, "en") if numbers else []
            assert [line.first for line in lines] == [entry.first for entry in expected[start : start + 3]]
            for entry in expected[:2]:
                assert found.count_until(entry.position) == 1 + expected.index(entry)
    finally:
        connection.close()
