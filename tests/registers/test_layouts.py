"""Layouts: known registers recognised, one of one's own read, a wrong one refused with its reason."""

import pytest

from harmledger.registers.layout import Layout, list_layouts, load_layout, read_layout, recognise_layout

OWN = b"""
register = "example"
[columns]
code = ["No"]
start = ["Day"]
killed_low = ["Dead, least"]
"""


def test_every_known_layout_names_a_register_and_is_recognised_by_each_of_its_marks() -> None:
    assert [layout.register for layout in list_layouts()] == ["acled", "airwars", "ucdp"]
    for layout in list_layouts():
        for mark in layout.marks:
            found = recognise_layout([*mark, "something else"])
            assert found is not None
            assert found.register == layout.register


def test_columns_that_no_register_is_known_by_are_not_guessed() -> None:
    assert recognise_layout(["date", "place", "killed"]) is None


def test_a_layout_of_ones_own_is_read(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(OWN)
    layout, problems = load_layout(path)
    assert problems == ()
    assert isinstance(layout, Layout)
    assert layout.find({"No": " 7 "}, "code") == "7"


def test_the_first_heading_that_tells_something_counts() -> None:
    layout = Layout("example", {"code": ("a", "b"), "start": ("c",)})
    assert layout.find({"a": "  ", "b": "x"}, "code") == "x"
    assert layout.find({}, "code") == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"register = 'x'\n[columns]\ncode = ['a']\n", "names no column for 'start'"),
        (b"register = 'x'\n[columns]\ncode=['a']\nstart=['b']\ndeaths=['c']\n", "knows no field 'deaths'"),
        (b"register = 'x'\nfoo = 1\n[columns]\n", "foo"),
        (b"register = ", "Invalid value"),
        (b"\xff\xfe", "codec"),
        (b"register='x'\n[columns]\ncode=['a']\nstart=['b']\n[day_codes]\n1=-2\n", "none may be negative"),
        (b"register='x'\n[columns]\ncode=['a']\nstart=['b']\n[place_codes]\n1='town'\n", "town"),
    ],
)
def test_a_wrong_layout_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_layout(body)


def test_a_layout_that_is_not_there_is_a_problem_with_a_remedy(tmp_path) -> None:
    layout, (problem,) = load_layout(tmp_path / "none.toml")
    assert layout is None
    assert problem.where == "none.toml"
    assert "docs/registers.md" in (problem.remedy or "")
