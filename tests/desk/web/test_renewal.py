"""The catalogue of a case that was built again: taken over from the one before, and the same as one made anew."""

import shutil

from ..conftest import write_rows

MORE = (
    {
        "id": "later",
        "text": "A later air strike on Saraqib killed four people on 3 June 2016, rescuers said.",
        "publisher": "Example Daily",
        "published": "2016-06-04",
        "kind": "news",
        "language": "en",
    },
    {
        "id": "another",
        "text": "Air raids on Idlib killed 52 people on Monday, a hospital said.",
        "publisher": "Example Post",
        "published": "2016-06-01",
        "kind": "news",
        "language": "en",
    },
)
MAKE = """
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from harmledger.desk.web.cases import open_facts
from harmledger.pipeline import catalogue
from harmledger.store.settings import load_settings
from django.conf import settings
folder = settings.HARMLEDGER_CASE_FOLDER
ways = []
for name in ("renew_rows", "fill_catalogue"):
    def watch(*given, real=getattr(catalogue, name), name=name):
        ways.append(name)
        return real(*given)
    setattr(catalogue, name, watch)
given, _ = load_settings(folder)
def make():
    path = catalogue.make_catalogue(open_facts(folder), folder, given, datetime(2026, 11, 22, 12, tzinfo=UTC))
    with closing(sqlite3.connect(path)) as connection:
        at = dict(connection.execute("SELECT number, position FROM entries"))
        told = [sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
                for name in ("meta", "pages", "masks", "cells", "left_out")]
        for name in ("bodies", "kept"):
            told.append(sorted((at[row[0]], *row[1:]) for row in connection.execute(f"SELECT * FROM {name}")))
        for language in ("en", "ar"):
            told.append(list(connection.execute(
                "SELECT position, id, release, line FROM entries JOIN lines USING (number) WHERE language = ?"
                " ORDER BY position", (language,))))
        for word in ("idlib", "saraqib"):
            found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (word,))
            told.append(sorted(at[number] for (number,) in found))
    return path, told
"""
TWICE = "path, first = make(); path.unlink(); print(*ways); _, second = make(); print(first == second, len(first[-3]))"


def test_a_case_that_was_built_again_keeps_what_is_the_same(built, run, inside, tmp_path):
    folder = shutil.copytree(built, tmp_path / "case")
    assert inside(MAKE + "make(); print(*ways)", folder).split() == ["fill_catalogue"]
    run("add", folder, write_rows(tmp_path / "more.jsonl", MORE), "-q")
    run("build", folder, "-q", "--jobs", "1")
    ways, is_same, entries = inside(MAKE + TWICE, folder).split()
    assert (ways, is_same) == ("renew_rows", "True")
    assert int(entries) >= 3
