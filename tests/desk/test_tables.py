"""Tables and lines printed at once look as rich would lay them out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.desk import tables
from harmledger.desk.tables import Justify, Printer

CELLS = st.text("abc XYZ-019,é–ß", max_size=12).map(lambda text: " ".join(text.split()))
WIDE = st.text("ab 中é\u0301ش", max_size=12).map(lambda text: " ".join(text.split()))
SIDES: st.SearchStrategy[list[Justify]] = st.lists(st.sampled_from(("left", "right")), min_size=1, max_size=9)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sides=SIDES, data=st.data())
def test_a_table_is_that_of_rich(
    sides: list[Justify], data: st.DataObject, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = data.draw(st.sampled_from((CELLS, CELLS, WIDE)))
    columns = [(data.draw(cells), side) for side in sides]
    rows = data.draw(st.lists(st.tuples(*(cells for _ in sides)), min_size=1, max_size=4))
    Printer()._lay_out_table(columns, rows)
    expected = capsys.readouterr().out
    Printer().print_table(columns, rows)
    assert capsys.readouterr().out == expected


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.lists(st.one_of(CELLS, WIDE), min_size=1, max_size=25).map(" ".join))
def test_a_line_is_that_of_rich(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    Printer()._rich.print(line)
    expected = capsys.readouterr().out.splitlines()
    Printer().print_line(line)
    printed = capsys.readouterr().out.splitlines()
    assert [part.rstrip() for part in printed] == [part.rstrip() for part in expected]


def test_what_fits_is_printed_without_rich(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise AssertionError("nothing here needs laying out")

    monkeypatch.setattr(tables, "open_console", refuse)
    Printer().print_table([("day", "left"), ("best", "right")], [("2016-05-30", "38")])
    Printer().print_line("said " * 40 + "so")
    assert capsys.readouterr().out.startswith("                   \n day          best \n")
