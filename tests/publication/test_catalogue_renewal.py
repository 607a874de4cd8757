"""A catalogue that is brought up to date holds what one that is made anew would hold."""

import os
import signal
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from depth import examples
from harmledger.pipeline.catalogue_renewal import Changed, fill_catalogue, renew_rows
from harmledger.publication.disclosure.rules import PUBLIC
from harmledger.publication.material import HeldRecords, Settings
from harmledger.records.document import Document
from harmledger.records.incident import Attribution, Extent, Grade
from harmledger.records.time import Time
from harmledger.store.catalogue import build_catalogue, name_catalogue, open_catalogue, renew_catalogue

from .cases import IDLIB, make_incident

THEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SETTINGS = Settings("Northwest Syria", disclosure=replace(PUBLIC, least_grade="weak"))
LETTERS = "abcdefgh"
PLACES = (
    IDLIB,
    replace(IDLIB, admin2="Maarra"),
    replace(IDLIB, name="Saraqib", wording="Saraqib", lat=35.86, lon=36.8),
    replace(IDLIB, name="Clinic 7", precision="site"),
)


class Records(HeldRecords):
    """Records in memory that can be looked up."""

    def fetch_incident(self, id):
        return next((one for one in self.incidents if one.id == id), None)


def make_documents(published):
    return {
        f"report {number}": Document(
            id=f"report {number}", publisher=f"Publisher {number % 2}", published=day, kind="news"
        )
        for number, day in enumerate(published)
    }


INCIDENTS = st.dictionaries(
    st.sampled_from(LETTERS),
    st.tuples(
        st.sampled_from(("2019-04-28", "2019-04-29", "2019-07-22", "2026-11-19", "2026-11-21", "2026-11-23", None)),
        st.sampled_from(("attack", "area_day", "since_date")),
        st.sampled_from(PLACES),
        st.sampled_from((("hospital",), ("school",), ())),
        st.sampled_from((1, 4, 9)),
        st.sampled_from(("fair", "weak", "contested")),
        st.sets(st.sampled_from(LETTERS), max_size=2),
        st.sampled_from(("", "x", "y")),
        st.integers(0, 3),
        st.sampled_from(("machine", "withdrawn", "reviewed")),
        st.booleans(),
    ),
    max_size=7,
)  # fmt: skip
PUBLISHED = st.lists(st.sampled_from(("2019-05-01", "2026-11-19", "2026-11-23")), min_size=4, max_size=4)


def make_all(told):
    """Make the incidents of a case."""
    made = []
    for letter, given_ in sorted(told.items()):
        day, scope, place, targets, killed, grade, wholes, former, report, status, is_blamed = given_
        extent = Extent(killed, killed + 1, killed)
        contradictions = [{"part": 9, "whole": 1, "harm": "killed", "group": "people",
                           "part_claim": "c1", "whole_claim": "c2"}]  # fmt: skip
        made.append(
            make_incident(
                letter * 64,
                scope=scope,
                time=Time(day, day, "day") if day else None,
                place=place,
                targets=targets,
                toll={"killed": extent},
                grade=Grade(grade),
                part_of=tuple(sorted(one * 64 for one in wholes - {letter})),
                formerly=(former * 64,) if former else (),
                documents=(f"report {report}",),
                status=status,
                attribution=(Attribution("Russia"),) if is_blamed else (),
                extra={"contradictions": contradictions} if killed == 9 and is_blamed else {},
            )
        )
    return made


def mark_all(incidents):
    return {one.id: zlib.crc32(msgspec.json.encode(one)) for one in incidents}


def read_all(path):
    """Give everything that a catalogue holds, entries by their position in place of the numbers that are its own."""
    with closing(sqlite3.connect(path)) as connection:
        positions = dict(connection.execute("SELECT number, position FROM entries"))
        held = {}
        for table in ("meta", "pages", "masks", "cells", "left_out"):
            held[table] = sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
        for table in ("entries", "bodies", "lines", "surroundings", "kept", "tags", "wholes", "formerly", "sources"):  # fmt: skip
            found = connection.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in found.description]
            at = columns.index("number")
            rows = [(*row[:at], positions[row[at]], *row[at + 1 :]) for row in found]
            held[table] = sorted(rows, key=repr)
        for word in ("idlib", "saraqib", "maarra", "russia", "clinic"):
            rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (word,))
            held[word] = sorted(positions[number] for (number,) in rows)
        indexes = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        held["indexes"] = sorted(name for (name,) in indexes)
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return held


