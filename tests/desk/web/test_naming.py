"""Names of files from a browser: nothing that a path could be made of is left of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.desk.web.intake.naming import clean_name, name_apart


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\day.csv", "day.csv"),
        ("/etc/cron.d/x", "x"),
        ("..", "file-7"),
        ("", "file-7"),
        (".htaccess", "htaccess"),
        ("a\x00b\n.txt", "ab.txt"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("\u062a\u0642\u0631\u064a\u0631.pdf", "\u062a\u0642\u0631\u064a\u0631.pdf"),
        ("  spaced   out .txt", "spaced out .txt"),
    ],
)
def test_a_name_is_a_label(given, kept):
    assert clean_name(given, 7) == kept


@given(st.text(max_size=400), st.integers(1, 100))
def test_no_name_leads_anywhere(name, number):
    kept = clean_name(name, number)
    assert kept
    assert not set(kept) & set("/\\\0\n\r\u202e")
    assert not kept.startswith(".")
    assert len(kept.encode()) <= 255


def test_names_that_are_alike_stay_apart():
    taken = set()
    assert [name_apart(name, taken) for name in ("a.txt", "A.TXT", "a.txt", "b")] == [
        "a.txt",
        "A (2).TXT",
        "a (3).txt",
        "b",
    ]
