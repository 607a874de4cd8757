"""The chain of the journal: checked onwards from where it was checked before, and whole on demand."""

import json
import sqlite3
from contextlib import closing

import pytest

LINES = 60
CHECK = """
import json
from harmledger.desk.web.journal import chain
chain.MOST_CHECKED = 25
from dataclasses import astuple
print(json.dumps([astuple({what}()) for _ in range({times})]))
"""


@pytest.fixture
def journal(built, inside, tmp_path):
    import shutil

    folder = shutil.copytree(built, tmp_path / "case")
    inside(
        f"""
from harmledger.desk.web.journal.chain import write_line
for number in range({LINES}):
    write_line("the-admin", "test", str(number))
""",
        folder,
    )

    def check(what="chain.check_onwards", times=1):
        return json.loads(inside(CHECK.format(what=what, times=times), folder))

    def change(statement):
        with closing(sqlite3.connect(folder / "desk.sqlite")) as desk, desk:
            desk.execute(statement)

    return folder, check, change


def test_a_check_goes_on_from_the_last_and_looks_at_a_bounded_number_of_lines(journal):
    _, check, _ = journal
    (whole,) = check("chain.check_whole")
    count = whole[1]
    assert count > LINES
    assert (whole[0], whole[2]) == (count, [])
    assert whole[3]
    assert check() == [[count, count, [], whole[3]]]


def test_every_opening_takes_the_next_lines(journal):
    _, check, _ = journal
    told = check(times=4)
    count = told[0][1]
    assert [one[0] for one in told] == [25, 50, min(75, count), min(100, count)]
    assert not any(one[2] for one in told)


def test_what_was_changed_before_the_mark_is_found_by_the_whole_check_and_stays_told(journal, run):
    folder, check, change = journal
    check("chain.check_whole")
    change("UPDATE journal_line SET actor = 'somebody else' WHERE number = 5")
    assert check()[0][2] == [], "the line lies before the mark"
    done = run("journal", folder)
    assert done.returncode == 1
    assert "line 5 was changed" in done.stderr
    assert "line 5 was changed" in check()[0][2], "until all of it is whole again"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE journal_line SET detail = '{}' || ' ' WHERE number = 40", "line 40 was changed"),
        ("DELETE FROM journal_line WHERE number = 40", "line 40 is missing"),
        ("DELETE FROM journal_line WHERE number > 40", "lines after 40 are missing"),
        ("UPDATE journal_checked SET digest = 'x'", "line 25 was changed"),
    ],
)
def test_what_was_changed_after_the_mark_is_found_when_the_journal_is_opened(journal, statement, told):
    _, check, change = journal
    assert check()[0][0] == 25
    change(statement)
    assert any(told in one[2] for one in check(times=3))


def test_the_nightly_check_prints_the_last_digest(journal, run):
    folder, _, _ = journal
    first = run("journal", folder)
    assert first.returncode == 0
    assert first.stdout == run("journal", folder).stdout
    assert len(first.stdout.split()[1]) == 64
