"""Tables as text, their columns and mappings."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.parts.opened import STORY, open_bytes
from harmledger.documents.parts import ColumnMapping, load_mapping
from harmledger.documents.parts.dates import read_date
from harmledger.documents.parts.guessing import guess_columns, write_columns
from harmledger.documents.parts.headings import find_roles, fold_heading
from harmledger.documents.parts.rows import compose


def test_columns_are_told_by_their_headings():
    data = f'No.,Report date,Town,What happened,Phone\n1,2018-09-08 17:30,Saraqib,"{STORY}",0\n,,,,\n2,,,One killed,\n'
    opened = open_bytes(data.encode(), "r.csv")
    assert opened.texts == [f"Saraqib: {STORY}", "One killed"]
    assert opened.locators == ["row 2", "row 4"]
    first = opened.parts[0]
    assert (first.document.published, first.published_source) == ("2018-09-08T17:30", "given")
    assert (first.document.kind, first.address) == ("field", "row:r.csv/1")
    assert b'"Phone":"0"' in first.data


def test_arabic_headings_in_windows_1256_with_semicolons():
    data = "الرقم;التاريخ;المكان;التقرير\n١;٠٨/٠٩/٢٠١٨;سراقب;قتل شخصان\n"
    opened = open_bytes(data.encode(), "r.csv")
    assert opened.texts == ["سراقب: قتل شخصان"]
    assert opened.parts[0].document.published == "2018-09-08"
    plain = "الرقم;المكان;التقرير\n1;سراقب;قتل شخصان في قصف على البلدة\n"
    assert open_bytes(plain.encode("cp1256"), "r.csv").texts == ["سراقب: قتل شخصان في قصف على البلدة"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, end):
    rows = [["id", "text", "place"], ["1", "two killed", "Saraqib"]]
    data = end.join(delimiter.join(row) for row in rows)
    assert open_bytes(data.encode(), "r.csv").texts == ["Saraqib: two killed"]


def test_a_table_is_told_by_its_headings_whatever_its_name():
    assert open_bytes(b"id\ttext\n1\ttwo killed\n", "r.txt").locators == ["row 2"]
    assert open_bytes(b"Two killed, five hurt\nMore, later\n", "r.txt").locators == [None]


def test_excels_own_forms():
    assert open_bytes(b"sep=|\r\nid|text\r\n1|a, b; c\r\n", "r.csv").texts == ["a, b; c"]
    assert open_bytes("\ufeffid;text\n1;a\n".encode("utf-16"), "r.csv").texts == ["a"]


def test_a_row_keeps_its_bytes_when_the_table_is_sorted_or_grows():
    one = open_bytes(b"id,text\n1,one\n2,two\n", "r.csv").parts
    two = open_bytes(b"id,text,note\n2,two,\n1,one,\n", "r.csv").parts
    assert {part.digest for part in one} == {part.digest for part in two}
    changed = open_bytes(b"id,text\n1,One\n", "r.csv").parts[0]
    assert changed.address == one[0].address
    assert changed.digest != one[0].digest


def test_a_mapping_says_which_column_is_what(tmp_path):
    (tmp_path / "m.toml").write_text(
        'text = "[{place}, ]{day}: {What we heard}"\nregister = "desk"\ndate_order = "month-day"\nheader = 2\n'
        '[columns]\nid = "Nr"\npublished = "Called"\nplace = "Where"\nday = "Day"\npublisher = "Source"\n'
        '[constants]\nkind = "monitor"\nlanguage = "en"\npublisher = "Desk"\n'
    )
    mapping, problems = load_mapping(tmp_path / "m.toml")
    assert not problems
    data = b"A title\nNr,Called,Where,Day,What we heard,Source\n7,09/08/2018,,Sat,two killed,\n8,,Here,Sun,one,Us\n"
    first, second = open_bytes(data, "r.csv", mapping).parts
    assert (first.document.text, second.document.text) == ("Sat: two killed", "Here, Sun: one")
    assert (first.address, first.document.published) == ("row:desk/7", "2018-09-08")
    assert (first.document.publisher, second.document.publisher) == ("Desk", "Us")
    assert (first.document.kind, first.document.language) == ("monitor", "en")


def test_who_told_it_is_no_publisher_unless_a_mapping_says_so():
    opened = open_bytes(b"text,source,reporter\ntwo killed,Person A,Person B\n", "r.csv")
    assert opened.parts[0].document.publisher is None


@pytest.mark.parametrize(
    ("toml", "word"),
    [
        ("text = 1", "text"),
        ('text = "no column"', "braces"),
        ('text = "{a"', "braces"),
        ('text = "[[{a}]]"', "square"),
        ("colums = 1", "columns"),
        ("header = 0", "header"),
        ('date_order = "x"', "day-month"),
        ('sheets = "A"', "sheets"),
        ("[columns]\ntext = 3", "columns"),
        ('[constants]\nkind = "rumour"', "monitor"),
        ('[constants]\npublished = "x"', "publisher"),
        ("not toml", "TOML"),
        ("a = " + "[" * 10_000, "TOML"),
    ],
)
def test_a_wrong_mapping_is_told(toml, word, tmp_path):
    (tmp_path / "m.toml").write_text(toml)
    mapping, (problem,) = load_mapping(tmp_path / "m.toml")
    assert mapping is None
    assert word in problem.message
    assert problem.remedy


def test_a_mapping_that_is_not_there_is_told(tmp_path):
    assert load_mapping(tmp_path / "gone.toml")[1][0].code == "documents.mapping"


def test_a_mapping_that_does_not_fit_is_told_with_the_columns():
    opened = open_bytes(b"a,b\n1,2\n", "r.csv", ColumnMapping(columns={"text": "c"}))
    assert not opened.parts
    assert "'c'" in opened.problems[0].message
    assert "'a', 'b'" in opened.problems[0].message
    opened = open_bytes(b"a,b\n1,2\n", "r.csv", ColumnMapping(text="{x}"))
    assert opened.codes == ["columns"]


def test_templates_reach_into_nothing():
    mapping = ColumnMapping(text="{text.__class__} {text!r} {0}")
    assert open_bytes(b"text\na\n", "r.csv", mapping).codes == ["columns"]


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.text()), st.text())
def test_composing_never_fails(values, template):
    assert isinstance(compose(template, values), str)


def test_retracted_rows_say_so():
    opened = open_bytes("text,retracted\na,yes\nb,no\nc,نعم\nd,\n".encode(), "r.csv")
    assert [part.document.retracted for part in opened.parts] == [True, None, True, None]


def test_hostile_tables_end():
    wide = b",".join([b"text"] * 1_000_000) + b"\n"
    assert open_bytes(wide, "r.csv").codes == ["columns"]
    assert open_bytes(b"text,id\n" + b"," * 2_000_000, "r.csv").codes == ["empty", "columns"]
    assert open_bytes(b"text,id\n" + b"," * 900 + b"\na,1\n", "r.csv").codes == ["columns"]
    huge = open_bytes(b"text,id\none,1\n" + b"x" * 200_000 + b",2\n", "r.csv")
    assert (huge.texts, huge.codes) == (["one"], ["columns"])
    assert "longer" in huge.problems[0].message
    unclosed = open_bytes(b'text,id\none,1\n"' + b"a,b\n" * 100_000, "r.csv")
    assert (unclosed.texts, unclosed.codes) == (["one"], ["columns"])
    assert open_bytes(b"text,id\n", "r.csv").codes == ["empty"]
    assert open_bytes(b"a,b\n1,2\n", "r.csv").codes == ["columns"]


@pytest.mark.parametrize(
    ("cell", "order", "result"),
    [
        ("2018-09-08", None, ("2018-09-08", True)),
        ("2018-09-08 17:30", None, ("2018-09-08T17:30", True)),
        ("2018-09-08T17:30:00Z", None, ("2018-09-08T17:30:00Z", True)),
        ("2018/9/8", None, ("2018-09-08", True)),
        ("08/09/2018", None, ("2018-09-08", False)),
        ("08/09/2018", "day-month", ("2018-09-08", True)),
        ("09/08/2018", "month-day", ("2018-09-08", True)),
        ("9/30/2018", None, ("2018-09-30", True)),
        ("30.09.2018 7:05", None, ("2018-09-30T07:05:00", True)),
        ("8 September 2018", None, ("2018-09-08", True)),
        ("Sept 8, 2018", None, ("2018-09-08", True)),
        ("٠٨/٠٩/٢٠١٨", "day-month", ("2018-09-08", True)),
        ("31/02/2018", None, (None, True)),
        ("yesterday", None, (None, True)),
        ("99/99/2018", None, (None, True)),
    ],
)
def test_dates(cell, order, result):
    found, is_plain = read_date(cell, order)
    assert found == result[0]
    assert found is None or is_plain == result[1]


@given(st.text(max_size=80))
def test_any_cell_is_a_date_or_none(cell):
    found, _ = read_date(cell)
    assert found is None or found[:4].isdigit()


def test_headings_meet_in_spite_of_their_dress():
    assert fold_heading(" Report_Date: ") == fold_heading("report date")
    assert fold_heading("التَّاريخ") == fold_heading("التاريخ")
    assert find_roles(["Text", "DATE", "place"]) == {"text": 0, "published": 1, "place": 2}


def test_a_table_of_unknown_columns_comes_with_a_mapping_to_begin_with(tmp_path):
    rows = "".join(
        f'K{n},{n + 1}/5/2016,"The market was hit and {n + 2} died",https://example.org/{n}\n'
        for n in range(4)
    )
    data = f'Code,Wann,"Was, ""genau""",Wo im Netz\n{rows}'.encode()
    opened = open_bytes(data, "r.csv")
    assert opened.codes == ["columns"]
    _, _, suggested = (opened.problems[0].remedy or "").partition("to begin with: ")
    path = tmp_path / "r.csv.mapping.toml"
    path.write_text(suggested, encoding="utf-8")
    mapping, problems = load_mapping(path)
    assert (problems, mapping and mapping.columns) == (
        (),
        {"text": 'Was, "genau"', "published": "Wann", "url": "Wo im Netz", "id": "Code"},
    )
    first = open_bytes(data, "r.csv", mapping).parts[0].document
    assert (first.published, first.text) == ("2016-05-01", "The market was hit and 2 died")


def test_rows_without_headings_are_told_so():
    data = b"2016-05-30,Four people were killed in the town on Monday\n" * 3
    opened = open_bytes(data, "r.csv")
    assert opened.codes == ["columns"]
    assert (opened.problems[0].remedy or "").startswith("write a row of headings above the first")


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=2, max_size=8))
def test_a_guess_is_a_mapping_that_can_be_read(cells):
    headings = [f"column {number} {cell}" for number, cell in enumerate(cells[0])]
    rows = [[cell * 9 for cell in row] + ["one two three four five six"] * len(headings) for row in cells[1:]]
    guessed = guess_columns(headings, rows)
    assert set(tomllib.loads(write_columns(guessed))["columns"].values()) <= set(headings)