def fill(folder, digest, incidents, documents, at):
    with build_catalogue(folder, digest) as connection:
        fill_catalogue(connection, Records(incidents, {}, documents), SETTINGS, at, mark_all(incidents))
    return name_catalogue(folder, digest)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("renewal")


@examples(30, 8)
@given(st.lists(st.tuples(INCIDENTS, PUBLISHED), min_size=2, max_size=3))
def test_a_renewed_catalogue_is_one_made_anew(folder, states):
    told, published = states[0]
    present = fill(folder, "0" * 16, make_all(told), make_documents(published), THEN)
    for number, (told, later) in enumerate(states[1:], start=1):
        incidents, documents = make_all(told), make_documents(later)
        differing = frozenset(f"report {at}" for at in range(4) if later[at] != published[at])
        digest = f"{number:016x}"
        with renew_catalogue(folder, digest, present) as connection:
            material = Records(incidents, {}, documents)
            renew_rows(
                connection, material, SETTINGS, NOW, mark_all(incidents), Changed(frozenset(), differing)
            )
        assert not present.exists()
        present = name_catalogue(folder, digest)
        renewed = read_all(present)
        (folder / "anew").mkdir(exist_ok=True)
        anew = fill(folder / "anew", "f" * 16, incidents, documents, NOW)
        assert renewed == read_all(anew)
        published = later


def test_what_is_the_same_is_not_written_again(folder, tmp_path):
    incidents = make_all({letter: ("2019-07-22", "attack", IDLIB, (), 4, "fair", set(), "", 0, "machine", False)
                          for letter in "abcd"})  # fmt: skip
    documents = make_documents(["2019-05-01"] * 4)
    present = fill(tmp_path, "0" * 16, incidents, documents, NOW)
    changed = [replace(incidents[0], toll={"killed": Extent(70, 70, 70)}), *incidents[1:]]
    asked = []

    class Watched(Records):
        def fetch_incident(self, id):
            asked.append(id)
            return super().fetch_incident(id)

        def list_incidents(self):
            raise AssertionError("all incidents were looked at")

    with renew_catalogue(tmp_path, "1" * 16, present) as connection:
        before = connection.total_changes
        marks = mark_all(changed)
        renew_rows(
            connection,
            Watched(changed, {}, documents),
            SETTINGS,
            NOW,
            marks,
            Changed(frozenset(), frozenset()),
        )
        assert connection.total_changes > before
    assert asked == ["a" * 64]


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from harmledger.store.catalogue import renew_catalogue
folder = Path(sys.argv[1])
(present,) = folder.glob("catalogue-*.sqlite")
with renew_catalogue(folder, "2" * 16, present) as connection:
    connection.execute("DELETE FROM entries")
    connection.execute("DELETE FROM lines")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_renewal_that_is_killed_leaves_the_catalogue_before(tmp_path):
    told = {"a": ("2019-07-22", "attack", IDLIB, (), 4, "fair", set(), "", 0, "machine", False)}
    incidents, documents = make_all(told), make_documents(["2019-05-01"] * 4)
    present = fill(tmp_path, "0" * 16, incidents, documents, NOW)
    before = read_all(present)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], timeout=120, env=dict(os.environ), check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.glob("catalogue-*")] == [present.name]
    assert read_all(present) == before
    open_catalogue(present).close()
    with renew_catalogue(tmp_path, "1" * 16, present) as connection:
        renew_rows(connection, Records(incidents, {}, documents), SETTINGS, NOW, mark_all(incidents),
                   Changed(frozenset(), frozenset()))  # fmt: skip
    assert read_all(name_catalogue(tmp_path, "1" * 16)) == before
    assert not list(Path(tmp_path).glob(".catalogue-*"))
